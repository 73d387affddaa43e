import { describe, expect, it } from 'vitest';
import { type Change, unforeseen } from '../../source/activation/change/changes.ts';
import { ofPlan } from '../../source/activation/of-plan.ts';
import type { DeduplicationKey, Plan } from '../../source/activation/plan/plan.ts';
import { ChangedSinceError } from '../../source/apply/live/changed-since.ts';
import { lookAhead } from '../../source/apply/live/look-ahead.ts';
import type { ApplyEvent, DifferenceEvent } from '../../source/apply/events.ts';
import { execute } from '../../source/apply/execute.ts';
import type { ApplyServices } from '../../source/apply/services.ts';
import { exitCode, exitCodeOf } from '../../source/commands/console/exit-codes.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import { exportRun } from '../helpers/export-runs.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { holdFirst } from '../helpers/held.ts';
import { activationOn, amiss, type LiveHere, liveOn } from '../helpers/live.ts';
import { applyHere, futurePlan, rollBackHere, stateOf } from '../helpers/runs.ts';
import { byDay, itInSoak } from '../helpers/soak.ts';

interface Rig extends LiveHere {
  /** `PATCH /flows/…` and whatever else wrote, since the dataflow is there. */
  writes: string[];
}

async function rig(options: EmulatorOptions = {}, made: Plan = futurePlan): Promise<Rig> {
  const writes: string[] = [];
  const emulator = await emulatorWith({
    segments: 300,
    patchDelayMs: 5,
    touchDelayMs: false,
    strictEtags: true,
    ...options,
    hold(method, path) {
      if (method !== 'GET') writes.push(`${method} ${path.replace(/.*flowservice/, '')}`);
      return options.hold?.(method, path);
    },
  });
  const live = await liveOn(emulator, made);
  writes.length = 0;
  return { ...live, writes };
}

/** Performs a plan about a dataflow, without a journal. */
async function converge(
  { client }: LiveHere,
  plan: Plan,
  services: Partial<ApplyServices> = {},
  onEvent: (event: ApplyEvent) => void = () => undefined,
) {
  const events: ApplyEvent[] = [];
  for await (const event of execute(plan, {
    client,
    authParams: {},
    run: 'c0c0c0c0',
    clock: () => performance.now(),
    doubtMs: 300,
    retryBaseMs: 1,
    ...services,
  })) {
    events.push(event);
    onEvent(event);
  }
  const result = events.find((one) => one.kind === 'result');
  const difference = events.find((one): one is DifferenceEvent => one.kind === 'difference');
  const error = events.find((one) => one.kind === 'failed')?.error;
  return { outcome: result?.outcome, report: result?.report, result, difference, error };
}

const [first, second] = futurePlan.segments;
if (!first || !second) throw new Error('two segments are needed');
const early = { ...second, schedule: { ...second.schedule, startTime: '06:00' } };

/** Ids of segments that the emulator has besides those of the plan. */
async function others({ client }: LiveHere, count: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const { segments } of client.listSegments()) {
    ids.push(
      ...segments.map(({ id }) => id).filter((id) => futurePlan.segments.every((one) => one.id !== id)),
    );
    if (ids.length >= count) break;
  }
  return ids.slice(0, count);
}

