import { type ReactElement, useMemo } from 'react';
import { Loaded } from './loading.tsx';
import { offeredDestinations } from './offered-rows.ts';
import { Page } from './page.tsx';
import { PickOne } from './pick-one.tsx';
import { usePageKeys } from './page-keys.ts';
import { useRemote } from './remote.tsx';
import type { OfferedDestinations } from './remote-cache.ts';
import { placeOf } from './services.ts';
import { useWizard } from './wizard-context.tsx';

/** The batch destinations that the organisation publishes. */
export function DestinationScreen(): ReactElement {
  const { state, services, text } = useWizard();
  const remote = useRemote('destinations', placeOf(state, services.organisation));
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  return (
    <Page question={text('question.destination')} next={text('page.signIn')} keys={keys}>
      <Loaded remote={remote}>{(offered) => <DestinationList offered={offered} />}</Loaded>
    </Page>
  );
}

function DestinationList({ offered }: { readonly offered: OfferedDestinations }): ReactElement {
  const { state, send } = useWizard();
  const { rows, answerOf } = useMemo(() => offeredDestinations(offered), [offered]);
  return (
    <PickOne
      rows={rows}
      initial={state.draft.destination?.connectionSpecId}
      onPick={(id) => {
        const value = answerOf(id);
        if (value) send({ type: 'answered', answer: { of: 'destination', value } });
      }}
    />
  );
}
