import type { WatchedRun } from './watched.ts';

/**
 * How a segment of a dataflow stands.
 *
 * `maybe`: a run that does not say of what it is may be the one, or says of itself what nobody knows. `quiet`: longer without a run than usual, where
 * nothing says when one is due. `notEvaluated`: it follows its evaluation, which failed. `notJudged`: nobody knows when it exports.
 *
 * @see living.md, T8 and T10
 */
export type State =
  | 'paused'
  | 'notReady'
  | 'waiting'
  | 'ended'
  | 'notJudged'
  | 'good'
  | 'running'
  | 'slow'
  | 'failed'
  | 'mended'
  | 'unknown'
  | 'maybe'
  | 'behind'
  | 'due'
  | 'first'
  | 'late'
  | 'missed'
  | 'notEvaluated'
  | 'quiet';

/** What there is to say of an export that is good. */
export type Remark =
  | { readonly kind: 'skipped'; readonly isJump: boolean; readonly skipped: number; readonly rowsIn: number }
  | { readonly kind: 'noFiles'; readonly rowsIn: number }
  | { readonly kind: 'noRows'; readonly isIncremental: boolean };

/** A state, and everything that decided it: whoever doubts it can follow. Moments are epoch milliseconds. */
export interface Decision {
  readonly state: State;
  /** The export that was expected. */
  readonly slotMs?: number | undefined;
  /** From when to when a run counts as that export; without an end while no later one is known. */
  readonly window?: { readonly fromMs: number; readonly untilMs: number | undefined } | undefined;
  /** The run that decided. */
  readonly run?: WatchedRun | undefined;
  /** How many in a row failed, as far as was read. */
  readonly inARow?: number | undefined;
  /** Since when it is so. */
  readonly sinceMs?: number | undefined;
  /** Its run began when the slot was long over. */
  readonly beganLate?: boolean | undefined;
  readonly remarks: readonly Remark[];
  /** The next export. */
  readonly nextMs?: number | undefined;
  /** When it becomes another state if nothing happens. */
  readonly changesMs?: number | undefined;
  /** Slots before this are not judged, and why. */
  readonly judgedFrom?: JudgedFrom | undefined;
}

export interface JudgedFrom {
  readonly ms: number;
  readonly why: 'changed' | 'enabled' | 'newAudience' | 'reading';
}
