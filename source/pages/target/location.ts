import { type LocationMode, olderCloudStorageMode } from '../../activation/spec/catalog.ts';
import { mismatch } from '../../activation/spec/storage-kind.ts';
import { listText } from '../../locale/texts.ts';
import { chosenMode, preferredMode, signInOfDraft } from '../../wizard/draft.ts';
import { answered, type Asking, type ChoicePage, type FieldsPage, joined } from '../page.ts';
import { locationText } from './draft-text.ts';
import { modeName, modeTitle } from '../../locale/plan-words.ts';
import { fieldTitle } from './field-title.ts';
import { publishedFields } from './published-fields.ts';

const note = ({ text, state }: Asking): string | undefined =>
  state.draft.destination?.standsIn?.location === true ? text('standsIn.note') : undefined;

const told = (asking: Asking): string => locationText(asking.state.draft, asking);

/** Which `params.mode`. */
export const location: ChoicePage = {
  kind: 'choice',
  question: ({ text }) => text('question.location'),
  note,
  options(asking) {
    const { text, glyphs, state } = asking;
    return (state.draft.destination?.modes ?? []).map((one) => {
      const { mode = '' } = one;
      const label = modeTitle(text, mode);
      return {
        value: mode,
        label,
        hint: joined(glyphs, [label === mode ? '' : mode, remarkOf(one, asking)]),
      };
    });
  },
  preferred: ({ state }) => state.draft.location.mode ?? preferredMode(state.draft),
  chosen: (value) => answered({ of: 'location', value }),
  told,
};

/** Why this mode is meant or hardly can be; otherwise what it asks for. */
function remarkOf(one: LocationMode, { text, state }: Asking): string {
  const { mode = '', fields } = one;
  const names = fields.map(({ name }) => name);
  const signIn = signInOfDraft(state.draft);
  const wrong = signIn && mismatch(signIn, { mode, params: names });
  if (wrong) return text('location.notOpened', { opens: wrong.opens });
  if (mode === olderCloudStorageMode) return text('location.older');
  const asked = fields.filter(({ choices }) => choices === undefined).map((field) => fieldTitle(text, field));
  const params = listText(text, asked);
  return mode === preferredMode(state.draft) ? text('location.default', { params }) : params;
}

/** The other params of the chosen mode. */
export const locationFields: FieldsPage = {
  kind: 'fields',
  question: ({ text, state }) =>
    text('question.locationFields', { mode: modeName(text, chosenMode(state.draft)?.mode ?? '') }),
  note,
  ...publishedFields(
    'locationFields',
    (draft) => chosenMode(draft)?.fields,
    (draft) => draft.location.params,
  ),
  told,
};
