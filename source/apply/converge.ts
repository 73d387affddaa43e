import { exportingOf } from './check/under-way.ts';
import { setLink } from '../activation/activation.ts';
import { type Change, changesOf, rescheduled } from '../activation/change/changes.ts';
import { empties } from '../activation/change/aim.ts';
import type { Extras } from '../activation/change/patch.ts';
import { exportsDataSets } from '../activation/plan-of-flow.ts';
import type { Plan } from '../activation/plan/plan.ts';
import type { Problem } from '../activation/plan/problem.ts';
import { writesAs } from '../activation/content/mapping-set.ts';
import { compare, type Report } from '../activation/report.ts';
import { documented } from '../activation/spec/catalog.ts';
import { sameId } from '../activation/same-id.ts';
import type { FlowService } from '../flow-service/client.ts';
import type { Connection } from '../flow-service/connections.ts';
import { type Flow, readAgain } from '../flow-service/flows.ts';
import type { CallOptions } from '../flow-service/transport.ts';
import { PlanRefusedError } from './check/plan-refused.ts';
import { problemsOfKeys, problemsOfNew, problemsOfPlace } from './check/change-check.ts';
import { changeRequests } from './change-requests.ts';
import type { DifferenceEvent, PatchRequest } from './events.ts';
import { type Found, noJournal } from './journal/journal.ts';
import {
  changedSince,
  courseOf,
  exportsInClear,
  type Live,
  moveOf,
  namesOneOf,
  readFlow,
  readLive,
  readPlaceFor,
  readSet,
  sharers,
  whereElse,
} from './live.ts';
import { patchOnce } from './once/patch-once.ts';
import { readQuiet } from './once/quiet.ts';
import { untilSettled } from './once/settle.ts';
import { whoseIs } from './once/whose.ts';
import { courseOfSet, type SetCourse, setFor } from './mapping-set.ts';
import { prove } from './prove.ts';
import { allSettledOrThrow, type Applying, untold } from './steps.ts';
import { Stopped } from './stopped.ts';

/** A destination by its name, where it is documented; a flow spec has none. */
const named = (id: string): string => {
  const name = documented(id)?.name;
  return name === undefined ? id : `${name} (${id})`;
};

/** A dataflow cannot be moved to another destination, nor to another flow spec: that needs a new one. */
export class OtherDestinationError extends Error {
  override readonly name = 'OtherDestinationError';
  readonly kind = 'otherDestination';
  readonly id: string;
  readonly found: readonly string[];
  readonly connectionSpecId: string;
  constructor(id: string, found: string, wanted: string, of: 'destination' | 'flowSpec' = 'destination') {
    super(`dataflow ${id} is of ${found}, not of ${wanted}`);
    this.id = id;
    this.found = [of === 'flowSpec' ? found : named(found)];
    this.connectionSpecId = of === 'flowSpec' ? wanted : named(wanted);
  }
}

/** A dataflow exports datasets: no plan, which is about segments, can be about it. */
export class DataSetsError extends Error {
  override readonly name = 'DataSetsError';
  readonly kind = 'ofDataSets';
  readonly id: string;
  /** What the dataflow is called. */
  readonly found: readonly string[];
  constructor({ id = '', name = id }: Pick<Flow, 'id' | 'name'>) {
    super(`dataflow ${id} exports datasets`);
    this.id = id;
    this.found = [name];
  }
}

