import { listRuns } from '../../apply/journal/journal-file.ts';
import { stateFolder } from '../../settings/state-folder.ts';
import { type Connected, placeOf } from '../connect/open-client.ts';
import type { Streams } from '../console/streams.ts';

/**
 * When dataflows of this place were last enabled from here, epoch milliseconds, by their ids in small letters: a
 * dataflow itself tells only its last operation.
 *
 * What cannot be read of it is left out: it only keeps an alarm from being raised too early.
 */
export async function enabledHere(
  connected: Connected,
  env: Streams['env'],
): Promise<ReadonlyMap<string, number>> {
  const { apiUrl, orgId, sandbox } = placeOf(connected);
  const runs = await listRuns(stateFolder(env)).catch(() => []);
  const found = new Map<string, number>();
  for (const run of runs) {
    if (run.kind !== 'run') continue;
    const { errand, place, begunMs } = run.state;
    const isHere = place.apiUrl === apiUrl && place.orgId === orgId && place.sandbox === sandbox;
    if (!isHere || errand?.kind !== 'enable') continue;
    const id = errand.flowId.toLowerCase();
    found.set(id, Math.max(begunMs, found.get(id) ?? 0));
  }
  return found;
}
