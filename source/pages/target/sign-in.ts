import { readPublicKey } from '../../activation/content/public-key.ts';
import { problem } from '../../activation/plan/problem.ts';
import type { FormField } from '../../components/form/form-field.ts';
import { listText, type Text } from '../../locale/texts.ts';
import { chosenMethod, mayEncrypt } from '../../wizard/draft.ts';
import { answered, type Asking, type ChoicePage, type FieldsPage, joined } from '../page.ts';
import { signInText } from './draft-text.ts';
import { signInName, signInTitle } from '../../locale/plan-words.ts';
import { fieldTitle } from './field-title.ts';
import { publishedFields } from './published-fields.ts';

const note = ({ text, state }: Asking): string | undefined =>
  state.draft.destination?.standsIn?.auth === true ? text('standsIn.note') : undefined;

const told = (asking: Asking): string => signInText(asking.state.draft, asking);

/** Which `auth.specName`. */
export const signIn: ChoicePage = {
  kind: 'choice',
  question: ({ text, state }) =>
    text('question.signIn', { destination: state.draft.destination?.name ?? '' }),
  note,
  options: ({ text, glyphs, state }) =>
    (state.draft.destination?.auth ?? []).map(({ specName, fields }) => ({
      value: specName,
      label: signInTitle(text, specName),
      hint: joined(glyphs, [
        signInTitle(text, specName) === specName ? '' : specName,
        listText(
          text,
          fields.filter((field) => field.isRequired).map((field) => fieldTitle(text, field)),
        ),
      ]),
    })),
  preferred: ({ state }) => state.draft.signIn.specName,
  chosen: (value) => answered({ of: 'signIn', value }),
  told,
};

const keyField = 'encryption.publicKey';

/** The public key that a new account encrypts its files with; a private one is said to be one, and kept nowhere. */
function publicKeyField(text: Text): FormField {
  return {
    name: keyField,
    label: text('param.publicKey'),
    kind: 'multiline-secret',
    required: false,
    help: text('help.publicKey'),
    validate(value) {
      const reading = readPublicKey(value);
      if (reading.kind === 'key') return undefined;
      const { id, values } = problem(reading.id, '');
      return id === 'publicKey.private' ? text('signIn.privateKey') : text(id, values);
    },
  };
}

const published = publishedFields(
  'signInFields',
  (draft) => chosenMethod(draft)?.fields,
  (draft) => draft.signIn.params,
);

/** `auth.params` of the chosen sign-in, and what its files are encrypted with. */
export const signInFields: FieldsPage = {
  kind: 'fields',
  question: ({ text, state }) =>
    text('question.signInFields', { specName: signInName(text, chosenMethod(state.draft)?.specName ?? '') }),
  note,
  ...published,
  fields: (asking, values) => [
    ...published.fields(asking, values),
    ...(mayEncrypt(asking.state.draft) ? [publicKeyField(asking.text)] : []),
  ],
  given: (asking) => ({
    ...published.given(asking),
    ...(mayEncrypt(asking.state.draft) ? { [keyField]: asking.state.draft.publicKey ?? '' } : {}),
  }),
  // Most files leave as they are: whoever wants them encrypted goes down to it.
  isProposed: (name) => name === keyField,
  beginsAt: ({ state: { jump } }) => (jump?.from === 'encryption' ? keyField : undefined),
  kept({ [keyField]: publicKey, ...value }) {
    return publicKey === undefined ? { of: 'signInFields', value } : { of: 'publicKey', value: publicKey };
  },
  answered: (values) => ({
    of: 'signInFields',
    value: Object.fromEntries(Object.entries(values).filter(([name]) => name !== keyField)),
  }),
  told,
};
