import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { activate } from '../../source/apply/activate.ts';
import type { ApplyEvent } from '../../source/apply/events.ts';
import type { JournalNote } from '../../source/apply/journal/journal.ts';
import { foldJournal } from '../../source/apply/journal/run-state.ts';
import {
  findAgain,
  findMarked,
  type Search as Marked,
  type Waiting,
} from '../../source/apply/once/find-again.ts';
import { pause } from '../../source/apply/once/pause.ts';
import { readQuiet } from '../../source/apply/once/quiet.ts';
import { readMade } from '../../source/apply/once/read-made.ts';
import { type Settling, untilSettled } from '../../source/apply/once/settle.ts';
import { withoutLeaps } from '../../source/apply/once/without-leaps.ts';
import { leaveOne } from '../../source/apply/once/single.ts';
import { Stopped } from '../../source/apply/stopped.ts';
import {
  removeEach,
  type RemovalEvent,
  removeObject,
  type Removing,
} from '../../source/apply/undo/remove.ts';
import { rollback, type RollbackEvent } from '../../source/apply/undo/rollback.ts';
import type { Connection } from '../../source/flow-service/connections.ts';
import { LostAnswerError, RefusedError, UnreadableAnswerError } from '../../source/flow-service/errors.ts';
import { type Flow, flow } from '../../source/flow-service/flows.ts';
import { everyPage } from '../../source/flow-service/paging.ts';
import { failureOf } from '../helpers/answers.ts';
import { futurePlan, orgId } from '../helpers/runs.ts';
import { applyingWith, clientOfShelves, clientThat } from '../helpers/shelves.ts';

// The clock of these tests is moved by them: what is looked at is when something is asked, to the
// millisecond, of which a timer knows only whole ones.
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const begun = (): { clock: () => number; at: number[]; ask: () => number } => {
  const startedAt = performance.now();
  const at: number[] = [];
  const clock = (): number => Math.round((performance.now() - startedAt) * 100) / 100;
  return { clock, at, ask: () => at.push(Math.round(clock())) };
};

const get = { method: 'GET', path: '/flows' };
const refused = (status: number): RefusedError => new RefusedError(get, status, { serverMessage: 'no' });

/** The end of something, whatever it is; the clock runs as far as it takes. */
async function ended<Value>(work: Promise<Value>): Promise<Value> {
  work.catch(() => undefined);
  await vi.runAllTimersAsync();
  return work;
}

describe('a pause', () => {
  it('lasts as long as it says', async () => {
    const { clock } = begun();
    await ended(pause(300, new AbortController().signal));
    expect(clock()).toBe(300);
  });

  it.each([0, 120])('ends at once when it is stopped after %i ms', async (afterMs) => {
    const { clock } = begun();
    const stop = new AbortController();
    if (afterMs === 0) stop.abort();
    else setTimeout(() => stop.abort(), afterMs);
    await ended(pause(1000, stop.signal));
    expect(clock()).toBe(afterMs);
  });

  it('leaves nobody listening', async () => {
    const stop = new AbortController();
    const remove = vi.spyOn(stop.signal, 'removeEventListener');
    await ended(pause(10, stop.signal));
    expect(remove.mock.calls).toEqual([['abort', expect.any(Function)]]);
  });
});

type Search = Marked & Waiting;