describe.concurrent('a plan about a dataflow', () => {
  it('that holds it already sends nothing, and is verified', async () => {
    const here = await rig();
    const { outcome, difference, result } = await converge(here, here.plan);
    expect(outcome).toBe('verified');
    expect(difference).toMatchObject({
      differences: [],
      requests: [],
      isEmptying: false,
      name: here.plan.name,
    });
    expect(here.writes).toEqual([]);
    expect(result).toMatchObject({ flowId: here.flowId, made: {} });
  });

  it('changes it in one patch an object, with the etags that were read', async () => {
    const here = await rig();
    const { name, destination } = here.plan;
    const plan: Plan = {
      ...here.plan,
      name: 'New name',
      destination: { ...destination, location: { ...destination.location, path: 'weekly' } },
      segments: [first, early],
    };
    const { outcome, difference } = await converge(here, plan);
    expect(outcome).toBe('verified');
    expect(here.writes.map((one) => one.replace(/[0-9a-f-]{36}/, ''))).toEqual([
      'PATCH /targetConnections/',
      'PATCH /flows/',
    ]);
    expect(
      difference?.differences.map(({ kind, path, before, after }) => [kind, path, before, after]),
    ).toEqual([
      ['changed', '$.name', name, 'New name'],
      ['changed', '$.destination.location.path', 'daily', 'weekly'],
      ['changed', `$.segments[${second.id}].schedule.startTime`, '17:00', '06:00'],
    ]);
    expect(difference?.requests).toMatchObject([
      { step: 'location', body: [{ op: 'replace', path: '/params/path', value: 'weekly' }] },
      { step: 'change', body: [{ op: 'replace', path: '/name' }, { op: 'replace' }] },
    ]);
    expect(amiss(ofPlan(plan), await activationOn(here))).toEqual([]);
  });

  it('keeps what it does not name, tells it, and takes it out when it is to be pruned', async () => {
    const here = await rig();
    const plan = { ...here.plan, segments: [second] };
    const kept = await converge(here, plan);
    expect(kept.outcome).toBe('mismatch');
    expect(kept.difference?.differences).toMatchObject([{ kind: 'kept', before: first.name }]);
    expect(here.writes).toEqual([]);
    const pruned = await converge(here, plan, { extras: 'prune' });
    expect(pruned.outcome).toBe('verified');
    expect(here.writes).toHaveLength(1);
    expect((await activationOn(here)).segments.items.map(({ id }) => id)).toEqual([second.id]);
  });

  it('leaves one that is paused paused, and tells it', async () => {
    const here = await rig();
    await here.client.act(here.flowId, 'disable');
    const told: unknown[] = [];
    const { outcome } = await converge(here, { ...here.plan, segments: [first, early] }, {}, (event) => {
      if (event.kind === 'finding') told.push(event.finding.id);
    });
    expect([outcome, told]).toEqual(['verified', ['finding.paused']]);
    expect((await here.client.getFlow(here.flowId)).state).toBe('disabled');
  });

  itInSoak('changes 250 segments in one patch', async () => {
    const here = await rig();
    const ids = await others(here, 270);
    const segment = (id: string, startTime: string) => ({
      ...second,
      id,
      schedule: { ...second.schedule, startTime },
    });
    const before = { ...here.plan, segments: ids.slice(0, 250).map((id) => segment(id, '17:00')) };
    expect(
      (await converge(here, before, { extras: 'prune', approve: () => Promise.resolve(true) })).outcome,
    ).toBe('verified');
    here.writes.length = 0;
    const plan = { ...before, segments: ids.slice(20, 270).map((id) => segment(id, '06:00')) };
    const { outcome, difference } = await converge(here, plan, { extras: 'prune' });
    expect(outcome).toBe('verified');
    expect(here.writes).toEqual([`PATCH /flows/${here.flowId}`]);
    const [request] = difference?.requests ?? [];
    expect(request?.step === 'change' && request.body.map(({ op }) => op)).toEqual([
      ...Array<string>(230).fill('replace'),
      ...Array<string>(20).fill('remove'),
      ...Array<string>(20).fill('add'),
    ]);
  });

  it('names who else stores where it does, before the place is changed', async () => {
    const here = await rig();
    const { sourceConnectionIds, targetConnectionIds, flowSpec } = await here.client.getFlow(here.flowId);
    const { id } = await here.client.createFlow({
      name: 'The neighbour',
      flowSpec: { ...flowSpec, version: '1.0' },
      sourceConnectionIds,
      targetConnectionIds,
      transformations: [],
    });
    const { destination } = here.plan;
    const plan = {
      ...here.plan,
      destination: { ...destination, location: { ...destination.location, path: 'x' } },
    };
    const began = Date.UTC(2026, 10, 26, 7);
    const exported = (endedMs?: number) => exportRun({ beganMs: began, endedMs });
    const client = {
      ...here.client,
      newestRuns: (flow: string) =>
        Promise.resolve([exported(began + 1), ...(flow === id ? [exported()] : [])]),
    };
    const asked: DifferenceEvent[] = [];
    const { outcome } = await converge(here, plan, {
      client,
      approve(event) {
        asked.push(event);
        return Promise.resolve(false);
      },
    });
    expect(outcome).toBe('interrupted');
    expect(asked).toMatchObject([
      { alsoReaches: [{ id, name: 'The neighbour' }], exporting: [{ id, sinceMs: began }] },
    ]);
    expect(here.writes.filter((one) => one.startsWith('PATCH'))).toEqual([]);
  });

  // living.md 2, D19
  it('asks about what it has just read, and sends that over that very reading', async () => {
    const here = await rig();
    // What somebody was shown is older than what is there by now.
    const seen = (await here.client.getFlow(here.flowId)).etag;
    expect((await converge(here, { ...here.plan, name: 'Theirs' })).outcome).toBe('verified');
    here.writes.length = 0;
    const sent: (string | undefined)[] = [];
    const asked: DifferenceEvent[] = [];
    const { outcome } = await converge(
      here,
      { ...here.plan, name: 'Ours' },
      {
        client: {
          ...here.client,
          patchFlow(...patch) {
            sent.push(patch[1]);
            return here.client.patchFlow(...patch);
          },
        },
        approve(event) {
          asked.push(event);
          return Promise.resolve(true);
        },
      },
    );
    expect(outcome).toBe('verified');
    expect(asked.map(({ differences }) => differences)).toMatchObject([
      [{ kind: 'changed', path: '$.name', before: 'Theirs', after: 'Ours' }],
    ]);
    expect(sent).toEqual(
      asked.flatMap(({ requests }) => requests.map((one) => ('etag' in one ? one.etag : undefined))),
    );
    expect(sent).not.toContain(seen);
    expect(here.writes).toHaveLength(1);
  });

  it('sends nothing where that is not what was confirmed, and says what was not', async () => {
    const here = await rig();
    const confirmed: Change[] = [{ kind: 'changed', path: '$.name', before: here.plan.name, after: 'Ours' }];
    expect((await converge(here, { ...here.plan, name: 'Theirs' })).outcome).toBe('verified');
    here.writes.length = 0;
    const { outcome, error } = await converge(
      here,
      { ...here.plan, name: 'Ours' },
      {
        approve: ({ flowId, differences }) =>
          Promise.reject(new ChangedSinceError(flowId, unforeseen(differences, confirmed))),
      },
    );
    expect([outcome, here.writes]).toEqual(['failed', []]);
    expect(error).toMatchObject({ kind: 'changedSince', id: here.flowId, found: ['Theirs'] });
    expect((await here.client.getFlow(here.flowId)).name).toBe('Theirs');
  });

  it('moves it to another account of the destination', async () => {
    const here = await rig();
    const { targetConnectionIds } = await here.client.getFlow(here.flowId);
    const target = await here.client.getConnection('targetConnections', targetConnectionIds?.[0] ?? '');
    const { id } = await here.client.createConnection({
      name: 'Other account',
      connectionSpec: { ...target.connectionSpec, version: '1.0' },
      auth: { specName: 'S3', params: { accessId: 'AKIAOTHER34567ABCDEF', secretKey: 'B'.repeat(40) } },
    });
    const { auth, ...destination } = here.plan.destination;
    expect(auth).toBeDefined();
    const plan: Plan = { ...here.plan, destination: { ...destination, baseConnectionId: id } };
    const { outcome, difference } = await converge(here, plan);
    expect(outcome).toBe('verified');
    expect(difference?.requests).toMatchObject([
      { step: 'location', body: [{ op: 'replace', path: '/baseConnectionId', value: id }] },
    ]);
    expect((await converge(here, plan)).difference?.requests).toEqual([]);
  });

  it('does not empty it unless somebody has agreed', async () => {
    const here = await rig();
    const plan = { ...here.plan, segments: [] };
    const { outcome, error } = await converge(here, plan, { extras: 'prune' });
    expect(outcome).toBe('failed');
    expect(error).toMatchObject({ kind: 'emptying', found: [here.plan.name] });
    expect(here.writes).toEqual([]);
  });
});

