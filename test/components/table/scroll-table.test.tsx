import fc from 'fast-check';
import { Text } from 'ink';
import { describe, expect, it, vi } from 'vitest';
import {
  ScrollTable,
  type ScrollTableProps,
  type TableRow,
} from '../../../source/components/table/scroll-table.tsx';
import { columnGap, layOutTable } from '../../../source/components/table/table-layout.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';

const columns = [{ title: 'Segment' }, { title: 'asked' }, { title: 'files', align: 'right' as const }];
const rows: readonly TableRow[] = [
  { mark: '✓', tone: 'success', cells: ['Interested in Mountain Biking', 'daily, 17:00', '1,204'] },
  { mark: '✗', tone: 'danger', cells: ['台北會員 高價值', 'every 6 hours', '7'] },
  { kind: 'group', label: 'Attributes' },
  { cells: ['person.name.firstName', '', '12'] },
];

function table(props: Partial<ScrollTableProps> = {}) {
  return (
    <ScrollTable
      columns={columns}
      rows={rows}
      height={10}
      range={(first, last, total) => `${first}–${last} of ${total}`}
      {...props}
    />
  );
}

describe('ScrollTable', () => {
  it('lines columns up, also beside Chinese, with marks and groups', async () => {
    const ink = await renderInk(table(), { columns: 80 });
    expect(ink.frame()).toMatchInlineSnapshot(`
      "  Segment                        asked          files
      ✓ Interested in Mountain Biking  daily, 17:00   1,204
      ✗ 台北會員 高價值                every 6 hours      7
        Attributes
        person.name.firstName                            12"
    `);
  });

  it('cuts the widest column in 40 columns', async () => {
    const ink = await renderInk(table(), { columns: 40 });
    expect(ink.frame()).toMatchInlineSnapshot(`
      "  Segment           asked          files
      ✓ Interested in M…  daily, 17:00   1,204
      ✗ 台北會員 高價值   every 6 hours      7
        Attributes
        person.name.fir…                    12"
    `);
  });

  const many = Array.from({ length: 300 }, (_, at): TableRow => ({ cells: [`row ${at}.`, 'x', '1'] }));

  it.each([
    ['down', [keys.down], 'row 1.', '2–6 of 300'],
    ['down and up', [keys.down, keys.down, keys.up], 'row 1.', '2–6 of 300'],
    ['page down', [keys.pageDown], 'row 4.', '5–9 of 300'],
    ['end', [keys.end], 'row 299.', '296–300 of 300'],
    ['end and home', [keys.end, keys.home], 'row 0.', '1–5 of 300'],
    ['up at the top', [keys.up], 'row 0.', '1–5 of 300'],
    ['past the end and one back', [keys.end, keys.down, keys.down, keys.up], 'row 294.', '295–299 of 300'],
  ])('scrolls with %s', async (_, chunks, inSight, range) => {
    const ink = await renderInk(table({ rows: many, height: 5 }));
    await ink.press(...chunks);
    expect(ink.frame()).toContain(inSight);
    expect(ink.frame()).toContain(range);
  });

  it('opens the row under the cursor when rows can be opened', async () => {
    const select = vi.fn<(index: number) => void>();
    const ink = await renderInk(table({ rows: many, height: 5, onSelect: select }));
    await ink.press(keys.down.repeat(6), keys.enter);
    expect(select).toHaveBeenCalledExactlyOnceWith(6);
    expect(ink.frame()).toContain('❯ row 6.');
  });

  it('keeps a last row that is none of the list in sight, and begins at the top all the same', async () => {
    const cells = [...many.slice(0, 20), { kind: 'group', label: 'Continue' } as const];
    const select = vi.fn<(index: number) => void>();
    const pinned = { rows: cells, height: 6, onSelect: select, initialCursor: 20, isLastPinned: true };
    const ink = await renderInk(table(pinned));
    const seen = (): string[] =>
      ink
        .frame()
        .split('\n')
        .slice(1, 7)
        .map((line) => line.trimEnd());
    expect(seen().map((line) => /row \d+|❯|Continue/.exec(line)?.[0])).toEqual([
      ...['row 0', 'row 1', 'row 2', 'row 3', 'row 4', '❯'],
    ]);
    expect(ink.frame()).toContain('1–5 of 20');
    // Above it is what is drawn above it, and the rest of the list goes on below that.
    await ink.press(keys.up);
    expect(ink.frame()).toContain('❯ row 4.');
    await ink.press(keys.down);
    expect(ink.frame()).toContain('❯ row 5.');
    expect(ink.frame()).toContain('2–6 of 20');
    await ink.press(keys.end, keys.enter);
    expect(select).toHaveBeenCalledExactlyOnceWith(20);
    expect(ink.frame()).toMatch(/^❯ Continue/m);
    expect(ink.frame()).toContain('2–6 of 20');
    await ink.press(keys.pageUp, keys.home, keys.pageDown.repeat(9));
    expect(ink.frame()).toMatch(/^❯ Continue/m);
    expect(ink.frame()).toContain('16–20 of 20');
  });

  it('takes the cursor along with a row that changes places, and only then', async () => {
    const order = vi.fn((index: number, by: -1 | 1) => index + by >= 0);
    const ink = await renderInk(table({ rows: many, height: 5, onSelect: vi.fn(), onOrder: order }));
    await ink.press(keys.shiftUp);
    expect(ink.frame()).toContain('❯ row 0.');
    await ink.press(keys.shiftDown + keys.shiftDown);
    expect(ink.frame()).toContain('❯ row 2.');
    expect(order.mock.calls).toEqual([
      [0, -1],
      [0, 1],
      [1, 1],
    ]);
  });

  it('gives the row under the cursor and all keys to who writes there', async () => {
    const select = vi.fn<(index: number) => void>();
    const at = (editor?: string) =>
      table({
        onSelect: select,
        initialCursor: 1,
        ...(editor === undefined ? {} : { editor: <Text>{editor}</Text> }),
      });
    const ink = await renderInk(at());
    await ink.rerender(at('written here'));
    expect(ink.frame()).toMatch(/^❯ {3}written here$/m);
    expect(ink.frame()).not.toContain('台北會員');
    await ink.press(keys.down, keys.enter);
    expect(select).not.toHaveBeenCalled();
    await ink.rerender(at());
    expect(ink.frame()).toMatch(/^❯ ✗ 台北會員/m);
  });

  it('hands on Enter, Esc and letters when rows cannot be opened', async () => {
    const [enter, back, key] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<(press: unknown) => void>()];
    const ink = await renderInk(table({ onEnter: enter, onBack: back, onKey: key }));
    await ink.press(keys.enter, keys.escape, 'r');
    expect(enter).toHaveBeenCalledOnce();
    expect(back).toHaveBeenCalledOnce();
    expect(key).toHaveBeenCalledExactlyOnceWith({ kind: 'text', text: 'r' });
  });
});

describe('layOutTable', () => {
  it('leaves columns out from the right when not even their least fits', () => {
    expect(layOutTable(columns, rows, 16)).toEqual({ mark: 1, columns: [6, 6, 0] });
  });

  it('never draws wider than it may, and never takes more than is needed', () => {
    const cell = fc.string({ maxLength: 20, unit: 'grapheme' });
    fc.assert(
      fc.property(
        fc.array(fc.record({ cells: fc.array(cell, { minLength: 3, maxLength: 3 }) }), { maxLength: 8 }),
        fc.integer({ min: 3, max: 120 }),
        (anyRows, width) => {
          const layout = layOutTable(columns, anyRows, width);
          const drawn = layout.columns.filter((column) => column > 0);
          const total = drawn.reduce((sum, column) => sum + column, 0) + columnGap * (drawn.length - 1);
          expect(total).toBeLessThanOrEqual(width);
          expect(
            layOutTable(columns, anyRows, 1000).columns.every(
              (column, at) => column >= (layout.columns[at] ?? 0),
            ),
          ).toBe(true);
        },
      ),
    );
  });
});