describe('what may have been made', () => {
  const marker = 'ferry run 0a1b2c3d';
  const object = (id: string, description?: string, spec?: string): Connection => ({
    id,
    description,
    ...(spec === undefined ? {} : { connectionSpec: { id: spec } }),
  });
  const search = (
    answers: (look: number) => Connection[] | Error,
    more: Partial<Search> = {},
  ): { found: Promise<string | undefined>; at: number[]; waits: number[] } => {
    const { clock, at, ask } = begun();
    const waits: number[] = [];
    const asked: Search = {
      isAlike: () => false,
      client: clientThat({
        async *list(collection) {
          expect(collection).toBe(more.step?.endsWith('base-connection') === true ? 'connections' : 'flows');
          const answer = answers(ask());
          await Promise.resolve();
          if (answer instanceof Error) throw answer;
          yield answer.slice(0, 1);
          yield answer.slice(1);
        },
      }),
      step: 'flow',
      marker,
      connectionSpecId: 'ABCD',
      untilMs: 12_000,
      clock,
      onWait: (mostMs) => waits.push(mostMs),
      ...more,
    };
    const found = findAgain(asked, () => findMarked(asked));
    return { found, at, waits };
  };

  it('is looked for soon, then ever more rarely, and at the very end once more', async () => {
    const { found, at, waits } = search(() => [object('x', 'ferry run ffffffff'), object('y')]);
    expect(await ended(found)).toBeUndefined();
    expect(at).toEqual([0, 250, 625, 1187, 2030, 3295, 5193, 8040, 11_040, 12_000]);
    expect(waits).toEqual([12_000]);
  });

  it('is looked for no longer than it may take in a list without an end', async () => {
    const { clock } = begun();
    let pages = 0;
    const asked: Search = {
      isAlike: () => false,
      client: clientThat({
        list: (collection, _, { isOver = () => false } = {}) =>
          everyPage<Connection, number>(
            `/${collection}`,
            async (at = 0) => {
              await pause(400, undefined);
              return { items: [object(`o${pages++}`)], next: at + 1 };
            },
            ({ id }) => id,
            isOver,
          ),
      }),
      step: 'flow',
      marker,
      connectionSpecId: 'ABCD',
      untilMs: 12_000,
      clock,
      onWait: () => undefined,
    };
    const found = findAgain(asked, (isOver) => findMarked({ ...asked, isOver }));
    expect(await failureOf(ended(found))).toMatchObject({ kind: 'incomplete' });
    // The time that it may turn up in, and that of one more look.
    expect(clock()).toBeGreaterThanOrEqual(72_000);
    expect(clock()).toBeLessThan(73_000);
  });

  it('is found wherever it stands, by the marker of the run', async () => {
    const { found, at, waits } = search((look) =>
      look < 3 ? [] : [object('x'), object('y', `mine (${marker})`)],
    );
    expect(await ended(found)).toBe('y');
    expect(at).toEqual([0, 250, 625]);
    expect(waits).toEqual([12_000]);
  });

  it.each<[string, Connection, string | undefined]>([
    ['of its own spec', object('x', marker, 'abcd'), 'x'],
    ['of another spec', object('x', marker, 'efgh'), undefined],
    ['that does not say of which', object('x', marker), undefined],
  ])('is, of the base connections, the one %s', async (_, one, wanted) => {
    const { found } = search(() => [one], { step: 'target-base-connection', untilMs: 0 });
    expect(await ended(found)).toBe(wanted);
    expect(await ended(search(() => [one], { step: 'source-base-connection', untilMs: 0 }).found)).toBe(
      wanted,
    );
  });

  it('is looked for once where no time is left, and nobody is told to wait', async () => {
    const { found, at, waits } = search(() => [], { untilMs: 0 });
    expect(await ended(found)).toBeUndefined();
    expect([at, waits]).toEqual([[0], []]);
  });

  it('is looked for again after a look that failed for a moment', async () => {
    const { found } = search((look) => (look < 3 ? refused(503) : [object('y', marker)]));
    expect(await ended(found)).toBe('y');
  });

  it.each<[string, Error, number]>([
    ['the last one fails', refused(503), 12_000],
    ['one is refused', refused(403), 0],
    ['something else is broken', new TypeError('x'), 0],
  ])('is not said to be absent where %s', async (_, error, afterMs) => {
    const { found, at } = search(() => error);
    expect(await failureOf(ended(found))).toBe(error);
    expect(at.at(-1)).toBe(afterMs);
  });

  it('is looked for a last time when it is stopped', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 700);
    const { found, at } = search(() => [], { stop: stop.signal });
    expect(await ended(found)).toBeUndefined();
    expect(at).toEqual([0, 250, 625, 700]);
  });
});

describe('what was made and is not read yet', () => {
  const reading = (
    answer: (read: number) => string | Error,
    more: { unseenMs?: number; stop?: AbortSignal } = {},
  ) => {
    const { clock, at, ask } = begun();
    const told: ApplyEvent[] = [];
    const read = readMade(
      'read',
      () => {
        const found = answer(ask());
        return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
      },
      { clock, tell: (event) => told.push(event), ...more } as Parameters<typeof readMade>[2],
    );
    return { read, at, told };
  };

  it('is asked for soon, then ever more rarely, and told of once', async () => {
    const { read, at, told } = reading((count) => (count < 12 ? refused(404) : 'there'));
    expect(await ended(read)).toBe('there');
    expect(at).toEqual([0, 100, 250, 475, 812, 1318, 2077, 3216, 4924, 6924, 8924, 10_924]);
    expect(told).toEqual([{ kind: 'waiting', step: 'read', about: 'unseen', mostMs: 30_000 }]);
  });

  it('is given up when it is not there in the end, by what the platform says', async () => {
    const error = refused(404);
    const { read, at } = reading(() => error, { unseenMs: 600 });
    expect(await failureOf(ended(read))).toBe(error);
    expect(at).toEqual([0, 100, 250, 475, 600]);
  });

  it.each<[string, Error]>([
    ['refused otherwise', refused(403)],
    ['lost', new LostAnswerError(get, 'ECONNRESET', undefined)],
  ])('is not asked for again when the answer is %s', async (_, error) => {
    const { read, at, told } = reading(() => error);
    expect(await failureOf(ended(read))).toBe(error);
    expect([at, told]).toEqual([[0], []]);
  });

  it('is asked for a last time when it is stopped', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const { read, at } = reading(() => refused(404), { stop: stop.signal });
    await failureOf(ended(read));
    expect(at).toEqual([0, 100, 250, 300]);
  });
});

