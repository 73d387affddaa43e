import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byWorst, groupedRuns, isRunGroup, type RunGrouping } from '../../source/activation/run-groups.ts';
import {
  byUrgency,
  type ListRow,
  type RunFlow,
  runFlowOf,
  runRow,
} from '../../source/activation/run-table.ts';
import { listedFlow } from '../../source/flow-service/flows.ts';
import { absentRow } from '../helpers/absent.ts';
import { exportRun } from '../helpers/export-runs.ts';
import { runs } from '../helpers/soak.ts';

const hour = 3_600_000;
const noon = Date.UTC(2026, 10, 26, 12);
const flowOf = (id: string, destination: string | undefined): RunFlow => ({
  id,
  name: id,
  destination,
  segments: [],
  mandatoryFields: [],
});
const flows = [
  flowOf('crm', 'SFTP'),
  flowOf('nightly', 'SFTP'),
  flowOf('winback', 'Amazon S3'),
  flowOf('mute', undefined),
];

type Row = ListRow & { readonly id: string };

function rowOf(id: string, status: string, beganMs: number | undefined, more: Partial<Said> = {}): Row {
  const { flowId = 'crm', error } = more;
  const errors = error === undefined ? [] : [{ code: 'E', message: error }];
  const run = exportRun({ id, flowId, status, beganMs }, { statusSummary: { status, errors } });
  return { ...runRow(run, flows), id };
}
interface Said {
  readonly flowId: string;
  readonly error: string;
}
const failed = (id: string, beganMs: number | undefined, more?: Partial<Said>): Row =>
  rowOf(id, 'failed', beganMs, more);

/** `a+b c`: rows and groups in their order, by ids. */
const shown = (rows: readonly Row[], by: RunGrouping): string =>
  groupedRuns(rows, by)
    .toSorted(byWorst<Row>)
    .map((one) => (isRunGroup(one) ? `(${one.rows.map(({ id }) => id).join('+')})` : one.id))
    .join(' ');

describe('runs that are put together', () => {
  it.each<[what: string, by: RunGrouping, rows: Row[], wanted: string]>([
    ['are failures of one hour', 'error', [failed('a', noon), failed('b', noon + hour - 1)], '(b+a)'],
    ['are not those of another hour', 'error', [failed('a', noon), failed('b', noon - 1)], 'a b'],
    [
      'are not those of another reason',
      'error',
      [failed('a', noon, { error: 'x' }), failed('b', noon, { error: 'y' })],
      'a b',
    ],
    [
      'are not those of another dataflow',
      'error',
      [failed('a', noon), failed('b', noon, { flowId: 'nightly' })],
      'a b',
    ],
    [
      'are of one dataflow however its id is written',
      'error',
      [failed('a', noon), failed('b', noon, { flowId: 'CRM' })],
      '(a+b)',
    ],
    [
      'are no runs that have not failed',
      'error',
      [rowOf('a', 'success', noon), rowOf('b', 'success', noon)],
      'a b',
    ],
    [
      'are failures that do not say when they began',
      'error',
      [failed('a', undefined), failed('b', undefined), failed('c', noon)],
      '(a+b) c',
    ],
    [
      'are those of a dataflow, the worst first',
      'flow',
      [
        rowOf('a', 'success', noon),
        failed('b', noon - hour),
        rowOf('c', 'success', noon + hour, { flowId: 'nightly' }),
      ],
      '(b+a) (c)',
    ],
    [
      'are those of a destination',
      'destination',
      [
        rowOf('a', 'success', noon),
        rowOf('b', 'success', noon - 1, { flowId: 'nightly' }),
        rowOf('c', 'success', noon - 2, { flowId: 'winback' }),
        rowOf('d', 'success', noon - 3, { flowId: 'mute' }),
      ],
      '(a+b) (c) (d)',
    ],
  ])('%s', (_, by, rows, wanted) => {
    expect(shown(rows, by)).toBe(wanted);
    expect(shown(rows.toReversed(), by)).toBe(wanted);
  });

  const row = fc
    .record({
      state: fc.constantFrom('failed', 'success', 'processing', 'late', 'due'),
      flowId: fc.constantFrom('crm', 'nightly', 'winback', 'mute', 'gone'),
      beganMs: fc.option(fc.integer({ min: noon - 3 * hour, max: noon }), { nil: undefined }),
      error: fc.constantFrom(undefined, 'x', 'y'),
    })
    .map(({ state, flowId, beganMs, error }) => (id: string): Row => {
      if (state === 'late' || state === 'due')
        return { ...absentRow(flowOf(flowId, undefined), state, beganMs ?? noon), id };
      return rowOf(id, state, beganMs, { flowId, ...(error === undefined ? {} : { error }) });
    });
  const table = fc.array(row, { maxLength: 40 }).map((list) => list.map((make, at) => make(`r${at}`)));

  it('are each in one place, and in the same group whatever stands beside them', () => {
    fc.assert(
      fc.property(table, fc.constantFrom<RunGrouping>('error', 'flow', 'destination'), (rows, by) => {
        const made = groupedRuns(rows, by);
        const flat = made.flatMap((one): readonly Row[] => (isRunGroup(one) ? one.rows : [one]));
        expect(flat.map(({ id }) => id).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
        expect(new Set(made.map(({ id }) => id)).size).toBe(made.length);
        for (const one of made) {
          if (!isRunGroup(one)) continue;
          expect(one.rows).toEqual(one.rows.toSorted(byUrgency));
          const alone = groupedRuns(one.rows, by);
          expect(alone).toEqual([one]);
        }
        // The order depends on values alone.
        const order = (list: typeof made) => list.toSorted(byWorst<Row>).map(({ id }) => id);
        expect(order(groupedRuns(rows.toReversed(), by))).toEqual(order(made));
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('where a dataflow leads', () => {
  it.each([
    ['by its name', '4fce964d-3f37-408f-9778-e597338a21ee', 'Amazon S3'],
    ['by the name that its older card has as well', '4890FC95-5A1F-4983-94BB-E060C08E3F81', 'Amazon S3'],
    ['by its id where nothing is known of it', 'some-card', 'some-card'],
    ['not at all where it does not say', undefined, undefined],
  ])('is told %s', (_, id, wanted) => {
    const inheritedAttributes = { targetConnections: [{ id: 't', connectionSpec: { id } }] };
    const listed = listedFlow.parse({
      id: 'f',
      name: 'f',
      ...(id === undefined ? {} : { inheritedAttributes }),
    });
    expect(runFlowOf(listed).destination).toBe(wanted);
  });
});
