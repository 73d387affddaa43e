import { describe, expect, it, vi } from 'vitest';
import type { ApplyEvent } from '../../source/apply/events.ts';
import { doubtLeftMs, isProvenUndone, leftOf, triedOf } from '../../source/apply/once/doubt.ts';
import { execute } from '../../source/apply/execute.ts';
import type { JournalEntry } from '../../source/apply/journal/journal.ts';
import { type Doubt, foldJournal } from '../../source/apply/journal/run-state.ts';
import { steadyNow } from '../../source/apply/journal/steady.ts';
import type { ApplyServices } from '../../source/apply/services.ts';
import {
  CancelledError,
  type FlowServiceError,
  LostAnswerError,
  ReadOnlyError,
  RefusedError,
  TimeoutError,
  UnreachableError,
  UnreadableAnswerError,
} from '../../source/flow-service/errors.ts';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import { clientOf } from '../helpers/answers.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { holdFirst } from '../helpers/held.ts';
import {
  applyHere,
  authParams,
  exactlyOne,
  futurePlan,
  none,
  orgId,
  rollBackHere,
  settledCounts,
  stateOf,
  runsIn,
} from '../helpers/runs.ts';
import { freshFolder } from '../helpers/terminal.ts';
import { byDay } from '../helpers/soak.ts';

const run = '0a1b2c3d';
const rig = async (options: EmulatorOptions = {}) => ({
  folder: freshFolder(),
  run,
  emulator: await emulatorWith({ segments: 20, patchDelayMs: 5, ...options }),
});

/** Applies without a journal and keeps what is told. */
async function applyAndHear(
  url: string,
  services: Partial<ApplyServices> = {},
  hear: (event: ApplyEvent) => void = () => undefined,
) {
  const events: ApplyEvent[] = [];
  const applying = execute(futurePlan, {
    client: clientOf(url, { orgId }),
    authParams,
    run,
    clock: () => performance.now(),
    doubtMs: 400,
    unseenMs: 3000,
    retryBaseMs: 1,
    ...services,
  });
  for await (const event of applying) {
    events.push(event);
    hear(event);
  }
  const last = events.at(-1);
  if (last?.kind !== 'result') throw new Error('an apply ended without a result');
  const failures = events.flatMap((one) => (one.kind === 'failed' ? [one.error] : []));
  return { events, outcome: last.outcome, failures };
}

const call = { method: 'POST', path: '/flows' };
const refused = (status: number, more = {}): RefusedError =>
  new RefusedError(call, status, { serverMessage: 'no', ...more });

describe('a failure', () => {
  const rows = (method: string, statuses: readonly number[], isProven: boolean) =>
    statuses.map((status): [string, FlowServiceError, boolean] => [
      `${method} ${status} in words`,
      new RefusedError({ method, path: '/flows' }, status, { serverMessage: 'no' }),
      isProven,
    ]);
  const never = [301, 302, 307, 408, 409, 425, 499, 500, 502, 503, 504];
  it.each<[string, FlowServiceError, boolean]>([
    ...rows('POST', [400, 412, 422], true),
    ...rows('POST', [429], false),
    ...rows('POST', [401, 402, 403, 404, 405, 406, 410, 413, 415, 423, 424, 428, 431, 451, ...never], false),
    ...rows('PATCH', [400, 401, 403, 404, 412, 422, 429], true),
    ...rows('PATCH', never, false),
    ...rows('DELETE', [400, 403, 404, 429], true),
    ...rows('DELETE', never, false),
    ['429 with a time and no word', new RefusedError(call, 429, { retryAfterSeconds: 3 }), false],
    ['429 with a time and in words', refused(429, { retryAfterSeconds: 3 }), false],
    [
      'PATCH 429 with a time and no word',
      new RefusedError({ method: 'PATCH', path: '/flows/F' }, 429, { retryAfterSeconds: 3 }),
      true,
    ],
    ['429 without a word or a time', new RefusedError(call, 429, {}), false],
    ['429 as a web page', refused(429, { isHtml: true }), false],
    ['403 as a web page', refused(403, { isHtml: true, serverMessage: undefined }), false],
    ['400 without a word', new RefusedError(call, 400, {}), false],
    ['201 without an id', new UnreadableAnswerError(call, 201, []), false],
    ['a broken connection', new LostAnswerError(call, 'ECONNRESET', undefined), false],
    ['no answer in time', new TimeoutError(call, 1), false],
    ['a call that was given up', new CancelledError(call), false],
    ['412 to what was sent twice for its token', Object.assign(refused(412), { isSecond: true }), false],
    ['no connection', new UnreachableError(call, 'x', 'ECONNREFUSED', undefined), true],
    ['a call that was not sent', new ReadOnlyError(call), true],
  ])('%s proves that nothing was done: %3$s', (_, error, isProven) => {
    expect(isProvenUndone(error)).toBe(isProven);
  });
});

