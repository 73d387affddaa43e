import { createContext, useContext } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { type ListRow, SearchableList } from '../../../source/components/searchable-list/searchable-list.tsx';
import { TreePicker } from '../../../source/components/tree/tree-picker.tsx';
import type { Remote } from '../../../source/pages/remote-cache.ts';
import { Loaded } from '../../../source/screens/parts/loading.tsx';
import { useListTexts } from '../../../source/screens/parts/list-texts.ts';
import type { WizardState } from '../../../source/wizard/reducer.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';
import { AlonePage } from '../../helpers/page.tsx';
import { atReview } from '../../helpers/wizard-events.ts';

const rows: readonly ListRow[] = [
  { id: 'a', label: 'Hikers' },
  { id: 'b', label: 'Loyal guests' },
];
const loading: Remote<readonly ListRow[]> = { kind: 'loading' };
const ready: Remote<readonly ListRow[]> = { kind: 'ready', value: rows };

/** For the one page of a test: another page for each reading would begin anew. */
const Given = createContext<Remote<readonly ListRow[]>>(loading);
const now = { selected: vi.fn<(ids: readonly string[]) => void>(), marked: vi.fn<(id: string) => void>() };

const List = () => {
  const texts = useListTexts();
  return (
    <Loaded remote={useContext(Given)}>
      {(found) => (
        <SearchableList
          rows={found}
          height={5}
          texts={texts}
          onSubmit={vi.fn()}
          onSelectionChange={now.selected}
        />
      )}
    </Loaded>
  );
};

const nodes = [
  { id: 'email', label: 'email' },
  { id: 'member', label: 'member' },
];
const Tree = () => {
  const texts = useListTexts();
  return (
    <Loaded remote={useContext(Given)}>
      {() => (
        <TreePicker nodes={nodes} height={5} texts={texts} onLetter={{ m: now.marked }} onSubmit={vi.fn()} />
      )}
    </Loaded>
  );
};

async function setUp(page = List) {
  Object.assign(now, { selected: vi.fn(), marked: vi.fn() });
  const onState = vi.fn<(state: WizardState) => void>();
  const drawn = (remote: Remote<readonly ListRow[]>) => (
    <Given value={remote}>
      <AlonePage state={atReview()} page={page} onState={onState} />
    </Given>
  );
  const ink = await renderInk(drawn(loading));
  const arrive = (): Promise<void> => ink.rerender(drawn(ready));
  return { ...ink, onState, arrive };
}

describe('what is typed while a list is on the way', () => {
  it('is searched for once the list is there, with what was taken back', async () => {
    const { press, arrive, frame } = await setUp();
    await press('loyk', keys.backspace, 'al', ' gue');
    await arrive();
    expect(frame()).toContain('Search: loyal gue');
    expect(frame()).toContain('❯ ☐ Loyal guests');
    expect(frame()).not.toContain('Hikers');
  });

  it('selects nothing by a blank, and submits nothing by Enter', async () => {
    const { press, arrive, frame } = await setUp();
    await press(' ', keys.enter, keys.down);
    await arrive();
    expect(frame()).toContain('❯ ☐ Hikers');
    expect(now.selected).not.toHaveBeenCalled();
  });

  it('is taken back by Esc first, which goes back when there is nothing', async () => {
    const { press, onState } = await setUp();
    await press('loy', keys.escape);
    expect(onState).not.toHaveBeenCalled();
    await press(keys.escape);
    expect(onState).toHaveBeenCalledOnce();
  });

  it('is a search in a tree too, where letters are keys', async () => {
    const { press, arrive, frame } = await setUp(Tree);
    await press('m', 'em');
    await arrive();
    expect(now.marked).not.toHaveBeenCalled();
    expect(frame()).toContain('Search: mem');
    expect(frame()).not.toContain('email');
  });
});
