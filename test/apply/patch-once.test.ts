import { expect, it } from 'vitest';
import { patchOnce } from '../../source/apply/once/patch-once.ts';
import type { Applying } from '../../source/apply/steps.ts';
import { LostAnswerError, RefusedError, UnreachableError } from '../../source/flow-service/errors.ts';
import { applyingWith } from '../helpers/shelves.ts';

const step = 'change' as const;
const to = { method: 'PATCH', path: '/flows/F' };
const refused = (status: number): RefusedError => new RefusedError(to, status, { serverMessage: 'No.' });
const lost = new LostAnswerError(to, 'ECONNRESET', undefined);
const unreachable = new UnreachableError(to, 'x', 'ECONNREFUSED', undefined);

/**
What is read, one after the other: its version, and whether it holds what is wanted, or what was waited for before
that. The last one stays.
*/
type Read = readonly [version: number | undefined, isIn?: 'in' | 'before'];

type Sent = 'doubted' | 'refused' | 'just refused' | 'patched';

interface Case {
  reads: readonly Read[];
  /** What becomes of one try after the other; accepted where nothing is said. */
  tries?: readonly Error[];
  /** What an earlier attempt has sent, and what it knew of it. */
  sent?: Sent;
  /** What is sent has no version that keeps it from being done twice. */
  hasNoEtag?: true;
  /** What an earlier attempt has sent is another thing, which is to have come before this one is sent. */
  isAfter?: true;
  stopsAtTry?: true;
  mayGoOn?: boolean;
}

interface Found {
  etag: string | undefined;
  isIn: boolean;
  hasCome: boolean;
}

/** What was done, one after the other, and how it ended. */
async function went({
  reads,
  tries = [],
  sent,
  hasNoEtag,
  isAfter,
  stopsAtTry,
  mayGoOn = true,
}: Case): Promise<string> {
  const [waiting, failures] = [[...reads], [...tries]];
  const read = (): Found => {
    const [version, isIn] = (waiting.length > 1 ? waiting.shift() : waiting[0]) ?? [undefined];
    return {
      etag: version === undefined ? undefined : `"${String(version)}"`,
      isIn: isIn === 'in',
      hasCome: isIn === 'before',
    };
  };
  const words: string[] = [];
  const stop = new AbortController();
  const { applying } = applyingWith(sent ? { earlier: earlierOf(sent) } : {});
  const end = await patchOnce({
    ...applying,
    step,
    ...(hasNoEtag ? { hasNoEtag } : {}),
    ...(isAfter ? { hasCome: ({ hasCome }: Found) => hasCome } : {}),
    // A doubt whose moment is known must not be over by the time that a busy machine comes to it.
    doubtMs: sent === 'just refused' ? 10_000 : 30,
    retryBaseMs: 1,
    stop: stop.signal,
    mayGoOn: () => mayGoOn,
    tell: ({ kind }) => void words.push(kind),
    journal: { note: ({ kind }) => Promise.resolve(void words.push(kind)) },
    before: read(),
    look() {
      words.push('look');
      return Promise.resolve(read());
    },
    next: ({ isIn }) => (isIn ? [] : [{ op: 'replace', path: '/name', value: 'x' }]),
    isTaken: ({ isIn }) => isIn,
    send(etag) {
      words.push(`send${etag ?? ''}`);
      if (stopsAtTry) stop.abort();
      const failure = failures.shift();
      return failure ? Promise.reject(failure) : Promise.resolve({});
    },
  }).then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.name : 'thrown'),
  );
  // How often it looks while it waits depends on the clock.
  return [...words, end].join(' ').replaceAll(/waiting (look )+/g, 'waiting look ');
}

const earlierOf = (sent: Sent): NonNullable<Applying['earlier']> => ({
  made: {},
  found: undefined,
  hadDoubt: false,
  isPruned: false,
  sent: new Set([step]),
  doubts: sent === 'doubted' ? { [step]: {} } : {},
  patched: new Set(sent === 'patched' ? [step] : []),
  ...(sent === 'just refused' ? { lastWords: { [step]: { kind: 'refused', atMs: Date.now() } } } : {}),
});

it.each<[string, Case, string]>([
  ['sent with the version that was read', { reads: [[1]] }, 'intent send"1" patched done'],
  ['not sent where it is in', { reads: [[1, 'in']] }, 'patched done'],
  ['not looked at where an earlier attempt has put it in', { reads: [[1]], sent: 'patched' }, 'done'],
  ['not sent after a stop', { reads: [[1]], mayGoOn: false }, 'Stopped'],
  [
    'sent over what was read after a refusal of before',
    { reads: [[1], [2]], sent: 'refused' },
    'look intent send"2" patched done',
  ],
  [
    'sent at once over a version after a refusal of just before',
    { reads: [[1], [2]], sent: 'just refused' },
    'look intent send"2" patched done',
  ],
  [
    'waited for after a refusal of just before where there are no versions',
    { reads: [[undefined], [undefined], [undefined, 'in']], sent: 'just refused', hasNoEtag: true },
    'look waiting look patched done',
  ],
  [
    'sent as soon as what was sent before it has come',
    { reads: [[1], [2], [3, 'before']], sent: 'just refused', isAfter: true },
    'look waiting look intent send"3" patched done',
  ],
  [
    'waited for where an earlier attempt did not know, and then sent',
    { reads: [[1], [2]], sent: 'doubted' },
    'look waiting look intent send"2" patched done',
  ],
  [
    'found where an earlier attempt did not know',
    { reads: [[1], [2], [3, 'in']], sent: 'doubted' },
    'look waiting look patched done',
  ],
  [
    'sent again over what is newer',
    { reads: [[1], [2]], tries: [refused(412)] },
    'intent send"1" refused retrying look intent send"2" patched done',
  ],
  [
    'in, though its version was stale',
    { reads: [[1], [2, 'in']], tries: [refused(412)] },
    'intent send"1" refused retrying look patched done',
  ],
  [
    'not sent again where it is refused',
    { reads: [[1]], tries: [refused(422)] },
    'intent send"1" refused RefusedError',
  ],
  [
    'not sent again without a connection',
    { reads: [[1]], tries: [unreachable] },
    'intent send"1" refused UnreachableError',
  ],
  [
    'sent again at once where it was surely not done',
    { reads: [[1], [2]], tries: [refused(429)] },
    'intent send"1" refused look retrying intent send"2" patched done',
  ],
  [
    'found after its answer was lost',
    { reads: [[1], [2, 'in']], tries: [lost] },
    'intent send"1" doubtful look patched done',
  ],
  [
    'sent again where its answer was lost, and nothing has changed',
    { reads: [[1]], tries: [lost] },
    'intent send"1" doubtful look retrying intent send"1" patched done',
  ],
  [
    'waited for where its answer was lost, and something else has changed',
    { reads: [[1], [2], [3, 'in']], tries: [lost] },
    'intent send"1" doubtful look waiting look patched done',
  ],
  [
    'looked for once after a stop',
    { reads: [[1], [2]], tries: [lost], stopsAtTry: true },
    'intent send"1" doubtful look Stopped',
  ],
  ['sent with a version that came later', { reads: [[undefined], [1]] }, 'look intent send"1" patched done'],
])('a patch is %s', async (_, how, wanted) => {
  expect(await went(how)).toBe(wanted);
});
