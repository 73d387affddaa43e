import { escapedJson } from '../../activation/plan/escaped-json.ts';
import { parseExactly } from '../../ground/exact-json.ts';
import type { StateUnreadableError } from '../../state/errors.ts';
import type { Drafts, State } from '../../state/state.ts';
import type { SavedDraft } from '../../wizard/draft.ts';

/** Most drafts that are offered; older ones are kept and not shown. */
const mostOffered = 3;

export interface KeptDraft {
  name: string;
  saved: SavedDraft;
}

interface ReadDrafts {
  readonly drafts: readonly KeptDraft[];
  /** Those that this account may not read. */
  readonly unread: readonly StateUnreadableError[];
}

/**
 * Every draft there is, the newest first; what is none of ours is left alone.
 *
 * @throws StateUnreadableError where nothing can be read.
 */
export async function listDrafts(kept: Drafts): Promise<ReadDrafts> {
  const { drafts, unread } = await kept.list();
  const ours = drafts.flatMap(({ name, text }) => {
    const saved = readDraft(text);
    return saved ? [{ name, saved }] : [];
  });
  return { drafts: ours.sort((a, b) => b.saved.savedMs - a.saved.savedMs), unread };
}

/** What a start offers to go on with, what it only tells of, and what it cannot read. @throws StateUnreadableError */
export async function offeredDrafts(
  kept: Drafts,
  isMeant: (saved: SavedDraft) => boolean,
  isElsewhere: (saved: SavedDraft) => boolean,
): Promise<{ offered: readonly KeptDraft[]; elsewhere: readonly SavedDraft[]; unread: readonly string[] }> {
  const { drafts, unread } = await listDrafts(kept);
  const meant = drafts.filter(({ saved }) => isMeant(saved));
  return {
    offered: meant.filter(({ saved }) => !isElsewhere(saved)).slice(0, mostOffered),
    elsewhere: meant.flatMap(({ saved }) => (isElsewhere(saved) ? [saved] : [])).slice(0, mostOffered),
    unread: unread.slice(0, mostOffered).map(({ file }) => file),
  };
}

/** Nothing for what is no draft. */
function readDraft(text: string): SavedDraft | undefined {
  try {
    const saved = parseExactly(text) as Partial<SavedDraft>;
    const isOurs =
      saved.version === 1 &&
      typeof saved.savedMs === 'number' &&
      typeof saved.page === 'string' &&
      Array.isArray(saved.draft?.segments) &&
      Array.isArray(saved.draft.attributes) &&
      typeof saved.draft.signIn.params === 'object' &&
      typeof saved.draft.location.params === 'object';
    return isOurs ? (saved as SavedDraft) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps one draft; the last one that was given wins. */
interface DraftKeeper {
  keep(saved: SavedDraft): void;
  /** What is given from now on is another draft. */
  begin(): void;
  /** Goes on with a restored draft. */
  adopt(name: string): void;
  forget(): void;
  /** Everything that was given is kept. @returns why the last one is not: `ENOSPC`, `EACCES` … */
  settled(): Promise<{ folder: string; code: string } | undefined>;
}

/**
 * Keeps drafts one after another. A state that cannot be written costs the draft, never the work; it is told at the
 * end.
 */
export function keepDrafts(
  { drafts, placeOfDrafts }: Pick<State, 'drafts' | 'placeOfDrafts'>,
  session: string,
): DraftKeeper {
  const nameOf = (count: number): string => `${session}${count === 0 ? '' : `-${count}`}`;
  let begun = 0;
  let name = nameOf(begun);
  let waiting: { saved: SavedDraft; name: string } | undefined;
  let writing: Promise<void> | undefined;
  let removing: Promise<void> = Promise.resolve();
  let failure: { folder: string; code: string } | undefined;
  let isForgotten = false;

  async function write(): Promise<void> {
    while (waiting) {
      const { saved, name } = waiting;
      waiting = undefined;
      try {
        await drafts.write(name, escapedJson(saved));
        failure = undefined;
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        failure = { folder: placeOfDrafts, code };
      }
    }
  }

  /** What cannot be removed was most likely never written; it costs the work nothing. */
  const drop = async (forgotten: string): Promise<void> => {
    try {
      await drafts.remove(forgotten);
    } catch {
      // It is offered at the next start, if it is there.
    }
  };

  return {
    keep(saved) {
      isForgotten = false;
      waiting = { saved, name };
      writing ??= write().finally(() => {
        writing = undefined;
      });
    },
    begin() {
      name = nameOf(++begun);
    },
    adopt(other) {
      name = other;
    },
    forget() {
      waiting = undefined;
      isForgotten = true;
      const forgotten = name;
      removing = drop(forgotten);
      // What is just being written comes after that.
      void writing?.then(() => {
        if (isForgotten) removing = drop(forgotten);
      });
    },
    async settled() {
      while (writing) await writing;
      await removing;
      return failure;
    },
  };
}