describe.concurrent('what is new in a dataflow', () => {
  it('is all that is asked for, beside the storage location', async () => {
    const here = await rig();
    const asked = async (plan: Plan): Promise<string[]> => {
      const from = here.emulator.requests.length;
      expect((await converge(here, plan)).outcome).toBe('verified');
      const before = here.emulator.requests.slice(from).map(({ method, path }) => `${method} ${path}`);
      const firstWrite = before.findIndex((one) => one.startsWith('PATCH'));
      return before.slice(0, firstWrite).map((one) => one.replace(/\/data.*\/(\w+)\/[^/]+$/, '$1'));
    };
    const [id = ''] = await others(here, 300);
    const signedIn = { ...here.plan, segments: [first, early] };
    // Where the plan says how its account signs in, that is read beside.
    expect(new Set(await asked(signedIn))).toEqual(
      new Set(['GET flows', 'GET targetConnections', 'GET connections']),
    );
    const destination = { ...here.plan.destination, auth: undefined };
    const later = { ...here.plan, destination, segments: [first, second] };
    expect(await asked(later)).toEqual(['GET flows', 'GET targetConnections']);
    const more = { ...later, segments: [...later.segments, { ...second, id, name: 'Another' }] };
    expect(await asked(more)).toEqual(['GET flows', 'GET targetConnections', 'GET audiences']);
    const { attributes } = more;
    const selected = [...attributes.selected, 'person.birthYear'];
    expect(await asked({ ...more, attributes: { ...attributes, selected } })).toEqual([
      'GET flows',
      'GET targetConnections',
      'GET unions',
    ]);
  });

  it('is held against what the platform holds, in the places of the plan', async () => {
    const here = await rig();
    const stranger = { ...first, id: '00000000-0000-4000-8000-00000000dead' };
    const { selected } = here.plan.attributes;
    const plan = {
      ...here.plan,
      segments: [first, second, stranger],
      attributes: { ...here.plan.attributes, selected: [...selected, 'person.nothing'] },
    };
    const { error } = await converge(here, plan);
    expect(error).toMatchObject({
      kind: 'planRefused',
      problems: [{ path: `$.attributes.selected[${selected.length}]` }, { path: '$.segments[2].id' }],
    });
    expect(here.writes).toEqual([]);
  });

  it.each(
    byDay<[string, DeduplicationKey[], boolean]>(
      [
        ['an identity', [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }], true],
        [
          'two more attributes',
          ['person.name.firstName', 'person.name.lastName'].map((attributePath) => ({
            fieldType: 'ATTRIBUTE' as const,
            attributePath,
          })),
          true,
        ],
        ['one more attribute', [{ fieldType: 'ATTRIBUTE', attributePath: 'person.name.lastName' }], false],
      ],
      (_, at) => at === 2,
    ),
  )('keeps no key beside one that cannot stand there: %s', async (_, deduplication, isRefused) => {
    const here = await rig();
    const plan = { ...here.plan, attributes: { ...here.plan.attributes, deduplication } };
    const { error, outcome } = await converge(here, plan);
    if (isRefused)
      expect(error).toMatchObject({
        kind: 'planRefused',
        problems: [{ id: 'attributes.keysHeld', values: { names: ['personalEmail.address'] } }],
      });
    else expect(outcome).toBe('mismatch');
    expect(here.writes.length > 0).toBe(!isRefused);
    expect(await converge(here, plan, { extras: 'prune' })).toMatchObject({ outcome: 'verified' });
  });
});

