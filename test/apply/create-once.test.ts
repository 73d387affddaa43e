import { describe, expect, it } from 'vitest';
import type { JournalNote } from '../../source/apply/journal/journal.ts';
import { createOnce } from '../../source/apply/once/create-once.ts';
import { mayPass } from '../../source/apply/once/doubt.ts';
import { make } from '../../source/apply/once/make.ts';
import type { Applying } from '../../source/apply/steps.ts';
import {
  type FlowServiceError,
  LostAnswerError,
  RefusedError,
  TimeoutError,
  UnreachableError,
} from '../../source/flow-service/errors.ts';
import { applyingWith } from '../helpers/shelves.ts';

const step = 'source-connection' as const;
const to = { method: 'POST', path: '/sourceConnections' };
const refused = (status: number): RefusedError => new RefusedError(to, status, { serverMessage: 'No.' });
const lost = new LostAnswerError(to, 'ECONNRESET', undefined);
const timeout = new TimeoutError(to, 1);

interface Case {
  /** What an earlier attempt has sent, and whether it knew what came of it. */
  sent?: 'doubted' | 'refused';
  /** What becomes of one call after the other; something made where nothing is said. */
  calls?: readonly FlowServiceError[];
  /** Whether it is there when it is looked for. */
  isThere?: boolean;
  mayGoOn?: boolean;
}

async function made({ sent, calls = [], isThere = false, mayGoOn = true }: Case): Promise<string[]> {
  const { applying } = applyingWith({
    retryBaseMs: 1,
    doubtMs: 1,
    mayGoOn: () => mayGoOn,
    ...(sent ? { earlier: earlierOf(sent) } : {}),
  });
  const waiting = [...calls];
  const went: string[] = [];
  const call = (): Promise<{ id: string }> => {
    went.push('call');
    const error = waiting.shift();
    return error ? Promise.reject(error) : Promise.resolve({ id: 'S' });
  };
  const look = (): Promise<string | undefined> => {
    if (went.at(-1) !== 'look') went.push('look');
    return Promise.resolve(isThere ? 'S' : undefined);
  };
  const journal = {
    note: (note: JournalNote): Promise<void> => {
      went.push(note.kind === 'made' && note.isFound ? 'found' : note.kind);
      return Promise.resolve();
    },
  };
  const end = await createOnce({ ...applying, journal, step, look, call }).then(
    ({ id }) => id,
    (error: unknown) => (error instanceof Error ? error.name : 'thrown'),
  );
  return [...went, end];
}

const earlierOf = (sent: 'doubted' | 'refused'): NonNullable<Applying['earlier']> => ({
  made: {},
  found: undefined,
  hadDoubt: false,
  isPruned: false,
  sent: new Set([step]),
  doubts: sent === 'doubted' ? { [step]: {} } : {},
  patched: new Set(),
});

describe('something is made once', () => {
  it.each<[string, Case, string]>([
    ['the first time', {}, 'intent call made S'],
    ['not after a stop', { mayGoOn: false }, 'Stopped'],
    ['of which an earlier attempt did not know', { sent: 'doubted' }, 'look absent intent call made S'],
    ['that an earlier attempt was refused', { sent: 'refused' }, 'look intent call made S'],
    ['that an earlier attempt has made', { sent: 'doubted', isThere: true }, 'look found S'],
    ['that was refused, and is there', { sent: 'refused', isThere: true }, 'look found S'],
    ['but not after a stop, either', { sent: 'refused', mayGoOn: false }, 'look Stopped'],
    [
      'whose answer was lost, and is there',
      { calls: [lost], isThere: true },
      'intent call doubtful look found S',
    ],
    [
      'whose answer was lost, and is not there',
      { calls: [lost] },
      'intent call doubtful look absent intent call made S',
    ],
    [
      'that did not answer in time, and is not there',
      { calls: [timeout] },
      'intent call doubtful look absent intent call made S',
    ],
    [
      'that was never sent',
      { calls: [new UnreachableError(to, 'x', 'ECONNREFUSED', undefined)] },
      'intent call refused UnreachableError',
    ],
    ['or not at all', { calls: [refused(422)] }, 'intent call refused RefusedError'],
  ])('%s', async (_, how, wanted) => {
    expect((await made(how)).join(' ')).toBe(wanted);
  });
});

it.each([
  ['a moment ago', 0, true],
  ['longer ago than anything may take to show', 400_000, false],
])('what was refused %s is waited for before it is sent again: %s', async (_, agoMs, isWaited) => {
  const { applying, told } = applyingWith({ doubtMs: 300_000 });
  const atMs = Date.now() - agoMs;
  const earlier = { ...earlierOf('refused'), lastWords: { [step]: { kind: 'refused' as const, atMs } } };
  let looks = 0;
  const look = (): Promise<string | undefined> => Promise.resolve(++looks > 1 ? 'S' : undefined);
  const call = (): Promise<{ id: string }> => Promise.resolve({ id: 'second' });
  const { id } = await createOnce({ ...applying, earlier, step, look, call });
  expect(id).toBe(isWaited ? 'S' : 'second');
  expect(told.some((one) => one.kind === 'waiting' && one.about === 'doubt')).toBe(isWaited);
});

it('what an earlier attempt has made is told, and not made again', async () => {
  const { applying, told } = applyingWith({ made: { sourceConnectionId: 'S' } });
  const never = (): Promise<never> => Promise.reject(new Error('it was made already'));
  expect(await make(applying, step, never, never)).toBe('S');
  expect(told).toEqual([{ kind: 'succeeded', step, ms: 0, id: 'S', isEarlier: true }]);
});

it('what was made is known from then on', async () => {
  const { applying, told } = applyingWith({ made: {} });
  const call = (): Promise<{ id: string; requestId: string }> => Promise.resolve({ id: 'S', requestId: 'r' });
  expect(await make(applying, step, () => Promise.resolve(undefined), call)).toBe('S');
  expect(applying.made).toEqual({ sourceConnectionId: 'S' });
  expect(told.at(-1)).toMatchObject({ kind: 'succeeded', step, id: 'S', requestId: 'r' });
});

it.each<[FlowServiceError, boolean]>([
  ...[408, 425, 429, 500, 502, 503, 504].map((status): [FlowServiceError, boolean] => [
    refused(status),
    true,
  ]),
  ...[400, 401, 403, 404, 409, 412, 422, 501].map((status): [FlowServiceError, boolean] => [
    refused(status),
    false,
  ]),
  [lost, true],
  [timeout, true],
  [new UnreachableError(to, 'x', 'ECONNREFUSED', undefined), false],
])('whether a moment later it may be otherwise: %s, %j', (error, may) => {
  expect(mayPass(error)).toBe(may);
});
