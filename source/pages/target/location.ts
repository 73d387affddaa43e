import { olderCloudStorageMode } from '../../activation/spec/catalog.ts';
import { listText } from '../../locale/texts.ts';
import { chosenMode, preferredMode } from '../../wizard/draft.ts';
import { answered, type Asking, type ChoicePage, type FieldsPage, joined } from '../page.ts';
import { locationText } from './draft-text.ts';
import { fieldTitle } from './field-title.ts';
import { publishedFields } from './published-fields.ts';

const note = ({ text, state }: Asking): string | undefined =>
  state.draft.destination?.standsIn?.location === true ? text('standsIn.note') : undefined;

const told = ({ state, glyphs }: Asking): string => locationText(state.draft, glyphs);

/** Which `params.mode`. */
export const location: ChoicePage = {
  kind: 'choice',
  question: ({ text }) => text('question.location'),
  note,
  options({ text, glyphs, state }) {
    const { modes = [] } = state.draft.destination ?? {};
    const recommended = preferredMode(state.draft);
    return modes.map(({ mode = '', fields }) => {
      const params = listText(
        text,
        fields.map((field) => fieldTitle(text, field)),
      );
      const remark =
        mode === olderCloudStorageMode
          ? text('location.older')
          : mode === recommended
            ? text('location.default')
            : '';
      return { value: mode, label: mode, hint: joined(glyphs, [params, remark]) };
    });
  },
  preferred: ({ state }) => state.draft.location.mode ?? preferredMode(state.draft),
  chosen: (value) => answered({ of: 'location', value }),
  told,
};

/** The other params of the chosen mode. */
export const locationFields: FieldsPage = {
  kind: 'fields',
  question: ({ text, state }) =>
    text('question.locationFields', { mode: chosenMode(state.draft)?.mode ?? '' }),
  note,
  ...publishedFields(
    'locationFields',
    (draft) => chosenMode(draft)?.fields,
    (draft) => draft.location.params,
  ),
  told,
};
