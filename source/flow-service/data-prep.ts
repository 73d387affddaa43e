import * as z from 'zod';
import { parseExactly } from '../ground/exact-json.ts';
import { type Created, created } from './connections.ts';
import { RefusedError } from './errors.ts';
import { provesGone } from './gone.ts';
import { everyPage } from './paging.ts';
import { idInPath } from './sendable.ts';
import type { CallOptions, Transport } from './transport.ts';
import { eitherUnion, unionInProfiles, unionInRegistry } from './union-schema.ts';
import { versionNumber } from './version.ts';

/** A line as it is stored: its words for the sort of a source are longer than those sent. */
const storedLine = z.object({ sourceType: z.string(), source: z.string(), destination: z.string() });

/** @see cards.md, section 5.3 */
const reference = z.object({ id: z.string() }).optional().catch(undefined);
const listedSet = z.object({ id: z.string(), inputSchema: reference });
type ListedSet = z.infer<typeof listedSet>;

/** All of its lines or none: what cannot be read is not absent, and would be written over. */
const mappingSet = listedSet.extend({
  version: versionNumber,
  outputSchema: reference,
  mappings: z.array(storedLine),
});
/** A set, and beside it the whole of it, as it came and not cleaned, for writing back. */
type MappingSet = z.infer<typeof mappingSet> & { readonly raw: unknown };

const schema = z.object({ id: z.string(), name: z.string().optional().catch(undefined) });
/** A schema, as far as ferry looks at it. */
export type StoredSchema = z.infer<typeof schema>;

const createdSet = created.extend({ version: versionNumber });
/** One published edition of the service echoes what was sent: then nothing says which version it became. */
const nextSet = z.object({ version: versionNumber.optional().catch(undefined) });

/** What became of a set that was to be removed: the platform may not offer that at all. */
type SetRemoval = 'removed' | 'alreadyGone' | 'notOffered';

/** The service that keeps what columns are called. Nothing in it has an etag. @see cards.md, sections 5.2 and 5.3 */
export interface DataPrep {
  createSchema(body: object, options?: CallOptions): Promise<Created>;
  /** It begins with a version of its own, which is 0. */
  createMappingSet(body: object, options?: CallOptions): Promise<Created & { version: number }>;
  /**
   * A set in a version: without one the service would answer with the first.
   *
   * @throws UnreadableAnswerError also for another version, and for one of whose lines any cannot be read.
   */
  getMappingSet(id: string, version: number, options?: CallOptions): Promise<MappingSet>;
  /**
   * Makes the next version of a set, with its whole body; whoever names an earlier one keeps that.
   *
   * @returns `version` where the service says it.
   */
  putMappingSet(
    id: string,
    body: object,
    options?: CallOptions,
  ): Promise<{ version?: number | undefined; requestId?: string | undefined }>;
  listSchemas(options?: CallOptions): AsyncGenerator<StoredSchema[]>;
  listMappingSets(options?: CallOptions): AsyncGenerator<ListedSet[]>;
  removeMappingSet(id: string, options?: CallOptions): Promise<SetRemoval>;
  /** Whether what was thrown when a set was asked for proves that it is gone. @see provesGone */
  isGone(id: string, error: unknown, options?: CallOptions): Promise<boolean>;
  /** The union schema whole and as it came, for sending it again. */
  getUnionCopy(options?: CallOptions): Promise<Readonly<Record<string, unknown>>>;
}

const base = '/data/foundation/conversion';
const pageSize = 100;

/** Where a set is asked for. @throws UnreadableAnswerError for an id that would mean something else there */
const pathOfSet = (id: string): string => `${base}/mappingSets/${idInPath(id, `${base}/mappingSets`)}`;

/** @throws FlowServiceError and nothing else, in every method. */
export function createDataPrep(transport: Transport): DataPrep {
  const pages = <Item extends { id: string }>(
    name: 'schemas' | 'mappingSets',
    shape: z.ZodType<Item>,
    options?: CallOptions,
  ): AsyncGenerator<Item[]> => {
    const seen = new Set<string>();
    return everyPage<Item, number>(
      `${base}/${name}`,
      async (start = 0) => {
        const { value } = await transport.call({
          method: 'GET',
          path: `${base}/${name}?limit=${pageSize}&start=${start}`,
          shape: z.object({ data: z.array(shape) }),
          ...options,
        });
        const before = seen.size;
        for (const { id } of value.data) seen.add(id);
        // A service may make its pages shorter than they were asked for: only one without anything new is the last.
        return { items: value.data, next: seen.size === before ? undefined : start + value.data.length };
      },
      ({ id }) => id,
      options?.isOver,
    );
  };

  async function create<Shape extends typeof created>(
    path: string,
    body: object,
    shape: Shape,
    options?: CallOptions,
  ): Promise<z.infer<Shape> & { requestId?: string | undefined }> {
    const { value, requestId } = await transport.call({
      method: 'POST',
      path: `${base}/${path}`,
      body,
      shape,
      ...options,
    });
    return { ...value, requestId };
  }

  const isGone: DataPrep['isGone'] = (id, error, options) =>
    provesGone(error, id, () => pages('mappingSets', z.object({ id: z.string() }), options));

  return {
    createSchema: (body, options) => create('schemas', body, created, options),
    createMappingSet: (body, options) => create('mappingSets', body, createdSet, options),

    async getMappingSet(id, version, options) {
      const path = `${pathOfSet(id)}?version=${version}`;
      const shape = mappingSet.refine((set) => set.version === version, {
        path: ['version'],
        error: String(version),
      });
      const { value, text } = await transport.call({
        method: 'GET',
        path,
        shape,
        isMarked: true,
        ...options,
      });
      return { ...value, raw: parseExactly(text) };
    },

    async putMappingSet(id, body, options) {
      const path = pathOfSet(id);
      const { value, requestId } = await transport.call({
        method: 'PUT',
        path,
        body,
        shape: nextSet,
        ...options,
      });
      return { ...value, requestId };
    },

    listSchemas: (options) => pages('schemas', schema, options),
    listMappingSets: (options) => pages('mappingSets', listedSet, options),
    isGone,

    async removeMappingSet(id, options) {
      const path = pathOfSet(id);
      try {
        await transport.call({ method: 'DELETE', path, shape: z.unknown(), ...options });
        return 'removed';
      } catch (error) {
        if (await isGone(id, error, options)) return 'alreadyGone';
        if (!(error instanceof RefusedError)) throw error;
        if (error.status === 405 || error.status === 501) return 'notOffered';
        throw error;
      }
    },

    getUnionCopy: (options) =>
      eitherUnion(unionInProfiles, unionInRegistry, async ({ path, headers }) => {
        const shape = z.object({ properties: z.record(z.string(), z.unknown()) });
        const { text } = await transport.call({ method: 'GET', path, shape, headers, ...options });
        return parseExactly(text) as Readonly<Record<string, unknown>>;
      }),
  };
}
