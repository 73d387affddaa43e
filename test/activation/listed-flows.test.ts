import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byLastChange,
  destinationOf,
  type FlowRow,
  inHeldOrder,
} from '../../source/activation/listed-flows.ts';
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
    const selectors = [{ value: { id: '1' } }, 'anything'];
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
        lastRunDetails: { state: 'Failed', completedAtUTC: 5 },
      }),
    ).toMatchObject({
      name: 'CRM',
      state: 'enabled',
      updatedMs: 7,
      segmentCount: 2,
      mappingIds: ['set'],
      targetSpecId: 's',
      lastRun: { state: 'failed', endedMs: 5 },
    });
    expect(listedFlow.parse({ id: 'f', name: null, transformations: 'none', updatedAt: 'then' })).toEqual({
      id: 'f',
      name: '',
      state: '',
      updatedMs: undefined,
      hasSchedule: false,
      sourceSpecId: undefined,
      targetSpecId: undefined,
      segmentCount: 0,
      mappingIds: [],
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

describe('the order of dataflows', () => {
  const row = fc.record({
    id: fc.uuid(),
    name: fc.constantFrom('a', 'b'),
    updatedMs: fc.constantFrom(1, 2, undefined),
    state: fc.constant('enabled'),
    segmentCount: fc.nat(3),
    destination: fc.constant('SFTP'),
    lastRun: fc.constant(undefined),
  });
  const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 8 });

  it('depends on value and id only', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (all, chance) => {
        const shuffled = all
          .map((one) => ({ one, at: chance.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        expect([...shuffled].sort(byLastChange)).toEqual([...all].sort(byLastChange));
      }),
    );
  });

  it('is held: what was there keeps its place, what is gone too, and what is new comes last', () => {
    fc.assert(
      fc.property(rows, rows, fc.array(fc.nat(7)), (before, added, gone) => {
        const known = new Set(before.map(({ id }) => id));
        const stays: FlowRow[] = before.filter((_, at) => !gone.includes(at));
        const fresh = [
          ...added.filter(({ id }) => !known.has(id)),
          ...stays.map((one) => ({ ...one, segmentCount: 9 })),
        ];
        const held = inHeldOrder(before, fresh, 7);
        expect(held.slice(0, before.length).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
        for (const [at, { goneMs, segmentCount }] of held.slice(0, before.length).entries())
          expect(gone.includes(at) ? goneMs : segmentCount).toBe(gone.includes(at) ? 7 : 9);
        expect(held.slice(before.length)).toEqual(
          fresh.filter(({ id }) => !known.has(id)).sort(byLastChange),
        );
        // Once gone, the moment stays.
        expect(inHeldOrder(held, fresh, 9).filter(({ goneMs }) => goneMs === 9)).toEqual([]);
      }),
    );
  });
});
