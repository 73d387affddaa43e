import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { switchState } from '../../source/apply/errand/switch-state.ts';
import type { JournalEntry } from '../../source/apply/journal/journal.ts';
import { foldJournal } from '../../source/apply/journal/run-state.ts';
import { LostAnswerError, RefusedError, UnreadableAnswerError } from '../../source/flow-service/errors.ts';
import { readAgain } from '../../source/flow-service/flows.ts';
import { applyingWith, clientThat } from '../helpers/shelves.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const call = { method: 'POST', path: '/flows/f/action' };
const said = { serverMessage: 'no' };
const errors = {
  lost: new LostAnswerError(call, 'ECONNRESET', undefined),
  '503': new RefusedError(call, 503, said),
  '400': new RefusedError(call, 400, said),
  '403': new RefusedError(call, 403, said),
  unread: new UnreadableAnswerError(call, 200, []),
};
type What = keyof typeof errors | 'answered';
const errand = { kind: 'disable', flowId: 'f', name: 'x' } as const;

/** What became of an action: each try is answered as it says, and its effect shows after so long, or never. */
async function switched(
  tries: readonly (readonly [What, number | undefined])[],
  more: Partial<Parameters<typeof switchState>[0]> = {},
) {
  const startedAt = performance.now();
  const clock = (): number => Math.round(performance.now() - startedAt);
  const sentAt: number[] = [];
  let shownAt = Infinity;
  const client = clientThat({
    getFlow: () =>
      Promise.resolve(
        readAgain({ id: 'f', state: clock() >= shownAt ? 'Disabled' : 'enabled', transformations: [] }),
      ),
    act() {
      const [what, afterMs = Infinity] = tries[sentAt.push(clock()) - 1] ?? ['400'];
      shownAt = Math.min(shownAt, clock() + afterMs);
      return what === 'answered' ? Promise.resolve({ requestId: 'R' }) : Promise.reject(errors[what]);
    },
  });
  const { applying, told, noted } = applyingWith({ client, clock, ...more });
  const working = switchState(applying, 'f', 'disable').then(
    () => 'verified',
    (error: unknown) => error,
  );
  await vi.runAllTimersAsync();
  const end = await working;
  return { end, sentAt, told, noted, atMs: clock() };
}

describe('an action that was answered', () => {
  it.each([0, 1, 4000, 60_000, 299_000])('is sent once where it shows after %i ms', async (afterMs) => {
    const { end, sentAt, told, noted } = await switched([['answered', afterMs]]);
    expect([end, sentAt]).toEqual(['verified', [0]]);
    expect(told.filter(({ kind }) => kind === 'waiting')).toEqual(
      afterMs === 0 ? [] : [{ kind: 'waiting', step: 'disable', about: 'busy', mostMs: 300_000 }],
    );
    expect(noted.map(({ kind }) => kind)).toEqual(['intent', 'patched', 'ended']);
  });

  it('is sent once where it never shows, and that is said', async () => {
    const { end, sentAt, atMs, noted } = await switched([['answered', undefined]]);
    expect(end).toMatchObject({ kind: 'notTaken', id: 'f', found: ['disable'] });
    expect([sentAt, atMs]).toEqual([[0], 300_000]);
    expect(noted.map(({ kind }) => kind)).toEqual(['intent', 'patched']);
  });

  it('is not sent again by a later attempt, which waits for it', async () => {
    const { noted } = await switched([['answered', undefined]]);
    const at = new Date(0).toISOString();
    const begun = { kind: 'begun', version: 1, run: 'r', errand, place: {}, who: {}, at };
    const entries = [begun, ...noted.map((note) => ({ ...note, at }))] as unknown as JournalEntry[];
    const earlier = foldJournal(entries);
    expect(earlier?.patched).toEqual(new Set(['disable']));
    const { end, sentAt } = await switched([], earlier ? { earlier } : {});
    expect(end).toMatchObject({ kind: 'notTaken' });
    expect(sentAt).toEqual([]);
  });

  it('ends its wait when it is stopped', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1000);
    const { end, sentAt, atMs } = await switched([['answered', undefined]], { stop: stop.signal });
    expect(end).toMatchObject({ name: 'Stopped' });
    expect([sentAt, atMs]).toEqual([[0], 1000]);
  });
});

describe('an action of which nobody knows', () => {
  it.each<[What, number]>([
    ['lost', 0],
    ['lost', 4000],
    ['503', 59_000],
    ['unread', 4000],
    ['400', 0],
  ])('is sent once where it was taken: %s, and shows after %i ms', async (what, afterMs) => {
    const { end, sentAt } = await switched([[what, afterMs]]);
    expect([end, sentAt]).toEqual(['verified', [0]]);
  });

  it.each<[What, What | 'lost', number[]]>([
    ['lost', 'answered', [0, 60_000]],
    ['503', 'answered', [0, 60_000]],
    ['503', '503', [0, 60_000, 120_000]],
  ])('is sent again once it cannot show any more: %s, then %s', async (first, then, wanted) => {
    const { end, sentAt } = await switched([
      [first, undefined],
      [then, then === 'answered' ? 0 : undefined],
      [then, 0],
    ]);
    expect([end, sentAt]).toEqual(['verified', wanted]);
  });

  it.each<[What, number]>([
    ['400', 0],
    ['403', 0],
    ['unread', 60_000],
  ])('is not sent again where that is of no use: %s', async (what, atMs) => {
    const found = await switched([[what, undefined]]);
    expect(found.end).toBe(errors[what as 'lost']);
    expect([found.sentAt, found.atMs]).toEqual([[0], atMs]);
  });

  it('of an earlier attempt is looked for first', async () => {
    const earlier = { sent: new Set(['disable']), patched: new Set(), doubts: { disable: {} } } as never;
    const { end, sentAt, told } = await switched([['answered', 0]], { earlier });
    expect([end, sentAt]).toEqual(['verified', [10_000]]);
    expect(told).toContainEqual({ kind: 'waiting', step: 'disable', about: 'doubt', mostMs: 10_000 });
  });
});
