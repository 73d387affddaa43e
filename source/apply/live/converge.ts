import { type Change } from '../../activation/change/changes.ts';
import type { Problem } from '../../activation/plan/problem.ts';
import { compare, type Report } from '../../activation/report.ts';
import type { Flow } from '../../flow-service/flows.ts';
import { problemsOfKeys, problemsOfNew, problemsOfPlace } from '../check/change-check.ts';
import { PlanRefusedError } from '../check/plan-refused.ts';
import { changedSince, courseOf } from './course.ts';
import type { DifferenceEvent } from '../events.ts';
import { foundOf } from './found.ts';
import { noJournal } from '../journal/journal.ts';
import { exportsInClear, type Live, readFlow, readPlaceFor, readSet, whereElse } from './live.ts';
import { eventOf } from './look-ahead.ts';
import { courseOfSet } from '../mapping-set.ts';
import { EmptyingError, requireSameDestination } from './not-changeable.ts';
import { readQuiet } from '../once/quiet.ts';
import { prove } from '../prove.ts';
import { sendChange } from './send-change.ts';
import { allSettledOrThrow, type Applying, untold } from '../steps.ts';
import { Stopped } from '../stopped.ts';

/**
 * Changes a dataflow that is there until it holds its plan: reads it, sends what differs, one patch an object, and
 * reads until that is in. What others have changed meanwhile stays; where they have changed the same, nothing is
 * sent.
 *
 * @throws FlowMissingError, OtherDestinationError, DataSetsError, FlowBusyError, PlanRefusedError, EmptyingError,
 *   ConflictError, FlowServiceError, JournalError, Stopped
 * @see manage.md, sections 2.1 and 3.1
 */
export async function converge(applying: Applying, flowId: string): Promise<Report> {
  const { plan, client, step, tell, journal, earlier, approve, abort, stop } = applying;
  // A run that was begun keeps to what was said then.
  const extras = (earlier ? earlier.isPruned && 'prune' : applying.extras) || 'keep';
  const { since } = earlier ?? applying;
  const wish = { plan, extras, since };
  const options = { signal: abort, stop };
  const look = (name: 'read' | 'change'): Promise<Flow> =>
    readQuiet(() => readFlow(client, flowId, options), name, applying, tell);
  const problems: Problem[] = [];
  const seen = await step('read', async (): Promise<Live> => {
    const flow = await look('read').catch(whereElse(flowId, applying.elsewhere));
    // What is new is held against the platform beside the next reading.
    const named = readSet(client, flow, options);
    const ofNew = async (): Promise<Problem[]> =>
      problemsOfNew(applying, courseOf(wish, { flow, set: await named }).todo);
    const [place, set, found] = await allSettledOrThrow([
      readPlaceFor(client, plan, flow, options),
      named,
      earlier ? Promise.resolve([]) : ofNew(),
    ] as const);
    problems.push(...found);
    requireSameDestination(plan, { flow, ...place });
    return { flow, ...place, set };
  });
  // An earlier attempt has begun with something else than it may have made of it.
  const before = earlier?.found ? foundOf(earlier.found) : seen;
  const way = await untold(applying, () => Promise.resolve().then(() => courseOf(wish, before)));
  const { todo, found } = way;
  const isFlowChange = todo.flow.length + todo.columns.length > 0;
  const isInClear = exportsInClear(plan, seen.account);
  const isChange = !isInClear && (isFlowChange || todo.target.length > 0);
  const course = await untold(applying, () =>
    courseOfSet({ ...applying, signal: abort }, flowId, before, todo),
  );
  if (isChange && !earlier)
    await untold(applying, async () => {
      const found = [...problems, ...problemsOfKeys(todo, way), ...(await problemsOfPlace(applying, todo))];
      if (found.length > 0) throw new PlanRefusedError(found);
    });
  const looked = await untold(applying, () => eventOf(applying, flowId, before, { ...way, course }, options));
  // Of one that was begun nobody is asked any more.
  const event: DifferenceEvent = earlier ? { ...looked, requests: [] } : looked;
  tell(event);
  if (since && !earlier) tellTheirs(changedSince(since, found), tell);
  if (seen.flow.state?.toLowerCase() === 'disabled') tellPaused(tell);
  if (isChange && !earlier) {
    const isApproved = await untold(applying, async () => {
      if (approve) return approve(event);
      if (event.isEmptying) throw new EmptyingError(event);
      return true;
    });
    if (!isApproved) throw new Stopped();
  }
  const after = isChange
    ? await sendChange(applying, { flowId, seen, before, todo, course, look: () => look('change') })
    : seen;
  const { flowSpec, sourceConnectionIds, targetConnectionIds, state } = before.flow;
  return prove(
    // A run that has sent nothing leaves nothing.
    { ...applying, journal: isChange ? journal : noJournal },
    after.flow,
    async (flow) =>
      compare(
        plan,
        flow,
        {
          ...(flowSpec ? { flowSpecId: flowSpec.id } : {}),
          ...(sourceConnectionIds ? { sourceConnectionId: sourceConnectionIds.join(', ') } : {}),
          ...(targetConnectionIds ? { targetConnectionId: targetConnectionIds.join(', ') } : {}),
          state: state?.toLowerCase(),
        },
        { ...after, set: await readSet(client, flow, options), account: seen.account },
      ),
  );
}

/** What others have changed since somebody looked: it stays. */
function tellTheirs(changes: readonly Change[], tell: Applying['tell']): void {
  if (changes.length === 0) return;
  // As it is now.
  const names = changes.map(({ segment, before, after, path }) => segment ?? after ?? before ?? path);
  const values = { found: [...new Set(names)] };
  tell({
    kind: 'finding',
    step: 'check',
    finding: { id: 'finding.theirs', severity: 'note', path: '$', values },
  });
}

/** Somebody may have paused it on purpose: an apply leaves it so, and its report says as little. @see flow-service.md, section 5.6 (5) */
const tellPaused = (tell: Applying['tell']): void => {
  tell({
    kind: 'finding',
    step: 'check',
    finding: { id: 'finding.paused', severity: 'warning', path: '$', values: {} },
  });
};
