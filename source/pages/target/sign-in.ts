import { listText } from '../../locale/texts.ts';
import { chosenMethod } from '../../wizard/draft.ts';
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

/** `auth.params` of the chosen sign-in. */
export const signInFields: FieldsPage = {
  kind: 'fields',
  question: ({ text, state }) =>
    text('question.signInFields', { specName: signInName(text, chosenMethod(state.draft)?.specName ?? '') }),
  note,
  ...publishedFields(
    'signInFields',
    (draft) => chosenMethod(draft)?.fields,
    (draft) => draft.signIn.params,
  ),
  told,
};
