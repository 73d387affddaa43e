import type { RunHolder } from './run-lock.ts';
import { foldJournal, type Journal, type JournalEntry, type JournalNote, type RunState } from './journal.ts';
import { steadyNow } from './steady.ts';

/** A journal that is held: nobody else may note anything in it. */
export interface OpenJournal extends Journal {
  /** Lets others at the run. */
  close(): Promise<void>;
}

/** Where the journals of runs are kept. */
export interface RunStore {
  /**
   * Begins the journal of a new run, or goes on with one, and keeps everybody else off it.
   *
   * @param onTakeOver - Told who held it, when that one has died.
   * @throws JournalError when it cannot be kept; RunHeldError when somebody else holds the run.
   */
  open(run: string, onTakeOver?: (holder: RunHolder) => void): Promise<OpenJournal>;
  /** What is known of a run; nothing of one that has not begun. @throws JournalDamagedError */
  read(run: string): Promise<RunState | undefined>;
  /** Forgets a run that has changed nothing. */
  forget(run: string): Promise<void>;
  /**
   * Keeps everybody else off what is about to be made until it is let go of; waits for one who is at it.
   *
   * @param what - Names it.
   * @param onWait - Told who is waited for.
   * @throws JournalError where nothing can be kept; RunHeldError when it takes too long, or nobody waits any more.
   */
  alone(what: string, onWait: (holder: RunHolder) => void, stop: AbortSignal): Promise<() => Promise<void>>;
}

/** A note with the moment it is taken at. @param nowMs - Epoch milliseconds. */
export const entryOf = (note: JournalNote, nowMs: number): JournalEntry => ({
  ...note,
  at: new Date(nowMs).toISOString(),
  ...(isAskedFor.some((kind) => kind === note.kind) ? { steady: steadyNow() } : {}),
});

/** Of these it will be asked how long ago they were. */
const isAskedFor: readonly JournalNote['kind'][] = ['doubtful', 'refused', 'patched', 'made'];

/**
 * Keeps journals as long as the program lives: for rehearsals on the embedded emulator, which leave nothing
 * behind that could be finished or undone.
 *
 * @param now - Epoch milliseconds.
 */
export function memoryRuns(now: () => number): RunStore {
  const journals = new Map<string, JournalEntry[]>();
  return {
    open(run) {
      const entries = journals.get(run) ?? [];
      journals.set(run, entries);
      return Promise.resolve({
        note(note) {
          entries.push(entryOf(note, now()));
          return Promise.resolve();
        },
        close: () => Promise.resolve(),
      });
    },
    read: (run) => Promise.resolve(foldJournal(journals.get(run) ?? [])),
    forget(run) {
      journals.delete(run);
      return Promise.resolve();
    },
    // Nobody else looks into the memory of a program.
    alone: () => Promise.resolve(() => Promise.resolve()),
  };
}
