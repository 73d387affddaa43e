import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Activation } from '../../source/activation/activation.ts';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { ofPlan } from '../../source/activation/of-plan.ts';
import { difference } from '../../source/activation/difference.ts';
import { patchOf } from '../../source/activation/change/patch.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { compare } from '../../source/activation/report.ts';
import { execute } from '../../source/apply/execute.ts';
import { type Emulator, startEmulator } from '../../source/emulator/server.ts';
import type { FlowService } from '../../source/flow-service/client.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import type { Flow } from '../../source/flow-service/flows.ts';
import { clientOf } from '../helpers/answers.ts';
import { authParams, futurePlan, orgId } from '../helpers/runs.ts';

const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

/** A platform that holds the plan of the tests already. */
async function applied(): Promise<{ client: FlowService; flowId: string }> {
  const emulator = await startEmulator({ segments: 20, patchDelayMs: 5 });
  running.push(emulator);
  const client = clientOf(emulator.url, { orgId });
  const services = { client, authParams, run: '0a1b2c3d', clock: () => performance.now() };
  for await (const event of execute(futurePlan, services))
    if (event.kind === 'result' && event.flowId !== undefined) return { client, flowId: event.flowId };
  throw new Error('an apply without a dataflow');
}

/** Sends what is missing, and waits until the platform has it. */
async function change(client: FlowService, flowId: string, wanted: Activation): Promise<Flow> {
  for (let isSent = false; !isSent;) {
    const flow = await client.getFlow(flowId);
    const sending = client.patchFlow(flowId, flow.etag ?? '', patchOf(wanted, flow, 'prune'));
    // The service touches what is new by itself: then all indexes are made anew from another read.
    isSent = await sending.then(
      () => true,
      (error: unknown) => {
        if (error instanceof RefusedError && error.status === 412) return false;
        throw error;
      },
    );
  }
  return vi.waitFor(async () => {
    const after = await client.getFlow(flowId);
    expect(patchOf(wanted, after, 'prune')).toEqual([]);
    expect(after.lastOperation?.progress).toBe('completed');
    return after;
  }, 40_000);
}

const [first, second] = futurePlan.segments;
if (!first || !second) throw new Error('no segments');
const { attributes } = futurePlan;

describe('a platform takes the patch that', () => {
  it.each<[string, Partial<Plan>]>([
    ['drops a segment', { segments: [second] }],
    [
      'swaps the segments for one with another schedule',
      {
        segments: [
          {
            ...second,
            exportMode: 'DAILY_FULL_EXPORT',
            schedule: { ...second.schedule, frequency: 'DAILY', endDate: undefined },
          },
        ],
      },
    ],
    ['drops all segments', { segments: [] }],
    [
      'turns the columns round',
      { attributes: { ...attributes, selected: [...attributes.selected].reverse() } },
    ],
    [
      'drops columns, fields and keys',
      { attributes: { selected: attributes.selected.slice(0, 2), mandatory: [], deduplication: [] } },
    ],
    ['renames and describes', { name: 'Another', description: 'For the mountains' }],
  ])(
    '%s, and the way back',
    async (_, more) => {
      const { client, flowId } = await applied();
      const before = await client.getFlow(flowId);
      const plan: Plan = { ...futurePlan, ...more };
      const after = await change(client, flowId, ofPlan(plan));
      expect(compare(plan, after)).toMatchObject({ isVerified: true, isReordered: false });
      // The marker of the run is how its objects are found again.
      expect(after.description).toContain('ferry run 0a1b2c3d');

      const back = await change(client, flowId, ofFlow(before));
      expect(difference(ofFlow(before), ofFlow(back)).filter(({ kind }) => kind !== 'same')).toEqual([]);
      expect(back.description).toBe(before.description);
    },
    60_000,
  );
});
