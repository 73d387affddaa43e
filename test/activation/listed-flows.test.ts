import { describe, expect, it } from 'vitest';
import { destinationOf } from '../../source/activation/listed-flows.ts';
import { catalog, newerCards } from '../../source/activation/spec/catalog.ts';
import { listedFlow } from '../../source/flow-service/flows.ts';

const [card] = catalog;
const [newer] = newerCards;
const of = (spec: string, more: object = {}) =>
  listedFlow.parse({
    id: 'f',
    inheritedAttributes: { targetConnections: [{ connectionSpec: { id: spec } }] },
    ...more,
  });

describe('a dataflow in a list', () => {
  it('is read from what the service says, and from as little as that', () => {
    const schedule = { frequency: 'DAILY', startDate: '2026-11-01', startTime: '12:00' };
    const value = { id: '1', name: 'Hikers', schedule, createTime: '1795000000', updateTime: 1795000001 };
    const selectors = [{ value }, 'anything'];
    expect(
      of('s', {
        name: 'CRM',
        state: 'ENABLED',
        updatedAt: 7,
        transformations: [
          { params: { segmentSelectors: { selectors }, profileMapping: { mappingId: 'set' } } },
          { params: { profileMapping: {} } },
          {},
        ],
        lastOperation: { operation: 'Enable', started: 3 },
        lastRunDetails: { id: 'r', state: 'Failed', startedAtUTC: 4, completedAtUTC: 5 },
      }),
    ).toMatchObject({
      name: 'CRM',
      state: 'enabled',
      updatedMs: 7,
      segmentCount: 2,
      mappingIds: ['set'],
      targetSpecId: 's',
      segments: [{ id: '1', name: 'Hikers', schedule, createdMs: 1795000000000, updatedMs: 1795000001000 }],
      lastOperation: { operation: 'enable', startedMs: 3 },
      lastRun: { id: 'r', state: 'failed', outcome: 'failed', startedMs: 4, endedMs: 5 },
    });
    expect(listedFlow.parse({ id: 'f', name: null, transformations: 'none', updatedAt: 'then' })).toEqual({
      id: 'f',
      name: '',
      state: '',
      createdMs: undefined,
      updatedMs: undefined,
      targetId: undefined,
      baseId: undefined,
      segments: [],
      lastOperation: undefined,
      hasSchedule: false,
      sourceSpecId: undefined,
      targetSpecId: undefined,
      segmentCount: 0,
      mappingIds: [],
      mandatoryFields: [],
      lastRun: undefined,
    });
  });

  it.each([
    ['a card of the catalog', of(card?.connectionSpecId ?? ''), card?.name],
    ['the card that replaced one', of(newer?.connectionSpecId ?? ''), newer?.name],
    ['a streaming destination', of('5d8a8a3e-58d5-4a2b-b0c9-7f8a7c3cd1b1'), undefined],
    ['data sets', of(card?.connectionSpecId ?? '', { scheduleParams: {} }), undefined],
    ['nothing that is told', listedFlow.parse({ id: 'f' }), undefined],
  ])('leads to %s', (_, listed, wanted) => {
    expect(destinationOf(listed, [], [])).toBe(wanted);
  });
});

it.each<[string, object, object]>([
  [
    'as inherited',
    { inheritedAttributes: { targetConnections: [{ id: 't', baseConnection: { id: 'b' } }] } },
    { targetId: 't', baseId: 'b' },
  ],
  ['by their list', { targetConnectionIds: ['t'] }, { targetId: 't' }],
  ['in a list of something else', { targetConnectionIds: [7], inheritedAttributes: [] }, {}],
])('a dataflow tells its location and account %s', (_, said, wanted) => {
  const { targetId, baseId } = listedFlow.parse({ id: 'f', ...said });
  expect({ targetId, baseId }).toEqual({ targetId: undefined, baseId: undefined, ...wanted });
});
