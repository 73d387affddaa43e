import { type CsvOptions, usualCsvOptions } from '../../activation/content/csv-file.ts';
import { csvPreview } from '../../activation/content/csv-preview.ts';
import { jsonPreview, previewColumns } from '../../activation/content/json-preview.ts';
import type { Selected } from '../../activation/plan/plan.ts';
import { type LocationMode, olderCloudStorageMode } from '../../activation/spec/catalog.ts';
import type { FieldValues } from '../../activation/spec/field.ts';
import { isFileField } from '../../activation/spec/newer-forms.ts';
import { mismatch } from '../../activation/spec/storage-kind.ts';
import { listText } from '../../locale/texts.ts';
import { selectedOf } from '../../wizard/columns.ts';
import {
  chosenMode,
  fieldsOfLocation,
  locationParts,
  preferredMode,
  signInOfDraft,
} from '../../wizard/draft.ts';
import { answered, type Asking, type ChoicePage, type FieldsPage, joined } from '../page.ts';
import { filesText, locationText } from './draft-text.ts';
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

/** Where nothing is said of a file: all cards read it. A draft of something that is there keeps what that leaves out. */
const usualFile = { fileType: 'CSV', compression: 'NONE' };
const usualManifest = { includeFileManifest: 'false' };

const published = publishedFields('locationFields', fieldsOfLocation, (draft) => draft.location.params);

function defaultsOf(asking: Asking): FieldValues {
  const { draft } = asking.state;
  const usual = Object.entries({ ...usualFile, ...((draft.opened ?? draft.live) ? {} : usualManifest) });
  const { file } = locationParts(draft);
  const isOffered = (name: string, value: string): boolean =>
    file.some((field) => field.name === name && field.choices?.some((one) => one.value === value));
  return {
    ...Object.fromEntries(usual.filter(([name, value]) => isOffered(name, value))),
    ...published.defaults?.(asking),
  };
}

function csvLines(selected: readonly Selected[], values: FieldValues): readonly string[] {
  const option = (name: keyof CsvOptions): string => values[`csvOptions.${name}`] ?? usualCsvOptions[name];
  const options = {
    delimiter: option('delimiter'),
    quote: option('quote'),
    escape: option('escape'),
    nullValue: option('nullValue'),
    emptyValue: option('emptyValue'),
  };
  // A tab has no width of its own.
  return csvPreview(selected, options).map((line) => line.replaceAll('\t', '\\t'));
}

/** The other params of the chosen mode; then what the files are, with the beginning of one as it will be written. */
export const locationFields: FieldsPage = {
  kind: 'fields',
  question({ text, state: { draft } }) {
    const { mode } = chosenMode(draft) ?? {};
    const named = mode === undefined ? (draft.destination?.name ?? '') : modeName(text, mode);
    const hasFiles = locationParts(draft).file.length > 0;
    return text(hasFiles ? 'question.locationAndFiles' : 'question.locationFields', { mode: named });
  },
  note,
  ...published,
  defaults: defaultsOf,
  isProposed: (name) => isFileField({ name: name.split('.')[0] ?? '' }),
  beginsAt: ({ state: { draft, jump } }) =>
    jump?.from === 'files' ? locationParts(draft).file[0]?.name : undefined,
  preview({ text, state: { draft } }, values) {
    const selected = selectedOf(draft);
    switch (values['fileType']) {
      case 'CSV':
        return { title: text('csv.preview'), lines: csvLines(selected, values) };
      case 'JSON':
        return { title: text('csv.preview'), lines: jsonPreview(selected) };
      case 'PARQUET':
        return { title: text('parquet.preview'), lines: [listText(text, previewColumns(selected))] };
      default:
        return undefined;
    }
  },
  told: (asking) => joined(asking.glyphs, [told(asking), filesText(asking.state.draft, asking).join(' ')]),
};
