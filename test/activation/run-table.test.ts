import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byUrgency,
  failuresIn,
  isRunRow,
  isWantedRow,
  lengthOf,
  type ListRow,
  mendedRuns,
  type RunFlow,
  runHours,
  runRow,
  skipsIn,
} from '../../source/activation/run-table.ts';
import type { AbsentState } from '../../source/activation/watch/absent.ts';
import { absentRow } from '../helpers/absent.ts';
import { exportRun } from '../helpers/export-runs.ts';

const at = Date.UTC(2026, 10, 26, 12);
const crm: RunFlow = {
  id: 'crm',
  name: 'CRM weekly',
  segments: [
    { id: 's1', name: 'Hikers' },
    { id: 's2', name: 'Bikers' },
  ],
  mandatoryFields: ['Email'],
};
const single: RunFlow = {
  id: 'one',
  name: 'Winback',
  segments: [{ id: 's9', name: 'Lapsed' }],
  mandatoryFields: [],
};
const flows = [crm, single];

const runOf = (
  id: string,
  status: string | undefined,
  metrics: object = {},
  flowId = 'CRM',
  segment = 's1',
) =>
  exportRun(
    { id, flowId, status, segments: [segment] },
    { durationSummary: { startedAtUTC: at, completedAtUTC: at + 60_000 }, ...metrics },
  );
const rowOf = (...given: Parameters<typeof runOf>) => runRow(runOf(...given), flows);
const bare = { recordSummary: {} };

describe('a row of a run', () => {
  it.each<[string, Parameters<typeof runOf>, object]>([
    [
      'has the names of its dataflow',
      ['r', 'success'],
      { flow: crm, segments: [{ id: 's1', name: 'Hikers' }] },
    ],
    [
      'goes by ids where it is of something that is gone',
      ['r', 'success', {}, 'gone', 'gone-too'],
      { flow: { id: 'gone', name: 'gone' }, segments: [{ id: 'gone-too', name: 'gone-too' }] },
    ],
    [
      'is of the only segment where it names none',
      ['r', 'success', bare, 'one'],
      { segments: [{ id: 's9', name: 'Lapsed' }] },
    ],
    ['is of none where it may be of several', ['r', 'success', bare], { segments: [] }],
  ])('%s', (_, given, wanted) => {
    expect(rowOf(...given)).toMatchObject(wanted);
  });
});

describe('runs that are wanted', () => {
  it.each<[string, Parameters<typeof runOf>, Parameters<typeof isWantedRow>[1], boolean]>([
    ['are all without a filter', ['r', 'success'], {}, true],
    ['are the failed ones', ['r', 'Failed'], { isFailed: true }, true],
    ['are no others then', ['r', 'success'], { isFailed: true }, false],
    ['are those of a segment by its id', ['r', 'success'], { segments: ['S1'] }, true],
    ['are those of a segment by its name', ['r', 'success'], { segments: ['hikers'] }, true],
    ['are not those of another', ['r', 'success'], { segments: ['s2'] }, false],
    ['are those that may be of it', ['r', 'success', bare], { segments: ['s2'] }, true],
    ['are not those that cannot be', ['r', 'success', bare], { segments: ['s3'] }, false],
  ])('%s', (_, given, filter, wanted) => {
    expect(isWantedRow(rowOf(...given), filter)).toBe(wanted);
  });
});

describe('runs of each hour', () => {
  const hourMs = 3_600_000;
  const began = (id: string, status: string, startedAtUTC: number) =>
    rowOf(id, status, { durationSummary: { startedAtUTC } });
  it('are counted by the hours of the clock, the last of which is under way', () => {
    const rows: ListRow[] = [
      began('now', 'success', at + 59 * 60_000),
      began('early', 'failed', at),
      began('before', 'success', at - 1),
      began('first', 'failed', at - 2 * hourMs),
      // Earlier than asked for, of a clock that is ahead, and without a beginning.
      began('old', 'failed', at - 2 * hourMs - 1),
      began('ahead', 'success', at + hourMs),
      rowOf('none', 'inProgress', { durationSummary: {} }),
      absentRow(crm, 'late', at),
    ];
    expect(runHours(rows, at + 59 * 60_000 + 59_999, 3)).toEqual([
      { count: 1, hasFailed: true },
      { count: 1, hasFailed: false },
      { count: 2, hasFailed: true },
    ]);
  });
});

describe('the length of a run', () => {
  it.each<[string, object, object | undefined]>([
    ['is its own', { startedAtUTC: at, completedAtUTC: at + 5000 }, { ms: 5000, isSoFar: false }],
    ['is that so far', { startedAtUTC: at }, { ms: 9000, isSoFar: true }],
    ['is none without a begin', { completedAtUTC: at }, undefined],
    ['is none where it ends before it began', { startedAtUTC: at, completedAtUTC: at - 50_000 }, undefined],
    ['is none where it is still to begin', { startedAtUTC: at + 20_000 }, undefined],
  ])('%s', (_, durationSummary, wanted) => {
    expect(lengthOf(runOf('r', undefined, { durationSummary }), at + 9000)).toEqual(wanted);
  });

  it('is none of a run that ended without saying when', () => {
    const run = runOf('r', 'success', { durationSummary: { startedAtUTC: at } });
    expect(lengthOf(run, at + 9000)).toBeUndefined();
  });
});

