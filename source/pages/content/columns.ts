import { firstWays } from '../../activation/content/column-edits.ts';
import {
  type Column,
  columnName,
  columnsOf,
  fromList,
  mappingLine,
  namespaceOf,
  sourceOf,
} from '../../activation/content/columns.ts';
import { ofLine } from '../../activation/content/mapping-set.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { kindOf } from '../../activation/spec/catalog.ts';
import { attributeTree, listPaths } from '../../activation/content/profile-attributes.ts';
import { sampleRows } from '../../activation/content/sample-rows.ts';
import type { JsonSchema } from '../../flow-service/json-schema.ts';
import type { Namespace } from '../../flow-service/namespaces.ts';
import { listText, type Text } from '../../locale/texts.ts';
import { attributeProblems, columnsOfDraft, namesColumns } from '../../wizard/columns.ts';
import type { Draft } from '../../wizard/draft.ts';
import type { Answer } from '../../wizard/answers.ts';
import { answered, type Asking, needs, type OwnPage, type PickPage } from '../page.ts';
import { deduplication, mandatory } from './attributes.ts';

/** What each column is called, where the card lets that be said: their names, their order, and a few more of them. */
export const columns: OwnPage = {
  kind: 'own',
  question: ({ text }) => text('question.columns'),
  told: ({ text, state }) => columnsText(state.draft, text),
};

/** The columns in their order, each by its name where the card lets it have one. */
export const columnsText = (draft: Draft, text: Text): string =>
  namesColumns(draft)
    ? listText(
        text,
        columnsOfDraft(draft).map((one) => columnText(one, text)),
      )
    : listText(text, draft.attributes);

/** Some of the columns, called as in the list of all. */
export function attributesText(paths: readonly string[], draft: Draft, text: Text): string {
  if (!namesColumns(draft)) return listText(text, paths);
  const named = new Map(columnsOfDraft(draft).map((one) => [one.path, columnText(one, text)]));
  return listText(
    text,
    paths.map((path) => named.get(path) ?? sourceText(path, text)),
  );
}

/** What a column is made from, in words. */
function sourceText(path: string, text: Text): string {
  const namespace = namespaceOf(path);
  if (namespace !== undefined) return text('columns.identity', { namespace });
  const made = fromList(path);
  return made?.kind === 'joined'
    ? text('columns.joined', { list: made.list, separator: made.separator })
    : path;
}

/** A column, with what it is made from where its name does not tell. */
const columnText = ({ path, column }: Column, text: Text): string =>
  column === columnName(path) && fromList(path) === undefined
    ? column
    : text('columns.named', { column, source: sourceText(path, text) });

/**
 * What the columns of a plan are called in the review, by what a report calls them: as columns, and where they are
 * mandatory or keys. Empty where a card has no names for columns.
 */
export function columnWords({ destination, attributes }: Plan, text: Text): ReadonlyMap<string, string> {
  if (kindOf(destination.connectionSpecId) !== 'newer') return new Map();
  return new Map(
    columnsOf(attributes.selected).flatMap((column): [string, string][] => {
      const said = columnText(column, text);
      const mandatory = namespaceOf(column.path) ?? sourceOf(column.path);
      return [ofLine(mappingLine(column)).name, mandatory].map((name) => [name, said]);
    }),
  );
}

/** A column as a person reads it. */
export interface ColumnRow extends Column {
  readonly source: string;
  /** A made-up value. */
  readonly example: string;
  readonly isMust: boolean;
  readonly isKey: boolean;
  /** An array, which can be taken in more than one way. */
  readonly isOfList: boolean;
  readonly problem?: string | undefined;
}

/** The columns in their order, each with what is wrong with it. */
export function columnRows({ state: { draft }, text }: Pick<Asking, 'state' | 'text'>): readonly ColumnRow[] {
  const problems = attributeProblems(draft);
  const all = columnsOfDraft(draft);
  const [{ values = [] } = {}] = sampleRows(draft.attributes, []);
  return all.map(({ path, column }, at) => {
    const wrong = problems.find((one) => one.path.startsWith(`$.attributes.selected[${at}]`));
    return {
      path,
      column,
      source: sourceText(path, text),
      example: values[at] ?? '',
      isMust: draft.mandatory.includes(path),
      isKey: draft.deduplication.includes(path),
      isOfList: fromList(path) !== undefined,
      ...(wrong ? { problem: text(wrong.id, wrong.values) } : {}),
    };
  });
}

/** Why the columns cannot be left as they are. */
export function columnsRefusal({ state, text }: Pick<Asking, 'state' | 'text'>): string | undefined {
  const [first] = attributeProblems(state.draft);
  return first && text(first.id, first.values);
}

const parts = { mandatory, deduplication } as const;

/** What it means that a column must be there or is a key, or is no longer; why it cannot be. */
export function marked(
  part: keyof typeof parts,
  path: string,
  asking: Asking,
): { readonly answer: Answer } | { readonly refusal: string } {
  const { draft } = asking.state;
  const before = draft[part];
  const ids = before.includes(path) ? before.filter((one) => one !== path) : [...before, path];
  const known = new Set(attributeProblems(draft).map((one) => one.path));
  const after: Draft = { ...draft, [part]: ids };
  const wrong = ids.length > before.length && attributeProblems(after).find((one) => !known.has(one.path));
  return wrong
    ? { refusal: asking.text(wrong.id, wrong.values) }
    : { answer: parts[part].answer(ids, asking, undefined) };
}

/** An identity that becomes a column: one of the namespaces of the sandbox. */
export const identityColumn: PickPage<readonly Namespace[]> = {
  kind: 'pick',
  question: ({ text }) => text('question.identityColumn'),
  needs: needs('namespaces'),
  rows: (_, all) =>
    all.map(({ code, name }) => ({ id: code, label: code, cells: [name === code ? '' : name] })),
  preferred: ({ state }) => state.draft.attributes.flatMap((path) => namespaceOf(path) ?? [])[0],
  chosen: (id) =>
    id === undefined ? undefined : answered({ of: 'identityColumn', value: `identityMap.${id}` }),
};

/** What becomes of an array: all of it in one text, or an element of it. */
export const arrayColumn: PickPage<JsonSchema> = {
  kind: 'pick',
  question: ({ text }) => text('question.arrayColumn'),
  needs: needs('unionSchema'),
  rows({ text, state }, schema) {
    const ways = listPaths(attributeTree(schema)).flatMap(firstWays);
    const [{ values = [] } = {}] = sampleRows(ways, []);
    return ways.map((path, at) => ({
      id: path,
      label: sourceText(path, text),
      cells: [values[at] ?? ''],
      ...(state.draft.attributes.includes(path) ? { disabled: text('columns.already') } : {}),
    }));
  },
  preferred: () => undefined,
  chosen: (value) => (value === undefined ? undefined : answered({ of: 'arrayColumn', value })),
};