describe('the doubt of an earlier attempt', () => {
  const now = steadyNow();
  it.each<[string, Doubt | undefined, number, number]>([
    ['there is none', undefined, 0, 0],
    ['nothing was heard of it: the process died', {}, 60_000, 60_000],
    ['it was left a moment ago', { since: now }, 50_000, 60_000],
    ['it was left 45 s ago', { since: { ...now, ms: now.ms - 45_000 } }, 5000, 15_000],
    ['it was left long ago', { since: { ...now, ms: now.ms - 3_600_000 } }, 0, 0],
    [
      'it was left before the machine began',
      { since: { boot: 'another', ms: now.ms - 3_600_000 } },
      60_000,
      60_000,
    ],
    ['it was left in what has not come', { since: { ...now, ms: now.ms + 3_600_000 } }, 60_000, 60_000],
    ['its moment is none', { since: { ...now, ms: Number.NaN } }, 60_000, 60_000],
  ])('lasts what is left of it: %s', (_, doubt, least, most) => {
    const leftMs = doubtLeftMs(doubt, 60_000);
    expect(leftMs).toBeGreaterThanOrEqual(least);
    expect(leftMs).toBeLessThanOrEqual(most);
  });

  it('begins with an intent of which nothing more is known', () => {
    const entries: JournalEntry[] = [
      { kind: 'doubtful', step: 'flow', why: '503', steady: { ...now, ms: 0 } },
      { kind: 'intent', step: 'flow' },
    ].map((note) => ({ ...note, at: '2035-01-01T00:00:00.000Z' }) as JournalEntry);
    const [begun] = [
      { kind: 'begun', run, plan: futurePlan, at: '2035-01-01T00:00:00.000Z' } as JournalEntry,
    ];
    const doubtsAfter = (count: number) => foldJournal([begun, ...entries.slice(0, count)])?.doubts;
    expect(doubtsAfter(1)).toEqual({ flow: { since: { ...now, ms: 0 } } });
    expect(doubtsAfter(2)).toEqual({ flow: {} });
  });

  it('is not waited out a second time', async () => {
    const here = await rig({ faults: ['POST /flows=403x1'] });
    expect((await applyHere(here)).outcome).toBe('failed');
    const earlier = await stateOf(here);
    await vi.waitFor(() => expect(doubtLeftMs(earlier.doubts.flow, 300)).toBe(0));
    const { outcome, events } = await applyAndHear(here.emulator.url, { earlier, doubtMs: 300 });
    expect(outcome).toBe('verified');
    expect(events.some((one) => one.kind === 'waiting' && one.about === 'doubt')).toBe(false);
    expect(await settledCounts(here.emulator)).toEqual(exactlyOne);
  });
});

describe('a doubt', () => {
  it('is told with the try that left it', async () => {
    const { emulator } = await rig({ faults: ['POST /flows=503'] });
    const { outcome, events } = await applyAndHear(emulator.url, { doubtMs: 30 });
    expect(outcome).toBe('failed');
    const told = events.flatMap((one) =>
      one.kind === 'waiting' && one.about === 'doubt'
        ? [`${one.attempt} ${one.why} ${one.mostMs <= 30}`]
        : one.kind === 'retrying'
          ? [`again: ${one.attempt}`]
          : [],
    );
    expect(told).toEqual(['1 503 true', 'again: 2', '2 503 true', 'again: 3', '3 503 true']);
    expect(triedOf(undefined)).toEqual({});
  });
});

