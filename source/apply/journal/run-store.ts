import type { Journal, JournalEntry, JournalNote, RunPlace } from './journal.ts';
import { foldJournal, type RunState } from './run-state.ts';
import { decodeJournal, encodeEntry, JournalDamagedError } from './lines.ts';
import { steadyNow } from './steady.ts';

/** Who holds a run, or held it, as far as that is known. */
export type RunHolder =
  | { readonly kind: 'process'; readonly pid: number; readonly host: string; readonly since: string }
  /** Whoever it was did not come to say who; `since` is missing where not even the moment is known. */
  | { readonly kind: 'nameless'; readonly since?: string };

/** Who was at a run last, and when: of runs that others may have begun elsewhere. */
export interface LeftRun {
  readonly user: string;
  readonly host: string;
  /** Epoch milliseconds, by the clock of this machine. */
  readonly atMs: number;
}

/** A journal that was found: what it tells, or the line that is damaged. */
export type FoundRun =
  | { kind: 'run'; run: string; state: RunState; isTorn: boolean }
  | { kind: 'damaged'; run: string; file: string; line: number }
  /** The system does not let it be read: `EACCES`, `EIO` …; `GONE` where only the mark is left, `LOST` the receipt. */
  | { kind: 'unreadable'; run: string; file: string; code: string }
  | { kind: 'empty'; run: string };

/** Runs that were broken off or are under way, the newest first. */
export interface OpenRuns {
  readonly runs: readonly RunState[];
  /** Files of those of which nobody can tell any more what they did. */
  readonly lost: readonly string[];
}

/** A journal that is held: nobody else may note anything in it. */
export interface OpenJournal extends Journal {
  /** Lets others at the run. */
  close(): Promise<void>;
}

/** Where the journals of runs are kept. */
/** Who is told while a run is held, and for how long somebody waits. */
export interface Waiting {
  /** Told who held it, when that one has died. */
  readonly onTakeOver?: ((holder: RunHolder) => void) | undefined;
  /** Told, each time, that what keeps it is away and is waited for, at most so many milliseconds. */
  readonly onAway?: ((mostMs: number) => void) | undefined;
  /** From then on nobody waits for what is away: what came of a call is kept beside it. */
  readonly stop?: AbortSignal | undefined;
}

/** The same of what somebody else may be making just now. */
export interface WaitingInLine extends Pick<Waiting, 'onAway'> {
  /** Told who is waited for. */
  readonly onWait: (holder: RunHolder) => void;
  readonly stop: AbortSignal;
}

export interface RunStore {
  /**
   * Begins the journal of a new run, or goes on with one, and keeps everybody else off it.
   *
   * @throws JournalError when it cannot be kept; RunHeldError when somebody else holds the run.
   */
  open(run: string, waiting?: Waiting): Promise<OpenJournal>;
  /** What is known of a run; nothing of one that has not begun. @throws JournalDamagedError, StateUnreadableError */
  read(run: string): Promise<RunState | undefined>;
  /** The same of one that may be damaged; nothing when there is none of that name. */
  find(run: string): Promise<FoundRun | undefined>;
  /**
   * Every run there is, the newest first; those that cannot be read last.
   *
   * @param at - Whoever asks for the runs of one place may be spared those of others.
   * @throws StateUnreadableError
   */
  list(at?: RunPlace): Promise<readonly FoundRun[]>;
  /** Those that are not ended. @throws StateUnreadableError for what another account or the disk keeps */
  listOpen(): Promise<OpenRuns>;
  /** Who is at a run just now; nothing where nobody is. Only looks. */
  holder(run: string): Promise<RunHolder | undefined>;
  /** Who was at it last; nothing where nobody else can have been. */
  left(run: string): Promise<LeftRun | undefined>;
  /** Forgets a run that has changed nothing, or that is over. */
  forget(run: string): Promise<void>;
  /**
   * Keeps everybody else off what is about to be made until it is let go of; waits for one who is at it.
   *
   * @param what - Names it.
   * @throws JournalError where nothing can be kept; RunHeldError when it takes too long, or nobody waits any more.
   */
  alone(what: string, waiting: WaitingInLine): Promise<() => Promise<void>>;
}

/** A note with the moment it is taken at. @param nowMs - Epoch milliseconds. */
export const entryOf = (note: JournalNote, nowMs: number): JournalEntry => ({
  ...note,
  at: new Date(nowMs).toISOString(),
  ...(isAskedFor.some((kind) => kind === note.kind) ? { steady: steadyNow() } : {}),
});

/** What the lines of a journal are, for whoever keeps them. */
export const journalWords = {
  /** @param nowMs - Epoch milliseconds. */
  lineOf: (note: JournalNote, nowMs: number): string => encodeEntry(entryOf(note, nowMs)),
  decode: decodeJournal,
  fold: foldJournal,
  damaged: (file: string, line: number): JournalDamagedError => new JournalDamagedError(file, line),
};
export type JournalWords = typeof journalWords;

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
  const states = (): RunState[] =>
    [...journals.values()]
      .map(foldJournal)
      .filter((one) => one !== undefined)
      .sort((a, b) => b.begunMs - a.begunMs);
  const found = (state: RunState): FoundRun => ({ kind: 'run', run: state.run, state, isTorn: false });
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
    find(run) {
      const state = foldJournal(journals.get(run) ?? []);
      return Promise.resolve(state && found(state));
    },
    list: () => Promise.resolve(states().map(found)),
    listOpen: () =>
      Promise.resolve({ runs: states().filter(({ outcome }) => outcome === undefined), lost: [] }),
    holder: () => Promise.resolve(undefined),
    left: () => Promise.resolve(undefined),
    forget(run) {
      journals.delete(run);
      return Promise.resolve();
    },
    // Nobody else looks into the memory of a program.
    alone: () => Promise.resolve(() => Promise.resolve()),
  };
}
