import path from 'node:path';
import { escapedJson } from '../../activation/plan/escaped-json.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { whoIsThere } from '../../settings/state-folder.ts';
import type { Flags } from '../console/arguments.ts';
import { confirmIn } from '../console/confirm-in.ts';
import { exitCode } from '../console/exit-codes.ts';
import { json, type Streams } from '../console/streams.ts';
import { visible } from '../console/visible.ts';
import { tell } from '../console/wrap-said.ts';
import { connect } from '../connect/connect.ts';
import { type Connected, placeOf } from '../connect/open-client.ts';
import { readPlans, requireEachOnce } from './apply-many.ts';
import { interruptions } from './apply-run.ts';
import { followQueue } from './follow-queue.ts';
import { openPlanQueue, type PlanQueue } from './plan-queue.ts';
import type { PutPlan } from './queue-rows.ts';
import { queuedPlan } from './queued-plan.ts';
import { newRun } from './run-journal.ts';

/** What is one plan: about this dataflow, or making one of this name in this place. */
const keyOf = ({ flow, name }: Plan, connected: Connected): string =>
  JSON.stringify([placeOf(connected), flow === undefined ? { name } : { flow: flow.toLowerCase() }]);

/**
 * `ferry apply FOLDER --queue`: puts every plan of a folder into the queue, for whichever machine takes it. A plan that
 * is there already is there once; where it says something else by now, that is told, and the earlier one stays.
 *
 * @returns 0 when all are in, with `--follow` as applyFolder; 2 where one waits that says something else.
 */
export async function queueFolder(folder: string, flags: Flags, streams: Streams): Promise<number> {
  const { env, stdout, stderr, text, glyphs } = streams;
  const isJson = flags.json === true;
  const { plans, code } = await readPlans(folder, 'apply', flags, streams, isJson);
  if (code !== exitCode.done) return code;
  requireEachOnce(plans, flags);
  const connections = new Map<string, Connected>();
  const { stop, release } = interruptions(streams);
  let queue: PlanQueue | undefined;
  try {
    for (const { plan } of plans)
      if (!connections.has(plan.sandbox))
        connections.set(plan.sandbox, await connect({ flags, streams, planSandbox: plan.sandbox }));
    const values = { count: plans.length, folder };
    const isSure = await confirmIn(
      [...connections.values()],
      text('command.confirmMany', values),
      (words) => words('command.needsYesMany', values),
      flags,
      streams,
    );
    if (!isSure) return exitCode.interrupted;
    queue = await openPlanQueue(env);
    const all = new Map<string, PutPlan>();
    const counts = { put: 0, there: 0, other: 0 };
    for (const { file, plan } of plans) {
      const connected = connections.get(plan.sandbox);
      if (!connected) continue;
      const place = placeOf(connected);
      const body = {
        run: newRun(),
        file: path.basename(file),
        plan: escapedJson(plan),
        name: plan.name,
        ...(plan.flow === undefined ? {} : { flow: plan.flow }),
        place,
        by: whoIsThere(env).user,
        prune: flags.prune !== undefined,
      };
      const key = keyOf(plan, connected);
      const there = await queue.put({ key, group: place.orgId, body });
      const known = there && queuedPlan(there.body);
      const { run } = known ?? body;
      all.set(key, { file, run, orgId: place.orgId });
      const came = !there
        ? 'put'
        : known?.plan === body.plan && known.prune === body.prune
          ? 'there'
          : 'other';
      counts[came] += 1;
      if (isJson) json(stdout, { kind: 'queued', file, came, run });
      else if (came === 'other')
        tell(
          stderr,
          `${glyphs.warning} ${text('work.other', { file: visible(path.basename(file)), run: known?.run ?? '' })}`,
        );
    }
    if (!isJson) tell(stdout, text('work.put', { put: counts.put, there: counts.there }));
    if (counts.other > 0) return exitCode.usage;
    return flags.follow === true ? await followQueue(queue, all, stop, flags, streams) : exitCode.done;
  } finally {
    release();
    await queue?.close();
    for (const connected of connections.values()) await connected.close().catch(() => undefined);
  }
}
