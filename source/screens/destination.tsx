import { type ReactElement, useMemo } from 'react';
import type { ListRow } from '../components/searchable-list/searchable-list.tsx';
import { accountsOf } from '../activation/accounts.ts';
import { authMethods, publishesAuth } from '../activation/auth-spec.ts';
import { batchDestinations, destinationTitle } from '../activation/destinations.ts';
import { defaultMode, locationModes, publishesLocation } from '../activation/storage-location.ts';
import type { Connection } from '../flow-service/connections.ts';
import type { ConnectionSpec } from '../flow-service/specs.ts';
import type { ChosenDestination } from '../wizard/draft.ts';
import { Loaded } from './loading.tsx';
import { Page } from './page.tsx';
import { PickOne } from './pick-one.tsx';
import { usePageKeys } from './page-keys.ts';
import { type OfferedDestinations, useRemote } from './remote.tsx';
import { placeOf, useWizard } from './wizard-context.tsx';

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
  const { specs, flowSpecs, accounts } = offered;
  const destinations = useMemo(() => batchDestinations(specs, flowSpecs), [specs, flowSpecs]);
  const rows = useMemo(
    () =>
      destinations.map((spec): ListRow => {
        const methods = authMethods(spec).map((method) => method.specName);
        return { id: spec.id, label: destinationTitle(spec), cells: [methods.join(', ')] };
      }),
    [destinations],
  );
  return (
    <PickOne
      rows={rows}
      initial={state.draft.destination?.connectionSpecId}
      onPick={(id) => {
        const spec = destinations.find((one) => one.id === id);
        if (spec) send({ type: 'answered', answer: { of: 'destination', value: chosen(spec, accounts) } });
      }}
    />
  );
}

/** The destination with the forms that its spec publishes, and the accounts it can be reached with already. */
function chosen(spec: ConnectionSpec, accounts: readonly Connection[]): ChosenDestination {
  return {
    connectionSpecId: spec.id,
    name: destinationTitle(spec),
    auth: authMethods(spec),
    modes: locationModes(spec),
    defaultMode: defaultMode(spec),
    accounts: accountsOf(spec, accounts),
    standsIn: {
      auth: !publishesAuth(spec) && authMethods(spec).length > 0,
      location: !publishesLocation(spec) && locationModes(spec).length > 0,
    },
  };
}