describe('a dataflow that something is done to', () => {
  const flowIn = (state: string, lastOperation?: object): Flow =>
    flow.parse({ id: 'f', etag: '"1"', state, transformations: [], lastOperation });
  const quiet = (answer: (read: number) => Flow, more: { settleMs?: number; stop?: AbortSignal } = {}) => {
    const { clock, at, ask } = begun();
    const told: ApplyEvent[] = [];
    const read = readQuiet(
      () => Promise.resolve(answer(ask())),
      'read',
      { clock, ...more },
      (event) => told.push(event),
    );
    return { read, at, told };
  };

  it('is read soon, then ever more rarely, until nothing is, and told of once', async () => {
    const { read, at, told } = quiet((count) => flowIn(count < 12 ? 'updating' : 'enabled'));
    expect((await ended(read)).state).toBe('enabled');
    expect(at).toEqual([0, 100, 250, 475, 812, 1318, 2077, 3216, 4924, 7486, 10_486, 13_486]);
    expect(told).toEqual([{ kind: 'waiting', step: 'read', about: 'busy', mostMs: 300_000 }]);
  });

  it('is named with what it is busy with, where that does not end', async () => {
    const { read, at } = quiet(() => flowIn('Updating'), { settleMs: 400 });
    expect(await failureOf(ended(read))).toMatchObject({ kind: 'flowBusy', id: 'f', found: ['Updating'] });
    expect(at).toEqual([0, 100, 250, 400]);
  });

  it.each<[string, Flow, boolean]>([
    ['enabled', flowIn('enabled'), false],
    ['disabled', flowIn('disabled'), false],
    ['called after one that is busy', flowIn('not-updating'), false],
    ['called before one that is busy', flowIn('updating-not'), false],
    ['initializing', flowIn('initializing'), true],
    ['being deleted', flowIn('delete-finalizing'), true],
    ['changed', flowIn('enabled', { started: 1, status: { value: 'inprogress' } }), true],
    ['changed, and that has ended', flowIn('enabled', { started: 1, status: { value: 'success' } }), false],
  ])('is one that is %s', async (_, one, isBusy) => {
    const { read, told } = quiet(() => one, { settleMs: 0 });
    if (isBusy) expect(await failureOf(ended(read))).toMatchObject({ kind: 'flowBusy' });
    else expect(await ended(read)).toBe(one);
    expect(told).toEqual([]);
  });

  it('is waited for no longer than nobody says stop, and is taken where it is quiet then', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 120);
    const { read, at } = quiet(() => flowIn('updating'), { stop: stop.signal });
    expect(await failureOf(ended(read))).toBeInstanceOf(Stopped);
    expect(at).toEqual([0, 100, 120]);
    expect((await ended(quiet(() => flowIn('enabled'), { stop: stop.signal }).read)).state).toBe('enabled');
  });
});

