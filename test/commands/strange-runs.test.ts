import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RunFlow, runRow } from '../../source/activation/run-table.ts';
import { absentExports } from '../../source/activation/watch/absent.ts';
import { usualLimits } from '../../source/activation/watch/watched.ts';
import { watchFlow } from '../../source/activation/watch/watch.ts';
import { followLine, runJson, runLines } from '../../source/commands/flow/run-lines.ts';
import { explanationLines } from '../../source/pages/watch/run-words.ts';
import { openMetrics } from '../../source/commands/status/open-metrics.ts';
import { statusJson } from '../../source/commands/status/status-json.ts';
import { findingLines, sumLines } from '../../source/commands/status/status-lines.ts';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { listedFlow } from '../../source/flow-service/flows.ts';
import { run as runShape } from '../../source/flow-service/runs.ts';
import { english } from '../../source/locale/catalogs.ts';
import { at, dayMs, flowOf, segmentOf } from '../activation/watch/watching.ts';
import { meeting } from '../helpers/some.ts';
import { runs as times } from '../helpers/soak.ts';
import { sayingIn, statusOf } from './status/told.ts';

const nowMs = at('13:34');
const watched = flowOf();
const [segment = segmentOf()] = watched.segments;
const flow: RunFlow = { id: watched.id, name: watched.name, segments: [], mandatoryFields: [] };
const saying = { text: english, glyphs: unicodeGlyphs, nowMs, zone: 'UTC' };

/** What a member may be in place of what it should: absent, null, of another kind. */
const odd = fc.constantFrom<unknown>(undefined, null, '', 'x', '12', [], {}, true, -1, Infinity, [null]);
const either = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 3, arbitrary: right }, { weight: 1, arbitrary: odd });
const part = (members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
  either(
    fc.record(Object.fromEntries(Object.entries(members).map(([name, value]) => [name, either(value)])), {
      requiredKeys: [],
    }),
  );
// No count is zero: a zero that comes out has been invented.
const count = fc.integer({ min: 1, max: 9_000_000 });
const moment = fc.integer({ min: nowMs - 3 * dayMs, max: nowMs + dayMs });
const status = fc.constantFrom(
  'success',
  'Success',
  'FAILED',
  'failed',
  'Processing',
  'waiting',
  'Paused',
  'cancelled',
);
const reasons = fc.array(part({ code: fc.constant('X-1'), message: fc.constant('No.'), count }), {
  maxLength: 2,
});
const summaries = fc.array(
  part({
    id: fc.constant('t'),
    entitySummaries: fc.array(part({ id: fc.constant(`segment:${segment.id}`) }), { maxLength: 2 }),
  }),
  { maxLength: 2 },
);
const answer = fc
  .record({
    id: fc.uuid(),
    rest: fc.record(
      {
        flowId: either(fc.constant(watched.id)),
        createdAt: either(moment),
        metrics: part({
          durationSummary: part({ startedAtUTC: moment, completedAtUTC: moment }),
          recordSummary: part({
            inputRecordCount: count,
            outputRecordCount: count,
            skippedRecordCount: count,
            sourceSummaries: summaries,
            targetSummaries: summaries,
            failedInfo: reasons,
            skippedInfo: reasons,
          }),
          sizeSummary: part({ outputBytes: count }),
          fileSummary: part({ outputFileCount: count }),
          statusSummary: part({ status, errors: reasons }),
        }),
        activities: either(
          fc.array(part({ statusSummary: part({ status, errors: reasons }) }), { maxLength: 2 }),
        ),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ id, rest }) => ({ id, ...rest }));

/** The numbers that somewhere stand in an answer. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
const counted = ['rowsIn', 'rowsOut', 'skipped', 'files', 'bytes'] as const;

describe('whatever a run says', () => {
  it('it is told in lines and for programs, and no number comes from nowhere', () => {
    meeting(['number', 'none'], (meet) =>
      fc.assert(
        fc.property(answer, (said) => {
          const row = runRow(runShape.parse(said), [flow]);
          const lines = [
            ...runLines([row], saying),
            ...explanationLines([row], saying),
            followLine(row, saying),
          ];
          for (const line of lines) expect(line).not.toMatch(/undefined|NaN|Invalid|\{\w+\}|-\d+ (min|h)/);
          const told = JSON.parse(JSON.stringify(runJson(row, nowMs))) as Record<string, unknown>;
          const numbers = numbersIn(said);
          for (const member of counted) {
            meet(told[member] === undefined ? 'none' : 'number');
            if (told[member] !== undefined) expect(numbers).toContain(told[member]);
          }
          expect(told['tookMs'] ?? 0).toBeGreaterThanOrEqual(0);
          expect(['good', 'failed', 'running', 'unknown']).toContain(told['state']);
        }),
        { numRuns: times(2000) },
      ),
    );
  });

  it('the status judges it, and metrics have no number that nobody said', () => {
    const listed = listedFlow.parse({ id: watched.id, name: watched.name, state: 'enabled' });
    meeting(['rows', 'no rows', 'good', 'wrong'], (meet) =>
      fc.assert(
        fc.property(fc.array(answer, { maxLength: 4 }), (said) => {
          const runs = said.map((one) => runShape.parse(one));
          const reading = { fromMs: nowMs - 3 * dayMs, atMs: nowMs, isWhole: true };
          const seen = { kind: 'read' as const, runs, reading };
          const watch = watchFlow(watched, seen, usualLimits);
          absentExports(watched, seen, usualLimits, 0);
          const one = statusOf([{ watch, listed, destination: 'S3', runs }], { atMs: nowMs });
          const own = sayingIn(english);
          for (const line of [...findingLines(one, own), ...sumLines(one, own)])
            expect(line).not.toMatch(/undefined|NaN|Invalid|\{\w+\}/);
          JSON.stringify(statusJson(one, 'prod', true));
          const metrics = openMetrics(one, 'prod', true);
          expect(metrics).not.toMatch(/ (NaN|undefined|-\d+|Infinity)$/m);
          const rows = / (\d+)$/.exec(
            /^ferry_flow_rows\{.*direction="out"\} .*$/m.exec(metrics)?.[0] ?? '',
          )?.[1];
          const ended = runs.filter(({ isUnderWay, beganMs = 0 }) => !isUnderWay && beganMs >= nowMs - dayMs);
          const isSaid = ended.some(({ rowsOut }) => rowsOut !== undefined);
          // A sum of nothing is zero only where there was nothing to be summed.
          if (ended.length > 0) expect(rows === undefined).toBe(!isSaid);
          meet(isSaid ? 'rows' : 'no rows');
          // Good is only what says so.
          const state = watch.segments[0]?.decision.state;
          if (state === 'good') expect(runs.some((run) => run.state === 'good')).toBe(true);
          meet(state === 'good' ? 'good' : 'wrong');
        }),
        { numRuns: times(2000) },
      ),
    );
  });
});
