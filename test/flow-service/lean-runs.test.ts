import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leanRuns } from '../../source/flow-service/lean-runs.ts';
import { run as runShape } from '../../source/flow-service/runs.ts';

const said = (more: object) =>
  runShape.parse({
    id: 'r',
    flowId: 'f',
    createdAt: 1,
    metrics: {
      durationSummary: { startedAtUTC: 2, completedAtUTC: 3 },
      sizeSummary: { outputBytes: 4 },
      recordSummary: {
        inputRecordCount: 5,
        outputRecordCount: 6,
        skippedRecordCount: 7,
        sourceSummaries: [{ entitySummaries: [{ id: 'segment:s', inputRecordCount: 5 }] }],
        skippedInfo: [{ code: 'SKIP', message: 'No.' }],
      },
      fileSummary: { outputFileCount: 8 },
      statusSummary: { status: 'failed', errors: [{ code: 'X', message: 'Broken.' }] },
    },
    activities: [{ id: 'a', statusSummary: { status: 'failed' } }],
    ...more,
  });

it('a lean run says what lists and judgements look at, and shares what others say too', () => {
  const lean = leanRuns();
  const [one, other] = [lean(said({})), lean(said({ id: 'q' }))];
  const { activities, warnings, ...rest } = one;
  expect([activities, warnings]).toEqual([[], []]);
  const whole: Partial<ReturnType<typeof said>> = said({});
  for (const [name, value] of Object.entries(rest)) expect(value).toEqual(whole[name as keyof typeof whole]);
  expect(other.errors[0]).toBe(one.errors[0]);
  expect(other.skipReasons[0]).toBe(one.skipReasons[0]);
});

it('what a run does not say it does not say when it is lean', () => {
  const counts = fc.record(
    { inputRecordCount: fc.nat(), outputRecordCount: fc.nat(), skippedRecordCount: fc.nat() },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(counts, (recordSummary) => {
      const run = runShape.parse({ id: 'r', metrics: { recordSummary } });
      const { rowsIn, rowsOut, skipped, errors } = leanRuns()(run);
      expect([rowsIn, rowsOut, skipped, errors]).toEqual([run.rowsIn, run.rowsOut, run.skipped, []]);
    }),
  );
});
