import { type Problem, problem } from '../plan/problem.ts';
import { attributeOf, type DeduplicationKey, type Plan, type Selected } from '../plan/plan.ts';
import {
  attributeProblems,
  isExpression,
  isMade,
  isPath,
  isTurned,
  membershipStatus,
} from './profile-attributes.ts';

/**
 * A column of an exported file.
 *
 * @see cards.md, section 5.2
 */
export interface Column {
  /** What a plan selects: a dot path, `identityMap.` and a namespace, an element (`organizations[0]`) or an expression. */
  readonly path: string;
  /** The header of the column. */
  readonly column: string;
}

/** A line of a mapping set as it is sent. */
export interface MappingLine {
  readonly sourceType: 'ATTRIBUTE' | 'EXPRESSION';
  readonly source: string;
  readonly destination: string;
}

const identity = /^identityMap\.(.+)$/;

/** The namespace that a path exports, with its dots as they are. */
export const namespaceOf = (path: string): string | undefined => identity.exec(path)?.[1];

/** A column as a deduplication key: an identity is one by its namespace. @see cards.md, section 5.4 */
export function keyOf(path: string): DeduplicationKey {
  const identityNamespace = namespaceOf(path);
  return identityNamespace === undefined
    ? { fieldType: 'ATTRIBUTE', attributePath: path }
    : { fieldType: 'IDENTITY', identityNamespace };
}

/** A column as a deduplication key by the name that somebody gives it: a namespace is one, where it is a column. */
export const keyNamed = (name: string, paths: readonly string[]): DeduplicationKey =>
  keyOf(!paths.includes(name) && paths.includes(`identityMap.${name}`) ? `identityMap.${name}` : name);

/** What becomes of an array of scalars in one column: one of its elements, counted from 0, or all of them as one text. */
export type FromList =
  | { readonly kind: 'element'; readonly list: string; readonly index: number }
  | { readonly kind: 'joined'; readonly list: string; readonly separator: string };

