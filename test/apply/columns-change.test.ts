import { describe, expect, it, vi } from 'vitest';
import { linkedSet } from '../../source/activation/linked-set.ts';
import { columnsOf, mappingLine } from '../../source/activation/content/columns.ts';
import { mappingSetBody } from '../../source/activation/content/mapping-set.ts';
import type { Plan, Selected } from '../../source/activation/plan/plan.ts';
import { lookAhead } from '../../source/apply/live/look-ahead.ts';
import type { ApplyEvent } from '../../source/apply/events.ts';
import { execute } from '../../source/apply/execute.ts';
import type { ApplyServices } from '../../source/apply/services.ts';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { activationOn, type LiveHere, liveOn } from '../helpers/live.ts';
import { applyHere, rollBackHere } from '../helpers/runs.ts';
import { newerParams, newerPlan } from '../helpers/newer-plan.ts';

async function rig(options: EmulatorOptions = {}): Promise<LiveHere & { setId: string }> {
  const emulator = await emulatorWith({ segments: 20, patchDelayMs: 5, strictCards: true, ...options });
  const live = await liveOn(emulator, newerPlan, { authParams: newerParams });
  const { id } = linkedSet(await live.client.getFlow(live.flowId)) ?? { id: '' };
  return { ...live, setId: id };
}

const withColumns = (
  plan: Plan,
  selected: readonly Selected[],
  more: Partial<Plan['attributes']> = {},
): Plan => ({
  ...plan,
  attributes: { ...plan.attributes, selected: [...selected], ...more },
});

const writesSince = ({ emulator, flowId }: LiveHere, before: number): string[] =>
  emulator.requests
    .slice(before)
    .filter(({ method }) => method !== 'GET')
    .map(
      ({ method, path }) =>
        `${method} ${path.replace(/.*(flowservice|conversion)/, '').replace(flowId, 'ID')}`,
    );

/** Applies a plan to its dataflow: how it ended, what was written, and what was told before. */
async function changed(live: LiveHere, plan: Plan, services: Partial<ApplyServices> = {}) {
  const { emulator, client } = live;
  const before = emulator.requests.length;
  const events: ApplyEvent[] = [];
  const all = { client, authParams: {}, run: 'c0c0c0c0', clock: () => performance.now(), ...services };
  for await (const event of execute(plan, { extras: 'prune', ...all })) events.push(event);
  const last = events.at(-1);
  if (last?.kind !== 'result') throw new Error('no result');
  const writes = writesSince(live, before);
  const difference = events.find((one) => one.kind === 'difference');
  const errors = events.flatMap((one) => (one.kind === 'failed' ? [one.error] : []));
  return { ...last, writes, difference, errors };
}

/** Another version of the set, by somebody else, with the schemas that it has. */
async function putByStranger(
  { client, setId }: LiveHere & { setId: string },
  columns: readonly Selected[],
  more: object = {},
) {
  const { inputSchema, outputSchema } = await client.dataPrep.getMappingSet(setId, 0);
  const schemas = { inputSchemaId: inputSchema?.id ?? '', outputSchemaId: outputSchema?.id ?? '' };
  const body = mappingSetBody(schemas, columnsOf(columns).map(mappingLine), more);
  return client.dataPrep.putMappingSet(setId, body);
}

/** The dataflow names a version of the set, which somebody else has made. @returns that the change may go on */
async function nameByStranger(
  { client, flowId, setId }: LiveHere & { setId: string },
  version: number | undefined,
): Promise<boolean> {
  const { etag = '' } = await client.getFlow(flowId);
  const value = { mappingId: setId, mappingVersion: version };
  const path = '/transformations/0/params/profileMapping';
  await client.patchFlow(flowId, etag, [{ op: 'add', path, value }]);
  return true;
}

const names = async (live: LiveHere): Promise<string[]> =>
  (await activationOn(live)).columns.items.map(({ name }) => name);
const named = async ({ client, flowId }: LiveHere) => linkedSet(await client.getFlow(flowId));

const status = 'segmentMembership.seg_namespace.seg_id.status';
const [first = '', ...rest] = newerPlan.attributes.selected;

