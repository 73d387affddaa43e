import { compare, type Report } from '../activation/report.ts';
import type { Flow } from '../flow-service/flows.ts';
import type { Plan } from '../activation/plan/plan.ts';
import { sameId } from '../activation/same-id.ts';
import { change } from './change.ts';
import { doublesOf } from './check/doubles.ts';
import { converge } from './live/converge.ts';
import { establish } from './establish.ts';
import type { ApplyEvent } from './events.ts';
import { readMade } from './once/read-made.ts';
import { glanceForSecond, leaveOne } from './once/single.ts';
import { perform } from './perform.ts';
import { exportsInClear, readSetOf } from './live/live.ts';
import { prove } from './prove.ts';
import type { ApplyServices } from './services.ts';
import type { Applying } from './steps.ts';

/**
 * Applies a plan: establish, change, prove.
 *
 * Always ends with one `result` event; failures are events too, the generator itself throws nothing.
 *
 * @see flow-service.md, sections 0, 2.0.3, 2.6 and 5.6
 */
export const execute = (plan: Plan, services: ApplyServices): AsyncGenerator<ApplyEvent> =>
  perform(services, plan.flow, (working) => run({ ...working, plan }));

async function run(applying: Applying): Promise<Report> {
  const { plan, client, made, abort, stop } = applying;
  if (plan.flow !== undefined) return converge(applying, plan.flow);
  const { flowId, account, before, ...known } = await establish(applying);
  const stored = readMade(
    'validate',
    () => client.getConnection('targetConnections', known.targetConnectionId, { signal: abort, stop }),
    applying,
  );
  const { set } = known;
  const columns =
    set && readMade('validate', () => readSetOf(client, set, { signal: abort, stop }), applying);
  // Told when they are awaited.
  stored.catch(() => undefined);
  columns?.catch(() => undefined);
  const accountId = made.targetBaseConnectionId ?? plan.destination.baseConnectionId;
  const proven = (flow: Flow): Promise<Report> =>
    prove(applying, flow, async (read) =>
      compare(plan, read, { ...known, accountId }, { target: await stored, set: await columns, account }),
    );
  // No segment goes into what would export unencrypted.
  if (exportsInClear(plan, account))
    return proven(
      await applying.step('read', () =>
        readMade('read', () => client.getFlow(flowId, { signal: abort, stop }), applying),
      ),
    );
  const glance = glanceForSecond(applying);
  const isProven = (flow: Flow): boolean => compare(plan, flow, known).isVerified;
  const settled = await change(applying, flowId, isProven, set);
  if (await glance) applying.doubts.isAny = true;
  // Once nobody knew whether something was done, there may be two of it.
  if (applying.doubts.isAny) await applying.step('single', () => leaveOne(applying));
  const twins = before && twinsOf(applying, before, flowId);
  const report = await proven(settled);
  for (const id of (await twins) ?? [])
    applying.tell({
      kind: 'finding',
      step: 'check',
      finding: { id: 'finding.twin', severity: 'warning', path: '$.name', values: { id } },
    });
  return report;
}

/**
 * Dataflows of the same name and place that came while this one was made: whoever else applies the plan, with another
 * state folder or on another machine, has looked before it was there. Whoever may not look claims nothing.
 */
async function twinsOf(
  { plan, client, abort, stop }: Applying,
  before: ReadonlySet<string>,
  flowId: string,
): Promise<string[]> {
  const all = await doublesOf(plan, client, [], { signal: abort, stop }).catch(() => []);
  return all.map(({ id }) => id).filter((id) => !sameId(id, flowId) && !before.has(id));
}
