import { describe, expect, it } from 'vitest';
import type { JournalNote } from '../../source/apply/journal/journal.ts';
import { runNotes } from '../../source/apply/journal/run-notes.ts';
import { futurePlan, orgId } from '../helpers/runs.ts';

const begun: JournalNote = {
  kind: 'begun',
  version: 1,
  run: '0a1b2c3d',
  plan: futurePlan,
  place: { apiUrl: 'https://h.example', orgId, sandbox: 'dev' },
  who: { user: 'tests' },
};
const intent = { kind: 'intent', step: 'flow' } as const;
const refused = (why: string) => ({ kind: 'refused', step: 'flow', why }) as const;

function taking(isNew = true) {
  const taken: JournalNote[] = [];
  const journal = {
    note: async (note: JournalNote) => {
      await Promise.resolve();
      taken.push(note);
    },
  };
  const begin = () => Promise.resolve(begun);
  return { taken, ...runNotes(journal, isNew ? begin : undefined) };
}

describe('the notes of a run', () => {
  it('begin with its first write, and not before', () => {
    const { taken, hasSent } = taking();
    expect([taken, hasSent()]).toEqual([[], false]);
  });

  it('begin once, before everything, also where two chains write side by side', async () => {
    const { taken, journal } = taking();
    const other = { kind: 'intent', step: 'source-connection' } as const;
    await Promise.all([journal.note(intent), journal.note(other)]);
    expect(taken).toEqual([begun, intent, other]);
  });

  it.each<[string, JournalNote[], boolean]>([
    ['a write under way', [intent], true],
    ['no connection', [intent, refused('unreachable')], false],
    ['a run that only reads', [intent, refused('readOnly')], false],
    ['no connection, twice', [intent, refused('unreachable'), intent, refused('unreachable')], false],
    ['a refusal of the platform', [intent, refused('403')], true],
    ['a word that only begins as a status', [intent, refused('3wide')], false],
    ['a lost answer', [intent, { kind: 'doubtful', step: 'flow', why: 'lost' }], true],
    ['something made', [intent, { kind: 'made', step: 'flow', id: 'f' }], true],
    ['a patch', [{ kind: 'intent', step: 'activate' }, { kind: 'patched' }], true],
    ['an end', [{ kind: 'ended', outcome: 'verified' }], true],
    [
      'one of two chains still under way',
      [intent, { kind: 'intent', step: 'source-connection' }, refused('unreachable')],
      true,
    ],
  ])('tell whether something has left: %s', async (_, notes, expected) => {
    const { journal, hasSent } = taking();
    for (const note of notes) await journal.note(note);
    expect(hasSent()).toBe(expected);
  });

  it('of a run that began before are never nothing', async () => {
    const { taken, journal, hasSent } = taking(false);
    await journal.note(intent);
    await journal.note(refused('unreachable'));
    expect([taken, hasSent()]).toEqual([[intent, refused('unreachable')], true]);
  });
});