describe.concurrent('a create that was acted upon', () => {
  it.each(
    byDay(
      ['act:503', 'act:500', 'act:307', 'act:409', 'act:html', 'act:empty', 'act:torn', 'lost'],
      (_, at) => at % 3 === 1,
    ),
  )('and answered %s, and is listed late, is found and told of', async (what) => {
    const { emulator } = await rig({ faults: ['POST /flows=hide:1500x1', `POST /flows=${what}x1`] });
    const { outcome, events } = await applyAndHear(emulator.url, { doubtMs: 20_000 });
    expect(outcome).toBe('verified');
    expect(await settledCounts(emulator)).toEqual(exactlyOne);
    expect(
      emulator.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/flows')),
    ).toHaveLength(1);
    const [waiting] = events.filter((one) => one.kind === 'waiting' && one.about === 'doubt');
    expect(waiting).toMatchObject({ step: 'flow', mostMs: expect.any(Number) as number });
  });

  it.each(['act:html', 'act:empty', 'id:'])(
    '%s, and never shows, is not sent again blindly',
    async (what) => {
      const { emulator } = await rig({ faults: ['POST /flows=hide:60000', `POST /flows=${what}`] });
      const { outcome, failures } = await applyAndHear(emulator.url);
      expect([outcome, failures]).toMatchObject(['failed', [{ kind: 'unreadable' }]]);
      expect((await settledCounts(emulator))[3]).toBe(1);
    },
  );

  it('is found by the resume, whatever was answered', async () => {
    const here = await rig({ faults: ['POST /flows=act:400x1'] });
    expect((await applyHere(here)).outcome).toBe('failed');
    expect((await applyHere(here)).outcome).toBe('verified');
    expect(await settledCounts(here.emulator)).toEqual(exactlyOne);
  });

  it('is looked for by a resume while it is still held', async () => {
    const held = holdFirst('POST', /\/flows$/);
    const here = await rig({ hold: held.hold });
    const abort = new AbortController();
    const first = applyHere({ ...here, services: { abort: abort.signal } });
    await held.reached;
    abort.abort();
    expect((await first).outcome).toBe('failed');
    const resumed = applyHere({ ...here, services: { doubtMs: 20_000 } });
    const looked = () =>
      here.emulator.requests.filter((one) => one.path.endsWith('/flows') && one.method === 'GET');
    await vi.waitFor(() => expect(looked().length).toBeGreaterThan(0), 5000);
    held.release();
    expect((await resumed).outcome).toBe('verified');
    expect(await settledCounts(here.emulator)).toEqual(exactlyOne);
  });

  it('is made once when it is stopped in the pause before a second try', async () => {
    const here = await rig({ faults: ['POST /flows=429:30x1'] });
    const stop = new AbortController();
    const { outcome, events } = await applyAndHear(
      here.emulator.url,
      { stop: stop.signal, doubtMs: 50 },
      // What comes next is the pause that the platform asked for.
      (event) => event.kind === 'retrying' && stop.abort(),
    );
    expect(outcome).toBe('interrupted');
    expect(events.filter(({ kind }) => kind === 'retrying')).toHaveLength(1);
    expect((await settledCounts(here.emulator))[3]).toBe(0);
  });

  it('ends at once when it is stopped in the pause before a read', async () => {
    const here = await rig({ faults: ['GET /flows/*=429:100x1'] });
    const stop = new AbortController();
    const startedMs = performance.now();
    const applying = applyAndHear(here.emulator.url, { stop: stop.signal });
    await vi.waitFor(
      () => expect(here.emulator.requests.some(({ status }) => status === 429)).toBe(true),
      5000,
    );
    stop.abort();
    expect((await applying).outcome).toBe('interrupted');
    expect(performance.now() - startedMs).toBeLessThan(20_000);
  });
});

describe.concurrent('a clock on the wall that jumps', () => {
  const hourMs = 3_600_000;
  it.each([2 * hourMs, -2 * hourMs])('by %i ms ends no doubt and makes none longer', async (jumpMs) => {
    const here = await rig();
    const journal = await runsIn(here.folder, () => Date.now() + jumpMs).open(run);
    const place = { apiUrl: here.emulator.url, orgId, sandbox: 'dev' };
    await journal.note({ kind: 'begun', version: 1, run, plan: futurePlan, place, who: { user: 'tests' } });
    await journal.note({ kind: 'intent', step: 'flow' });
    const doubtfulMs = performance.now();
    await journal.note({ kind: 'doubtful', step: 'flow', why: 'lost' });
    await journal.close();
    expect((await applyHere(here)).outcome).toBe('verified');
    const tookMs = performance.now() - doubtfulMs;
    // The clock counts whole milliseconds.
    expect(tookMs).toBeGreaterThanOrEqual(349);
    expect(tookMs).toBeLessThan(30_000);
  });
});

