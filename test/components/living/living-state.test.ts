import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wouldMove } from '../../../source/components/living/living-rows.ts';
import {
  cursorAt,
  type Living,
  type LivingEvent,
  reduceLiving,
  startLiving,
} from '../../../source/components/living/living-state.ts';

interface Row {
  readonly id: string;
  readonly rank: number;
}

const byRank = (one: Row, other: Row): number =>
  one.rank - other.rank || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
/** `a1 b2`: ids with their ranks. */
const rows = (said: string): Row[] =>
  said.split(' ').flatMap((one) => (one === '' ? [] : [{ id: one.slice(0, 1), rank: Number(one.slice(1)) }]));
const shown = ({ rows: list }: Living<Row>): string =>
  list.map(({ id, goneMs }) => (goneMs === undefined ? id : `(${id})`)).join(' ');
const late = 60_000;
const start = (said: string, height = 10, cursor?: string): Living<Row> =>
  startLiving(rows(said), byRank, { nowMs: 0, height, cursor });
const down = (nowMs = 0): LivingEvent<Row> => ({ type: 'moved', by: 1, nowMs });
const read = (said: string, nowMs = late): LivingEvent<Row> => ({ type: 'read', values: rows(said), nowMs });
const play = (state: Living<Row>, ...events: readonly LivingEvent<Row>[]): Living<Row> =>
  events.reduce<Living<Row>>(reduceLiving, state);

describe('a table that follows by itself', () => {
  it.each<[what: string, from: string, events: LivingEvent<Row>[], drawn: string, cursor: string]>([
    ['follows at the top until the cursor is moved (L9)', 'b2 c3', [read('a1 b2 c3')], 'a b c', 'a'],
    ['keeps the cursor on its row (L1)', 'b2 c3', [down(), read('a1 b2 c3')], 'a b c', 'c'],
    ['keeps a row that is gone under the cursor (L3)', 'a1 b2 c3', [down(), read('a1 c3')], 'a (b) c', 'b'],
    ['drops what is gone elsewhere', 'a1 b2 c3', [down(), read('b2')], 'b', 'b'],
    ['lets go of it downwards', 'a1 b2 c3', [down(), read('a1 c3'), down()], 'a c', 'c'],
    [
      'lets go of it upwards where it was the last',
      'a1 b2',
      [down(), read('a1'), { type: 'moved', by: -1, nowMs: late }],
      'a',
      'a',
    ],
    ['has it again when it comes back', 'a1 b2', [down(), read('a1'), read('a1 b2')], 'a b', 'b'],
    ['has a cursor again after having been empty', 'a1', [read(''), read(''), read('b1')], 'b', 'b'],
    ['moves nothing while the cursor is not at the top (L8)', 'a1 b2', [down(), read('a3 b2')], 'a b', 'b'],
    [
      'moves nothing for 5 s after a key (L8)',
      'a1 b2',
      [{ type: 'touched', nowMs: late - 4999 }, read('a3 b2')],
      'a b',
      'a',
    ],
    ['moves after them', 'a1 b2', [{ type: 'touched', nowMs: late - 5000 }, read('a3 b2')], 'b a', 'b'],
    [
      'sorts when asked to, with the cursor on its row',
      'a1 b2',
      [down(), read('a3 b2'), { type: 'sorted', nowMs: late }],
      'b a',
      'b',
    ],
    ['puts new rows where they belong (L9)', 'a1 c3', [down(), read('a1 b2 c3 d4')], 'a b c d', 'c'],
    [
      'shows nothing new while it is held (L21)',
      'a1',
      [{ type: 'heldOrNot', nowMs: 1 }, read('a1 b2')],
      'a',
      'a',
    ],
    [
      'shows it once it goes on',
      'a1',
      [{ type: 'heldOrNot', nowMs: 1 }, { type: 'heldOrNot', nowMs: 2 }, read('a1 b2')],
      'a b',
      'a',
    ],
  ])('%s', (_, from, events, drawn, cursor) => {
    const state = play(start(from), ...events);
    expect([shown(state), state.cursor]).toEqual([drawn, cursor]);
  });

  it('begins at the row it is told, and says how many would move', () => {
    expect(start('a1 b2 c3', 10, 'c').cursor).toBe('c');
    expect(start('a1 b2', 10, 'gone').cursor).toBe('a');
    expect(wouldMove(play(start('a1 b2 c3'), down(), read('a3 b2 c1')))).toBe(2);
  });

  it('says when a row was missed by the clock that people are told of', () => {
    const moved = play(start('a1 b2'), down());
    const { rows: left } = reduceLiving(moved, {
      type: 'read',
      values: rows('a1'),
      nowMs: late,
      toldMs: late + 180_000,
    });
    expect(left.map(({ goneMs }) => goneMs)).toEqual([undefined, late + 180_000]);
  });

  it('keeps the line of the cursor on the screen (L9)', () => {
    const state = play(start('d4 e5 f6 g7 h8', 3), down(), down(), down(), read('a1 b2 c3 d4 e5 f6 g7 h8'));
    expect([state.cursor, cursorAt(state) - state.top]).toEqual(['g', 2]);
    const smaller = reduceLiving(state, { type: 'measured', height: 2 });
    expect(cursorAt(smaller) - smaller.top).toBeLessThan(2);
  });

  const table = fc.uniqueArray(
    fc.record({ id: fc.constantFrom(...'abcdefghij'), rank: fc.integer({ min: 0, max: 5 }) }),
    { selector: ({ id }) => id },
  );

  it('keeps the id of the cursor for as long as it is there, whatever comes and goes', () => {
    fc.assert(
      fc.property(table, table, fc.integer({ min: 1, max: 9 }), fc.nat(10), (before, after, by, height) => {
        const moved = play(startLiving(before, byRank, { nowMs: 0, height }), {
          type: 'moved',
          by,
          nowMs: 0,
        });
        const next = reduceLiving(moved, { type: 'read', values: after, nowMs: late });
        // Where there was no row the first one has it.
        expect(next.cursor).toBe(moved.cursor ?? next.rows[0]?.id);
        const at = cursorAt(next);
        expect(at >= next.top && at < next.top + next.height).toBe(true);
        // Nothing is lost, nothing is doubled.
        const living = next.rows.filter(({ goneMs }) => goneMs === undefined).map(({ id }) => id);
        expect(living.toSorted()).toEqual(after.map(({ id }) => id).toSorted());
      }),
    );
  });

  it('never moves where nothing has changed, however often it is read', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 2, max: 60 }), (values, ticks) => {
        const first = reduceLiving(startLiving(values, byRank, { nowMs: 0, height: 5 }), {
          type: 'read',
          values,
          nowMs: late,
        });
        let state = first;
        for (let tick = 0; tick < ticks; tick++)
          state = reduceLiving(state, {
            type: 'read',
            values: tick % 2 === 0 ? values.toReversed() : values,
            nowMs: late * (tick + 2),
          });
        expect(shown(state)).toBe(shown(first));
      }),
    );
  });

  it('puts thousands of new rows in their places with few comparisons (L26)', () => {
    const many = (from: number): Row[] =>
      Array.from({ length: 4000 }, (_, at) => ({ id: `${from + at * 2}`, rank: from + at * 2 }));
    let compared = 0;
    const counting = (one: Row, other: Row): number => {
      compared++;
      return byRank(one, other);
    };
    const state = reduceLiving(startLiving(many(0), counting, { nowMs: 0, height: 10 }), down());
    compared = 0;
    const next = reduceLiving(state, { type: 'read', values: [...many(0), ...many(1)], nowMs: late });
    expect(next.rows.map(({ value }) => value.rank)).toEqual(Array.from({ length: 8000 }, (_, at) => at));
    expect(compared).toBeLessThan(8000 * 14);
  });
});