describe('a change that was sent', () => {
  const flowWith = (lastOperation?: object): Flow =>
    flow.parse({ id: 'f', etag: '"1"', state: 'enabled', transformations: [], lastOperation });
  const operation = (value: string, more: object = {}): object => ({
    started: 2,
    status: { value },
    ...more,
  });
  const settling = (
    answer: (read: number) => Flow,
    more: Partial<Settling> = {},
  ): { settled: Promise<Flow>; at: number[]; told: ApplyEvent[] } => {
    const { clock, at, ask } = begun();
    const told: ApplyEvent[] = [];
    const settled = untilSettled({
      read: () => Promise.resolve(answer(ask())),
      isProven: () => false,
      before: flowWith(),
      clock,
      tell: (event) => told.push(event),
      ...more,
    });
    return { settled, at, told };
  };

  it('is read at a quarter of the wait so far, while the platform works', async () => {
    const running = flowWith(operation('inprogress', { percentCompleted: 40 }));
    const { settled, at, told } = settling(() => running, { settleMs: 900 });
    expect(await ended(settled)).toBe(running);
    expect(at).toEqual([0, 50, 100, 150, 200, 250, 312, 390, 487, 608, 760, 950]);
    expect(told).toHaveLength(11);
    expect(told[0]).toEqual({ kind: 'waiting', step: 'settle', status: 'inprogress', percentCompleted: 40 });
  });

  it('is never asked for more rarely than every three seconds', async () => {
    const { settled, at } = settling(() => flowWith(operation('inprogress')));
    await ended(settled);
    const [last = 0, before = 0] = at.toReversed();
    expect(last - before).toBe(3000);
    expect(last).toBeGreaterThan(300_000);
    expect(before).toBeLessThanOrEqual(300_000);
  });

  it('is waited for 15 s where the platform says nothing of it', async () => {
    const { settled, at, told } = settling(() => flowWith());
    await ended(settled);
    expect(at.at(-1)).toBeGreaterThan(15_000);
    expect(at.at(-2)).toBeLessThanOrEqual(15_000);
    expect(told[0]).toEqual({ kind: 'waiting', step: 'settle' });
  });

  it.each<[string, Flow, Flow, boolean, boolean]>([
    ['a new operation has ended', flowWith(operation('success')), flowWith(), false, true],
    ['a new operation has failed', flowWith(operation('failed')), flowWith(), false, true],
    [
      'an old operation has ended',
      flowWith(operation('success')),
      flowWith(operation('success')),
      false,
      false,
    ],
    ['it holds everything', flowWith(), flowWith(), true, true],
    [
      'it holds everything, of an old operation',
      flowWith(operation('success')),
      flowWith(operation('success')),
      true,
      true,
    ],
    [
      'it holds everything and is still worked on',
      flowWith(operation('inprogress')),
      flowWith(),
      true,
      false,
    ],
    ['nothing is known of how it goes', flowWith({ started: 2 }), flowWith(), false, false],
  ])('when %s', async (_, read, before, isProven, isIn) => {
    const { settled, at } = settling(() => read, { before, isProven: () => isProven, settleMs: 100 });
    expect(await ended(settled)).toBe(read);
    expect(at.length === 1).toBe(isIn);
  });

  it('is read a last time when it is stopped', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 120);
    const { settled, at } = settling(() => flowWith(operation('inprogress')), { stop: stop.signal });
    await ended(settled);
    expect(at).toEqual([0, 50, 100, 120]);
  });
});

describe('a clock that leaps', () => {
  it('counts what passes, and of a leap no more than fifteen seconds', () => {
    let now = 1000;
    const clock = withoutLeaps(() => now);
    const after = (ms: number): number => {
      now += ms;
      return clock();
    };
    expect([0, 3000, 7_200_000, 10, -7_200_000, 10, 15_000].map(after)).toEqual([
      1000, 4000, 19_000, 19_010, 19_010, 19_020, 34_020,
    ]);
  });

  it('does not end the look for what may still turn up', async () => {
    const { clock, at, ask } = begun();
    let leapMs = 0;
    const found = findAgain(
      {
        untilMs: 60_000,
        clock: () => clock() + leapMs,
        onWait: () => undefined,
      },
      () => {
        const looks = ask();
        if (looks === 3) leapMs = 7_200_000;
        return Promise.resolve(clock() > 40_000 ? 'F' : undefined);
      },
    );
    expect(await ended(found)).toBe('F');
    expect(at.length).toBeGreaterThan(10);
  });
});