describe.concurrent('the columns of a live dataflow', () => {
  it('are changed by the next version of its set, and then by the patch that names it', async () => {
    const live = await rig();
    const wish = [{ path: 'person.name.firstName', column: 'GIVEN' }, 'identityMap.Email', 'person.gender'];
    const before = live.emulator.requests.length;
    const { outcome, writes, difference } = await changed(live, withColumns(live.plan, wish));
    expect(outcome).toBe('verified');
    // Its own set needs no look between the version that is made and the patch that names it.
    const calls = live.emulator.requests.slice(before);
    const ofSets = calls.filter(({ method, path }) => method === 'PATCH' || path.includes('/mappingSets/'));
    expect(ofSets.map(({ method }) => method)).toEqual(['GET', 'GET', 'PUT', 'PATCH', 'GET']);
    expect(writes.slice(0, 2)).toEqual(['POST /schemas', 'POST /schemas']);
    expect(writes.slice(2)).toEqual([`PUT /mappingSets/${live.setId}`, 'PATCH /flows/ID']);
    expect(await names(live)).toEqual([
      'person.name.firstName → GIVEN',
      'identityMap.Email',
      'person.gender',
    ]);
    expect(await named(live)).toEqual({ id: live.setId, version: 1 });
    expect(difference?.differences.map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ['removed', 'personalEmail.address', undefined],
      ['removed', status, undefined],
      ['changed', 'FIRST', 'GIVEN'],
      ['added', undefined, 'person.gender'],
    ]);
  });

  it('are told before anything is sent, request by request', async () => {
    const live = await rig();
    const looking = { client: live.client, extras: 'prune' as const, clock: () => 0, tell: () => undefined };
    const only = withColumns(live.plan, rest.toReversed());
    const { event } = await lookAhead(only, live.flowId, looking);
    expect(event.requests.map(({ step, method, body }) => [step, method, body])).toEqual([
      [
        'columns',
        'PUT',
        expect.objectContaining({ mappings: columnsOf(rest.toReversed()).map(mappingLine) }),
      ],
      [
        'change',
        'PATCH',
        [
          {
            op: 'add',
            path: '/transformations/0/params/profileMapping',
            value: { mappingId: live.setId, mappingVersion: 1 },
          },
        ],
      ],
    ]);
    expect(live.emulator.count('mappingSets')).toBe(1);
  });

  it.each<[string, Selected[]]>([
    ['another order', newerPlan.attributes.selected.toReversed()],
    ['one fewer', newerPlan.attributes.selected.slice(1)],
  ])('come in %s without another schema', async (_, selected) => {
    const live = await rig();
    const { outcome, writes } = await changed(live, withColumns(live.plan, selected));
    expect(outcome).toBe('verified');
    expect(writes).toEqual([`PUT /mappingSets/${live.setId}`, 'PATCH /flows/ID']);
    expect(await names(live)).toEqual(
      columnsOf(selected).map(({ path, column }) =>
        column === 'FIRST' ? `${path} → ${column}` : path.replace('segmentMembership.status', status),
      ),
    );
  });

  it('make room, where nothing is pruned, for one of the same source, name or identity', async () => {
    const live = await rig();
    const wish = [
      { path: 'person.name.firstName', column: 'GIVEN' },
      { path: 'person.gender', column: 'personalEmail_address' },
      'identityMap.ECID',
    ];
    const plan = withColumns(live.plan, wish, { mandatory: [], deduplication: [] });
    const { difference, errors } = await changed(live, plan, {
      extras: 'keep',
      approve: () => Promise.resolve(false),
    });
    expect(errors).toEqual([]);
    expect(difference?.differences.map(({ kind, before, after }) => [kind, before, after])).toEqual([
      ['removed', 'identityMap.Email', undefined],
      ['changed', 'FIRST', 'GIVEN'],
      ['changed', 'personalEmail.address', 'person.gender'],
      ['added', undefined, 'identityMap.ECID'],
      ['reordered', undefined, expect.stringMatching(/identityMap\.ECID$/)],
      ['kept', status, undefined],
    ]);
  });

  it('take a version that nobody names and that is equal, whoever made it, with its schemas', async () => {
    const live = await rig({ strictCards: false });
    const wish = [...newerPlan.attributes.selected.slice(1), 'person.gender'];
    await putByStranger(live, [first]);
    await putByStranger(live, wish);
    const { outcome, writes } = await changed(live, withColumns(live.plan, wish));
    expect([outcome, writes]).toEqual(['verified', ['PATCH /flows/ID']]);
    expect(await named(live)).toEqual({ id: live.setId, version: 2 });
  });

  it('do not take one that is not', async () => {
    const live = await rig();
    await putByStranger(live, [first]);
    const { outcome, writes } = await changed(live, withColumns(live.plan, rest));
    expect([outcome, writes]).toEqual(['verified', [`PUT /mappingSets/${live.setId}`, 'PATCH /flows/ID']]);
    expect(await named(live)).toEqual({ id: live.setId, version: 2 });
  });

  it('are found where the service only echoes what was sent', async () => {
    const live = await rig({ putAnswer: 'echo' });
    await putByStranger(live, [first]);
    const { outcome } = await changed(live, withColumns(live.plan, rest));
    expect(outcome).toBe('verified');
    expect(await named(live)).toEqual({ id: live.setId, version: 2 });
  });

  it('get a set of their own where the dataflow has none, and none again when that is undone', async () => {
    const live = await rig();
    const { etag = '' } = await live.client.getFlow(live.flowId);
    const path = '/transformations/0/params/profileMapping';
    await live.client.patchFlow(live.flowId, etag, [{ op: 'add', path, value: {} }]);
    expect(await names(live)).toEqual([]);
    const run = { ...live, run: 'c0c0c0c0' };
    const before = live.emulator.requests.length;
    expect((await applyHere(run)).outcome).toBe('verified');
    expect(writesSince(live, before)).toEqual([
      ...['POST /schemas', 'POST /schemas', 'POST /mappingSets', 'PATCH /flows/ID'],
    ]);
    expect(await names(live)).toHaveLength(newerPlan.attributes.selected.length);
    const events = await rollBackHere(run);
    expect(events.at(-1)).toMatchObject({ outcome: 'rolledBack', left: 2 });
    expect(events).toContainEqual(expect.objectContaining({ kind: 'removed', step: 'mapping-set' }));
    expect([await names(live), await named(live)]).toEqual([[], undefined]);
    expect(live.emulator.count('mappingSets')).toBe(1);
  });

  it.each([
    ['named, where it comes while it is looked for', 20_000, { outcome: 'rolledBack', left: 1 }],
    ['not called undone, where nobody waits for it', 0, { outcome: 'notRolledBack' }],
  ])('are, in a version that comes after its run was killed, %s', async (_, doubtMs, wanted) => {
    const live = await rig();
    const run = { ...live, run: 'c0c0c0c0', plan: withColumns(live.plan, rest) };
    // What is on the disk is the same, whether it was sent or not.
    const diesAt = { point: 'intended', step: 'columns' } as const;
    await applyHere({ ...run, diesAt, services: { extras: 'prune' } });
    await live.emulator.idle();
    const [isWaited, seen] = [doubtMs > 0, live.emulator.requests.length];
    const looks = (): number =>
      live.emulator.requests.slice(seen).filter(({ path }) => path.includes('/mappingSets/')).length;
    const late =
      isWaited &&
      vi
        .waitUntil(() => looks() > 2, { timeout: 60_000, interval: 20 })
        .then(() => putByStranger(live, rest));
    const stopped = isWaited ? {} : { stop: AbortSignal.abort() };
    const events = await rollBackHere(run, { doubtMs, ...stopped });
    await late;
    expect(events.at(-1)).toMatchObject(wanted);
    const of = events.flatMap((one) => ('step' in one && one.step === 'columns' ? [one.kind] : []));
    expect(of).toEqual(isWaited ? ['waiting', 'left'] : ['kept']);
    expect((await named(live))?.version).toBe(0);
  });

  it('stay another’s where somebody has named a third set meanwhile', async () => {
    const live = await rig();
    const { version } = await putByStranger(live, [first, 'identityMap.Email']);
    const plan = withColumns(live.plan, rest);
    const { outcome, errors, writes } = await changed(live, plan, {
      approve: () => nameByStranger(live, version),
    });
    expect(outcome).toBe('failed');
    expect(errors).toMatchObject([
      {
        kind: 'conflict',
        conflicts: [
          {
            part: 'column',
            before: `${live.setId} · 0`,
            theirs: `${live.setId} · 1`,
            yours: `${live.setId} · 2`,
          },
        ],
      },
    ]);
    expect(writes.filter((one) => one.startsWith('PATCH'))).toHaveLength(2);
    expect(await named(live)).toEqual({ id: live.setId, version: 1 });
  });

  it.each([
    ['writes', {}, 'verified'],
    ['is of another XDM than', { xdmVersion: '1.1' }, 'failed'],
  ])('are agreed upon where the set that somebody has named meanwhile %s ours', async (_, more, wanted) => {
    const live = await rig();
    const meanwhile = async (): Promise<boolean> =>
      nameByStranger(live, (await putByStranger(live, rest, more)).version);
    const { outcome, errors } = await changed(live, withColumns(live.plan, rest), { approve: meanwhile });
    expect(outcome).toBe(wanted);
    expect(errors).toMatchObject(wanted === 'failed' ? [{ kind: 'conflict' }] : []);
    expect(await named(live)).toEqual({ id: live.setId, version: 1 });
  });

  it('stay as somebody else has made them meanwhile, where only a segment is changed', async () => {
    const live = await rig();
    const { version } = await putByStranger(live, [first, ...rest]);
    const segments = live.plan.segments.map((one) => ({
      ...one,
      schedule: { ...one.schedule, startTime: '21:00' },
    }));
    await changed(
      live,
      { ...live.plan, segments },
      {
        approve: () => nameByStranger(live, version),
      },
    );
    expect(await named(live)).toEqual({ id: live.setId, version: 1 });
    expect((await activationOn(live)).segments.items[0]?.settings.startTime).toBe('21:00');
  });
});
