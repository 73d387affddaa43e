import type { Run } from '../../flow-service/runs.ts';

/** A schedule as the platform wrote it: anything may be absent, or a word that nobody here knows. */
export interface WatchedSchedule {
  readonly frequency?: string | undefined;
  readonly triggerType?: string | undefined;
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
  readonly startTime?: string | undefined;
}

/** A segment of a dataflow. All moments here are epoch milliseconds by the platform's clock. */
export interface WatchedSegment {
  readonly id: string;
  /** Of an external audience, whose runs may name it so. */
  readonly systemId?: string | undefined;
  readonly name?: string | undefined;
  readonly schedule: WatchedSchedule;
  /** Whether each file has only what has changed. */
  readonly isIncremental: boolean;
  readonly mappedMs?: number | undefined;
  /** The last change of its schedule. */
  readonly changedMs?: number | undefined;
  readonly audienceCreatedMs?: number | undefined;
  /** Ends of evaluations that held it, ascending, where somebody could read them. */
  readonly evaluatedMs?: readonly number[] | undefined;
  /** End of the last evaluation of it that failed. */
  readonly notEvaluatedMs?: number | undefined;
}

/** A dataflow. */
export interface WatchedFlow {
  readonly id: string;
  readonly name: string;
  /** As it came, in small letters. @see manage.md, section 4.2 */
  readonly state: string;
  /** The last enabling that is known of. */
  readonly enabledMs?: number | undefined;
  readonly segments: readonly WatchedSegment[];
  /** Segments that it has and that could not be read. */
  readonly unreadSegments?: number | undefined;
}

/** Nothing is expected of a dataflow in these states. @see manage.md, section 4.2 */
export const isPaused = ({ state }: { readonly state: string }): boolean =>
  state === 'disabled' || state === 'disabling';

/** A run, as far as watching looks at it: what it does not say is absent. */
export type WatchedRun = Pick<
  Run,
  | 'id'
  | 'state'
  | 'isUnderWay'
  | 'beganMs'
  | 'endedMs'
  | 'rowsIn'
  | 'rowsOut'
  | 'skipped'
  | 'filesOut'
  | 'bytesOut'
  | 'errors'
> & { readonly segments: readonly { readonly id: string }[] };

/** What of the runs of a dataflow was read: nothing is said of what was not. */
export interface Reading {
  /** Every run that began from here on. */
  readonly fromMs: number;
  /** Until here: when the reading began, if it was read to its end. */
  readonly atMs: number;
  readonly isWhole: boolean;
  /** The platform has no runs from before, as far as was seen; nothing where nobody asked. */
  readonly keptMs?: number | undefined;
}

/** What is not good any more. */
export interface Limits {
  /** From the slot until a run has begun, milliseconds. */
  readonly graceMs: number;
  /** From the beginning of a run to its end, milliseconds. */
  readonly lengthMs: number;
  /** Share of rows that may be left out. */
  readonly skipRate: number;
}

/** @see manage.md, sections 5.4, 5.5 and 7 */
export const usualLimits: Limits = { graceMs: 60 * 60_000, lengthMs: 150 * 60_000, skipRate: 0.01 };
