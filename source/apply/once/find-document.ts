import type { Plan } from '../../activation/plan/plan.ts';
import { schemaName } from '../../activation/requests.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { MadeObjects } from '../events.ts';
import type { DocumentStep } from '../journal/journal.ts';

interface Search {
  client: FlowService;
  plan: Plan;
  marker: string;
  made: MadeObjects;
  abort?: AbortSignal | undefined;
  /** Whether the look may take no longer. */
  isOver?: (() => boolean) | undefined;
}

/**
 * What a run has made of a step in the service that keeps columns, where nothing has a description: a schema is known
 * by its name, which has the marker in it, and a set by the input schema, which is this run's alone.
 *
 * @throws FlowServiceError
 * @see cards.md, sections 5.2, 5.3 and 10 (10)
 */
export async function findDocuments(
  step: DocumentStep,
  { client, plan, marker, made, abort, isOver }: Search,
): Promise<string[]> {
  const options = { signal: abort, isOver };
  const found: string[] = [];
  if (step === 'mapping-set') {
    const own = made.inputSchemaId;
    if (own === undefined) return [];
    for await (const page of client.dataPrep.listMappingSets(options))
      found.push(...page.filter(({ inputSchema }) => inputSchema?.id === own).map(({ id }) => id));
    return found;
  }
  const called = schemaName(plan, step, marker);
  for await (const page of client.dataPrep.listSchemas(options))
    found.push(...page.filter(({ name }) => name === called).map(({ id }) => id));
  return found;
}
