import { accountsOf, type OfferedSource, sourcesOf } from '../activation/accounts.ts';
import { authMethods, publishesAuth } from '../activation/auth-spec.ts';
import { batchDestinations, destinationTitle } from '../activation/destinations.ts';
import { defaultMode, locationModes, publishesLocation } from '../activation/storage-location.ts';
import type { ListRow } from '../components/searchable-list/search.ts';
import type { ConnectionSpec } from '../flow-service/specs.ts';
import type { Text } from '../locale/texts.ts';
import type { ChosenDestination, ChosenSource } from '../wizard/draft.ts';
import type { OfferedDestinations, OfferedSources } from './remote-cache.ts';

/*
What the pages offer that choose one of what the platform holds: a row each, and what choosing it means.
*/

/** A list for one: its rows, and the answer that a row stands for. */
export interface Offered<Chosen> {
  readonly rows: readonly ListRow[];
  readonly answerOf: (id: string | undefined) => Chosen;
}

/** Row of a list that is nothing that is there already. */
export const anew = 'anew';

/** The batch destinations that the organisation publishes. */
export function offeredDestinations(offered: OfferedDestinations): Offered<ChosenDestination | undefined> {
  const { specs, flowSpecs } = offered;
  const destinations = batchDestinations(specs, flowSpecs);
  return {
    rows: destinations.map((spec) => {
      const methods = authMethods(spec).map((method) => method.specName);
      return { id: spec.id, label: destinationTitle(spec), cells: [methods.join(', ')] };
    }),
    answerOf(id) {
      const spec = destinations.find((one) => one.id === id);
      return spec && chosenDestination(spec, offered);
    },
  };
}

/** The destination with the forms that its spec publishes, and the accounts it can be reached with already. */
function chosenDestination(spec: ConnectionSpec, { accounts }: OfferedDestinations): ChosenDestination {
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

/** The accounts of a destination, and a new sign-in. */
export function offeredAccounts(
  destination: ChosenDestination | undefined,
  text: Text,
): Offered<NonNullable<ChosenDestination['accounts']>[number] | undefined> {
  const accounts = destination?.accounts ?? [];
  const methods = (destination?.auth ?? []).map((one) => one.specName).join(', ');
  return {
    rows: [
      { id: anew, label: text('account.anew'), cells: [methods] },
      ...accounts.map(({ id, name }) => ({ id, label: name, cells: [id] })),
    ],
    answerOf: (id) => accounts.find((one) => one.id === id),
  };
}

/** Connections to Profile Store that are there, and new ones. */
export function offeredSources(offered: OfferedSources, text: Text): Offered<ChosenSource | undefined> {
  const sources = sourcesOf(offered.connections, offered.sourceConnections);
  return {
    rows: [
      { id: anew, label: text('source.new'), cells: [''] },
      ...sources.map(({ id, name, kind }) => ({ id, label: name, cells: [text(`source.${kind}`)] })),
    ],
    answerOf(id) {
      const source = sources.find((one) => one.id === id);
      return source && chosenSource(source);
    },
  };
}

function chosenSource({ id, name, kind, baseConnectionId }: OfferedSource): ChosenSource {
  return kind === 'baseConnection'
    ? { name, baseConnectionId: id }
    : { name, baseConnectionId, sourceConnectionId: id };
}
