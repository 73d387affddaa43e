import { type Problem, problem } from '../plan/problem.ts';
import { attributeOf, type Plan, type Selected } from '../plan/plan.ts';
import { membershipStatus } from './profile-attributes.ts';

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

export const isExpression = (path: string): boolean => /^[a-z]\w*\(.*\)$/is.test(path);

/** An array of scalars as one text. @see cards.md, section 6.3 */
const joined = /^array_to_string\(\s*'[^']*'\s*,\s*([^\s(),']+)\s*\)$/;

const membership = /^segmentMembership\.\w+\.seg_id\.(\w+)$/;

/** What a column is called that nobody has named. @see cards.md, sections 5.2, 6.3 and 10 (7) */
export function columnName(path: string): string {
  const [, member] = membership.exec(path) ?? [];
  if (member !== undefined) return `segmentMembership_${member}`;
  const [, list] = joined.exec(path) ?? [];
  const named = namespaceOf(path) ?? list ?? (isExpression(path) ? path.slice(0, path.indexOf('(')) : path);
  return named.replaceAll(/\[(\d+)\]/g, '$1').replaceAll('.', '_');
}

const givenOf = (one: Selected): string | undefined => (typeof one === 'string' ? undefined : one.column);

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
  const source = namespace === undefined ? sourceOf(path) : `identityMap.${namespace.replaceAll('.', '//.')}`;
  return { sourceType: isExpression(path) ? 'EXPRESSION' : 'ATTRIBUTE', source, destination: column };
}

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
  const namespaces = columns.flatMap(({ path }) => namespaceOf(path) ?? []);
  const isColumn = (name: string): boolean =>
    namespaces.includes(name) || columns.some(({ path }) => path === name);
  return [
    ...columns.flatMap(({ column }, index) => {
      if (column.trim() === '') return [problem('columns.empty', place(index))];
      if (column.includes('.')) return [problem('columns.dot', place(index), { column })];
      const first = columns.findIndex((one) => one.column === column);
      return first === index ? [] : [problem('columns.duplicate', place(index), { column, row: first + 1 })];
    }),
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
    ...mandatory.flatMap((name, index) =>
      isColumn(name)
        ? []
        : [problem('attributes.mandatoryNotSelected', `${base}.mandatory[${index}]`, { attribute: name })],
    ),
    ...deduplication.flatMap((key, index) => {
      const [member, name] =
        key.fieldType === 'ATTRIBUTE'
          ? ['attributePath', key.attributePath]
          : ['identityNamespace', key.identityNamespace];
      const at = `${base}.deduplication[${index}].${member}`;
      return isColumn(name) ? [] : [problem('attributes.keyNotSelected', at, { attribute: name })];
    }),
  ];
}
