import { type ReactElement, useMemo } from 'react';
import { type ListRow, SearchableList } from '../components/searchable-list/searchable-list.tsx';
import { useListTexts } from './list-texts.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { useWizard } from './wizard-context.tsx';

/** Row of the list that is no account. */
const anew = 'anew';

/** An account that is there already, or a new sign-in. */
export function AccountScreen(): ReactElement {
  const { state, send, text, isActive, height, width, openKeys } = useWizard();
  const texts = useListTexts();
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  const { destination, account } = state.draft;
  const accounts = useMemo(() => destination?.accounts ?? [], [destination]);
  const rows = useMemo(
    (): ListRow[] => [
      {
        id: anew,
        label: text('account.anew'),
        cells: [(destination?.auth ?? []).map((one) => one.specName).join(', ')],
      },
      ...accounts.map(({ id, name }) => ({ id, label: name, cells: [id] })),
    ],
    [accounts, destination, text],
  );
  return (
    <Page
      question={text('question.account', { destination: destination?.name ?? '' })}
      next={text('page.location')}
      keys={keys}
    >
      <SearchableList
        mode="single"
        rows={rows}
        texts={texts}
        height={height - 2}
        width={width}
        isActive={isActive}
        initialCursor={account?.id ?? anew}
        onHelp={openKeys}
        onBack={() => send({ type: 'wentBack' })}
        onSubmit={([id]) =>
          send({ type: 'answered', answer: { of: 'account', value: accounts.find((one) => one.id === id) } })
        }
      />
    </Page>
  );
}
