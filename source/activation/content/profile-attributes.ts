import { limits } from '../findings/limits.ts';
import type { JsonSchema } from '../../flow-service/json-schema.ts';
import { attributeOf, type Plan } from '../plan/plan.ts';
import { type Problem, problem } from '../plan/problem.ts';

/** Most deduplication keys when they are attributes. @see flow-service.md, section 5.5 */
export const mostKeys = limits.deduplicationKeys.most;

/** How many keys of a kind tell people apart together: two attributes, or one namespace. */
export const mostKeysOf = (kind: string): number =>
  kind === 'IDENTITY' ? limits.identityNamespaces.most : mostKeys;

/** Why an attribute cannot be exported. @see flow-service.md, section 2.9 */
type NotExportable = 'array' | 'map' | 'deprecated' | 'event' | 'unknownType';

/** The union schema as a tree. `path` is the dot path that a profile selector sends. */
export interface AttributeNode {
  readonly path: string;
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  /** `string`, `integer`, `date` …; absent on groups. */
  readonly type?: string | undefined;
  readonly notExportable?: NotExportable | undefined;
  /** An array of scalars: a card that keeps its columns in a mapping set takes an element of it, or all as one text. */
  readonly isList?: true | undefined;
  readonly children: readonly AttributeNode[];
}

/** Paths that are no leaf of the schema and still can be exported. @see section 2.9 */
export const membershipStatus = 'segmentMembership.status';

/** What the platform's own page fills in. @see section 5.4 */
export const starterAttributes = [
  'person.name.firstName',
  'person.name.lastName',
  'personalEmail.address',
  membershipStatus,
] as const;

/** Deepest level that is followed: a schema that refers to itself must not be followed for ever. */
const deepest = 24;

/**
 * Turns a union schema into the tree a person chooses from. Groups without anything in them are dropped.
 *
 * @see flow-service.md, section 2.9
 */
export function attributeTree(schema: JsonSchema): AttributeNode[] {
  const nodes = childrenOf(schema, '', 0);
  const status: AttributeNode = {
    path: membershipStatus,
    name: 'status',
    title: 'Segment membership status',
    type: 'string',
    children: [],
  };
  const membership = nodes.find((node) => node.path === 'segmentMembership');
  const withStatus: AttributeNode = {
    path: 'segmentMembership',
    name: 'segmentMembership',
    title: membership?.title,
    children: [status],
  };
  return membership ? nodes.map((node) => (node === membership ? withStatus : node)) : [...nodes, withStatus];
}

function childrenOf(schema: JsonSchema, parent: string, depth: number): AttributeNode[] {
  if (depth > deepest) return [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = parent === '' ? name : `${parent}.${name}`;
    const base = { path, name, title: property.title, description: property.description };
    const notExportable = whyNotExportable(name, property, depth);
    if (notExportable) {
      const isList = notExportable === 'array' && scalarTypes.has(property.items?.type ?? '');
      return [
        {
          ...base,
          type: typeOf(property),
          notExportable,
          ...(isList ? ({ isList } as const) : {}),
          children: [],
        },
      ];
    }
    if (property.properties) {
      const children = childrenOf(property, path, depth + 1);
      return children.length > 0 ? [{ ...base, children }] : [];
    }
    return [{ ...base, type: typeOf(property), children: [] }];
  });
}

const scalarTypes = new Set(['string', 'number', 'integer', 'boolean']);

function typeOf(property: JsonSchema): string {
  return property['meta:xdmType'] ?? (typeof property.type === 'string' ? property.type : 'object');
}

function whyNotExportable(name: string, property: JsonSchema, depth: number): NotExportable | undefined {
  if (property['meta:status'] === 'deprecated') return 'deprecated';
  if (depth === 0 && name === 'timeSeriesEvents') return 'event';
  if (property.type === 'array' || property.items) return 'array';
  if (property['meta:xdmType'] === 'map') return 'map';
  if (property.properties) return undefined;
  if (
    property.additionalProperties !== undefined &&
    property.additionalProperties !== false &&
    property.type === 'object'
  )
    return 'map';
  return typeof property.type === 'string' && scalarTypes.has(property.type) ? undefined : 'unknownType';
}

