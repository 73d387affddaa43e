import {
  attributesProblems,
  columnsOf,
  type Column,
  fromList,
  givenOf,
  keyOf,
  namespaceOf,
  sourceOf,
} from '../activation/content/columns.ts';
import { isExpression, membershipStatus } from '../activation/content/profile-attributes.ts';
import { own } from '../activation/own.ts';
import { attributeOf, type Plan, type Selected } from '../activation/plan/plan.ts';
import type { Problem } from '../activation/plan/problem.ts';
import { kindOf } from '../activation/spec/catalog.ts';
import type { ChosenDestination, Draft } from './draft.ts';

/*
The columns of a draft: its attributes in their order, and the names that were given. What a card that keeps them in a
mapping set takes besides, an identity for instance, is an attribute among the others here; a plan says it in its own way.
*/

/** Whether the destination of a draft lets its columns be named. */
export const namesColumns = ({ destination }: Draft): boolean =>
  kindOf(destination?.connectionSpecId) === 'newer';

/** The columns as a plan selects them. */
export const selectedOf = (draft: Draft): readonly Selected[] =>
  draft.attributes.map((path) => {
    const column = namesColumns(draft) ? own(draft.columns ?? {}, path) : undefined;
    return column === undefined ? path : { path, column };
  });

/** The columns with their names. */
export const columnsOfDraft = (draft: Draft): readonly Column[] => columnsOf(selectedOf(draft));

/** What the columns are called: their attributes, where the card does not let them be named. */
export const columnNames = (draft: Draft): readonly string[] =>
  namesColumns(draft) ? columnsOfDraft(draft).map(({ column }) => column) : draft.attributes;

/** Which columns, which of them must be there and which tell people apart, as a plan says it. */
export function attributesOf(draft: Draft): Plan['attributes'] {
  const { mandatory, deduplication } = draft;
  const hasSet = namesColumns(draft);
  return {
    selected: [...selectedOf(draft)],
    mandatory: mandatory.map((path) => (hasSet ? namespaceOf(path) : undefined) ?? path),
    deduplication: deduplication.map((path) =>
      hasSet ? keyOf(path) : { fieldType: 'ATTRIBUTE', attributePath: path },
    ),
  };
}

/** What is wrong with the columns, each with its place in a plan. */
export const attributeProblems = (draft: Draft): Problem[] =>
  attributesProblems(attributesOf(draft), namesColumns(draft));

/** The columns of a plan, as a draft has them. */
export function columnsIn(plan: Plan): Pick<Draft, 'attributes' | 'columns' | 'mandatory' | 'deduplication'> {
  const { selected, mandatory, deduplication } = plan.attributes;
  if (kindOf(plan.destination.connectionSpecId) === 'older')
    return {
      attributes: selected.map(attributeOf),
      mandatory,
      deduplication: deduplication.flatMap((key) =>
        key.fieldType === 'ATTRIBUTE' ? [key.attributePath] : [],
      ),
    };
  const paths = selected.map(attributeOf);
  // The page of the attributes has one word for it.
  const isOne = !paths.includes(membershipStatus);
  const known = (path: string): string =>
    isOne && path === sourceOf(membershipStatus) ? membershipStatus : path;
  const identity = (name: string): string =>
    paths.includes(`identityMap.${name}`) && !paths.includes(name) ? `identityMap.${name}` : name;
  return {
    attributes: paths.map(known),
    columns: namesIn(selected, known),
    mandatory: mandatory.map((name) => known(identity(name))),
    deduplication: deduplication.map((key) =>
      key.fieldType === 'ATTRIBUTE' ? known(key.attributePath) : `identityMap.${key.identityNamespace}`,
    ),
  };
}

/** The draft with other columns; what is said of one goes with it. */
export function withAttributes(draft: Draft, attributes: readonly string[]): Draft {
  const isLeft = (path: string): boolean => attributes.includes(path);
  const names = Object.entries(draft.columns ?? {}).filter(([path]) => isLeft(path));
  return {
    ...draft,
    attributes,
    ...(draft.columns ? { columns: Object.fromEntries(names) } : {}),
    mandatory: draft.mandatory.filter(isLeft),
    deduplication: draft.deduplication.filter(isLeft),
  };
}

/** The draft with these columns and their names. */
export const withColumns = (draft: Draft, selected: readonly Selected[]): Draft => ({
  ...withAttributes(draft, selected.map(attributeOf)),
  columns: namesIn(selected),
});

/** The names that were given, by their attributes. @param called - What a draft calls an attribute. */
function namesIn(
  selected: readonly Selected[],
  called: (path: string) => string = (path) => path,
): Readonly<Record<string, string>> {
  const given = selected.map((one) => [called(attributeOf(one)), givenOf(one)] as const);
  return Object.fromEntries(given.flatMap(([path, name]) => (name === undefined ? [] : [[path, name]])));
}

/** The draft without the columns that a destination does not take. */
export function takenBy({ connectionSpecId }: ChosenDestination, draft: Draft): Draft {
  if (kindOf(connectionSpecId) === 'newer') return draft;
  const isPlain = (path: string): boolean =>
    namespaceOf(path) === undefined && fromList(path) === undefined && !isExpression(path);
  return draft.attributes.every(isPlain) ? draft : withAttributes(draft, draft.attributes.filter(isPlain));
}