describe('an object that is removed', () => {
  const removing = (
    calls: { remove: (count: number) => boolean | Error; exists?: (count: number) => boolean | Error },
    more: Partial<Removing> = {},
  ) => {
    const { clock, at, ask } = begun();
    const told: RemovalEvent[] = [];
    const asked: string[] = [];
    const answer = (what: boolean | Error): Promise<boolean> =>
      what instanceof Error ? Promise.reject(what) : Promise.resolve(what);
    const count = (name: string): number => {
      ask();
      asked.push(name);
      return asked.filter((one) => one === name).length;
    };
    const removal = removeObject({
      client: clientThat({
        remove: async () => ({ alreadyGone: await answer(calls.remove(count('remove'))) }),
        exists: () => answer((calls.exists ?? (() => false))(count('exists'))),
      }),
      collection: 'flows',
      id: 'f',
      isYoung: false,
      clock,
      tell: (event) => told.push(event),
      ...more,
    });
    return { removal, at, told, asked };
  };
  const deleting = { method: 'DELETE', path: '/flows/f' };
  const not = (status: number, more = {}): RefusedError =>
    new RefusedError(deleting, status, { serverMessage: 'in use', ...more });

  it('is asked for until it is gone, ever more rarely, and that is told once', async () => {
    const { removal, at, told } = removing({ remove: () => false, exists: (count) => count < 12 });
    expect(await ended(removal)).toEqual({ kind: 'gone', wasGone: false });
    expect(at).toEqual([0, 0, 50, 125, 237, 405, 658, 1037, 1606, 2460, 3741, 5663, 7663]);
    expect(told).toEqual([{ kind: 'waiting', about: 'gone', mostMs: 60_000 }]);
  });

  it('and never goes is named after a while', async () => {
    const { removal, at } = removing({ remove: () => false, exists: () => true }, { goneMs: 200 });
    expect(await ended(removal)).toEqual({ kind: 'stays', reason: 'notGone', why: '' });
    expect(at).toEqual([0, 0, 50, 125, 200]);
  });

  it('and was gone before is said to have been', async () => {
    const { removal, asked } = removing({ remove: () => true });
    expect(await ended(removal)).toEqual({ kind: 'gone', wasGone: true });
    expect(asked).toEqual(['remove']);
  });

  it('and was made a moment ago is asked for again until it is seen', async () => {
    const { removal, at, told, asked } = removing({ remove: (count) => count < 4 }, { isYoung: true });
    expect(await ended(removal)).toEqual({ kind: 'gone', wasGone: false });
    expect(at).toEqual([0, 100, 250, 475, 475]);
    expect(asked.at(-1)).toBe('exists');
    expect(told).toEqual([{ kind: 'waiting', about: 'unseen', mostMs: 30_000 }]);
  });

  it('and is never seen was gone', async () => {
    const { removal, at } = removing({ remove: () => true }, { isYoung: true, unseenMs: 300 });
    expect(await ended(removal)).toEqual({ kind: 'gone', wasGone: true });
    expect(at).toEqual([0, 100, 250, 300]);
  });

  it('and is not seen is asked for once more when it is stopped', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 120);
    const { removal, at } = removing({ remove: () => true }, { isYoung: true, stop: stop.signal });
    await ended(removal);
    expect(at).toEqual([0, 100, 120]);
  });

  it.each<[string, Error, object]>([
    [
      'in use',
      not(409),
      { kind: 'stays', reason: 'refused', why: 'in use', error: expect.any(RefusedError) },
    ],
    [
      'refused in words',
      not(422),
      { kind: 'stays', reason: 'refused', why: 'in use', error: expect.any(RefusedError) },
    ],
    [
      'refused by a code',
      not(422, { serverMessage: undefined, code: 'X' }),
      { kind: 'stays', reason: 'refused', why: '422', error: expect.any(RefusedError) },
    ],
  ])('and is %s stays', async (_, error, wanted) => {
    const { removal, asked } = removing({ remove: () => error, exists: () => true }, { goneMs: 0 });
    expect(await ended(removal)).toEqual(wanted);
    expect(asked).toEqual(['remove', 'exists']);
  });

  it.each<[string, Error, number]>([
    ['409', not(409), 1],
    ['422', not(422), 1],
    ['403', not(403), 1],
    ['a 400 that says nothing', new RefusedError(deleting, 400, {}), 1],
    ['503 three times', not(503), 3],
    ['what cannot be read twice', new UnreadableAnswerError(deleting, 200, []), 2],
  ])('and is gone all the same after %s is gone', async (_, error, removes) => {
    const { removal, asked } = removing({ remove: () => error, exists: () => false });
    expect(await ended(removal)).toEqual({ kind: 'gone', wasGone: false });
    expect(asked).toEqual([...Array.from({ length: removes }, () => 'remove'), 'exists']);
  });

  it.each<[string, Error, number, number | undefined]>([
    ['422', not(422), 3000, 3000],
    ['403', not(403), 3000, 3000],
    ['409', not(409), 10_000, 10_000],
    ['a 400 that says nothing', new RefusedError(deleting, 400, {}), 10_000, 10_000],
    // The token is refused, and nothing about this object.
    ['401', not(401), 0, undefined],
  ])(
    'and refused by %s is looked for a moment: it may only not show yet',
    async (_, error, lastMs, mostMs) => {
      const { removal, at, told } = removing({ remove: () => error, exists: () => true });
      await ended(removal).catch(() => undefined);
      expect(at.at(-1)).toBe(lastMs);
      expect(told).toEqual(mostMs === undefined ? [] : [{ kind: 'waiting', about: 'gone', mostMs }]);
      if (mostMs === undefined) return;
      const late = removing({ remove: () => error, exists: (count) => count < 4 });
      expect(await ended(late.removal)).toEqual({ kind: 'gone', wasGone: false });
    },
  );

  it('and is refused stays too where nobody may look', async () => {
    const { removal } = removing({ remove: () => not(422), exists: () => refused(403) });
    expect(await ended(removal)).toMatchObject({ kind: 'stays', reason: 'refused', why: 'in use' });
  });

  it.each<[string, Error, string[]]>([
    ['401', not(401), ['exists']],
    ['403', not(403), ['exists']],
    ['a read that is refused', refused(404), []],
    ['a 400 that says nothing', new RefusedError(deleting, 400, {}), ['exists']],
    ['what is no answer at all', new TypeError('x'), []],
  ])('is no result by %s', async (_, error, looked) => {
    const { removal, asked } = removing({ remove: () => error, exists: () => true }, { goneMs: 0 });
    expect(await failureOf(ended(removal))).toBe(error);
    expect(asked).toEqual(['remove', ...looked]);
  });

  it('is asked to go again after a moment when nobody knows, and 404 then says that this was it', async () => {
    const { removal, at, told } = removing(
      { remove: (count) => (count < 3 ? not(503) : true) },
      { retryBaseMs: 1000 },
    );
    expect(await ended(removal)).toEqual({ kind: 'gone', wasGone: false });
    expect(at).toEqual([0, 1000, 3000]);
    expect(told).toEqual([
      { kind: 'retrying', attempt: 2, afterMs: 1000, why: '503' },
      { kind: 'retrying', attempt: 3, afterMs: 2000, why: '503' },
    ]);
  });

  it('is given up after three tries', async () => {
    const { removal, asked } = removing({ remove: () => not(503), exists: () => true }, { goneMs: 0 });
    expect(await failureOf(ended(removal))).toMatchObject({ status: 503 });
    expect(asked).toEqual(['remove', 'remove', 'remove', 'exists']);
  });

  it('is asked to go once more after an answer that cannot be read, and no third time', async () => {
    const error = new UnreadableAnswerError(deleting, 200, []);
    const { removal, asked } = removing({ remove: () => error, exists: () => true }, { goneMs: 0 });
    expect(await failureOf(ended(removal))).toBe(error);
    expect(asked).toEqual(['remove', 'remove', 'exists']);
  });

  it('is not asked to go again when it is stopped in the pause', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const { removal, asked } = removing({ remove: () => not(503) }, { stop: stop.signal, retryBaseMs: 1000 });
    expect(await failureOf(ended(removal))).toMatchObject({ status: 503 });
    expect(asked).toHaveLength(1);
  });

  it('and does not go is left when it is stopped', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 60);
    const { removal } = removing({ remove: () => false, exists: () => true }, { stop: stop.signal });
    expect(await ended(removal)).toEqual({ kind: 'stays', reason: 'interrupted', why: '' });
  });
});

