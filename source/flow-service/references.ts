import { isUsableId } from './sendable.ts';

/** What an entity stands on, wherever it says so. */
export interface StandsOn {
  /** Of a dataflow. */
  readonly sourceConnectionIds?: string[] | undefined;
  readonly targetConnectionIds?: string[] | undefined;
  /** Of a source or target connection: its account. */
  readonly baseConnectionId?: string | undefined;
  /** Every id that it has outside of its own contents: whatever such a member is called, it may stand on that. */
  readonly mentions?: readonly string[] | undefined;
  /** It does not say all of what it stands on, or not so that it can be read: it may be anything. */
  readonly isUnsure?: true | undefined;
}

type Members = Readonly<Record<string, unknown>>;

/** What belongs to an entity itself, and is no reference. */
const contents = new Set(['id', 'name', 'description', 'transformations', 'lastOperation', 'lastRunDetails']);

/** Nothing is looked for deeper. */
const mostLevels = 12;

/** Of a dataflow: its connections, by the lists of ids or, where those are empty, by what it has inherited. */
export function underFlow(entity: Members): StandsOn {
  const inherited = membersOf(entity['inheritedAttributes']);
  const sources = side(entity['sourceConnectionIds'], inherited['sourceConnections']);
  const targets = side(entity['targetConnectionIds'], inherited['targetConnections']);
  return {
    sourceConnectionIds: someOf(sources.ids),
    targetConnectionIds: someOf(targets.ids),
    ...besides(entity, sources.isWhole && targets.isWhole),
  };
}

/** Of a source or target connection: its account. A read-back may have it only as inherited. @see section 2.4 */
export function underConnection(entity: Members): StandsOn {
  const base = side(entity['baseConnectionId'], membersOf(entity['inheritedAttributes'])['baseConnection']);
  return { baseConnectionId: base.ids[0], ...besides(entity, base.isWhole) };
}

/** An account stands on nothing. */
export const underAccount = (): StandsOn => ({});

const besides = (entity: Members, isWhole: boolean): StandsOn => ({
  mentions: mentionsOf(entity),
  ...(isWhole ? {} : { isUnsure: true }),
});

/** Samples have one and several, texts and objects with an id. @see flow-service.md, section 7.25 */
function side(own: unknown, inherited: unknown): { ids: string[]; isWhole: boolean } {
  const [said, heirs] = [listOf(own), listOf(inherited)];
  const read = said.flatMap(idOf);
  const ids = read.length > 0 ? read : heirs.flatMap(idOf);
  return { ids, isWhole: ids.length > 0 && read.length === said.length };
}

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null || value === '' ? [] : Array.isArray(value) ? value : [value];

function idOf(value: unknown): string[] {
  const id = typeof value === 'string' ? value : membersOf(value)['id'];
  return typeof id === 'string' && isUsableId(id) ? [id] : [];
}

const membersOf = (value: unknown): Members =>
  typeof value === 'object' && value !== null ? (value as Members) : {};

const someOf = (ids: string[]): string[] | undefined => (ids.length > 0 ? ids : undefined);

function mentionsOf(entity: Members): string[] {
  const found = new Set<string>();
  const look = (value: unknown, depth: number): void => {
    // Ids have no blanks, and are short.
    if (typeof value === 'string' && value.length <= 100 && isUsableId(value) && !/\s/.test(value))
      found.add(value);
    else if (typeof value === 'object' && value !== null && depth < mostLevels)
      for (const one of Object.values(value)) look(one, depth + 1);
  };
  for (const [name, value] of Object.entries(entity)) if (!contents.has(name)) look(value, 1);
  return [...found];
}
