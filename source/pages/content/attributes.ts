import {
  attributeTree,
  exportablePaths,
  mostKeys,
  starterAttributes,
} from '../../activation/content/profile-attributes.ts';
import type { JsonSchema } from '../../flow-service/json-schema.ts';
import { listText, type Text } from '../../locale/texts.ts';
import { joined, needs, type SubsetPage } from '../page.ts';

const orNone = (text: Text, paths: readonly string[]): string => listText(text, paths) || text('review.none');

const toRows = (paths: readonly string[]) => paths.map((path) => ({ id: path, label: path }));

/** Which profile attributes, from the union schema; which of them must be there, and which tell people apart. */
export const attributes: SubsetPage<JsonSchema> = {
  kind: 'subset',
  question: ({ text }) => text('question.attributes'),
  needs: needs('unionSchema'),
  rows: (_, schema) => toRows(exportablePaths(attributeTree(schema))),
  selected({ state }, schema) {
    if (state.draft.attributes.length > 0) return state.draft.attributes;
    const paths = new Set(exportablePaths(attributeTree(schema)));
    return starterAttributes.filter((path) => paths.has(path));
  },
  limit: 'attributesPerFlow',
  refusal: (ids, { text }) => (ids.length === 0 ? text('attributes.needOne') : undefined),
  answer: (value) => ({ of: 'attributes', value }),
  told: ({ text, glyphs, state: { draft } }) =>
    joined(glyphs, [
      listText(text, draft.attributes),
      text('text.labelled', { label: text('review.mandatory'), value: orNone(text, draft.mandatory) }),
      text('text.labelled', {
        label: text('review.deduplication'),
        value: orNone(text, draft.deduplication),
      }),
    ]),
};

/** Which columns a profile must have: a part of the page of the columns. */
export const mandatory: SubsetPage = {
  kind: 'subset',
  question: ({ text }) => text('question.mandatory'),
  hint: ({ text }) => text('mandatory.hint'),
  rows: ({ state }) => toRows(state.draft.attributes),
  selected: ({ state }) => state.draft.mandatory,
  answer: (value) => ({ of: 'mandatory', value }),
};

/** Which columns make two rows one person: a part of the page of the columns. */
export const deduplication: SubsetPage = {
  kind: 'subset',
  question: ({ text }) => text('question.deduplication'),
  hint: ({ text }) => text('deduplication.hint'),
  rows: ({ state }) => toRows(state.draft.attributes),
  selected: ({ state }) => state.draft.deduplication,
  most: { count: mostKeys, why: ({ text }) => text('deduplication.enough') },
  answer: (value) => ({ of: 'deduplication', value }),
};