describe('many objects that are to go', () => {
  const deleting = { method: 'DELETE', path: '/connections/x' };
  const own = (id: string): Connection => ({ id, description: 'ferry run 0a1b2c3d' });
  const seconds = ['B1', 'B2', 'B3', 'B4', 'B5', 'B6'].map(own);
  const refusing = (status: number) => {
    const { clock } = begun();
    const sent: string[] = [];
    let underWay = 0;
    const { client } = clientOfShelves(
      { connections: seconds },
      {
        async remove(_, id) {
          expect(++underWay).toBe(1);
          await pause(5, undefined);
          underWay--;
          sent.push(`${id} ${clock()}`);
          throw new RefusedError(deleting, status, { serverMessage: 'in use' });
        },
      },
    );
    return { client, clock, sent };
  };
  const oneAfterAnother = ['B1 5', 'B2 10', 'B3 15', 'B4 20', 'B5 25', 'B6 30'];

  it.each<[number, number]>([
    [422, 3000],
    [403, 3000],
    [409, 10_000],
  ])('are sent one after another, and refused by %i all looked for at once', async (status, mostMs) => {
    const { client, clock, sent } = refusing(status);
    const noted: JournalNote[] = [];
    const told: RollbackEvent[] = [];
    const undoing = async (): Promise<void> => {
      const place = { apiUrl: 'https://platform.example', orgId, sandbox: 'dev' };
      const begunNote = { kind: 'begun', version: 1, run: '0a1b2c3d', plan: futurePlan, place } as const;
      const state = foldJournal([{ ...begunNote, who: { user: 'tests' }, at: new Date().toISOString() }]);
      const journal = { note: (note: JournalNote) => Promise.resolve(void noted.push(note)) };
      if (state?.plan === undefined) throw new Error('no plan');
      for await (const event of rollback(state, { client, clock, journal, doubtMs: 0 })) told.push(event);
    };
    await ended(undoing());
    expect(sent).toEqual(oneAfterAnother);
    // The last one was refused when the clock stood at 30.
    expect(clock()).toBe(30 + mostMs);
    expect(told.filter(({ kind }) => kind === 'kept' || kind === 'failed')).toHaveLength(6);
    expect(noted).toEqual([]);
  });

  it('and are a second one each take no longer than one', async () => {
    const { client, clock, sent } = refusing(409);
    const { applying } = applyingWith({ client, clock, made: {} });
    const failure = failureOf(ended(leaveOne(applying)));
    expect(await failure).toMatchObject({ found: seconds.map(({ id }) => `connections ${id}`) });
    expect([sent, clock()]).toEqual([oneAfterAnother, 10_030]);
  });

  it('leave none under way where one of them ends it', async () => {
    const { clock } = begun();
    const broken = new Error('full');
    const ends: string[] = [];
    const removing = removeEach(['A', 'B', 'C'], async (id, onRefused) => {
      if (id !== 'A') throw broken;
      onRefused();
      await pause(3000, undefined);
      ends.push(`${id} ${clock()}`);
    });
    expect(await failureOf(ended(removing.finally(() => ends.push(`end ${clock()}`))))).toBe(broken);
    expect(ends).toEqual(['A 3000', 'end 3000']);
  });

  it('are left where the first one shows that none may go', async () => {
    const { client, clock, sent } = refusing(401);
    const { applying } = applyingWith({ client, clock, made: {} });
    expect(await failureOf(ended(leaveOne(applying)))).toMatchObject({ status: 401 });
    expect(sent).toEqual(['B1 5']);
  });
});

