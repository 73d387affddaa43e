import { describe, expect, it } from 'vitest';
import { exportedId, lookedAt, stillMapped } from '../../source/commands/flow/exportable.ts';
import { listedFlow } from '../../source/flow-service/flows.ts';

const nowMs = Date.UTC(2026, 10, 26, 12);
const schedule = { frequency: 'DAILY', startDate: '2026-11-01', startTime: '12:00' };
const rawOf = (id: string, segments: readonly object[]) => ({
  id,
  name: id,
  state: 'enabled',
  transformations: [
    {
      params: {
        segmentSelectors: {
          selectors: segments.map((value) => ({ value: { schedule, createTime: '1793000000', ...value } })),
        },
      },
    },
  ],
});
const flowOf = (id: string, segments: readonly object[]) => listedFlow.parse(rawOf(id, segments));
const external = { id: 'x', systemSegmentId: 'sys', name: 'External' };
const flows = [
  flowOf('crm', [
    { id: 's1', name: 'Hikers' },
    { id: 's2', name: 'Bikers' },
  ]),
  flowOf('loyalty', [{ id: 's2', name: 'Bikers' }, external]),
];
const client = {
  clock: () => ({ nowMs }),
  readRuns: () => Promise.resolve({ runs: [], lacks: [], whole: new Map() }),
};
const told = async (wanted?: readonly string[]): Promise<string[]> =>
  (await lookedAt(flows, wanted, client)).asked.map(
    ({ flow, segment, why }) => `${flow.id} ${segment.id} ${why?.kind ?? 'ready'}`,
  );

it('what has gone while somebody was asked is exported no more, and nothing else', async () => {
  const { asked } = await lookedAt(flows, undefined, client);
  const now = new Map<string, readonly object[]>([
    ['crm', [{ id: 'S2', name: 'Bikers, too' }]],
    ['loyalty', [{ id: 's2', name: 'Bikers' }, external]],
  ]);
  const getFlow = (id: string) => Promise.resolve({ raw: rawOf(id, now.get(id) ?? []) });
  const left = await stillMapped(asked, { getFlow } as never);
  expect(left.map(({ flow, segment, why }) => `${flow.id} ${segment.id} ${why?.kind ?? 'ready'}`)).toEqual([
    'crm s1 notMapped',
    'crm s2 ready',
    'loyalty s2 ready',
    'loyalty sys ready',
  ]);
});

describe('what is exported of several dataflows', () => {
  it('is everything that each has, an external audience by the id of the platform', async () => {
    expect(await told()).toEqual(['crm s1 ready', 'crm s2 ready', 'loyalty s2 ready', 'loyalty sys ready']);
    expect(exportedId({ id: 'x', systemId: 'sys' })).toBe('sys');
  });

  it('is what each has of those that are named', async () => {
    expect(await told(['Bikers'])).toEqual(['crm s2 ready', 'loyalty s2 ready']);
    expect(await told(['s1', 'SYS'])).toEqual(['crm s1 ready', 'loyalty sys ready']);
  });

  it('is told once where none has it', async () => {
    expect(await told(['nobody', 's1'])).toEqual(['crm nobody notMapped', 'crm s1 ready']);
  });
});