it('what failed comes first, then what is under way; of each the newest', () => {
  const begins = (ms: number) => ({ durationSummary: { startedAtUTC: ms } });
  const rows = [
    rowOf('good-old', 'success', begins(at - 2)),
    rowOf('good', 'success', begins(at)),
    rowOf('open', 'processing', begins(at - 1)),
    rowOf('failed-old', 'failed', begins(at - 9)),
    rowOf('failed', 'failed', begins(at - 3)),
    rowOf('waiting', 'waiting', { durationSummary: null }),
  ];
  const wanted = ['failed', 'failed-old', 'waiting', 'open', 'good', 'good-old'];
  fc.assert(
    fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
      expect([...shuffled].sort(byUrgency).map(({ run }) => run.id)).toEqual(wanted);
    }),
  );
});

it('what failed is mended by the next good one that was asked for, of the same segment', () => {
  const begins = (ms: number, segment = 's1') => ({
    durationSummary: { startedAtUTC: ms },
    recordSummary: { sourceSummaries: [{ entitySummaries: [{ id: `segment:${segment}` }] }] },
  });
  const runs = [
    runOf('failed', 'failed', begins(at)),
    runOf('before', 'success', begins(at - 1)),
    runOf('other', 'success', begins(at + 1, 's2')),
    runOf('scheduled', 'success', begins(at + 2)),
    runOf('asked', 'success', begins(at + 3)),
    runOf('failed-later', 'failed', begins(at + 4)),
  ];
  const mended = mendedRuns(runs, new Set(['before', 'other', 'asked']));
  expect([...mended].map(([id, by]) => [id, by.id])).toEqual([['failed', 'asked']]);
});

it('an export without a run stands beside what failed, or beside what is under way, and fails nothing', () => {
  const absent = (state: AbsentState, slotMs: number): ListRow =>
    absentRow(rowOf('x', 'failed').flow, state, slotMs);
  const rows: ListRow[] = [
    rowOf('failed', 'failed', { durationSummary: { startedAtUTC: at } }),
    absent('late', at + 1),
    absent('missed', at - 1),
    absent('due', at + 2),
    rowOf('good', 'success', { durationSummary: { startedAtUTC: at + 9 } }),
  ];
  const said = rows
    .toReversed()
    .sort(byUrgency)
    .map((row) => (isRunRow(row) ? row.run.id : row.state));
  expect(said).toEqual(['late', 'failed', 'missed', 'due', 'good']);
  expect(rows.filter((row) => isWantedRow(row, { isFailed: true }))).toHaveLength(1);
});

describe('what is explained', () => {
  const error = (message: string) => ({
    statusSummary: { status: 'failed', errors: [{ code: 'X', message }] },
  });

  it('is each failure of a dataflow once', () => {
    const groups = failuresIn([
      rowOf('a', 'failed', error('Job aborted.')),
      rowOf('b', 'failed', error('Job aborted.')),
      rowOf('c', 'failed', error('Other.')),
      rowOf('d', 'failed', error('Job aborted.'), 'one'),
      rowOf('e', 'failed'),
      rowOf('f', 'success'),
    ]);
    expect(
      groups.map(({ flow, reason, rows }) => [flow.id, reason?.message, rows.map(({ run }) => run.id)]),
    ).toEqual([
      ['crm', 'Job aborted.', ['a', 'b']],
      ['crm', 'Other.', ['c']],
      ['one', 'Job aborted.', ['d']],
      ['crm', undefined, ['e']],
    ]);
  });

  it('is what was left out of each dataflow, of how many where all say so', () => {
    const skip = (skipped: number, rowsIn?: number) => ({
      recordSummary: {
        skippedRecordCount: skipped,
        inputRecordCount: rowsIn,
        skippedInfo: [{ code: 'S', message: 'No match.', count: skipped }],
      },
    });
    const groups = skipsIn([
      rowOf('a', 'success', skip(2, 10)),
      rowOf('b', 'success', skip(3, 20)),
      rowOf('c', 'success', skip(0, 70)),
      rowOf('d', 'success', skip(5), 'one'),
      rowOf('e', 'success', skip(5, 5), 'one'),
    ]);
    expect(groups).toMatchObject([
      { flow: crm, skipped: 5, rowsIn: 30, runs: 2, reasons: [{ code: 'S', message: 'No match.' }] },
      { flow: single, skipped: 10, rowsIn: undefined, runs: 2 },
    ]);
  });
});
