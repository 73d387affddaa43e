import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { establish } from '../../source/apply/establish.ts';
import type { Applying } from '../../source/apply/steps.ts';
import type { FlowService } from '../../source/flow-service/client.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import { segment } from '../../source/flow-service/segments.ts';
import { failureOf } from '../helpers/answers.ts';
import { futurePlan } from '../helpers/runs.ts';
import { applyingWith, clientThat } from '../helpers/shelves.ts';

const s3 = '4890fc95-5a1f-4983-94bb-e060c08e3f81';
const shared = '71471eba-b620-49e4-90fd-23f1fa0174d8';
const store = '8a9c3494-9708-43d7-ae3f-cda01e5030e1';
const plan: Plan = {
  ...futurePlan,
  destination: { ...futurePlan.destination, connectionSpecId: s3 },
};
const withheld = () => Promise.reject(new RefusedError({ method: 'GET', path: '/' }, 403, {}));
const leads = (id: string, target = s3) => ({
  id,
  name: id,
  sourceConnectionSpecIds: [store],
  targetConnectionSpecIds: [target],
});

/** A platform that tells nothing, and takes everything. */
function rig(calls: Partial<FlowService> = {}, more: Partial<Applying> = {}) {
  const flows: object[] = [];
  const client = clientThat({
    listFlowSpecs: withheld,
    listSandboxes: withheld,
    getSegment: withheld,

    async *listSegments() {
      await withheld();
    },
    getUnionSchema: withheld,
    getConnectionSpecs: withheld,
    createConnection: () => Promise.resolve({ id: 'C', requestId: 'R1' }),
    createSourceConnection: () => Promise.resolve({ id: 'S', requestId: 'R2' }),
    createTargetConnection: () => Promise.resolve({ id: 'T' }),
    createFlow(body) {
      flows.push(body);
      return Promise.resolve({ id: 'F', requestId: 'R4' });
    },
    ...calls,
  });
  const { applying, told, noted } = applyingWith({ client, plan, ...more });
  return { applying, told, noted, flows };
}

describe('the objects of a run', () => {
  it('are told with their ids and what their requests are called', async () => {
    const { applying, told } = rig();
    await establish(applying);
    const made = told.flatMap((one) => (one.kind === 'succeeded' ? [[one.step, one.id, one.requestId]] : []));
    expect(made).toEqual([
      ['source-base-connection', 'C', 'R1'],
      ['target-base-connection', 'C', 'R1'],
      ['source-connection', 'S', 'R2'],
      ['target-connection', 'T', undefined],
      ['flow', 'F', 'R4'],
    ]);
    expect(applying.made).toEqual({
      sourceBaseConnectionId: 'C',
      targetBaseConnectionId: 'C',
      sourceConnectionId: 'S',
      targetConnectionId: 'T',
      flowId: 'F',
    });
  });

  it.each<[string, Plan['source'], string[]]>([
    ['an account of the source side', { baseConnectionId: 'A0' }, ['connections A0']],
    ['a source connection', { sourceConnectionId: 'S0' }, ['sourceConnections S0']],
  ])('stand on what the plan names, once it was looked at: %s', async (_, source, wanted) => {
    const asked: string[] = [];
    const { applying, told, flows } = rig(
      {
        getConnection(collection, id) {
          asked.push(`${collection} ${id}`);
          return Promise.resolve({ id, state: 'enabled', connectionSpec: { id: store.toUpperCase() } });
        },
      },
      { plan: { ...plan, source } as Plan },
    );
    await establish(applying);
    expect(asked).toEqual(wanted);
    expect(told.filter((one) => one.kind === 'succeeded' && one.isReused)).toHaveLength(1);
    expect(flows).toMatchObject([
      { sourceConnectionIds: [source && 'sourceConnectionId' in source ? 'S0' : 'S'] },
    ]);
  });

  it('do not stand on a connection of something else', async () => {
    const { applying, noted } = rig(
      { getConnection: (_, id) => Promise.resolve({ id, connectionSpec: { id: s3 } }) },
      { plan: { ...plan, source: { baseConnectionId: 'A0' } } },
    );
    expect(await failureOf(establish(applying))).toMatchObject({ kind: 'foreignConnection', found: [s3] });
    expect(noted).toEqual([]);
  });

  it('that are there are not made again', async () => {
    const made = { targetBaseConnectionId: 'B', targetConnectionId: 'T0' };
    const { applying, told } = rig({}, { made });
    await establish(applying);
    expect(told.filter((one) => one.kind === 'succeeded' && one.isEarlier)).toEqual([
      { kind: 'succeeded', step: 'target-base-connection', ms: 0, id: 'B', isEarlier: true },
      { kind: 'succeeded', step: 'target-connection', ms: 0, id: 'T0', isEarlier: true },
    ]);
  });

  it('are given up by the real failure, not by what it stopped', async () => {
    const error = new RefusedError({ method: 'POST', path: '/' }, 422, { serverMessage: 'no' });
    const { applying } = rig({
      createConnection: () => Promise.resolve({ id: 'C' }),
      createTargetConnection: () => Promise.reject(error),
      createSourceConnection: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        return { id: 'S' };
      },
    });
    expect(await failureOf(establish(applying))).toBe(error);
  });
});