describe('a patch', () => {
  const flowWith = (etag: string, more: object = {}): Flow =>
    flow.parse({ id: 'f', etag, transformations: [], ...more });
  const patching = (
    patch: (count: number) => Error | undefined,
    look: (count: number) => Flow,
    more: Partial<Parameters<typeof activate>[0]> = {},
  ) => {
    const { clock, at, ask } = begun();
    const sent: (string | undefined)[] = [];
    const { applying, told, noted } = applyingWith({
      clock,
      retryBaseMs: 1000,
      client: clientThat({
        patchFlow(_, etag) {
          sent.push(etag);
          const error = patch(sent.length);
          return error ? Promise.reject(error) : Promise.resolve({ requestId: 'R' });
        },
      }),
      ...more,
    });
    const patched = activate({
      ...applying,
      flowId: 'f',
      before: flowWith('"1"'),
      isProven: () => false,
      look: () => Promise.resolve(look(ask())),
      ...more,
    });
    return { patched, sent, at, told, noted: () => noted.map(({ kind }) => kind) };
  };
  const writing = { method: 'PATCH', path: '/flows/f' };
  const stale = new RefusedError(writing, 412, { serverMessage: 'etag' });
  const lost = new LostAnswerError(writing, 'ECONNRESET', undefined);
  const running = { lastOperation: { started: 5, status: { value: 'inprogress' } } };

  const untagged = [undefined, null, '', ' ', '""', 'W/""', '"', '*', '"\u0007"'];
  it.each(untagged)('of what has no version to go by (%j) is not sent, and leaves nothing', async (etag) => {
    const before = flow.parse({ id: 'f', etag, transformations: [] });
    const { patched, sent, at, noted } = patching(
      () => undefined,
      () => before,
      { before },
    );
    expect(await failureOf(ended(patched))).toMatchObject({
      kind: 'unreadable',
      problems: [{ path: '$.etag', expected: 'sendable' }],
    });
    expect([sent, at, noted()]).toEqual([[], [200, 600, 1200], []]);
  });

  it.each(untagged)('of what says its version only later (%j before) goes out with that', async (etag) => {
    const before = flow.parse({ id: 'f', etag, transformations: [] });
    const { patched, sent, noted } = patching(
      () => undefined,
      (count) => (count < 2 ? before : flowWith('"2"')),
      { before },
    );
    expect(await ended(patched)).toEqual({ requestId: 'R' });
    expect([sent, noted()]).toEqual([['"2"'], ['intent', 'patched']]);
  });

  it('that met a stale etag goes out again with a fresh one, each time a little later, and not for ever', async () => {
    const { patched, sent, told, at } = patching(
      () => stale,
      (count) => flowWith(`"${count + 1}"`),
    );
    expect(await failureOf(ended(patched))).toBe(stale);
    expect(sent).toEqual(['"1"', '"2"', '"3"', '"4"', '"5"']);
    expect(told).toEqual(
      [0, 200, 400, 600].map((afterMs, index) => ({
        kind: 'retrying',
        step: 'activate',
        attempt: index + 2,
        afterMs,
        why: 'etag',
      })),
    );
    expect(at).toEqual([0, 200, 600, 1200]);
  });

  it('of which nobody knows is looked for as long as it may still show, and then sent again', async () => {
    const { patched, sent, told, at, noted } = patching(
      (count) => (count === 1 ? lost : undefined),
      () => flowWith('"2"'),
      { doubtMs: 1000 },
    );
    expect(await ended(patched)).toEqual({ requestId: 'R' });
    expect(at).toEqual([0, 300, 600, 900, 1000]);
    expect(sent).toEqual(['"1"', '"2"']);
    expect(told).toEqual([
      { kind: 'waiting', step: 'activate', about: 'doubt', mostMs: 1000, attempt: 1, why: 'lost' },
      // It failed a second ago: that was the pause.
      { kind: 'retrying', step: 'activate', attempt: 2, afterMs: 0, why: 'lost' },
    ]);
    expect(noted()).toEqual(['intent', 'doubtful', 'intent', 'patched']);
  });

  it('that cannot have been taken in, by its etag, is sent again after a pause', async () => {
    const { patched, at, told } = patching(
      (count) => (count === 1 ? lost : undefined),
      () => flowWith('"1"'),
    );
    expect(await ended(patched)).toEqual({ requestId: 'R' });
    expect(at).toEqual([0]);
    expect(told).toEqual([{ kind: 'retrying', step: 'activate', attempt: 2, afterMs: 1000, why: 'lost' }]);
  });

  it.each<[string, Flow, boolean]>([
    ['the platform works on something new', flowWith('"2"', running), false],
    ['the dataflow holds everything', flowWith('"2"'), true],
  ])('of which nobody knows was taken in when %s', async (_, found, isProven) => {
    const { patched, sent, noted } = patching(
      () => lost,
      () => found,
      { isProven: () => isProven },
    );
    expect(await ended(patched)).toEqual({});
    expect([sent, noted()]).toEqual([['"1"'], ['intent', 'doubtful', 'patched']]);
  });

  it('is not taken for done by what was under way before', async () => {
    const { patched, sent } = patching(
      (count) => (count === 1 ? lost : undefined),
      () => flowWith('"2"', running),
      { before: flowWith('"1"', running), doubtMs: 100 },
    );
    await ended(patched);
    expect(sent).toHaveLength(2);
  });

  it('goes into no dataflow that somebody else has filled', async () => {
    const selectors = [
      { type: 'PLATFORM_SEGMENT', value: { id: 'x', name: 'Theirs' } },
      { type: 'PLATFORM_SEGMENT', value: { id: 'y' } },
    ];
    const columns = [{ type: 'JSON_PATH', value: { path: 'a.b' } }];
    const filled = flowWith('"1"', {
      transformations: [
        { params: { segmentSelectors: { selectors }, profileSelectors: { selectors: columns } } },
      ],
    });
    const { patched, sent } = patching(
      () => undefined,
      () => filled,
      { before: filled },
    );
    expect(await failureOf(ended(patched))).toMatchObject({ kind: 'changed', found: ['Theirs', 'y', 'a.b'] });
    expect(sent).toEqual([]);
  });

  it('is not sent again by a run that has patched', async () => {
    const earlier = {
      made: {},
      doubts: {},
      sent: new Set(['activate' as const]),
      hadDoubt: false,
      patched: new Set(['activate' as const]),
      found: undefined,
      isPruned: false,
    };
    const { patched, sent, at } = patching(
      () => undefined,
      () => flowWith('"1"'),
      { earlier },
    );
    expect(await ended(patched)).toEqual({});
    expect([sent, at]).toEqual([[], []]);
  });

  it.each<[string, object, number[]]>([
    ['was refused', {}, [0]],
    ['is in doubt', { activate: {} }, [0, 300, 600, 700]],
  ])('that an earlier attempt sent, and that %s, is looked for first', async (_, doubts, looks) => {
    const earlier = {
      made: {},
      doubts,
      sent: new Set(['activate' as const]),
      hadDoubt: false,
      patched: new Set<never>(),
      found: undefined,
      isPruned: false,
    };
    const { patched, sent, at } = patching(
      () => undefined,
      () => flowWith('"7"'),
      { earlier, doubtMs: 700 },
    );
    await ended(patched);
    expect([at, sent]).toEqual([looks, ['"7"']]);
  });

  it('is given up after three tries', async () => {
    const { patched, sent } = patching(
      () => lost,
      () => flowWith('"1"'),
    );
    expect(await failureOf(ended(patched))).toBe(lost);
    expect(sent).toHaveLength(3);
  });

  it('is not sent again after a stop', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 400);
    const { patched, sent, at } = patching(
      () => lost,
      () => flowWith('"2"'),
      { stop: stop.signal },
    );
    expect(await failureOf(ended(patched))).toMatchObject({ name: 'Stopped' });
    expect([sent, at]).toEqual([['"1"'], [0, 300, 400]]);
  });
});