/** A change would leave little or nothing of a dataflow, and nobody has said its name. */
export class EmptyingError extends Error {
  override readonly name = 'EmptyingError';
  readonly kind = 'emptying';
  readonly id: string;
  /** What the dataflow is called. */
  readonly found: readonly string[];
  constructor({ flowId, name }: Pick<DifferenceEvent, 'flowId' | 'name'>) {
    super(`most segments of ${flowId} would go`);
    this.id = flowId;
    this.found = [name];
  }
}

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
  const after = await send();
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

  /** Each object once, the storage location first; then both are read. */
  async function send(): Promise<Live> {
    if (!isChange) return seen;
    let { target } = seen;
    const { hasNoTarget } = seen;
    let last = seen;
    const noted = noteFirst(applying, seen, () => last);
    const withRequest = ({ requestId }: { requestId?: string | undefined }) =>
      requestId === undefined ? {} : { requestId };
    if (todo.target.length > 0 && target) {
      const { id } = target;
      const read = (): Promise<Connection> => client.getConnection('targetConnections', id, options);
      const patch = {
        step: 'location' as const,
        before: target,
        look: read,
        next(now: Connection) {
          last = { ...last, target: now };
          return todo.nextOfTarget(now);
        },
        isTaken: todo.isInTarget,
        ...(earlier?.sent.has('location') === true
          ? { sentOver: earlier.over?.target ? { ...target, ...earlier.over.target } : before.target }
          : {}),
        send: (etag: string | undefined, body: PatchRequest['body']) =>
          client.patchConnection('targetConnections', id, etag, body, options),
      };
      await step('location', () => patchOnce<Connection>({ ...noted, ...patch }), withRequest);
      target = await untold(applying, read);
    }
    if (!isFlowChange) return { flow: seen.flow, target, hasNoTarget };
    let move = course && moveOf(before.flow, await setFor(noted, course, todo.lines));
    const own = move;
    /** Somebody else may have made the same of the columns meanwhile, in another set or version: that is kept. */
    const agreed = async (flow: Flow): Promise<Flow> => {
      if (!move || namesOneOf(flow, move)) return flow;
      const set = await readSet(client, flow, options);
      if (set && writesAs(set, { lines: todo.lines, raw: before.set?.raw })) {
        move = { ...move, to: set };
        await noted.journal.note({ kind: 'named', set: { id: set.id, version: set.version }, isFound: true });
      }
      return flow;
    };
    const patch = {
      step: 'change' as const,
      before: await untold(applying, () => agreed(seen.flow)),
      look: async () => agreed(await look('change')),
      next(flow: Flow) {
        last = { ...last, flow };
        return todo.nextOfFlow(flow, move);
      },
      isTaken: (flow: Flow) => todo.isInFlow(flow, move),
      ...(earlier?.sent.has('change') === true ? { sentOver: overOf(earlier, before.flow) } : {}),
      whose: (flow: Flow, over: Flow, sent: PatchRequest['body'] | undefined) =>
        whoseIs(flow, over, () => sent ?? todo.nextOfFlow(over, namesOneOf(over, own) ? own : move)),
      send: (etag: string | undefined, body: PatchRequest['body']) =>
        client.patchFlow(flowId, etag, body, options),
    };
    await step('change', () => patchOnce<Flow>({ ...noted, ...patch }), withRequest);
    const flow = await step('settle', () =>
      untilSettled({
        ...applying,
        read: () => readFlow(client, flowId, options),
        isProven: (flow) => todo.isInFlow(flow, move),
        before: earlier?.patched.has('change') === true ? before.flow : last.flow,
      }),
    );
    return { flow, target, hasNoTarget };
  }
}

/** What an earlier attempt has sent its change over. */
const overOf = ({ over }: NonNullable<Applying['earlier']>, found: Flow): Flow =>
  over?.flow === undefined ? found : readAgain(over.flow);

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

/** What it takes to look ahead. */
export interface Looking extends Pick<Applying, 'clock' | 'stop' | 'settleMs' | 'elsewhere'> {
  readonly client: FlowService;
  readonly extras: Extras;
  /** Told while something is done to the dataflow: what is read meanwhile means nothing. */
  readonly tell: Parameters<typeof readQuiet>[3];
}

/**
 * What an apply would do to the dataflow of a plan; only reads.
 *
 * @throws FlowMissingError, OtherDestinationError, DataSetsError, FlowBusyError, FlowServiceError, Stopped
 */