describe('the flow spec', () => {
  const specOf = (flows: readonly object[]) =>
    flows.map((body) => (body as { flowSpec: { id: string } }).flowSpec.id);

  it.each<[string, ReturnType<typeof leads>[] | undefined, string, boolean]>([
    ['that is known, where nobody may list them', undefined, shared, false],
    [
      'that is known, where it is among those listed',
      [leads('other'), leads(shared.toUpperCase())],
      shared,
      false,
    ],
    ['that fits, where the known one is gone', [leads('elsewhere', store), leads('other')], 'other', true],
  ])('is the one %s', async (_, listed, wanted, isLookedUp) => {
    const { applying, flows, told } = rig(listed ? { listFlowSpecs: () => Promise.resolve(listed) } : {});
    expect((await establish(applying)).flowSpecId).toBe(wanted);
    expect(specOf(flows)).toEqual([wanted]);
    const step = told.filter((one) => 'step' in one && one.step === 'flow-spec');
    expect(step.at(-1)).toEqual(
      isLookedUp ? expect.objectContaining({ kind: 'succeeded', id: wanted }) : undefined,
    );
  });

  it('is the one of the plan, where it names one', async () => {
    const named = { ...plan, destination: { ...plan.destination, flowSpecId: 'mine' } };
    const { applying, flows } = rig({}, { plan: named });
    await establish(applying);
    expect(specOf(flows)).toEqual(['mine']);
  });
});

describe('the look before the first write', () => {
  it('takes the time that it takes, and finds in the order of the answers', async () => {
    let nowMs = 0;
    const { applying, told } = rig(
      {
        async listSandboxes() {
          nowMs += 50;
          return Promise.resolve([]);
        },
        async *listSegments() {
          await new Promise((resolve) => setTimeout(resolve, 5));
          yield { segments: [] } as never;
        },
      },
      { clock: () => (nowMs += 1000) },
    );
    const error = await failureOf(establish(applying));
    expect((error as { problems: { id: string }[] }).problems.map(({ id }) => id)).toEqual([
      'platform.sandboxUnknown',
      'platform.segmentUnknown',
      'platform.segmentUnknown',
    ]);
    const failed = told.find((one) => one.kind === 'failed');
    expect(failed).toMatchObject({ step: 'check', ms: 1050 });
  });

  it.each([1, 3, 4, 12])('asks for %i segments no longer than until it has them', async (count) => {
    const [one] = plan.segments;
    if (!one) throw new Error('no segment');
    const ids = Array.from(
      { length: count },
      (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    );
    const known = ids.map((id) =>
      segment.parse({ id: id.toUpperCase(), name: one.name, lifecycleState: 'published' }),
    );
    const asked: string[] = [];
    const { applying } = rig(
      {
        getSegment(id) {
          asked.push('one');
          const found = known.find((each) => each.id.toLowerCase() === id);
          return found ? Promise.resolve(found) : withheld();
        },
        async *listSegments() {
          await Promise.resolve();
          for (let page = 1; page <= 5; page++) {
            asked.push(`page ${page}`);
            yield { segments: page === 2 ? known : [segment.parse({ id: `x${page}` })] } as never;
          }
        },
      },
      { plan: { ...plan, segments: ids.map((id) => ({ ...one, id })) } },
    );
    await establish(applying);
    expect(asked).toEqual(count <= 3 ? Array(count).fill('one') : ['page 1', 'page 2']);
  });

  it('is not taken again by a run that has written', async () => {
    const earlier = {
      made: {},
      doubts: {},
      sent: new Set(['activate' as const]),
      hadDoubt: false,
      patched: new Set<never>(),
      found: undefined,
      isPruned: false,
    };
    const { applying, told } = rig({ listSandboxes: () => Promise.resolve([]) }, { earlier });
    await establish(applying);
    expect(told.some((one) => 'step' in one && one.step === 'check')).toBe(false);
  });
});
