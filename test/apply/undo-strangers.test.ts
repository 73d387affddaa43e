import { describe, expect, it, vi } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { noJournal } from '../../source/apply/journal/journal.ts';
import { rollback, type RollbackEvent, type RollbackServices } from '../../source/apply/undo/rollback.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import { type Flow, type PatchOperation, readAgain } from '../../source/flow-service/flows.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { activationOn, amiss, type LiveHere, liveOn } from '../helpers/live.ts';
import { applyHere, countsOf, type Death, exactlyOne, none, rollBackHere, stateOf } from '../helpers/runs.ts';
import { byDay } from '../helpers/soak.ts';

const rig = async (faults: string[] = []): Promise<LiveHere> =>
  liveOn(await emulatorWith({ segments: 20, patchDelayMs: 5, touchDelayMs: false, faults }));

/** A segment of the emulator that is in no plan yet. */
async function otherSegment({ client, plan }: LiveHere, at = 0): Promise<{ id: string; name: string }> {
  for await (const { segments } of client.listSegments()) {
    const others = segments.filter(({ id }) => plan.segments.every((one) => one.id !== id));
    const other = others[at];
    if (other) return { id: other.id, name: other.name ?? other.id };
  }
  throw new Error('no other segment');
}

/** One segment goes, one comes, one is otherwise; a column comes; another name. */
async function changed(live: LiveHere): Promise<Plan> {
  const [first, second] = live.plan.segments;
  if (!first || !second) throw new Error('two segments are needed');
  const { attributes } = live.plan;
  return {
    ...live.plan,
    name: 'Changed',
    segments: [
      { ...second, schedule: { ...second.schedule, startTime: '06:00' } },
      { ...first, ...(await otherSegment(live)) },
    ],
    attributes: { ...attributes, selected: [...attributes.selected, 'person.gender'] },
  };
}

type Selector = { type: string; value: Record<string, unknown> };
interface Lists {
  segments: Selector[];
  columns: Selector[];
}

const listsOf = ({ raw }: Flow): Lists => {
  const { transformations } = raw as {
    transformations: { params: Record<string, { selectors: Selector[] }> }[];
  };
  const { segmentSelectors, profileSelectors } = transformations[0]?.params ?? {};
  return structuredClone({
    segments: segmentSelectors?.selectors ?? [],
    columns: profileSelectors?.selectors ?? [],
  });
};

const at = '/transformations/0/params';
const listAt = { segments: `${at}/segmentSelectors/selectors`, columns: `${at}/profileSelectors/selectors` };

/** What somebody else does to a dataflow: some lists anew, or whatever else. */
interface Stranger {
  lists?: (now: Lists, other: { id: string; name: string }) => Partial<Lists>;
  patch?: readonly PatchOperation[];
}

async function comes({ lists, patch = [] }: Stranger, live: LiveHere): Promise<void> {
  const { client, flowId } = live;
  await activationOn(live);
  const flow = await client.getFlow(flowId);
  const wanted = lists?.(listsOf(flow), await otherSegment(live)) ?? {};
  await client.patchFlow(flowId, flow.etag ?? '', [
    ...Object.entries(wanted).map(([name, value]) => ({
      op: 'replace' as const,
      path: listAt[name as keyof Lists],
      value,
    })),
    ...patch,
  ]);
  await activationOn(live);
}

const said = (events: readonly RollbackEvent[]): string[] =>
  events
    .filter(({ kind }) => kind !== 'waiting' && kind !== 'retrying')
    .map((one) =>
      one.kind === 'result'
        ? one.outcome
        : [one.kind, one.step, 'reason' in one ? one.reason : ''].join(' ').trim(),
    );

const renamed: Stranger = { patch: [{ op: 'replace', path: '/name', value: 'X' }] };

/** Put in the place of one that has come: alike, and with a member of their own. */
const replaced: Stranger = {
  lists: ({ segments }, { id }) => ({
    segments: segments.map((one) =>
      one.value['id'] === id ? { ...one, value: { ...one.value, theirs: 1 } } : one,
    ),
  }),
};

