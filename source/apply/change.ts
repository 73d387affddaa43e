import type { NamedSet } from '../activation/change/patch.ts';
import type { Flow } from '../flow-service/flows.ts';
import { activate } from './activate.ts';
import { readMade } from './once/read-made.ts';
import { untilSettled } from './once/settle.ts';
import { type Applying, requestOf } from './steps.ts';

/**
 * Makes a dataflow hold what the plan asks for: reads it, patches it once, and reads until the change is in.
 *
 * @param isProven - Whether a dataflow holds what was asked for.
 * @param set - What has the columns, where the card keeps them in a mapping set.
 * @returns The answer that ended the wait.
 * @throws FlowServiceError, DataflowChangedError, JournalError, Stopped
 * @see flow-service.md, sections 2.0.3 and 2.6
 */
export async function change(
  applying: Applying,
  flowId: string,
  isProven: (flow: Flow) => boolean,
  set?: NamedSet,
): Promise<Flow> {
  const { client, step, checkpoint, abort, stop } = applying;
  const readOnce = (): Promise<Flow> => client.getFlow(flowId, { signal: abort, stop });
  async function look(name: 'read' | 'settle'): Promise<Flow> {
    await checkpoint?.('intended', name);
    const answering = readMade(name, readOnce, applying);
    void checkpoint?.('sent', name);
    const flow = await answering;
    await checkpoint?.('answered', name);
    return flow;
  }
  const before = await step('read', () => look('read'));
  await step(
    'activate',
    () =>
      activate({
        ...applying,
        flowId,
        before,
        isProven,
        set,
        look: () => readMade('activate', readOnce, applying),
      }),
    requestOf,
  );
  return step('settle', () => untilSettled({ ...applying, read: () => look('settle'), isProven, before }));
}