export async function lookAhead(
  plan: Plan,
  flowId: string,
  looking: Looking,
): Promise<{ event: DifferenceEvent; live: Live }> {
  const { client, extras, stop, tell } = looking;
  const options = { stop };
  const read = (): Promise<Flow> => readFlow(client, flowId, options);
  const flow = await readQuiet(read, 'read', looking, tell).catch(whereElse(flowId, looking.elsewhere));
  const live = await readLive(client, plan, flow, options);
  requireSameDestination(plan, live);
  const way = courseOf({ plan, extras }, live);
  const course = await courseOfSet({ client, made: {}, ...options }, flowId, live, way.todo);
  return { event: await eventOf({ client, plan }, flowId, live, { ...way, course }, options), live };
}

async function eventOf(
  { client, plan }: Pick<Applying, 'client' | 'plan'>,
  flowId: string,
  live: Live,
  { wanted, found, aimed, todo, course }: ReturnType<typeof courseOf> & { course: SetCourse | undefined },
  options: CallOptions,
): Promise<DifferenceEvent> {
  const { flow, target } = live;
  const isMoved = todo.target.length > 0 && target !== undefined;
  const alsoReaches = isMoved ? await sharers(client, flowId, target.id, options) : [];
  const here = isMoved ? [flowId, ...alsoReaches.map(({ id }) => id)] : [];
  return {
    kind: 'difference',
    flowId,
    name: flow.name ?? flowId,
    differences: changesOf(wanted, aimed, found),
    schedules: rescheduled(aimed, found),
    // What would leave unencrypted is only told.
    requests: exportsInClear(plan, live.account) ? [] : changeRequests(plan, flowId, live, todo, course),
    alsoReaches,
    exporting: await exportingOf(client, here, options),
    isEmptying: empties(aimed, found),
    ...(target?.baseConnectionId === undefined ? {} : { accountId: target.baseConnectionId }),
    ...(live.set?.isGone === true ? { lostSet: setLink(live.set) } : {}),
  };
}

/** What there was, and what of it others have changed since, is on the disk before anything is sent. */
function noteFirst(applying: Applying, before: Live, now: () => Live): Applying {
  let isNoted = applying.earlier?.found !== undefined;
  // An earlier attempt has noted something else than this one reads.
  const noted: { flow?: Flow; target?: Connection | undefined } = isNoted ? {} : { ...before };
  return {
    ...applying,
    journal: {
      async note(note) {
        if (note.kind === 'intent' && !isNoted) {
          isNoted = true;
          await applying.journal.note({ kind: 'found', ...asKept(before) });
        }
        if (note.kind === 'intent' && (note.step === 'change' || note.step === 'location')) {
          const { flow, target } = now();
          const isFlow = note.step === 'change';
          if (isFlow ? noted.flow !== flow : noted.target !== target)
            await applying.journal.note({ kind: 'over', step: note.step, ...asKept({ flow, target }) });
          Object.assign(noted, isFlow ? { flow } : { target });
        }
        await applying.journal.note(note);
      },
    },
  };
}

const asKept = ({ flow, target, set }: Live): Found => ({
  flow: flow.raw,
  ...(set ? { set } : {}),
  ...(target
    ? {
        target: {
          id: target.id,
          baseConnectionId: target.baseConnectionId,
          // What an absent param means is the card's.
          connectionSpec: target.connectionSpec,
          params: target.params,
          etag: target.etag,
        },
      }
    : {}),
});

/** What an earlier attempt found. */
export const foundOf = ({ flow, target, set }: Found): Live => ({
  flow: readAgain(flow),
  ...(target ? { target } : { hasNoTarget: true }),
  set,
});

function requireSameDestination({ destination }: Plan, { flow, target }: Live): void {
  if (exportsDataSets(flow)) throw new DataSetsError(flow);
  const { connectionSpecId, flowSpecId } = destination;
  const [spec, flowSpec] = [target?.connectionSpec?.id, flow.flowSpec?.id];
  if (spec !== undefined && !sameId(spec, connectionSpecId))
    throw new OtherDestinationError(flow.id ?? '', spec, connectionSpecId);
  if (flowSpecId !== undefined && flowSpec !== undefined && !sameId(flowSpec, flowSpecId))
    throw new OtherDestinationError(flow.id ?? '', flowSpec, flowSpecId, 'flowSpec');
}