describe.concurrent('the undo of a change', () => {
  const run = (live: LiveHere, plan: Plan) => ({
    folder: live.folder,
    run: 'd0d0d0d0',
    emulator: live.emulator,
    plan,
  });

  it.each(
    byDay<[string, Stranger, (now: Lists, other: { id: string }) => boolean]>(
      [
        [
          'has brought the same segment',
          {
            lists: ({ segments: [first, ...others] }, { id, name }) => ({
              segments: first
                ? [first, ...others, { ...first, value: { ...first.value, id, name, theirs: 'kept' } }]
                : [],
            }),
          },
          ({ segments }, { id }) =>
            segments.some(({ value }) => value['id'] === id && value['theirs'] === 'kept'),
        ],
        [
          'has brought the same column',
          {
            lists: ({ columns }) => ({
              columns: [...columns, { type: 'JSON_PATH', value: { path: 'person.gender', theirs: 'kept' } }],
            }),
          },
          ({ columns }) => columns.some(({ value }) => value['theirs'] === 'kept'),
        ],
        [
          'has given it the same name',
          { patch: [{ op: 'replace', path: '/name', value: 'Changed' }] },
          () => true,
        ],
        [
          'has put a member on the one that is changed',
          {
            lists: ({ segments }) => ({
              segments: segments.map((one, index) =>
                index === 1 ? { ...one, value: { ...one.value, theirs: 'kept' } } : one,
              ),
            }),
          },
          ({ segments }) => segments.some(({ value }) => value['theirs'] === 'kept'),
        ],
      ],
      (_, at) => at % 2 === 0,
    ),
  )('leaves what was there before it came, where somebody %s', async (_, stranger, isKept) => {
    const live = await rig();
    const plan = await changed(live);
    const other = await otherSegment(live);
    let then: Awaited<ReturnType<typeof activationOn>> | undefined;
    await applyHere({
      ...run(live, plan),
      services: {
        extras: 'prune',
        async checkpoint(point, step) {
          if (point !== 'intended' || step !== 'change' || then) return;
          await comes(stranger, live);
          then = await activationOn(live);
        },
      },
    });
    if (!then) throw new Error('nobody came');
    expect(said(await rollBackHere(run(live, plan)))).toEqual(['restored change', 'rolledBack']);
    expect(amiss(then, await activationOn(live))).toEqual([]);
    expect(isKept(listsOf(await live.client.getFlow(live.flowId)), other)).toBe(true);
  });

  it('leaves all of it, where somebody has done the very same before any of it was accepted', async () => {
    const live = await rig();
    const other = await otherSegment(live);
    const [like] = live.plan.segments;
    if (!like) throw new Error('a segment is needed');
    const plan = { ...live.plan, segments: [...live.plan.segments, { ...like, ...other }] };
    const same: Stranger = {
      lists: ({ segments: [first, ...others] }, { id, name }) => ({
        segments: first ? [first, ...others, { ...first, value: { ...first.value, id, name } }] : [],
      }),
    };
    let hasCome = false;
    const { outcome } = await applyHere({
      ...run(live, plan),
      services: {
        async checkpoint(point, step) {
          if (point !== 'intended' || step !== 'change' || hasCome) return;
          hasCome = true;
          await comes(same, live);
        },
      },
    });
    expect(outcome).toBe('verified');
    const then = await live.client.getFlow(live.flowId);
    expect(said(await rollBackHere(run(live, plan)))).toEqual(['rolledBack']);
    expect((await live.client.getFlow(live.flowId)).etag).toBe(then.etag);
    expect(listsOf(then).segments.map(({ value }) => value['id'])).toContain(other.id);
  });

  it('names what differs where the platform has done a patch twice', async () => {
    const live = await rig();
    const plan = await changed(live);
    const other = await otherSegment(live);
    // One of the two that were put in goes, the other one stays.
    let twin: Selector | undefined;
    const getFlow: typeof live.client.getFlow = async (...asked) => {
      const flow = await live.client.getFlow(...asked);
      const raw = structuredClone(flow.raw) as {
        transformations: { params: { segmentSelectors: { selectors: Selector[] } } }[];
      };
      const selectors = raw.transformations[0]?.params.segmentSelectors.selectors ?? [];
      twin ??= selectors.find(({ value }) => value['id'] === other.id);
      if (twin) selectors.push(twin);
      return readAgain(raw);
    };
    // Whichever of the two goes, they are the same.
    const patchFlow: typeof live.client.patchFlow = (id, etag, patch, ...more) => {
      const own = patch.map((one) => ({ ...one, path: one.path.replace(/(segmentSelectors.*)2$/, '$11') }));
      return live.client.patchFlow(id, etag, own, ...more);
    };
    await applyHere({ ...run(live, plan), services: { extras: 'prune' } });
    const events = await rollBackHere(run(live, plan), {
      client: { ...live.client, getFlow, patchFlow },
      settleMs: 100,
    });
    expect(said(events)).toEqual(['kept change notTaken', 'partlyRolledBack']);
    expect(events.find(({ kind }) => kind === 'kept')).toMatchObject({ why: other.name });
    expect(events.at(-1)).toMatchObject({ notBack: 1 });
  });

  it('names and leaves what was refused and shows, where nobody knows whose it is', async () => {
    const live = await rig();
    const plan = await changed(live);
    await applyHere({ ...run(live, plan), services: { extras: 'prune' } });
    const then = await live.client.getFlow(live.flowId);
    const { plan: applied, ...state } = await stateOf(run(live, plan));
    if (!applied) throw new Error('a plan was applied');
    const unowned = { ...state, plan: applied, errand: undefined };
    const undoing = rollback(
      { ...unowned, written: new Set(), unowned: new Set(['change']) },
      { client: live.client, journal: noJournal },
    );
    const events: RollbackEvent[] = [];
    for await (const event of undoing) events.push(event);
    expect(said(events)).toEqual(['kept change unowned', 'notRolledBack']);
    expect(events.at(-1)).toMatchObject({ notBack: 1 });
    expect((await live.client.getFlow(live.flowId)).etag).toBe(then.etag);
  });

  it.each(
    byDay<[string, Stranger, Death | undefined]>(
      [
        ['put a member on what has come', replaced, undefined],
        [
          'put a member on what has come, and it was not read back',
          replaced,
          { point: 'noted', step: 'change' },
        ],
        [
          'mapped the column that has come otherwise',
          {
            lists: ({ columns }) => ({
              columns: columns.map((one) =>
                one.value['path'] === 'person.gender' ? { ...one, value: { ...one.value, theirs: 1 } } : one,
              ),
            }),
          },
          undefined,
        ],
        [
          'changed what it has changed',
          { patch: [{ op: 'replace', path: '/name', value: 'Theirs' }] },
          undefined,
        ],
      ],
      (_, at) => at % 2 === 0,
    ),
  )('touches nothing where somebody has %s since', async (_, stranger, diesAt) => {
    const live = await rig();
    const plan = await changed(live);
    await applyHere({ ...run(live, plan), ...(diesAt ? { diesAt } : {}), services: { extras: 'prune' } });
    await comes(stranger, live);
    const then = await live.client.getFlow(live.flowId);
    const events = await rollBackHere(run(live, plan));
    expect(said(events)).toEqual(['failed change', 'notRolledBack']);
    expect(events.find(({ kind }) => kind === 'failed')).toMatchObject({ error: { kind: 'conflict' } });
    expect(events.at(-1)).toMatchObject({ kept: 1, notBack: 1 });
    expect((await live.client.getFlow(live.flowId)).etag).toBe(then.etag);
  });

  it.each(
    byDay(
      [
        [403, 'verified'],
        [400, 'verified'],
        [503, 'partlyRolledBack'],
      ],
      (_, at) => at === 2,
    ),
  )('leaves the run what it was, where putting back is refused with %i: %s', async (status, outcome) => {
    const live = await rig();
    const plan = await changed(live);
    await applyHere({ ...run(live, plan), services: { extras: 'prune' } });
    const call = { method: 'PATCH', path: '/flows/F' };
    const patchFlow = () => Promise.reject(new RefusedError(call, status, { serverMessage: 'no' }));
    const undoing = await rollBackHere(run(live, plan), { client: { ...live.client, patchFlow } });
    expect(said(undoing)).toEqual(['failed change', outcome === 'verified' ? 'notRolledBack' : outcome]);
    expect((await stateOf(run(live, plan))).outcome).toBe(outcome);
    // What was refused can be asked for again.
    expect(said(await rollBackHere(run(live, plan))).at(-1)).toBe('rolledBack');
  });

  const filling = 'PATCH /flows/*=slow:0x1';
  /** The first patch fills the dataflow: what hits that goes at once. */
  const late = (ms: number, times: number) => [
    'PATCH /flows/*=stale:0x1',
    filling,
    `PATCH /flows/*=stale:${ms}x${times}`,
    `PATCH /targetConnections/*=stale:${ms}x${times}`,
  ];

  it.each(
    byDay<[string, number]>(
      [
        ['what was sent', 1],
        ['what was sent, and what is put back', 2],
      ],
      ([, times]) => times === 1,
    ),
  )('waits until the platform shows %s', async (_, times) => {
    const live = await rig(late(4000, times));
    const before = await activationOn(live);
    const { destination } = live.plan;
    const plan = {
      ...(await changed(live)),
      destination: { ...destination, location: { ...destination.location, path: 'weekly' } },
    };
    const diesAt = { point: 'noted', step: 'change' } as const;
    await applyHere({ ...run(live, plan), diesAt, services: { extras: 'prune' } });
    const events = await rollBackHere(run(live, plan));
    expect(said(events)).toEqual(['restored change', 'restored location', 'rolledBack']);
    expect(events.some((one) => one.kind === 'waiting' && one.about === 'unseen')).toBe(true);
    expect(amiss(before, await activationOn(live))).toEqual([]);
  });

  it.each<[string, Partial<RollbackServices>, string[], boolean]>([
    ['may still come', { settleMs: 1500 }, ['kept change notSeen', 'notRolledBack'], true],
    ['has not come in all that time', { settleMs: 1 }, ['restored change', 'rolledBack'], false],
  ])('says of what does not show whether it %s', async (_, services, wanted, isOpen) => {
    const live = await rig(late(600_000, 1));
    const plan = await changed(live);
    const diesAt = { point: 'noted', step: 'change' } as const;
    await applyHere({ ...run(live, plan), diesAt, services: { extras: 'prune' } });
    const patches = (): number => live.emulator.requests.filter(({ method }) => method === 'PATCH').length;
    const sent = patches();
    expect(said(await rollBackHere(run(live, plan), services))).toEqual(wanted);
    expect(patches()).toBe(sent);
    expect((await stateOf(run(live, plan))).outcome === 'rolledBack').toBe(!isOpen);
  });
});