/** Every attribute that can be chosen, in the order of the tree. */
export function exportablePaths(nodes: readonly AttributeNode[]): string[] {
  return nodes.flatMap((node) =>
    node.children.length > 0 ? exportablePaths(node.children) : node.notExportable ? [] : [node.path],
  );
}

/** Every array of scalars, in the order of the tree. */
export const listPaths = (nodes: readonly AttributeNode[]): string[] =>
  nodes.flatMap(({ path, isList, children }) => [...(isList ? [path] : []), ...listPaths(children)]);

/** Whether it is computed from attributes rather than one of them. @see cards.md, section 6.3 */
export const isExpression = (path: string): boolean => /^[a-z]\w*\(.*\)$/is.test(path);

/** Whether it has the form of a dot path. */
export const isPath = (path: string): boolean => /^[^\s./]+(\.[^\s.]+)*$/.test(path);

/** Whether it is made of an attribute, an array's element or what is computed: only newer cards take that. */
export const isMade = (path: string): boolean => /[()[\]]/.test(path);

/** A text of an array whose separator is not where it has to be: first, in quotes of its own. */
export const isTurned = (path: string): boolean =>
  /^array_to_string\(/i.test(path) &&
  !/^array_to_string\(\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,/is.test(path);

/**
 * Rules of selected attributes, mandatory fields and deduplication keys.
 *
 * @param hasSet - Whether the card keeps its columns in a mapping set: it takes what is computed too.
 * @see flow-service.md, section 5.5; cards.md, section 6.3
 */
export function attributeProblems(
  attributes: Plan['attributes'],
  hasSet = false,
  base = '$.attributes',
): Problem[] {
  const { mandatory, deduplication } = attributes;
  const selected = attributes.selected.map(attributeOf);
  const found: Problem[] = [];
  if (selected.length === 0) found.push(problem('attributes.none', `${base}.selected`));
  const isNamed = (index: number): boolean => {
    const one = attributes.selected[index];
    return hasSet && typeof one === 'object' && one.column !== undefined;
  };
  // Of a mapping set only the columns are one of each: a source may be in several, called otherwise.
  const isSecond = (path: string, index: number): boolean =>
    !isNamed(index) && selected.slice(0, index).some((one, before) => one === path && !isNamed(before));
  selected.forEach((path, index) => {
    if (isSecond(path, index))
      found.push(problem('attributes.duplicate', `${base}.selected[${index}]`, { attribute: path }));
    else if (hasSet ? !isPath(path) && !isExpression(path) : !isPath(path) || isMade(path))
      found.push(problem('attributes.badPath', `${base}.selected[${index}]`, { attribute: path }));
    else if (isTurned(path)) found.push(problem('attributes.separatorFirst', `${base}.selected[${index}]`));
  });
  mandatory.forEach((path, index) => {
    if (!selected.includes(path))
      found.push(
        problem('attributes.mandatoryNotSelected', `${base}.mandatory[${index}]`, { attribute: path }),
      );
    else if (mandatory.indexOf(path) !== index)
      found.push(
        problem('attributes.mandatoryDuplicate', `${base}.mandatory[${index}]`, { attribute: path }),
      );
  });
  const kinds = new Set(deduplication.map((key) => key.fieldType));
  const most = Math.min(...[...kinds].map(mostKeysOf), mostKeys);
  if (kinds.size > 1) found.push(problem('attributes.keysMixed', `${base}.deduplication`));
  else if (deduplication.length > most)
    found.push(problem('attributes.keysTooMany', `${base}.deduplication`, { most }));
  const names = deduplication.map((key) =>
    key.fieldType === 'ATTRIBUTE' ? key.attributePath : key.identityNamespace,
  );
  deduplication.forEach((key, index) => {
    const name = names[index] ?? '';
    if (key.fieldType === 'ATTRIBUTE' && !selected.includes(name)) {
      found.push(
        problem('attributes.keyNotSelected', `${base}.deduplication[${index}].attributePath`, {
          attribute: name,
        }),
      );
    } else if (names.indexOf(name) !== index) {
      found.push(problem('attributes.keyDuplicate', `${base}.deduplication[${index}]`, { attribute: name }));
    }
  });
  return found;
}
