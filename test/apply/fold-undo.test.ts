import { describe, expect, it } from 'vitest';
import type { JournalNote } from '../../source/apply/journal/journal.ts';
import { foldJournal } from '../../source/apply/journal/run-state.ts';
import { entryOf } from '../../source/apply/journal/run-store.ts';
import { futurePlan, orgId } from '../helpers/runs.ts';

const begun: JournalNote = {
  kind: 'begun',
  version: 1,
  run: '0a1b2c3d',
  plan: { ...futurePlan, flow: 'F' },
  place: { apiUrl: 'https://platform.example', orgId, sandbox: 'dev' },
  who: { user: 'tests' },
};
const step = 'change' as const;
const intent: JournalNote = { kind: 'intent', step };
const stale: JournalNote = { kind: 'refused', step, why: '412' };
const lost: JournalNote = { kind: 'doubtful', step, why: 'lost' };
const patched: JournalNote = { kind: 'patched', step };
const restored: JournalNote = { kind: 'restored', step };
const found: JournalNote = { kind: 'found', flow: 'found' };
const over = (flow: string): JournalNote => ({ kind: 'over', step, flow });
const ended: JournalNote = { kind: 'ended', outcome: 'verified', became: 'became' };

const fold = (...notes: JournalNote[]) =>
  foldJournal([begun, found, ...notes].map((note) => entryOf(note, 1_800_000_000_000)));

describe('what an undo goes by', () => {
  it.each<[string, JournalNote[], string | undefined]>([
    ['is what was found, where nothing else was', [intent, patched], undefined],
    ['is what it came over after it was stale', [intent, stale, over('one'), intent, patched], 'one'],
    ['is the last of these', [intent, stale, over('one'), intent, stale, over('two'), intent], 'two'],
    ['stays, once one may be in', [intent, lost, over('one'), intent, patched], undefined],
    ['stays, once one may be in, whatever came after', [intent, lost, stale, over('one'), intent], undefined],
    ['stays where it died after it was sent', [intent, over('one'), intent, patched], undefined],
    ['stays, once it is in', [intent, patched, over('one'), intent], undefined],
    ['begins anew after it was put back', [intent, patched, restored, over('one'), intent, patched], 'one'],
  ])('%s', (_, notes, wanted) => {
    expect(fold(...notes)?.over?.flow).toBe(wanted);
    expect(fold(...notes)?.found?.flow).toBe('found');
  });

  const one = { id: 'S', version: 1 };
  const two = { id: 'S', version: 2 };
  const named = (set: typeof one, isFound = false): JournalNote => ({
    kind: 'named',
    set,
    ...(isFound ? { isFound } : {}),
  });

  it.each<[string, JournalNote[], boolean]>([
    ['that was accepted', [intent, patched], true],
    ['that was accepted after it was stale', [intent, stale, intent, patched], true],
    ['of which nobody knows', [intent, lost], true],
    ['that was cut off', [intent], true],
    ['of which nobody knew, and that was then refused', [intent, lost, intent, stale], true],
    ['that was put back', [intent, patched, intent, restored], true],
    ['that was refused', [intent, stale], true],
    ['that was refused, and then found as it was wanted', [intent, stale, patched], false],
    ['that was refused, and then found as it was sent', [intent, stale, { ...patched, whose: 'own' }], true],
    [
      'that was refused, and found, nobody knows by whom',
      [intent, stale, { ...patched, whose: 'unknown' }],
      false,
    ],
    ['that was never sent, because it was found as it was wanted', [patched], false],
  ])('tells whether there is a write %s', (_, notes, wanted) => {
    expect(fold(...notes)?.written.has(step)).toBe(wanted);
  });

  it.each<[string, JournalNote[], boolean]>([
    ['was refused and found', [intent, stale, { ...patched, whose: 'unknown' }], true],
    ['was refused and found, and is its own', [intent, stale, { ...patched, whose: 'own' }], false],
    ['was refused and found, and is theirs', [intent, stale, { ...patched, whose: 'theirs' }], false],
    ['was in doubt and found', [intent, lost, { ...patched, whose: 'unknown' }], false],
    ['was sent once more', [intent, stale, { ...patched, whose: 'unknown' }, intent, patched], false],
  ])('tells that nobody knows whose it is, where it %s', (_, notes, wanted) => {
    expect(fold(...notes)?.unowned?.has(step)).toBe(wanted);
  });

  it.each<[string, JournalNote[], number | undefined, number | undefined]>([
    ['what was made', [named(two), intent, patched], 2, 2],
    ['what was there', [named(one, true), intent, patched], 1, undefined],
    ['what others have named when it was stale', [named(two), intent, stale, named(one, true)], 1, 2],
    ['what may be named, and not what others have named', [named(two), intent, lost, named(one, true)], 2, 2],
    ['what is named, and not what others have named since', [named(two), intent, patched, named(one)], 2, 2],
  ])('knows of versions %s', (_, notes, version, made) => {
    const state = fold(...notes);
    expect([state?.named?.version, state?.madeVersion?.version]).toEqual([version, made]);
  });

  it('has what was read back, until that is put back', () => {
    expect(fold(intent, patched, ended)?.became).toBe('became');
    expect(fold(intent, patched, ended, intent, { kind: 'ended', outcome: 'partlyRolledBack' })?.became).toBe(
      'became',
    );
    expect(fold(intent, patched, ended, intent, restored)?.became).toBeUndefined();
  });

  it('has when a patch was answered, and each of the two by itself', () => {
    const target = { id: 'T', etag: 'e' };
    const state = fold(intent, patched, { kind: 'over', step: 'location', target });
    expect(state?.patchedSince?.change?.ms).toBeGreaterThan(0);
    expect(state?.patchedSince?.location).toBeUndefined();
    expect(state?.over).toEqual({ target });
  });
});

describe('the last word about a write', () => {
  const of = (kind: 'intent' | 'doubtful' | 'refused', why = '400'): JournalNote =>
    kind === 'intent' ? { kind, step: 'flow' } : { kind, step: 'flow', why };
  it.each<[string, JournalNote[], string | undefined]>([
    ['is nothing before it is sent', [], undefined],
    ['is that it is sent', [of('intent')], 'intent'],
    ['is what was answered', [of('intent'), of('refused')], 'refused'],
    ['is that nobody knows', [of('intent'), of('doubtful', 'lost')], 'doubtful'],
    ['is nothing of what never left', [of('intent'), of('refused', 'unreachable')], undefined],
    [
      'is that of the last try',
      [of('intent'), of('doubtful', '503'), of('intent'), of('refused')],
      'refused',
    ],
    [
      'ends with what was made',
      [of('intent'), of('refused'), { kind: 'made', step: 'flow', id: 'F' }],
      undefined,
    ],
    [
      'ends with the look that did not find it',
      [of('intent'), of('refused'), { kind: 'absent', step: 'flow' }],
      undefined,
    ],
    [
      'is not that of another',
      [of('intent'), of('refused'), { kind: 'intent', step: 'target-connection' }],
      'refused',
    ],
  ])('%s', (_, notes, kind) => {
    const word = fold(...notes)?.lastWords?.flow;
    expect(word?.kind).toBe(kind);
    if (kind !== undefined) expect(word?.atMs).toBe(1_800_000_000_000);
    // How long ago it was is asked of a clock that nobody can set.
    if (kind === 'refused' || kind === 'doubtful') expect(word?.since).toBeDefined();
  });
});
