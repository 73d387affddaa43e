import type { Selected } from '../plan/plan.ts';
import { columnName, type Column, mappingLine, type MappingLine, namespaceOf } from './columns.ts';

/** Members of an object, of any name. */
type Members = Readonly<Record<string, unknown>>;

/** What an identity's column is declared as. @see cards.md, section 5.2, e */
const identityColumn = (title: string): object => ({
  title,
  type: 'array',
  items: {
    type: 'object',
    properties: { id: { title: 'id', type: 'string', 'meta:xdmType': 'string' } },
  },
});

/**
 * Body of `POST /schemas` for the output: what the card's `partnerSchema` has, and a property for each column.
 *
 * @param partner - `targetSpec.attributes.partnerSchema.jsonSchema` of the card, as it came.
 * @see cards.md, section 5.2, d and e
 */
export function outputSchemaBody(name: string, partner: Members, lines: readonly StoredLine[]): object {
  const { properties } = partner;
  const declared = lines.map(({ source, destination: title }): [string, object] => [
    title,
    namespaceOf(source) === undefined ? { title, type: 'string' } : identityColumn(title),
  ]);
  return {
    name,
    jsonSchema: { ...partner, properties: { ...(properties ?? {}), ...Object.fromEntries(declared) } },
  };
}

/**
 * Body of `POST /schemas` for the input.
 *
 * @param union - The union schema as it came, with members that nobody here knows.
 * @see cards.md, section 5.2, a and c
 */
export const inputSchemaBody = (name: string, union: Members): object => ({ name, jsonSchema: union });

/** Body of `POST /mappingSets`, and of the `PUT` that makes its next version. @see cards.md, sections 5.2 (f) and 5.3 */
export const mappingSetBody = (
  { inputSchemaId, outputSchemaId }: { inputSchemaId: string; outputSchemaId: string },
  lines: readonly StoredLine[],
): object => ({
  inputSchema: { id: inputSchemaId },
  outputSchema: { id: outputSchemaId },
  xdmVersion: '1.0',
  mappings: lines.map(sentLine),
});

/** A line of a set as it is read: its words for the sort of a source are longer than those sent. */
export interface StoredLine {
  readonly sourceType: string;
  readonly source: string;
  readonly destination: string;
}

const sentAs: Readonly<Record<string, MappingLine['sourceType']>> = {
  'text/x.schema-path': 'ATTRIBUTE',
  'text/x.aep-xl': 'EXPRESSION',
};

/** A line as it is sent, in the short words. */
const sentLine = ({ sourceType, source, destination }: StoredLine): StoredLine => ({
  sourceType: sentAs[sourceType] ?? sourceType,
  source,
  destination,
});

/**
 * A line of a set as a column of an activation: called after its path, and after its column too where that is not the
 * usual one. What no plan can select has a name with a blank in it, which no path has.
 */
export function ofLine(line: StoredLine): { name: string; value: StoredLine; selected?: Selected } {
  const value = sentLine(line);
  const [column] = columnsOfSet([line]);
  const isSayable = column !== undefined && plain(mappingLine(column)) === plain(value);
  if (!isSayable) return { name: `${value.sourceType} ${value.source} → ${value.destination}`, value };
  const isUsual = columnName(column.path) === column.column;
  return isUsual
    ? { name: column.path, value, selected: column.path }
    : { name: `${column.path} → ${column.column}`, value, selected: column };
}

const plain = (line: StoredLine): string => JSON.stringify(Object.values(sentLine(line)));

/** Whether two sets write the same columns, in their order. @see cards.md, sections 5.5 and 10 (13) */
export const sameLines = (some: readonly StoredLine[], others: readonly StoredLine[]): boolean =>
  JSON.stringify(some.map(plain)) === JSON.stringify(others.map(plain));

/** Whether lines need what a set was not made for: a source, or a column that its schemas may not have. */
export const bringsLines = (lines: readonly StoredLine[], held: readonly StoredLine[]): boolean => {
  const known = new Set(held.map(plain));
  return lines.some((line) => !known.has(plain(line)));
};

/** The columns of a set as a plan selects them. A line whose source is neither path nor expression is none. */
export function columnsOfSet(stored: readonly StoredLine[]): Column[] {
  return stored.flatMap(({ sourceType, source, destination }) => {
    if (!Object.values(sentAs).some((word) => word === (sentAs[sourceType] ?? sourceType))) return [];
    const path = namespaceOf(source) === undefined ? source : source.replaceAll('//.', '.');
    return [{ path, column: destination }];
  });
}
