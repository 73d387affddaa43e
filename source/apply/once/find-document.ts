import type { Plan } from '../../activation/plan/plan.ts';
import { firstVersion, schemaName } from '../../activation/requests.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { StoredSchema } from '../../flow-service/data-prep.ts';
import { UnreadableAnswerError } from '../../flow-service/errors.ts';
import type { MadeObjects } from '../events.ts';
import type { DocumentStep } from '../../activation/steps.ts';
import { UnmarkedError } from './likeness.ts';

interface Search {
  client: FlowService;
  plan: Plan;
  marker: string;
  made: MadeObjects;
  abort?: AbortSignal | undefined;
  /** Whether the look may take no longer. */
  isOver?: (() => boolean) | undefined;
  /** All schemas, for who looks for both kinds at once. @default they are listed anew */
  schemas?: () => Promise<readonly StoredSchema[]>;
}

/** What a list has of a run. */
interface FoundDocuments {
  readonly ids: readonly string[];
  /** Service and id of what does not say whose it is, neither in a list nor by itself. */
  readonly unknown: readonly string[];
}

/** Sets whose list does not say what they were made of, and that are read by themselves, at most. */
const mostReads = 250;

/**
 * What a run has made of a step in the service that keeps columns, where nothing has a description: a schema is known
 * by its name, which has the marker in it, and a set by the input schema, which is this run's alone. A list may leave
 * out either.
 *
 * @throws FlowServiceError
 * @see cards.md, sections 5.2, 5.3 and 10 (10)
 */
export async function findDocuments(step: DocumentStep, search: Search): Promise<FoundDocuments> {
  const { client, plan, marker, made, abort, isOver } = search;
  const options = { signal: abort, isOver };
  const ids: string[] = [];
  const silent: string[] = [];
  if (step === 'mapping-set') {
    const own = made.inputSchemaId;
    if (own === undefined) return { ids, unknown: [] };
    for await (const page of client.dataPrep.listMappingSets(options))
      for (const { id, inputSchema } of page)
        if (inputSchema === undefined) silent.push(id);
        else if (inputSchema.id === own) ids.push(id);
    const unknown: string[] = silent.slice(mostReads);
    for (const id of silent.slice(0, mostReads)) {
      const made = await inputOf(id, search);
      if (made === 'unknown') unknown.push(id);
      else if (made === own) ids.push(id);
    }
    return { ids, unknown: unknown.map((id) => `mappingSets ${id}`) };
  }
  const called = schemaName(plan, step, marker);
  for await (const page of search.schemas ? [await search.schemas()] : client.dataPrep.listSchemas(options))
    for (const { id, name } of page)
      if (name === undefined) silent.push(id);
      else if (name === called) ids.push(id);
  return { ids, unknown: silent.map((id) => `schemas ${id}`) };
}

/**
 * The one that a run has made of a step, where it is there.
 *
 * @throws FlowServiceError; UnmarkedError where it may be there, and does not say so.
 */
export async function findDocument(step: DocumentStep, search: Search): Promise<string | undefined> {
  const { ids, unknown } = await findDocuments(step, search);
  if (ids.length === 0 && unknown.length > 0) throw new UnmarkedError(unknown, search.marker);
  return ids[0];
}

/** The input schema of a set, as it says by itself; nothing where the set is gone. */
async function inputOf(id: string, { client, abort }: Search): Promise<string | undefined> {
  try {
    const { inputSchema } = await client.dataPrep.getMappingSet(id, firstVersion, { signal: abort });
    return inputSchema?.id ?? 'unknown';
  } catch (error) {
    if (error instanceof UnreadableAnswerError) return 'unknown';
    if (await client.dataPrep.isGone(id, error, { signal: abort })) return undefined;
    throw error;
  }
}