describe.concurrent('what was made and is not read yet', () => {
  it('is asked for again, and that is told', async () => {
    const { emulator } = await rig({ faults: ['POST /flows=hide:400x1'] });
    const { outcome, events } = await applyAndHear(emulator.url);
    expect(outcome).toBe('verified');
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'waiting', step: 'read', about: 'unseen' }),
    );
  });

  it('is given up after a while, by name', async () => {
    const { emulator } = await rig({ faults: ['POST /flows=hide:60000x1'] });
    const { outcome, failures } = await applyAndHear(emulator.url, { unseenMs: 200 });
    expect([outcome, failures]).toMatchObject(['failed', [{ kind: 'refused', status: 404 }]]);
  });

  it('is not taken for gone by a rollback', async () => {
    const here = await rig({ faults: ['POST /flows=hide:500x1'] });
    await applyHere({ ...here, services: { unseenMs: 1 } });
    const events = await rollBackHere(here, { unseenMs: 10_000 });
    expect(events.at(-1)).toMatchObject({ outcome: 'rolledBack' });
    expect(events).toContainEqual(expect.objectContaining({ kind: 'removed', step: 'flow', wasGone: false }));
    expect(await settledCounts(here.emulator)).toEqual(none);
  });
});

describe.concurrent('a second object of a run', () => {
  const twice = ['connections', 'sourceConnections', 'targetConnections', 'flows'];
  it.each(twice)('among %s is removed before it says verified', async (collection) => {
    const { emulator } = await rig({ faults: [`POST /${collection}=twicex1`] });
    const { outcome } = await applyAndHear(emulator.url);
    expect(outcome).toBe('verified');
    expect(await settledCounts(emulator)).toEqual(exactlyOne);
  });

  it.each(byDay(twice, (_, at) => at % 2 === 0))(
    'among %s is removed by a rollback, and named',
    async (collection) => {
      const here = await rig({ faults: [`POST /${collection}=twicex1`, 'PATCH /flows/*=400x1'] });
      expect((await applyHere(here)).outcome).toBe('failed');
      const events = await rollBackHere(here);
      expect(events.filter((one) => one.kind === 'removed' && one.isSecond === true)).toHaveLength(1);
      expect(events.at(-1)).toMatchObject({ outcome: 'rolledBack', kept: 0 });
      expect(await settledCounts(here.emulator)).toEqual(none);
    },
  );

  it('that is in use is named, and nothing is verified', async () => {
    const { emulator } = await rig({ faults: ['POST /flows=act:503x1'] });
    const client = clientOf(emulator.url, { orgId });
    let second = '';
    const { outcome, failures } = await applyAndHear(emulator.url, {
      client: {
        ...client,
        async patchFlow(...args) {
          // A connection of ours, made by nobody knows whom, and something upon it.
          const spec = { id: '8a9c3494-9708-43d7-ae3f-cda01e5030e1', version: '1.0' };
          const base = await client.createConnection({
            name: 'x',
            description: `ferry run ${run}`,
            connectionSpec: spec,
          });
          await client.createSourceConnection({ name: 'y', baseConnectionId: base.id, connectionSpec: spec });
          second = base.id;
          return client.patchFlow(...args);
        },
      },
    });
    expect(outcome).toBe('failed');
    expect(failures).toMatchObject([{ kind: 'doubled', found: [`connections ${second}`] }]);
    // It is not left to the platform to refuse.
    expect(emulator.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  it('is not said to be absent where nobody could look', async () => {
    const here = await rig({ faults: ['PATCH /flows/*=400x1', 'GET /targetConnections=403'] });
    await applyHere(here);
    const events = await rollBackHere(here);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'failed', step: 'target-connection', id: '' }),
    );
    expect(events.at(-1)).toMatchObject({ outcome: 'partlyRolledBack' });
  });
});

