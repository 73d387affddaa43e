import { type DocumentStep, documentSteps } from '../../activation/steps.ts';
import type { StoredSchema } from '../../flow-service/data-prep.ts';
import { findDocuments } from '../once/find-document.ts';
import { UnmarkedError } from '../once/likeness.ts';
import { madeBy } from './doubtful.ts';
import type { Undoing } from './undoing.ts';

/**
 * Removes the mapping set, once no dataflow names it; what it was made of is only named.
 *
 * @param isUnused - Whether none does.
 */
export async function undoDocuments(undoing: Undoing, isUnused: boolean): Promise<void> {
  const { state } = undoing;
  const certain: [DocumentStep, string[]][] = [];
  for (const step of documentSteps) certain.push([step, await madeBy(step, undoing)]);
  let reading: Promise<readonly StoredSchema[]> | undefined;
  const schemas = (): Promise<readonly StoredSchema[]> => (reading ??= allSchemas(undoing));
  const known: [DocumentStep, string[]][] = [];
  for (const [step, ids] of certain) {
    const isSent = state.sent.has(step) || ids.length > 0;
    const others = isSent && undoing.mayGoOn() ? await furtherOf(step, undoing, schemas) : [];
    known.unshift([step, [...new Set([...ids, ...others])]]);
  }
  for (const [step, ids] of known)
    for (const id of ids) {
      if (step !== 'mapping-set') undoing.leave(step, id);
      else if (undoing.mayGoOn() && isUnused) await removeSet(id, undoing);
      else undoing.keep(step, id);
    }
}

async function allSchemas({ search: { client, abort } }: Undoing): Promise<readonly StoredSchema[]> {
  const all: StoredSchema[] = [];
  for await (const page of client.dataPrep.listSchemas({ signal: abort })) all.push(...page);
  return all;
}

/** Whatever else the run has made of a step: a write may have been acted upon twice. */
async function furtherOf(
  step: DocumentStep,
  undoing: Undoing,
  schemas: () => Promise<readonly StoredSchema[]>,
): Promise<readonly string[]> {
  const { search, state } = undoing;
  try {
    const { ids, unknown } = await findDocuments(step, { ...search, ...state, schemas });
    if (unknown.length === 0) return ids;
    throw new UnmarkedError(unknown, search.marker);
  } catch (error) {
    undoing.failToLook(step, error);
    return [];
  }
}

async function removeSet(id: string, undoing: Undoing): Promise<void> {
  const { client, abort, stop } = undoing.search;
  const step = 'mapping-set';
  try {
    const removal = await client.dataPrep.removeMappingSet(id, { signal: abort, stop });
    if (removal === 'notOffered') undoing.leave(step, id);
    else await undoing.removed(step, id, { wasGone: removal === 'alreadyGone' });
  } catch (error) {
    undoing.fail(step, id, error);
  }
}
