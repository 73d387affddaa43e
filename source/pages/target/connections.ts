import { type OfferedSource, sourcesOf } from '../../activation/spec/accounts.ts';
import { listText } from '../../locale/texts.ts';
import type { ChosenSource } from '../../wizard/draft.ts';
import { answered, type Asking, needs, type PickPage } from '../page.ts';
import type { OfferedSources } from '../remote-cache.ts';
import { signInText, sourceText } from './draft-text.ts';
import { signInTitle } from '../../locale/plan-words.ts';

/** Row of a list that is nothing that is there already. */
const anew = 'anew';

/** An account that is there already, or a new sign-in. */
export const account: PickPage = {
  kind: 'pick',
  question: ({ text, state }) =>
    text('question.account', { destination: state.draft.destination?.name ?? '' }),
  rows({ text, state }) {
    const { accounts = [], auth = [] } = state.draft.destination ?? {};
    const methods = listText(
      text,
      auth.map((one) => signInTitle(text, one.specName)),
    );
    return [
      // A dataflow that is there takes another account, and no sign-in of its own.
      ...(state.draft.live ? [] : [{ id: anew, label: text('account.anew'), cells: [methods] }]),
      ...accounts.map(({ id, name }) => ({ id, label: name, cells: [id] })),
    ];
  },
  preferred: ({ state }) => state.draft.account?.id ?? anew,
  chosen(id, { state }) {
    const value = state.draft.destination?.accounts?.find((one) => one.id === id);
    return value === undefined && state.draft.live ? undefined : answered({ of: 'account', value });
  },
  told: (asking) => signInText(asking.state.draft, asking),
};

/** New connections to Profile Store, or ones that are there already. */
export const source: PickPage<OfferedSources> = {
  kind: 'pick',
  question: ({ text }) => text('question.source'),
  needs: needs('sources'),
  rows: ({ text, state }, offered) => [
    { id: anew, label: sourceText({ ...state.draft, source: undefined }, text), cells: [''] },
    ...offeredIn(offered).map(({ id, name, kind }) => ({ id, label: name, cells: [text(`source.${kind}`)] })),
  ],
  preferred({ state }: Asking) {
    const { source: chosen } = state.draft;
    return chosen?.sourceConnectionId ?? chosen?.baseConnectionId ?? anew;
  },
  chosen(id, _, offered) {
    const one = offeredIn(offered).find((found) => found.id === id);
    return answered({ of: 'source', value: one && chosenSource(one) });
  },
  told: ({ text, state }) => sourceText(state.draft, text),
};

const offeredIn = ({ connections, sourceConnections }: OfferedSources): OfferedSource[] =>
  sourcesOf(connections, sourceConnections);

function chosenSource({ id, name, kind, baseConnectionId }: OfferedSource): ChosenSource {
  return kind === 'baseConnection'
    ? { name, baseConnectionId: id }
    : { name, baseConnectionId, sourceConnectionId: id };
}
