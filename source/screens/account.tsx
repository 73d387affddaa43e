import { type ReactElement, useMemo } from 'react';
import { anew, offeredAccounts } from './offered-rows.ts';
import { Page } from './page.tsx';
import { PickOne } from './pick-one.tsx';
import { usePageKeys } from './page-keys.ts';
import { useWizard } from './wizard-context.tsx';

/** An account that is there already, or a new sign-in. */
export function AccountScreen(): ReactElement {
  const { state, send, text } = useWizard();
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  const { destination, account } = state.draft;
  const { rows, answerOf } = useMemo(() => offeredAccounts(destination, text), [destination, text]);
  return (
    <Page
      question={text('question.account', { destination: destination?.name ?? '' })}
      next={text('page.location')}
      keys={keys}
    >
      <PickOne
        rows={rows}
        initial={account?.id ?? anew}
        onPick={(id) => send({ type: 'answered', answer: { of: 'account', value: answerOf(id) } })}
      />
    </Page>
  );
}