describe.concurrent('somebody else', () => {
  /** A run whose first patch is held until somebody else has changed the dataflow. */
  async function meanwhile(plan: (here: LiveHere) => Plan, change: (here: LiveHere) => Promise<Plan>) {
    let isReady = false;
    const held = holdFirst('PATCH', /\/flows\//);
    const here = await rig({ hold: (method, path) => (isReady ? held.hold(method, path) : undefined) });
    isReady = true;
    const running = converge(here, plan(here));
    await held.reached;
    const theirs = await converge(here, await change(here));
    expect(theirs.outcome).toBe('verified');
    held.release();
    return { here, ours: await running };
  }

  it('who has changed something else loses nothing', async () => {
    const { here, ours } = await meanwhile(
      ({ plan }) => ({ ...plan, segments: [first, early] }),
      async (one) => {
        const [id = ''] = await others(one, 1);
        return { ...one.plan, name: 'Theirs', segments: [first, second, { ...first, id }] };
      },
    );
    // What is there now is more than was asked for, and called otherwise.
    expect(ours.outcome).toBe('mismatch');
    const found = await activationOn(here);
    expect(found.name).toMatchObject({ value: 'Theirs' });
    expect(found.segments.items).toHaveLength(3);
    expect(found.segments.items.find(({ id }) => id === second.id)?.settings.startTime).toBe('06:00');
    expect(here.writes.filter((one) => one.startsWith('PATCH /flows'))).toHaveLength(3);
  });

  it('who has changed the same is shown, and nothing is sent over it', async () => {
    const { here, ours } = await meanwhile(
      ({ plan }) => ({ ...plan, segments: [first, early] }),
      ({ plan }) =>
        Promise.resolve({
          ...plan,
          segments: [first, { ...second, schedule: { ...second.schedule, startTime: '20:00' } }],
        }),
    );
    expect(ours.outcome).toBe('failed');
    expect(ours.error).toMatchObject({
      kind: 'conflict',
      conflicts: [
        { subject: second.id, member: 'startTime', before: '17:00', theirs: '20:00', yours: '06:00' },
      ],
    });
    const found = await activationOn(here);
    expect(found.segments.items.find(({ id }) => id === second.id)?.settings.startTime).toBe('20:00');
  });

  it('who has done all of it already leaves nothing to be sent', async () => {
    const plan = (one: LiveHere): Plan => ({ ...one.plan, segments: [first, early] });
    const { here, ours } = await meanwhile(plan, (one) => Promise.resolve(plan(one)));
    expect(ours.outcome).toBe('verified');
    expect(here.writes).toHaveLength(2);
  });

  it('who has changed the same since stops an undo, and who has changed something else does not', async () => {
    const here = await rig();
    const plan = { ...here.plan, segments: [first, early] };
    const run = { folder: here.folder, run: 'c0c0c0c0', emulator: here.emulator, plan };
    expect((await applyHere(run)).outcome).toBe('verified');
    const late = { ...second, schedule: { ...second.schedule, startTime: '20:00' } };
    expect((await converge(here, { ...plan, name: 'Theirs', segments: [first, late] })).outcome).toBe(
      'verified',
    );

    const refused = await rollBackHere(run);
    expect(refused).toMatchObject([
      { kind: 'failed', step: 'change', error: { kind: 'conflict', conflicts: [{ member: 'startTime' }] } },
      { kind: 'result', outcome: 'notRolledBack', kept: 1 },
    ]);
    expect((await converge(here, { ...plan, name: 'Theirs' })).outcome).toBe('verified');

    const undone = await rollBackHere(run);
    expect(undone.at(-1)).toMatchObject({ kind: 'result', outcome: 'rolledBack' });
    expect(amiss(ofPlan({ ...here.plan, name: 'Theirs' }), await activationOn(here))).toEqual([]);
  });
});

describe.concurrent('a plan that was written before somebody else changed the dataflow', () => {
  /** Somebody brings a segment and another name once `since` was read; ours takes one out, and another one is early. */
  const opened = async () => {
    const here = await rig();
    const [id = ''] = await others(here, 300);
    const since = here.plan;
    const theirs: Plan = {
      ...since,
      name: 'Theirs',
      segments: [first, second, { ...first, id, name: 'New' }],
    };
    expect((await converge(here, theirs)).outcome).toBe('verified');
    here.writes.length = 0;
    return { here, id, since };
  };
  const held = async (here: LiveHere) => {
    const { name, segments } = await activationOn(here);
    return { name, segments: segments.items.map((one) => [one.id, one.settings.startTime]) };
  };

  it('sends what they did not touch, and says what stays', async () => {
    const { here, id, since } = await opened();
    const plan = { ...since, segments: [early] };
    const findings: unknown[] = [];
    const approve = (event: DifferenceEvent): Promise<boolean> => {
      expect(event.differences.map(({ kind }) => kind)).toEqual(['removed', 'changed', 'kept']);
      return Promise.resolve(true);
    };
    const { outcome } = await converge(here, plan, { since, extras: 'prune', approve }, (event) => {
      if (event.kind === 'finding') findings.push(event.finding);
    });
    expect(findings).toMatchObject([{ id: 'finding.theirs', values: { found: ['Theirs', 'New'] } }]);
    // It is still called as they call it, and has what they brought.
    expect(outcome).toBe('mismatch');
    expect(await held(here)).toEqual({
      name: { kind: 'known', value: 'Theirs' },
      segments: [
        [second.id, '06:00'],
        [id, first.schedule.startTime],
      ],
    });
    expect(here.writes).toHaveLength(1);
  });

  it.each(byDay(['intended', 'noted'] as const, (point) => point === 'noted'))(
    'does so when it is finished or taken back (%s)',
    async (point) => {
      const { here, id, since } = await opened();
      const before = await held(here);
      const plan = { ...since, segments: [early] };
      const services = { since, extras: 'prune' as const };
      const run = { folder: here.folder, run: 'c0c0c0c0', emulator: here.emulator, plan };
      const died = await applyHere({ ...run, services, diesAt: { point, step: 'change' } });
      expect(died.outcome).not.toBe('mismatch');
      expect((await applyHere(run)).outcome).toBe('mismatch');
      expect((await held(here)).segments).toEqual([
        [second.id, '06:00'],
        [id, first.schedule.startTime],
      ]);
      await rollBackHere(run);
      const after = await held(here);
      expect([after.name, [...after.segments].sort()]).toEqual([before.name, [...before.segments].sort()]);
    },
  );

  it('is told before, theirs and yours where both changed the same, and nothing is sent', async () => {
    const { here, since } = await opened();
    const plan = { ...since, name: 'Ours', segments: [early] };
    const { outcome, error } = await converge(here, plan, { since, extras: 'prune' });
    expect(outcome).toBe('failed');
    expect(error).toMatchObject({
      kind: 'conflict',
      when: 'opened',
      conflicts: [{ part: 'name', before: since.name, theirs: 'Theirs', yours: 'Ours' }],
    });
    expect(here.writes).toEqual([]);
  });
});

describe.concurrent('a dataflow that cannot be changed', () => {
  it('is not there', async () => {
    const here = await rig();
    const flow = '00000000-0000-4000-8000-00000000dead';
    const { error, outcome } = await converge(here, { ...here.plan, flow });
    expect(outcome).toBe('failed');
    expect(error).toMatchObject({ kind: 'flowMissing', id: flow });
  });

  it('is of another destination, or of another flow spec', async () => {
    const here = await rig();
    const { destination } = here.plan;
    const other = '4fce964d-3f37-408f-9778-e597338a21ee';
    const moved = await converge(here, {
      ...here.plan,
      destination: { ...destination, connectionSpecId: other },
    });
    expect(moved.error).toMatchObject({
      kind: 'otherDestination',
      found: [`Adobe Campaign (${destination.connectionSpecId})`],
      connectionSpecId: `Amazon S3 (${other})`,
    });
    const changed = await converge(here, {
      ...here.plan,
      destination: { ...destination, flowSpecId: other },
    });
    expect(changed.error).toMatchObject({ kind: 'otherDestination', connectionSpecId: other });
    expect(here.writes).toEqual([]);
    // Ids are the same in any case.
    const flowSpecId = (await here.client.getFlow(here.flowId)).flowSpec?.id.toUpperCase() ?? '';
    const same = { connectionSpecId: destination.connectionSpecId.toUpperCase(), flowSpecId };
    expect(flowSpecId).not.toBe('');
    const { outcome } = await converge(here, { ...here.plan, destination: { ...destination, ...same } });
    expect(outcome).toBe('verified');
  });

  it('exports datasets, though they go where the plan goes', async () => {
    const here = await rig();
    const flow = await here.client.getFlow(here.flowId);
    const raw = { ...(flow.raw as object), scheduleParams: { interval: 3 } };
    const client = { ...here.client, getFlow: () => Promise.resolve({ ...flow, raw }) };
    const looking = { clock: () => 0, extras: 'keep' as const, tell: () => undefined };
    const ahead = lookAhead(here.plan, here.flowId, { ...looking, client });
    await expect(ahead).rejects.toMatchObject({ kind: 'ofDataSets', found: [here.plan.name] });
    const { error } = await converge({ ...here, client }, here.plan);
    expect(error).toMatchObject({ kind: 'ofDataSets', id: here.flowId });
    expect(here.writes).toEqual([]);
  });

  it.each(byDay(['updating', 'delete-finalizing'], (state) => state === 'updating'))(
    'is %s: that is waited for, then told',
    async (state) => {
      const here = await rig();
      let reads = 0;
      const client = (most: number) => ({
        ...here.client,
        async getFlow(id: string) {
          const flow = await here.client.getFlow(id);
          return ++reads <= most ? { ...flow, state } : flow;
        },
      });
      const plan = { ...here.plan, segments: [first, early] };
      const never = await converge(here, plan, { client: client(Infinity), settleMs: 250 });
      expect(never.error).toMatchObject({ kind: 'flowBusy', found: [state] });
      expect(here.writes).toEqual([]);
      reads = 0;
      expect((await converge(here, plan, { client: client(2) })).outcome).toBe('verified');
    },
  );

  it('has an etag that never settles: it is read some times anew, and nothing is sent without', async () => {
    const here = await rig();
    const sent: unknown[] = [];
    const client = {
      ...here.client,
      patchFlow(_: string, etag: string | undefined) {
        sent.push(etag);
        return Promise.reject(new RefusedError({ method: 'PATCH', path: '/flows/F' }, 412, {}));
      },
    };
    const before = await activationOn(here);
    const { outcome, error } = await converge(here, { ...here.plan, segments: [first, early] }, { client });
    expect(outcome).toBe('failed');
    expect(error).toMatchObject({ kind: 'refused', status: 412 });
    expect([sent.length, sent.every((etag) => typeof etag === 'string')]).toEqual([5, true]);
    expect(exitCodeOf(error)).toBe(exitCode.conflict);
    expect(await activationOn(here)).toEqual(before);
  });

  it('is not what was asked for where it holds a segment twice, and both stay unless it is pruned', async () => {
    const here = await rig();
    const client = {
      ...here.client,
      async getFlow(id: string) {
        const flow = await here.client.getFlow(id);
        const [general] = structuredClone(flow.transformations);
        const selectors = general?.params?.segmentSelectors?.selectors ?? [];
        selectors.push(...selectors.slice(0, 1));
        return { ...flow, transformations: general ? [general] : [] };
      },
    };
    const { outcome, report } = await converge(here, here.plan, { client, extras: 'keep' });
    expect(outcome).toBe('mismatch');
    expect(report?.rows.filter(({ mark }) => mark !== 'same')).toMatchObject([
      { section: 'segment', subject: here.plan.segments[0]?.id, mark: 'extra' },
    ]);
    expect(here.writes).toEqual([]);
    const { difference } = await converge(here, here.plan, {
      client,
      extras: 'prune',
      approve: () => Promise.resolve(false),
    });
    const [{ body } = { body: undefined }] = difference?.requests ?? [];
    expect(body).toMatchObject([{ op: 'remove' }]);
    expect(here.writes).toEqual([]);
  });
});

describe.concurrent('a change that was begun', () => {
  it.each(byDay(['intended', 'sent', 'answered'] as const, (point) => point === 'sent'))(
    'and died when %s is finished unasked',
    async (point) => {
      const live = await rig();
      const asked: string[] = [];
      const approve = (event: DifferenceEvent): Promise<boolean> => {
        asked.push(event.flowId);
        return Promise.resolve(true);
      };
      const plan: Plan = { ...live.plan, segments: [first, early] };
      const here = {
        folder: live.folder,
        run: 'd0d0d0d0',
        emulator: live.emulator,
        plan,
        services: { approve },
      };
      await applyHere({ ...here, diesAt: { point, step: 'change' } });
      expect(asked).toEqual([live.flowId]);
      const resumed = { run: here.run, approve, earlier: await stateOf(here) };
      const { outcome, difference } = await converge(live, plan, resumed);
      expect([outcome, difference?.requests]).toEqual(['verified', []]);
      expect(asked).toHaveLength(1);
      expect(live.writes).toHaveLength(1);
    },
  );
});
