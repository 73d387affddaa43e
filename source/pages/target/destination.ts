import { accountsOf } from '../../activation/spec/accounts.ts';
import { authMethods } from '../../activation/spec/auth-spec.ts';
import {
  batchDestinations,
  destinationTitle,
  isReplaced,
  migratedCards,
} from '../../activation/spec/destinations.ts';
import { sameId } from '../../activation/same-id.ts';
import { formsOf } from '../../activation/spec/forms.ts';
import type { ConnectionSpec } from '../../flow-service/specs.ts';
import { type ChosenDestination, draftName } from '../../wizard/draft.ts';
import { listText } from '../../locale/texts.ts';
import { answered, joined, needs, type PickPage } from '../page.ts';
import type { OfferedDestinations } from '../remote-cache.ts';
import { signInTitle } from '../../locale/plan-words.ts';
import { ageText, destinationText } from './draft-text.ts';

/** The batch destinations that the organisation publishes. */
export const destination: PickPage<OfferedDestinations> = {
  kind: 'pick',
  question: ({ text }) => text('question.destination'),
  needs: needs('destinations'),
  rows: ({ text, glyphs }, { specs, flowSpecs }) => [
    ...batchDestinations(specs, flowSpecs).map((spec) => {
      const methods = authMethods(spec).map((method) => signInTitle(text, method.specName));
      const signIns = spec.authSpec?.length === 0 ? text('signIn.none') : listText(text, methods);
      const name = destinationTitle(spec);
      const isOlder = isReplaced(spec, specs);
      return {
        id: spec.id,
        // Two cards of one name are told apart by it, also where only names are read.
        label: isOlder ? text('destination.olderNamed', { name }) : name,
        cells: [joined(glyphs, [isOlder ? text('destination.olderGone') : ageText(text, spec.id), signIns])],
      };
    }),
    // What somebody looks for and finds no more must not be gone without a word.
    ...migratedCards(specs).map(({ older, newer }) => ({
      id: older.connectionSpecId,
      label: older.name,
      cells: [text('destination.gone')],
      disabled: text('destination.migrated', {
        name: older.name,
        newer: newer.name,
        newerId: newer.connectionSpecId,
      }),
    })),
  ],
  preferred: ({ state: { draft } }) =>
    draft.destination?.connectionSpecId ?? draft.opened?.destination.connectionSpecId,
  chosen(id, { text }, offered) {
    const spec = offered.specs.find((one) => one.id === id);
    if (!spec) return undefined;
    const chosen = chosenDestination(spec, offered);
    const flowName = text('destination.flowName', { destination: chosen.name });
    return answered({ of: 'destination', value: { ...chosen, flowName } });
  },
  doubted(id, { text, state: { draft } }) {
    const { flow, live, destination } = draft;
    if (flow === undefined || destination === undefined || sameId(id ?? '', destination.connectionSpecId))
      return undefined;
    return {
      question: text('destination.other', { name: live?.name ?? draftName(draft), id: flow }),
      typed: undefined,
      answers: { yes: text('destination.otherNew'), no: text('destination.otherStay') },
    };
  },
  told: ({ text, glyphs, state }) => destinationText(state.draft, { text, glyphs }),
};

/** The destination with the forms that its spec publishes, and the accounts it can be reached with already. */
export function chosenDestination(
  spec: ConnectionSpec,
  { accounts }: OfferedDestinations,
): ChosenDestination {
  return {
    connectionSpecId: spec.id,
    name: destinationTitle(spec),
    ...formsOf(spec),
    accounts: accountsOf(spec, accounts),
  };
}
