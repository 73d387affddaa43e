import type { RunState } from '../apply/journal/run-state.ts';
import type { FoundRun, JournalWords } from '../apply/journal/run-store.ts';
import { StateUnreadableError } from './errors.ts';

/** The lines of a run as they are kept. */
interface KeptLines {
  readonly run: string;
  /** Names their place, for people. */
  readonly file: string;
  readonly text: string;
  /** Whether anything but the lines says that it has begun. @throws StateUnreadableError */
  readonly isMarked: () => Promise<boolean>;
}

/** What the lines of a run tell. */
export async function foundIn(
  words: JournalWords,
  { run, file, text, isMarked }: KeptLines,
): Promise<FoundRun> {
  try {
    const { entries, isTorn } = words.decode(text, file);
    const state = words.fold(entries);
    if (state) return { kind: 'run', run, state, isTorn };
    // Only a first line that was never whole, and never marked, is a run that has not begun.
    const hasBegun = text.includes('\n') || (await isMarked());
    return hasBegun ? { kind: 'damaged', run, file, line: 1 } : { kind: 'empty', run };
  } catch (error) {
    if (isDamaged(error)) return { kind: 'damaged', run, file, line: error.line };
    throw error;
  }
}

const isDamaged = (error: unknown): error is { line: number } =>
  error instanceof Error && 'kind' in error && error.kind === 'journalDamaged';

/** What is known of a run that was found. @throws StateUnreadableError, JournalDamagedError */
export function stateOf(words: JournalWords, found: FoundRun | undefined): RunState | undefined {
  if (found?.kind === 'unreadable') throw new StateUnreadableError(found.file, found.code);
  if (found?.kind === 'damaged') throw words.damaged(found.file, found.line);
  return found?.kind === 'run' ? found.state : undefined;
}
