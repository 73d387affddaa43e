import type { ReadSet } from '../activation/linked-set.ts';
import {
  bringsLines,
  inputSchemaBody,
  mappingSetBody,
  outputSchemaBody,
  type StoredLine,
  writesAs,
} from '../activation/content/mapping-set.ts';
import type { NamedSet } from '../activation/change/patch.ts';
import { isObject, lookUp } from '../activation/plan/json-path.ts';
import { conversionPath, firstVersion, schemaName } from '../activation/requests.ts';
import { sameId } from '../activation/same-id.ts';
import type { FlowService } from '../flow-service/client.ts';
import type { Created } from '../flow-service/connections.ts';
import { IncompleteListError, RefusedError } from '../flow-service/errors.ts';
import type { CallOptions } from '../flow-service/transport.ts';
import { type DocumentStep, idOfStep } from '../activation/steps.ts';
import { type Live, readSetOf } from './live/live.ts';
import type { ToDo } from './live/course.ts';
import { findDocument } from './once/find-document.ts';
import { make } from './once/make.ts';
import { patchOnce } from './once/patch-once.ts';
import { readMade } from './once/read-made.ts';
import { allSettledOrThrow, type Applying, requestOf, untold } from './steps.ts';

/** The schemas of a set, where they have all that its next version needs. */
export function fittingSchemas(
  { inputSchemaId, outputSchemaId, lines: held }: ReadSet,
  lines: readonly StoredLine[],
): Schemas | undefined {
  const isFitting = inputSchemaId !== undefined && outputSchemaId !== undefined && !bringsLines(lines, held);
  return isFitting ? { inputSchemaId, outputSchemaId } : undefined;
}

/** Ids of the two schemas of a set. */
interface Schemas {
  readonly inputSchemaId: string;
  readonly outputSchemaId: string;
}

/** Makes a set with schemas of its own: both of them side by side, then the set. @see cards.md, section 5.2 */
export async function newSet(
  applying: Applying,
  lines: readonly StoredLine[],
  held?: ReadSet,
): Promise<NamedSet> {
  const { client, abort } = applying;
  const schemas = await makeSchemas(applying, lines);
  const id = await makeDocument(applying, 'mapping-set', () =>
    Promise.resolve(() =>
      client.dataPrep.createMappingSet(mappingSetBody(schemas, lines, held?.raw), { signal: abort }),
    ),
  );
  return { id, version: firstVersion };
}

async function makeSchemas(applying: Applying, lines: readonly StoredLine[]): Promise<Schemas> {
  const { plan, client, marker, abort, stop } = applying;
  const options = { signal: abort };
  const name = (step: 'input-schema' | 'output-schema'): string => schemaName(plan, step, marker);
  const [inputSchemaId, outputSchemaId] = await allSettledOrThrow([
    makeDocument(applying, 'input-schema', async () => {
      const union = await client.dataPrep.getUnionCopy({ ...options, stop });
      return () => client.dataPrep.createSchema(inputSchemaBody(name('input-schema'), union), options);
    }),
    makeDocument(applying, 'output-schema', async () => {
      const { connectionSpecId } = plan.destination;
      const [spec] = await client.getConnectionSpecs([connectionSpecId], { ...options, stop });
      const partner = lookUp(spec?.targetSpec?.attributes, ['partnerSchema', 'jsonSchema']);
      const whole = isObject(partner) ? partner : { type: 'object' };
      const body = outputSchemaBody(name('output-schema'), whole, lines);
      return () => client.dataPrep.createSchema(body, options);
    }),
  ] as const);
  return { inputSchemaId, outputSchemaId };
}

/**
 * Makes something in the service that keeps columns, unless an earlier attempt has.
 *
 * @param prepare - Reads what the create is made of; only asked where it is made.
 */
async function makeDocument(
  applying: Applying,
  step: DocumentStep,
  prepare: () => Promise<() => Promise<Created>>,
): Promise<string> {
  const isMade = applying.made[idOfStep[step]] !== undefined;
  // What cannot be read leaves no doubt about a write.
  const call = isMade ? neverCalled : await untold(applying, prepare);
  return make(applying, step, (isOver) => findDocument(step, { ...applying, isOver }), call);
}

const neverCalled = (): Promise<Created> => Promise.reject(new Error('made already'));

/** How the columns of a live dataflow come to be others. */
export type SetCourse =
  /**
   * Its set gets its next version. `found`: there is one already that nobody names and that writes these columns.
   * `version`: which one it will be, unless somebody else is faster.
   */
  | { readonly kind: 'next'; readonly set: ReadSet; readonly version: number; readonly found?: NamedSet }
  /** It gets a set of its own: it has none, that is gone, or another dataflow has its columns from it. */
  | { readonly kind: 'new'; readonly set?: ReadSet | undefined };

/**
 * Looks how columns are to be changed. A run that has begun with one way goes on with it.
 *
 * @returns Nothing where none are.
 * @throws FlowServiceError
 * @see cards.md, sections 5.3 and 10 (10, 11)
 */