describe.concurrent('a rollback', () => {
  it('names an object that never goes', async () => {
    const here = await rig();
    await applyHere(here);
    const client = clientOf(here.emulator.url, { orgId });
    const events = await rollBackHere(here, {
      goneMs: 60,
      client: { ...client, exists: () => Promise.resolve(true) },
    });
    expect(events.filter((one) => one.kind === 'kept')).toContainEqual(
      expect.objectContaining({ step: 'flow', reason: 'notGone' }),
    );
    expect(events.at(-1)).toMatchObject({ outcome: 'partlyRolledBack' });
    expect((await stateOf(here)).made.flowId).toBeDefined();
  });

  it('ends at a DELETE refused with 401, and names all that stays', async () => {
    const here = await rig({ faults: ['DELETE /targetConnections/*=401'] });
    await applyHere(here);
    const events = await rollBackHere(here);
    expect(events.map((one) => [one.kind, 'step' in one ? one.step : ''])).toEqual([
      ['removed', 'flow'],
      ['failed', 'target-connection'],
      ['kept', 'source-connection'],
      ['kept', 'target-base-connection'],
      ['kept', 'source-base-connection'],
      ['result', ''],
    ]);
    expect(events.at(-1)).toMatchObject({ outcome: 'partlyRolledBack', kept: 4 });
    expect(await settledCounts(here.emulator)).toEqual([2, 1, 1, 0]);
  });

  it('finishes the call under way at the first interrupt, and begins no other', async () => {
    const held = holdFirst('DELETE', /\/targetConnections\//);
    const here = await rig({ hold: held.hold });
    await applyHere(here);
    const stop = new AbortController();
    const undoing = rollBackHere(here, { stop: stop.signal });
    await held.reached;
    stop.abort();
    held.release();
    expect((await undoing).at(-1)).toMatchObject({ outcome: 'partlyRolledBack' });
    expect(await settledCounts(here.emulator)).toEqual([2, 1, 0, 0]);
    expect((await rollBackHere(here)).at(-1)).toMatchObject({ outcome: 'rolledBack' });
    expect(await settledCounts(here.emulator)).toEqual(none);
  });
});

describe('a journal tells', () => {
  const entry = (note: object): JournalEntry => ({ ...note, at: '2035-01-01T00:00:00.000Z' }) as JournalEntry;
  const begun = entry({ kind: 'begun', version: 1, run, plan: futurePlan });
  const folded = (...notes: object[]) => foldJournal([begun, ...notes.map(entry)]);

  it('that a second object is removed and the first is not', () => {
    const made = { kind: 'made', step: 'flow', id: 'F' };
    expect(folded(made, { kind: 'removed', step: 'flow', id: 'G' })?.made).toEqual({ flowId: 'F' });
    expect(folded(made, { kind: 'removed', step: 'flow', id: 'F' })?.made).toEqual({});
  });

  it.each<[string, object[], boolean]>([
    [
      'none',
      [
        { kind: 'intent', step: 'flow' },
        { kind: 'made', step: 'flow', id: 'F' },
      ],
      false,
    ],
    [
      'none after a refusal',
      [
        { kind: 'intent', step: 'flow' },
        { kind: 'refused', step: 'flow', why: '400' },
      ],
      false,
    ],
    ['an intent that nothing followed', [{ kind: 'intent', step: 'flow' }], true],
    [
      'one that died between',
      [
        { kind: 'intent', step: 'flow' },
        { kind: 'intent', step: 'flow' },
        { kind: 'made', step: 'flow', id: 'F' },
      ],
      true,
    ],
    [
      'one that was looked for',
      [
        { kind: 'intent', step: 'flow' },
        { kind: 'made', step: 'flow', id: 'F', isFound: true },
      ],
      true,
    ],
    [
      'one that was told',
      [
        { kind: 'intent', step: 'flow' },
        { kind: 'doubtful', step: 'flow', why: 'lost' },
        { kind: 'absent', step: 'flow' },
      ],
      true,
    ],
  ])('whether there was a doubt: %s', (_, notes, hadDoubt) => {
    expect(folded(...notes)?.hadDoubt).toBe(hadDoubt);
  });
});

describe('how long what was not said to be done may still turn up', () => {
  it.each([
    ['a create that was refused', 'flow', 'refused', 56_000],
    ['a version of a set that was refused', 'columns', 'refused', 56_000],
    ['a patch that was refused', 'change', 'refused', 6_000],
    ['the filling that was refused', 'activate', 'refused', 6_000],
    ['a storage location that was refused', 'location', 'refused', 6_000],
    ['a patch of which nothing was heard', 'change', 'intent', 56_000],
  ] as const)('%s', (_, step, kind, wanted) => {
    const atMs = Date.now() - 4_000;
    const left = leftOf(step, { doubts: {}, lastWords: { [step]: { kind, atMs } } }, 60_000);
    expect(left).toBeGreaterThan(wanted - 3_000);
    expect(left).toBeLessThanOrEqual(wanted);
    expect(leftOf(step, { doubts: {}, lastWords: {} }, 60_000)).toBe(0);
  });
});
