import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Entry, Entries } from '../../../source/components/entries/entries.tsx';
import {
  type EntriesEvent,
  type EntriesState,
  lineCount,
  reduceEntries,
  startEntries,
} from '../../../source/components/entries/entries-state.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';

const heights = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 });
const idsOf = (list: readonly number[]): string[] => list.map((_, at) => String(at));
const event: fc.Arbitrary<EntriesEvent> = fc.oneof(
  fc.constantFrom<EntriesEvent>(
    { type: 'moved', by: 1 },
    { type: 'moved', by: -1 },
    { type: 'moved-page', by: 1 },
    { type: 'moved-page', by: -1 },
    { type: 'moved-to-edge', edge: 'first' },
    { type: 'moved-to-edge', edge: 'last' },
  ),
  fc
    .tuple(heights, fc.integer({ min: -1, max: 9 }))
    .map(([list, height]): EntriesEvent => ({ type: 'measured', ids: idsOf(list), heights: list, height })),
);

/** First line and the one behind the last of the entry under the cursor. */
function current({ heights: list, cursor }: EntriesState): [number, number] {
  const first = lineCount({ heights: list.slice(0, cursor) });
  return [first, first + (list[cursor] ?? 0)];
}

describe('entries', () => {
  it('have their cursor in sight, and no empty lines below, whatever is pressed or resized', () => {
    fc.assert(
      fc.property(
        heights,
        fc.integer({ min: 1, max: 9 }),
        fc.array(event, { maxLength: 30 }),
        (list, height, events) => {
          const start = startEntries({ ids: idsOf(list), heights: list, height }, undefined);
          for (const state of events.reduce<EntriesState[]>(
            (all, one) => [...all, reduceEntries(all.at(-1) ?? start, one)],
            [start],
          )) {
            const [first, end] = current(state);
            expect(first).toBeLessThan(state.top + state.height);
            expect(end).toBeGreaterThan(state.top);
            expect(state.top).toBeGreaterThanOrEqual(0);
            expect(state.top).toBeLessThanOrEqual(Math.max(0, lineCount(state) - state.height));
          }
        },
      ),
    );
  });

  it('show every line on the way down, one that is longer than the window too', () => {
    fc.assert(
      fc.property(heights, fc.integer({ min: 1, max: 9 }), (list, height) => {
        let state = startEntries({ ids: idsOf(list), heights: list, height }, undefined);
        const seen = new Set<number>();
        for (let steps = 0; steps <= lineCount(state) + list.length; steps++) {
          for (let line = state.top; line < Math.min(state.top + height, lineCount(state)); line++)
            seen.add(line);
          state = reduceEntries(state, { type: 'moved', by: 1 });
        }
        expect(seen.size).toBe(lineCount(state));
        expect(state.cursor).toBe(list.length - 1);
      }),
    );
  });

  it('keep the cursor on its entry when others come or go', () => {
    const state = startEntries({ ids: ['a', 'b', 'c'], heights: [1, 1, 1], height: 5 }, 'b');
    const more = reduceEntries(state, {
      type: 'measured',
      ids: ['x', 'y', 'b'],
      heights: [2, 2, 1],
      height: 5,
    });
    expect(more.cursor).toBe(2);
  });

  it('tell which entry a key is meant for', async () => {
    const [onSelect, onKey, onBack] = [vi.fn(), vi.fn(), vi.fn()];
    const entries: Entry[] = ['one', 'two'].map((id) => ({
      id,
      lines: [[{ said: id }], [{ said: `more of ${id}` }]],
    }));
    const { frame, press } = await renderInk(
      <Entries
        entries={entries}
        height={3}
        width={30}
        isActive
        range={(first, last, total) => `${first}-${last}/${total}`}
        onSelect={onSelect}
        onBack={onBack}
        onKey={(key, id) => void onKey(key.kind === 'text' ? key.text : '', id)}
      />,
    );
    expect(frame()).toBe(`❯   one\n    more of one\n${'1-2/4'.padStart(30)}`);
    await press(keys.down, 'f', keys.enter, keys.escape);
    expect(frame()).toContain('❯   two');
    expect(onKey).toHaveBeenCalledWith('f', 'two');
    expect(onSelect).toHaveBeenCalledWith('two');
    expect(onBack).toHaveBeenCalledOnce();
  });
});