export async function courseOfSet(
  { client, made, earlier, signal, stop }: Pick<Applying, 'client' | 'made' | 'earlier'> & CallOptions,
  flowId: string,
  { set }: Live,
  { columns, lines }: ToDo,
): Promise<SetCourse | undefined> {
  if (columns.length === 0) return undefined;
  const options = { signal, stop };
  const isNew = made.mappingSetId !== undefined || earlier?.sent.has('mapping-set') === true;
  if (isNew || !set || set.lines.length === 0) return { kind: 'new', set };
  const isNext = earlier?.sent.has('columns') === true || earlier?.named !== undefined;
  const [isShared, later] = await Promise.all([
    isNext ? false : isNamedElsewhere(client, flowId, set.id, options),
    laterVersions(client, set, options),
  ]);
  if (isShared) return { kind: 'new', set };
  const found = later.find((one) => writesAs(one, { lines, raw: set.raw }));
  const version = set.version + later.length + 1;
  return {
    kind: 'next',
    set,
    version,
    ...(found ? { found: { id: found.id, version: found.version } } : {}),
  };
}

/** Whether another dataflow has its columns from a set, in any version of it. */
async function isNamedElsewhere(
  client: FlowService,
  flowId: string,
  setId: string,
  options: CallOptions,
): Promise<boolean> {
  for await (const page of client.listFlows(options))
    if (page.some(({ id, mappingIds }) => !sameId(id, flowId) && mappingIds.includes(setId))) return true;
  return false;
}

/** Versions of one set that are looked through, many times what people make of one. */
const mostVersions = 250;
/** How long they may be looked through, milliseconds. */
const lookMs = 60_000;

/**
 * The versions of a set after the one that was read, one by one, for as long as there are any.
 *
 * @throws IncompleteListError where they have no end, RefusedError (404) after the last one
 */
async function* versionsAfter(
  client: FlowService,
  { id, version }: NamedSet,
  options: CallOptions,
): AsyncGenerator<ReadSet, never> {
  const beganMs = performance.now();
  for (let count = 1; count <= mostVersions && performance.now() - beganMs < lookMs; count++)
    yield await readSetOf(client, { id, version: version + count }, options);
  throw new IncompleteListError({ method: 'GET', path: `${conversionPath}/mappingSets/${id}` });
}

/** All of them, which nobody has to have named yet. */
async function laterVersions(client: FlowService, set: NamedSet, options: CallOptions): Promise<ReadSet[]> {
  const found: ReadSet[] = [];
  try {
    for await (const one of versionsAfter(client, set, options)) found.push(one);
  } catch (error) {
    if (!(error instanceof RefusedError) || (error.status !== 404 && error.status !== 400)) throw error;
  }
  return found;
}

/** The version after `set` that writes these columns. */
export async function versionWith(
  client: FlowService,
  set: ReadSet,
  lines: readonly StoredLine[],
  options: CallOptions,
): Promise<NamedSet | undefined> {
  const found = (await laterVersions(client, set, options)).find((one) =>
    writesAs(one, { lines, raw: set.raw }),
  );
  return found && { id: found.id, version: found.version };
}

/**
 * Makes the set that a live dataflow is to name, in the version that has its columns; one that an earlier attempt has
 * made, or that is there and equal, is taken.
 *
 * @throws FlowServiceError of the last try, UnmarkedError, JournalError, Stopped
 * @see cards.md, section 5.3
 */
export async function setFor(
  applying: Applying,
  course: SetCourse,
  lines: readonly StoredLine[],
): Promise<NamedSet> {
  if (course.kind === 'new') return newSet(applying, lines, course.set);
  const { client, step, journal, earlier, abort, stop } = applying;
  if (earlier?.named) return earlier.named;
  const options = { signal: abort, stop };
  const { set } = course;
  let named = course.found;
  const isSent = earlier?.sent.has('columns') === true;
  if (named && !isSent) {
    await journal.note({ kind: 'named', set: named, isFound: true });
    return named;
  }
  const schemas = fittingSchemas(set, lines) ?? (await makeSchemas(applying, lines));
  await step(
    'columns',
    () =>
      patchOnce<{ set?: NamedSet | undefined; etag?: undefined }, StoredLine>({
        ...applying,
        step: 'columns',
        hasNoEtag: true,
        before: { set: named },
        look: async () => ({ set: (named = await versionWith(client, set, lines, options)) }),
        next: (read) => (read.set ? [] : lines),
        isTaken: (read) => read.set !== undefined,
        async send(_, sent) {
          const body = mappingSetBody(schemas, sent, set.raw);
          const { version, requestId } = await client.dataPrep.putMappingSet(set.id, body, options);
          if (version !== undefined) named = { id: set.id, version };
          return { requestId };
        },
      }),
    requestOf,
  );
  const made = named ?? (await readMade('columns', () => versionMade(client, set, lines, options), applying));
  await journal.note({ kind: 'named', set: made });
  return made;
}

/** @throws RefusedError (404) where it is not there yet, IncompleteListError */
async function versionMade(
  client: FlowService,
  set: ReadSet,
  lines: readonly StoredLine[],
  options: CallOptions,
): Promise<NamedSet> {
  const versions = versionsAfter(client, set, options);
  for (;;) {
    const { value } = await versions.next();
    if (writesAs(value, { lines, raw: set.raw })) return { id: value.id, version: value.version };
  }
}
