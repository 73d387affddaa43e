import { expect, it } from 'vitest';
import type { Change } from '../../source/activation/change/changes.ts';
import { changeWords } from '../../source/apply/live/changed-so-far.ts';
import type { ApplyEvent, DifferenceEvent } from '../../source/apply/events.ts';
import type { JournalNote } from '../../source/apply/journal/journal.ts';
import { perform } from '../../source/apply/perform.ts';
import { applyingWith } from '../helpers/shelves.ts';

const named: Change = { kind: 'changed', path: '$.name', before: 'a', after: 'b' };
const moved: Change = { kind: 'changed', path: '$.destination.location.path', before: 'a', after: 'b' };
const change = (differences: readonly Change[]): DifferenceEvent => ({
  kind: 'difference',
  flowId: 'F',
  name: 'a',
  differences,
  schedules: [],
  requests: [],
  alsoReaches: [],
  exporting: [],
  isEmptying: false,
});
const intent: JournalNote = { kind: 'intent', step: 'change' };
const refused = (why: string): JournalNote => ({ kind: 'refused', step: 'change', why });

it.each<[string, readonly JournalNote[], object]>([
  ['nothing', [], { state: 'notSent' }],
  ['that it is sent', [intent], { state: 'unknown' }],
  ['that it is in', [intent, { kind: 'patched', step: 'change' }], { state: 'taken' }],
  [
    'that its answer was lost',
    [intent, { kind: 'doubtful', step: 'change', why: 'lost' }],
    { state: 'unknown', why: 'lost' },
  ],
  ['a status', [intent, refused('400')], { state: 'refused', why: '400' }],
  ['no status', [intent, refused('unreachable')], { state: 'notSent', why: 'unreachable' }],
  ['a status within other words', [intent, refused('E400')], { state: 'notSent', why: 'E400' }],
  ['a status before other words', [intent, refused('400x')], { state: 'notSent', why: '400x' }],
  ['that another write is sent', [{ kind: 'intent', step: 'location' }], { state: 'notSent' }],
  ['that a write of no change is sent', [{ kind: 'intent', step: 'flow' }], { state: 'notSent' }],
])('a change of which the journal says %s', (_, notes, wanted) => {
  const words = changeWords(undefined);
  for (const note of notes) words.hear(note);
  expect(words.partsOf(change([named]))).toEqual([{ step: 'change', ...wanted, differences: [named] }]);
});

it.each<[string, Parameters<typeof changeWords>[0], string]>([
  ['nothing of it', { patched: new Set() }, 'notSent'],
  ['that it is in', { patched: new Set(['change'] as const) }, 'taken'],
  [
    'that it was refused',
    { patched: new Set(), lastWords: { change: { kind: 'refused', atMs: 0 } } },
    'refused',
  ],
  ['that it was sent', { patched: new Set(), lastWords: { change: { kind: 'intent', atMs: 0 } } }, 'unknown'],
])('a change of which an earlier attempt says %s', (_, earlier, state) => {
  expect(changeWords(earlier).partsOf(change([named]))).toMatchObject([{ step: 'change', state }]);
});

it('the two writes of a change have each its own, and what is not sent is of neither', () => {
  const kept: Change = { kind: 'kept', path: '$.attributes' };
  const unread: Change = { kind: 'unread', path: '$.attributes' };
  const key: Change = { kind: 'changed', path: '$.destination.encryption.publicKey' };
  const account: Change = { kind: 'changed', path: '$.destination.auth.type' };
  const words = changeWords(undefined);
  words.hear({ kind: 'patched', step: 'location' });
  expect(words.partsOf(change([named, kept, key, moved, unread, account]))).toEqual([
    { step: 'location', state: 'taken', differences: [moved] },
    { step: 'change', state: 'notSent', differences: [named] },
  ]);
  expect(words.partsOf(change([kept, key]))).toEqual([]);
});

it.each<[string, readonly Change[] | undefined, object]>([
  [
    'said what it would change',
    [named],
    { changes: [{ step: 'change', state: 'notSent', differences: [named] }] },
  ],
  ['found nothing to change', [], {}],
  ['did not come so far', undefined, {}],
])('an apply that failed and %s ends with that', async (_, differences, wanted) => {
  const events: ApplyEvent[] = [];
  const { applying } = applyingWith({});
  const running = perform(applying, 'F', ({ tell }) => {
    if (differences) tell(change(differences));
    return Promise.reject(new Error('failed'));
  });
  for await (const event of running) events.push(event);
  expect(events.at(-1)).toEqual({
    kind: 'result',
    outcome: 'failed',
    run: applying.run,
    made: {},
    flowId: 'F',
    ...wanted,
  });
});
