import { type ReactElement, useMemo } from 'react';
import type { ListRow } from '../components/searchable-list/searchable-list.tsx';
import { Page } from './page.tsx';
import { PickOne } from './pick-one.tsx';
import { usePageKeys } from './page-keys.ts';
import { useWizard } from './wizard-context.tsx';

/** Row of the list that is no account. */
const anew = 'anew';

/** An account that is there already, or a new sign-in. */
export function AccountScreen(): ReactElement {
  const { state, send, text } = useWizard();
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
      <PickOne
        rows={rows}
        initial={account?.id ?? anew}
        onPick={(id) =>
          send({ type: 'answered', answer: { of: 'account', value: accounts.find((one) => one.id === id) } })
        }
      />
    </Page>
  );
}
