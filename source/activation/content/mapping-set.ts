import { isObject } from '../plan/json-path.ts';
import type { Selected } from '../plan/plan.ts';
import {
  columnName,
  type Column,
  inContractForm,
  mappingLine,
  type MappingLine,
  namespaceOf,
} from './columns.ts';

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

/**
 * Body of `POST /mappingSets`, and of the `PUT` that makes its next version.
 *
 * @param held - The set before, as it came: what ferry does not speak of stays.
 * @see cards.md, sections 5.2 (f) and 5.3
 */
export const mappingSetBody = (
  { inputSchemaId, outputSchemaId }: { inputSchemaId: string; outputSchemaId: string },
  lines: readonly StoredLine[],
  held?: unknown,
): object => ({
  inputSchema: { id: inputSchemaId },
  outputSchema: { id: outputSchemaId },
  xdmVersion: '1.0',
  ...othersOf(held, ofSet),
  mappings: lines.map(sentLine),
});

/** What the service says of its own accord of a line, or says once more. @see cards.md, section 5.3 */
const ofLines = [
  ...['id', 'version', 'sourceType', 'source', 'destination'],
  ...['sourceAttribute', 'destinationXdmPath', 'matchScore', 'functionVersion'],
];
/** And of a set. */
const ofSet = [
  ...['id', 'version', 'createdDate', 'modifiedDate', 'createdBy', 'modifiedBy', 'status', 'supportVersion'],
  ...['inputSchema', 'outputSchema', 'mappings'],
];

/** Members that ferry does not speak of: they must survive it. */
function othersOf(held: unknown, spoken: readonly string[]): Members {
  const all = Object.entries(isObject(held) ? held : {});
  return Object.fromEntries(all.filter(([name]) => !spoken.includes(name)));
}

/** Whether something has the members that are wanted; one that is empty or `false` may as well be absent. */
const holdsOthers = (held: Members, wanted: Members): boolean =>
  Object.entries(wanted).every(
    ([name, value]) => isEmpty(value) || JSON.stringify(held[name]) === JSON.stringify(value),
  );
const isEmpty = (value: unknown): boolean => [undefined, null, false, ''].some((one) => one === value);

/** A set, or what is to become one: its lines, and the whole as it came. */
interface Writing {
  readonly lines: readonly StoredLine[];
  readonly raw?: unknown;
}

/**
 * Whether a set writes what another does: the same columns, and of every line and of the set itself what ferry does not
 * speak of. What only a service adds by itself is no difference.
 */
export const writesAs = (held: Writing, wanted: Writing): boolean =>
  sameLines(held.lines, wanted.lines) &&
  holdsOthers(othersOf(held.raw, ofSet), othersOf(wanted.raw, ofSet)) &&
  held.lines.every((line, index) => {
    const [has, wants] = [line.raw, wanted.lines[index]?.raw].map((one) => othersOf(one, ofLines));
    return (
      holdsOthers(has ?? {}, wants ?? {}) &&
      meanings.every((name) => isEmpty(has?.[name]) || !isEmpty(wants?.[name]))
    );
  });

/** Members of a line that mean something where nobody asked for them. */
const meanings = ['identity', 'primaryIdentity', 'description'];

/** A line of a set as it is read: its words for the sort of a source are longer than those sent. */
export interface StoredLine {
  readonly sourceType: string;
  readonly source: string;
  readonly destination: string;
  /** The line as it came, for sending it again; nothing where it is new. */
  readonly raw?: unknown;
}

const sentAs: Readonly<Record<string, MappingLine['sourceType']>> = {
  'text/x.schema-path': 'ATTRIBUTE',
  'text/x.aep-xl': 'EXPRESSION',
};

/** A line in the short words. */
const shortLine = ({ sourceType, source, destination }: StoredLine): StoredLine => ({
  sourceType: sentAs[sourceType] ?? sourceType,
  source,
  destination,
});

/** A line in the short words, with its texts as they came: what is read may have a mark where something hid. */
function asItCame(line: StoredLine): StoredLine {
  const { source, destination } = isObject(line.raw) ? line.raw : {};
  return {
    ...shortLine(line),
    ...(typeof source === 'string' ? { source } : {}),
    ...(typeof destination === 'string' ? { destination } : {}),
  };
}

/** A line as it is sent; one that stays, with what ferry does not speak of. Of what is not so the service says it itself. */
function sentLine(line: StoredLine): object {
  const others = Object.entries(othersOf(line.raw, ofLines));
  const said = others.filter(([name, value]) => !meanings.includes(name) || !isEmpty(value));
  return { ...asItCame(line), ...Object.fromEntries(said) };
}

/**
 * A line of a set as a column of an activation: called after its path, and after its column too where that is not the
 * usual one. What no plan can select has a name with a blank in it, which no path has.
 */
export function ofLine(line: StoredLine): { name: string; value: StoredLine; selected?: Selected } {
  // What is computed may stand there in another writing: it is the same column, and the line stays as it came.
  const short = shortLine(line);
  const value = {
    ...short,
    source: inContractForm(short.source),
    ...(line.raw === undefined ? {} : { raw: line.raw }),
  };
  const [column] = columnsOfSet([line]);
  const came = asItCame(value);
  const meant = { ...came, source: inContractForm(came.source) };
  const isSayable = column !== undefined && plain(mappingLine(column)) === plain(meant);
  if (!isSayable) return { name: `${value.sourceType} ${value.source} → ${value.destination}`, value };
  const isUsual = columnName(column.path) === column.column;
  return isUsual
    ? { name: column.path, value, selected: column.path }
    : { name: `${column.path} → ${column.column}`, value, selected: column };
}

const plain = (line: StoredLine): string => JSON.stringify(Object.values(asItCame(line)));

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
    const path = namespaceOf(source) === undefined ? inContractForm(source) : source.replaceAll('//.', '.');
    return [{ path, column: destination }];
  });
}
