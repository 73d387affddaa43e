import { writesAs } from '../../activation/content/mapping-set.ts';
import type { Connection } from '../../flow-service/connections.ts';
import type { Flow } from '../../flow-service/flows.ts';
import { moveOf, namesOneOf, type ToDo } from './course.ts';
import type { PatchRequest } from '../events.ts';
import { noteFirst, overOf } from './found.ts';
import { type Live, readFlow, readSet } from './live.ts';
import { type SetCourse, setFor } from '../mapping-set.ts';
import { patchOnce } from '../once/patch-once.ts';
import { untilSettled } from '../once/settle.ts';
import { whoseIs } from '../once/whose.ts';
import { type Applying, requestOf, untold } from '../steps.ts';

/** What is to be sent of a change, and how it is looked at. */
interface Sending {
  readonly flowId: string;
  /** As it was read just now. */
  readonly seen: Live;
  /** As the run found it, in an earlier attempt maybe. */
  readonly before: Live;
  readonly todo: ToDo;
  readonly course: SetCourse | undefined;
  /** The dataflow, once nothing is done to it. */
  readonly look: () => Promise<Flow>;
}

/**
 * Sends each object once, the storage location first; then both are read.
 *
 * @throws like `converge`
 */
export async function sendChange(
  applying: Applying,
  { flowId, seen, before, todo, course, look }: Sending,
): Promise<Live> {
  const { client, step, earlier, abort, stop } = applying;
  const options = { signal: abort, stop };
  let { target } = seen;
  const { hasNoTarget } = seen;
  let last = seen;
  const noted = noteFirst(applying, seen, () => last);
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
    await step('location', () => patchOnce<Connection>({ ...noted, ...patch }), requestOf);
    target = await untold(applying, read);
  }
  if (todo.flow.length + todo.columns.length === 0) return { flow: seen.flow, target, hasNoTarget };
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
    look: async () => agreed(await look()),
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
  await step('change', () => patchOnce<Flow>({ ...noted, ...patch }), requestOf);
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