const element = /^([^\s()[\]']+)\[(0|[1-9]\d*)\]$/;
const joined = /^array_to_string\(\s*(?:'([^']*)'|"([^'"]*)")\s*,\s*([^\s(),'"[\]]+)\s*\)$/;

/** What a path makes of an array, where it does no more than that. @see cards.md, section 6.3 */
export function fromList(path: string): FromList | undefined {
  const [, list, index] = element.exec(path) ?? [];
  if (list !== undefined) return { kind: 'element', list, index: Number(index) };
  const [, single, double = '', all] = joined.exec(path) ?? [];
  return all === undefined ? undefined : { kind: 'joined', list: all, separator: single ?? double };
}

/** Whether it is made of something in another way than is promised; what has no form at all is told of elsewhere. */
const isOtherwiseMade = (path: string): boolean =>
  isMade(path) &&
  (isPath(path) || isExpression(path)) &&
  !isTurned(path) &&
  !isPath(fromList(path)?.list ?? '');

/** A column of an array as a plan selects it: the separator comes first. @see cards.md, section 6.3 */
export const pathOfList = (made: FromList): string =>
  made.kind === 'element'
    ? `${made.list}[${made.index}]`
    : `array_to_string('${made.separator}', ${made.list})`;

/**
 * What is computed, as the contract writes it: an array as one text with its separator in single quotes. What else
 * somebody computes stays as it is.
 *
 * @see cards.md, section 6.3
 */
export function inContractForm(expression: string): string {
  const made = fromList(expression);
  return made?.kind === 'joined' ? pathOfList(made) : expression;
}

const membership = /^segmentMembership\.\w+\.seg_id\.(\w+)$/;

/** What a column is called that nobody has named. @see cards.md, sections 5.2, 6.3 and 10 (7) */
export function columnName(path: string): string {
  const [, member] = membership.exec(path) ?? [];
  if (member !== undefined) return `segmentMembership_${member}`;
  const made = fromList(path);
  const list = made?.kind === 'joined' ? made.list : undefined;
  const named = namespaceOf(path) ?? list ?? (isExpression(path) ? path.slice(0, path.indexOf('(')) : path);
  return named.replaceAll(/\[(\d+)\]/g, '$1').replaceAll('.', '_');
}

/** The name that somebody has given a column. */
export const givenOf = (one: Selected): string | undefined =>
  typeof one === 'string' ? undefined : one.column;

/** Every column in its order: given names as they are, the others told apart from all by a number. */
export function columnsOf(selected: readonly Selected[]): Column[] {
  const taken = new Set(selected.flatMap((one) => givenOf(one) ?? []));
  return selected.map((one) => {
    const path = attributeOf(one);
    const given = givenOf(one);
    if (given !== undefined) return { path, column: given };
    const usual = columnName(path);
    let column = usual;
    for (let number = 2; taken.has(column); number++) column = `${usual}_${number}`;
    taken.add(column);
    return { path, column };
  });
}

/** A path as the source of a column is called: what the older cards have one word for is of some namespace here. */
export const sourceOf = (path: string): string =>
  path === membershipStatus ? 'segmentMembership.seg_namespace.seg_id.status' : path;

/**
 * How a column is written into a mapping set. A dot of a namespace is escaped in its source only.
 *
 * @see cards.md, sections 5.2, 6.3 and 10 (8)
 */
export function mappingLine({ path, column }: Column): MappingLine {
  const namespace = namespaceOf(path);
  const source =
    namespace === undefined
      ? inContractForm(sourceOf(path))
      : `identityMap.${namespace.replaceAll('.', '//.')}`;
  return { sourceType: isExpression(path) ? 'EXPRESSION' : 'ATTRIBUTE', source, destination: column };
}

/**
 * Rules of the columns, of what must be there and of the keys.
 *
 * @param hasSet - Whether the card keeps its columns in a mapping set. What only such a one takes is told apart here,
 * and nowhere else.
 */
export function attributesProblems(attributes: Plan['attributes'], hasSet: boolean): Problem[] {
  if (!hasSet) return [...attributeProblems(attributes), ...nameProblems(attributes)];
  // There an identity may be mandatory or a key by its namespace.
  const isOfSelectors = ({ id }: Problem): boolean =>
    id === 'attributes.mandatoryNotSelected' || id === 'attributes.keyNotSelected';
  return [
    ...attributeProblems(attributes, hasSet).filter((one) => !isOfSelectors(one)),
    ...columnProblems(attributes),
  ];
}

const nameProblems = ({ selected }: Plan['attributes']): Problem[] =>
  selected.flatMap((one, index) => {
    const column = givenOf(one);
    const at = `$.attributes.selected[${index}].column`;
    return column === undefined ? [] : [problem('columns.notHere', at, { column })];
  });

/**
 * What only a card of today wants: columns of one name each, without a dot, one identity among them, and keys that are
 * columns.
 *
 * @see cards.md, sections 5.2, 5.4 and 10 (14)
 */
export function columnProblems(attributes: Plan['attributes'], base = '$.attributes'): Problem[] {
  const { selected, mandatory, deduplication } = attributes;
  const columns = columnsOf(selected);
  const place = (index: number): string =>
    `${base}.selected[${index}]${givenOf(selected[index] ?? '') === undefined ? '' : '.column'}`;
  const paths = columns.map(({ path }) => path);
  const namespaces = paths.flatMap((path) => namespaceOf(path) ?? []);
  const isColumn = (name: string): boolean => namespaces.includes(name) || paths.includes(name);
  return [
    ...columns.flatMap(({ column }, index) => {
      if (column.trim() === '') return [problem('columns.empty', place(index))];
      if (/\p{Cc}/u.test(column)) return [problem('columns.control', place(index))];
      if (column.includes('.')) return [problem('columns.dot', place(index), { column })];
      const first = columns.findIndex((one) => one.column === column);
      return first === index ? [] : [problem('columns.duplicate', place(index), { column, row: first + 1 })];
    }),
    ...paths.flatMap((attribute, index) =>
      isOtherwiseMade(attribute)
        ? [problem('columns.otherwiseMade', `${base}.selected[${index}]`, { attribute })]
        : [],
    ),
    ...columns.flatMap(({ path }, index) => {
      const namespace = namespaceOf(path);
      const [first] = namespaces;
      const isSecond =
        namespace !== undefined && columns.findIndex((one) => namespaceOf(one.path) !== undefined) !== index;
      return isSecond
        ? [
            problem('columns.identities', `${base}.selected[${index}]`, {
              namespace,
              first: first ?? namespace,
            }),
          ]
        : [];
    }),
    ...mandatory.flatMap((attribute, index) => {
      const at = `${base}.mandatory[${index}]`;
      if (isExpression(attribute)) return [problem('columns.computed', at, { attribute })];
      return isColumn(attribute) ? [] : [problem('attributes.mandatoryNotSelected', at, { attribute })];
    }),
    ...deduplication.flatMap((key, index) => {
      const [member, name] =
        key.fieldType === 'ATTRIBUTE'
          ? ['attributePath', key.attributePath]
          : ['identityNamespace', key.identityNamespace];
      const at = `${base}.deduplication[${index}].${member}`;
      if (isExpression(name)) return [problem('columns.computed', at, { attribute: name })];
      if (key.fieldType === 'ATTRIBUTE') {
        const meant = keyNamed(name, paths);
        if (meant.fieldType === 'IDENTITY' && namespaces.includes(meant.identityNamespace))
          return [problem('columns.keyOfIdentity', at, { namespace: meant.identityNamespace })];
      }
      return isColumn(name) ? [] : [problem('attributes.keyNotSelected', at, { attribute: name })];
    }),
  ];
}