describe.concurrent('the undo of what was made', () => {
  const run = ({ folder, emulator }: LiveHere) => ({ folder, run: 'a0a0a0a0', emulator });
  const all = [
    'removed flow',
    'removed target-connection',
    'removed source-connection',
    'removed target-base-connection',
    'removed source-base-connection',
    'rolledBack',
  ];
  const nothing = [
    'kept flow changed',
    'kept target-connection used',
    'kept source-connection used',
    'kept target-base-connection used',
    'kept source-base-connection used',
    'notRolledBack',
  ];

  it.each(
    byDay<[string, Stranger, RegExp | undefined]>(
      [
        ['nothing', {}, undefined],
        [
          'put a segment in',
          {
            lists: ({ segments: [first, ...others] }, { id, name }) => ({
              segments: first ? [first, ...others, { ...first, value: { ...first.value, id, name } }] : [],
            }),
          },
          /^\S/,
        ],
        [
          'put a column in',
          {
            lists: ({ columns }) => ({
              columns: [...columns, { type: 'JSON_PATH', value: { path: 'person.gender' } }],
            }),
          },
          /^person\.gender$/,
        ],
        [
          'changed when a segment goes',
          {
            lists: ({ segments }) => ({
              segments: segments.map(({ type, value }) => ({
                type,
                value: { ...value, schedule: { ...(value['schedule'] as object), startTime: '03:00' } },
              })),
            }),
          },
          /^\S/,
        ],
        [
          'put a member on a segment',
          {
            lists: ({ segments }) => ({
              segments: segments.map(({ type, value }) => ({ type, value: { ...value, theirs: 1 } })),
            }),
          },
          /^\S/,
        ],
        ['given it a name', { patch: [{ op: 'replace', path: '/name', value: 'Ours now' }] }, /^Ours now$/],
        [
          'asked for one more field',
          {
            patch: [
              {
                op: 'add',
                path: `${at}/profileSelectors/mandatoryFields`,
                value: ['person.name.firstName', 'homeAddress.countryCode'],
              },
            ],
          },
          /^homeAddress\.countryCode$/,
        ],
        [
          'only taken something out',
          { lists: ({ segments: [first] }) => ({ segments: first ? [first] : [] }) },
          undefined,
        ],
      ],
      (_, at) => at % 3 === 0,
    ),
  )('looks whether somebody has %s', async (_, stranger, named) => {
    const live = await rig();
    if (stranger.lists ?? stranger.patch) await comes(stranger, live);
    const events = await rollBackHere(run(live));
    const kept = events.find((one) => one.kind === 'kept' && one.step === 'flow');
    expect(said(events)).toEqual(named ? nothing : all);
    expect(countsOf(live.emulator)).toEqual(named ? exactlyOne : none);
    if (named) expect(kept).toMatchObject({ why: expect.stringMatching(named) as unknown });
  });

  it('knows its own without having read it back', async () => {
    for (const isTouched of [false, true]) {
      const emulator = await emulatorWith({ segments: 20, patchDelayMs: 5, touchDelayMs: false });
      const live = await liveOn(emulator);
      const made = { ...run(live), run: 'b0b0b0b0', diesAt: { point: 'noted', step: 'activate' } as const };
      await applyHere(made);
      const { made: of } = await stateOf(made);
      const ours = { ...live, flowId: of.flowId ?? '' };
      if (isTouched) await comes(renamed, ours);
      expect(said(await rollBackHere(made))).toEqual(isTouched ? nothing : all);
    }
  });

  it('leaves what another dataflow stands on, and names that', async () => {
    const live = await rig();
    const { sourceConnectionIds, targetConnectionIds, flowSpec } = await live.client.getFlow(live.flowId);
    const { id } = await live.client.createFlow({
      name: 'The neighbour',
      flowSpec: { ...flowSpec, version: '1.0' },
      sourceConnectionIds,
      targetConnectionIds,
      transformations: [],
    });
    const events = await rollBackHere(run(live));
    expect(said(events)).toEqual(['removed flow', ...nothing.slice(1, -1), 'partlyRolledBack']);
    expect(events.find((one) => one.kind === 'kept')).toMatchObject({ why: `The neighbour (${id})` });
    expect(countsOf(live.emulator)).toEqual(exactlyOne);
    expect((await stateOf(run(live))).outcome).toBe('partlyRolledBack');
    // Once that is gone the rest goes too.
    await live.client.remove('flows', id);
    await vi.waitFor(() => expect(live.emulator.count('flows')).toBe(0));
    expect(said(await rollBackHere(run(live)))).toEqual(all.slice(1));
  });

  it('leaves an account that another storage location stands on, and no more', async () => {
    const live = await rig();
    const { targetConnectionIds } = await live.client.getFlow(live.flowId);
    const target = await live.client.getConnection('targetConnections', targetConnectionIds?.[0] ?? '');
    await live.client.createTargetConnection({
      name: 'Of somebody else',
      baseConnectionId: target.baseConnectionId,
      connectionSpec: { ...target.connectionSpec, version: '1.0' },
      params: target.params,
    });
    const events = await rollBackHere(run(live));
    expect(said(events)).toEqual(
      all.map((one) => {
        if (one === 'removed target-base-connection') return 'kept target-base-connection used';
        return one === 'rolledBack' ? 'partlyRolledBack' : one;
      }),
    );
    expect(countsOf(live.emulator)).toEqual([1, 0, 1, 0]);
  });
});
