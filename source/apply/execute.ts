import { compare, type Report } from '../activation/report.ts';
import type { Plan } from '../activation/plan/plan.ts';
import { change } from './change.ts';
import { converge } from './converge.ts';
import { establish } from './establish.ts';
import type { ApplyEvent, MadeObjects, Outcome } from './events.ts';
import { noJournal } from './journal/journal.ts';
import { markerOf } from './marker.ts';
import { readMade } from './once/read-made.ts';
import { glanceForSecond, leaveOne } from './once/single.ts';
import { prove } from './prove.ts';
import { Queue } from './queue.ts';
import type { ApplyServices } from './services.ts';
import { type Applying, beginSteps } from './steps.ts';
import { Stopped } from './stopped.ts';

/**
 * Applies a plan: establish, change, prove.
 *
 * Always ends with one `result` event; failures are events too, the generator itself throws nothing.
 *
 * @see flow-service.md, sections 0, 2.0.3, 2.6 and 5.6
 */
export async function* execute(plan: Plan, services: ApplyServices): AsyncGenerator<ApplyEvent> {
  const queue = new Queue<ApplyEvent>();
  const made: MadeObjects = { ...services.earlier?.made };
  let report: Report | undefined;
  const steps = beginSteps(services, (event) => {
    queue.push(event);
  });
  const { journal = noJournal, earlier } = services;
  const doubts = { isAny: earlier?.hadDoubt ?? false };
  const work = run({
    ...services,
    journal: {
      async note(note) {
        if (note.kind === 'doubtful') doubts.isAny = true;
        await journal.note(note);
      },
    },
    doubts,
    ...steps,
    plan,
    made,
    marker: markerOf(services.run),
  })
    .then((result): Outcome => {
      report = result;
      return result.isVerified ? 'verified' : 'mismatch';
    })
    .catch((error: unknown): Outcome => (error instanceof Stopped ? 'interrupted' : 'failed'))
    .finally(() => {
      queue.end();
    });
  yield* queue;
  const outcome = await work;
  const flowId = made.flowId ?? plan.flow;
  yield {
    kind: 'result',
    outcome: outcome === 'failed' && services.stop?.aborted === true ? 'interrupted' : outcome,
    run: services.run,
    made,
    ...(flowId === undefined ? {} : { flowId }),
    ...(report ? { report } : {}),
  };
}

async function run(applying: Applying): Promise<Report> {
  const { plan, client, made, abort, stop } = applying;
  if (plan.flow !== undefined) return converge(applying, plan.flow);
  const { flowId, ...known } = await establish(applying);
  const glance = glanceForSecond(applying);
  const stored = readMade(
    'validate',
    () => client.getConnection('targetConnections', known.targetConnectionId, { signal: abort, stop }),
    applying,
  );
  // Told when it is awaited.
  stored.catch(() => undefined);
  const settled = await change(applying, flowId, (flow) => compare(plan, flow, known).isVerified);
  if (await glance) applying.doubts.isAny = true;
  // Once nobody knew whether something was done, there may be two of it.
  if (applying.doubts.isAny) await applying.step('single', () => leaveOne(applying));
  const accountId = made.targetBaseConnectionId ?? plan.destination.baseConnectionId;
  return prove(applying, settled, async (flow) =>
    compare(plan, flow, { ...known, accountId }, { target: await stored }),
  );
}
