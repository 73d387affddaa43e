import { describe, expect, it, vi } from 'vitest';
import { fitHints } from '../../../source/components/key-hints/hints-layout.ts';
import { KeyHints, type KeyHint } from '../../../source/components/key-hints/key-hints.tsx';
import { KeyList } from '../../../source/components/key-hints/key-list.tsx';
import { keys, renderInk } from '../../helpers/ink.tsx';

const hints: readonly KeyHint[] = [
  { key: 'space', does: 'select' },
  { key: 'enter', does: 'continue', priority: 3 },
  { key: 'ctrl+a', does: 'all shown' },
  { key: 'tab', does: 'selected only' },
  { key: 'esc', does: 'back', priority: 2 },
  { key: '?', does: 'keys', priority: 1 },
];

describe('KeyHints', () => {
  it.each([
    [100, 'space select · enter continue · ctrl+a all shown · tab selected only · esc back · ? keys'],
    [80, 'space select · enter continue · tab selected only · esc back · ? keys'],
    [40, 'enter continue · esc back · ? keys'],
    [20, 'enter continue'],
  ])('fits %i columns', async (columns, wanted) => {
    const ink = await renderInk(<KeyHints keys={hints} />, { columns });
    expect(ink.frame()).toBe(wanted);
  });

  it('gives the room of one that is too long to a shorter one', () => {
    const long: KeyHint = { key: 'o', does: 'continue to the dataflow', priority: 1.5 };
    const [line = []] = fitHints([...hints.slice(0, 5), long, ...hints.slice(5)], 40, 3);
    expect(line.map(({ key }) => key)).toEqual(['enter', 'esc', '?']);
  });

  it('always keeps one, cut if it must be', () => {
    expect(fitHints(hints, 1, 3)).toEqual([[hints[1]]]);
  });
});

describe('KeyList', () => {
  const texts = {
    search: 'Search: ',
    matches: (matching: number, total: number) => `${matching} of ${total}`,
    range: (first: number, last: number) => `${first}–${last}`,
    selected: () => '',
    none: 'No such key.',
  };

  it('finds a key by what it does and runs it', async () => {
    const run = vi.fn<() => void>();
    const close = vi.fn<() => void>();
    const ink = await renderInk(
      <KeyList keys={hints.map((hint) => ({ ...hint, run }))} height={8} texts={texts} onClose={close} />,
      { columns: 60 },
    );
    expect(ink.frame()).toContain('selected only  tab');
    await ink.press('all sh', keys.enter);
    expect(run).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
  });

  it('closes with Esc', async () => {
    const close = vi.fn<() => void>();
    const ink = await renderInk(<KeyList keys={hints} height={8} texts={texts} onClose={close} />);
    await ink.press(keys.escape);
    expect(close).toHaveBeenCalledOnce();
  });
});
