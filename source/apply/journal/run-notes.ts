import { type Journal, type JournalNote, type WriteStep } from './journal.ts';

/** What a run has noted, and whether it may have changed anything. */
interface RunNotes {
  readonly journal: Journal;
  /**
   * Whether a write has left for the platform, as far as anybody knows: it was answered, or nobody knows what came
   * of it. One that never left (no connection, a run that only reads) leaves nothing that could be finished.
   */
  readonly hasSent: () => boolean;
}

/**
 * Begins a run's journal with its first write, and not before: what only reads and fails leaves no unfinished run.
 *
 * @param begin - The first note; nothing for a run that has begun before.
 */
export function runNotes(journal: Journal, begin?: () => Promise<JournalNote>): RunNotes {
  let beginning: Promise<void> | undefined;
  let hasSent = begin === undefined;
  const open = new Set<WriteStep>();
  return {
    journal: {
      async note(note) {
        // Two chains note side by side: both wait for the one beginning.
        if (begin) await (beginning ??= begin().then((first) => journal.note(first)));
        if (note.kind === 'intent') open.add(note.step);
        await journal.note(note);
        if (note.kind === 'refused') {
          open.delete(note.step);
          // The platform's answers are told by their status.
          hasSent ||= /^\d+$/.test(note.why);
        } else if (!['intent', 'found', 'over'].includes(note.kind)) hasSent = true;
      },
    },
    hasSent: () => hasSent || open.size > 0,
  };
}
