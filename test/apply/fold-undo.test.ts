import { describe, expect, it } from 'vitest';
import { foldJournal, type JournalNote } from '../../source/apply/journal/journal.ts';
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