describe('rows that stand for others', () => {
  interface Held extends Row {
    readonly holds?: readonly Held[];
  }
  /** `a1 G2:b3,c4`: a row that holds others names them after a colon. */
  const nested = (said: string): Held[] =>
    said.split(' ').flatMap((one): Held[] => {
      const [head = '', held] = one.split(':');
      return rows(head).map((row) => (held ? { ...row, holds: rows(held.replaceAll(',', ' ')) } : row));
    });
  const holds = ({ holds: held = [] }: Held): readonly Held[] => held;
  const begin = (said: string, cursor?: string, ...open: string[]): Living<Held> =>
    startLiving(nested(said), byRank, { nowMs: 0, height: 10, cursor, holds, open: new Set(open) });
  const lines = ({ rows: list, cursor }: Living<Held>): string =>
    list
      .map(
        ({ id, goneMs, under }) =>
          `${under === undefined ? '' : '.'}${goneMs === undefined ? id : `(${id})`}`,
      )
      .join(' ')
      .concat(` @${cursor}`);
  const readHeld = (said: string, nowMs = late): LivingEvent<Held> => ({
    type: 'read',
    values: nested(said),
    nowMs,
  });
  const toggle = (id: string): LivingEvent<Held> => ({ type: 'openedOrNot', id, nowMs: 0 });

  it.each<[what: string, from: Living<Held>, events: LivingEvent<Held>[], wanted: string]>([
    ['are one until they are opened', begin('G1:c3,b2 d4'), [], 'G d @G'],
    ['show what they hold in its order', begin('G1:c3,b2 d4'), [toggle('G')], 'G .b .c d @G'],
    ['hide it again', begin('G1:b2 d4'), [toggle('G'), toggle('G')], 'G d @G'],
    ['take the cursor from what they hide', begin('G1:b2 d4', 'b', 'G'), [toggle('G')], 'G d @G'],
    ['open nothing where they hold nothing', begin('a1 d4'), [toggle('a')], 'a d @a'],
    ['stay open over a reading', begin('G1:b2 d4', 'd', 'G'), [readHeld('G1:b2,c3 d4')], 'G .b .c d @d'],
    [
      'keep those below them, wherever they go themselves',
      begin('G1:b2 d4', undefined, 'G'),
      [readHeld('G5:b2,a1 d4')],
      'd G .a .b @d',
    ],
    [
      'move nothing below a working hand, and let new ones in where they belong',
      begin('G1:b2,c3 d4', 'c', 'G'),
      [readHeld('G5:b9,c3,a1 d4')],
      'G .a .b .c d @c',
    ],
    [
      'are sorted with what they hold when asked to',
      begin('G1:b2,c3 d4', 'c', 'G'),
      [readHeld('G5:b9,c3 d4'), { type: 'sorted', nowMs: late }],
      'd G .c .b @c',
    ],
    [
      'open while the page is held',
      begin('G1:b2 d4'),
      [{ type: 'heldOrNot', nowMs: 0 }, readHeld('d4'), toggle('G')],
      'G .b d @G',
    ],
    ['keep a ghost below them', begin('G1:b2,c3', 'b', 'G'), [readHeld('G1:c3')], 'G .(b) .c @b'],
    ['leave a ghost where they were', begin('a0 G1:b2 d4', 'b', 'G'), [readHeld('a0 d4')], 'a (b) d @b'],
    [
      'let go of it',
      begin('a0 G1:b2 d4', 'b', 'G'),
      [readHeld('a0 d4'), { type: 'moved', by: 1, nowMs: 0 }],
      'a d @d',
    ],
    [
      'have the cursor of what goes into them',
      begin('G1:b2 c3 d4', 'c'),
      [readHeld('G1:b2,c3 d4')],
      'G d @G',
    ],
    [
      'keep it on that while they are open',
      begin('G1:b2 c3 d4', 'c', 'G'),
      [readHeld('G1:b2,c3 d4')],
      'G .b .c d @c',
    ],
    [
      'leave it to the first of them when they come apart',
      begin('G1:b2,c3 d4', 'G'),
      [readHeld('c3 b2 d4')],
      'b c d @b',
    ],
    ['are where the cursor begins that is on one of them', begin('a0 G1:b2', 'b'), [], 'a G @G'],
  ])('%s', (_, from, events, wanted) => {
    expect(lines(events.reduce<Living<Held>>(reduceLiving, from))).toBe(wanted);
  });

  const held = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...'abcdefgh'), fc.nat(5), fc.constantFrom('', 'G', 'H')), {
      selector: ([id]) => id,
    })
    .map((list) => {
      const heads = ['G', 'H'].flatMap((name) => {
        const own = list.filter(([, , under]) => under === name).map(([id, rank]) => ({ id, rank }));
        return own.length === 0
          ? []
          : [{ id: name, rank: Math.min(...own.map(({ rank }) => rank)), holds: own }];
      });
      return [...heads, ...list.filter(([, , under]) => under === '').map(([id, rank]) => ({ id, rank }))];
    });

  it('keep the cursor, and lose nothing, whatever comes, goes and is put together', () => {
    fc.assert(
      fc.property(held, held, fc.subarray(['G', 'H']), fc.nat(9), (before, after, open, by) => {
        const first = startLiving<Held>(before, byRank, { nowMs: 0, height: 5, holds, open: new Set(open) });
        const moved = reduceLiving(first, { type: 'moved', by, nowMs: 0 });
        const next = reduceLiving(moved, { type: 'read', values: after, nowMs: late });
        const there = (list: readonly Held[]) =>
          list.flatMap((one) => [one.id, ...(next.open.has(one.id) ? holds(one).map(({ id }) => id) : [])]);
        const living = next.rows.filter(({ goneMs }) => goneMs === undefined).map(({ id }) => id);
        expect(living.toSorted()).toEqual(there(after).toSorted());
        expect(new Set(next.rows.map(({ id }) => id)).size).toBe(next.rows.length);
        if (there(after).includes(moved.cursor ?? '')) expect(next.cursor).toBe(moved.cursor);
        expect(next.rows.some(({ id }) => id === next.cursor)).toBe(next.rows.length > 0);
        // What belongs to a row stands right below it.
        let head: string | undefined;
        for (const row of next.rows) {
          if (row.under === undefined) head = row.id;
          else expect(row.under).toBe(head);
        }
        const settled = reduceLiving(next, { type: 'sorted', nowMs: late });
        expect(wouldMove(settled)).toBe(0);
      }),
    );
  });
});
