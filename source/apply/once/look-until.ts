import { pause } from './pause.ts';

/** For how long something is looked for. */
export interface LookingUntil {
  /** Until when it may still show, by the clock. */
  readonly untilMs: number;
  /** Milliseconds that only ever grow: a clock on the wall may jump. */
  readonly clock: () => number;
  /** Told once, when the first look has not seen it. */
  readonly onWait: (mostMs: number) => void;
  readonly stop?: AbortSignal | undefined;
  /** Between two looks, milliseconds: the first ones soon, then ever more rarely. @default 100 */
  readonly firstPauseMs?: number | undefined;
  /** @default 3000 */
  readonly mostPauseMs?: number | undefined;
}

/**
 * Looks until something is seen, and once more when it may not show any more, or when whoever waits is stopped.
 *
 * @param look - What it sees; told when it is the last one. Whatever it throws ends the looking.
 * @returns Nothing where the last look has seen nothing.
 */
export async function lookUntil<Seen>(
  { untilMs, clock, onWait, stop, firstPauseMs = 100, mostPauseMs = 3000 }: LookingUntil,
  look: (isLast: boolean) => Promise<Seen | undefined>,
): Promise<Seen | undefined> {
  for (let pauseMs = firstPauseMs, isFirst = true; ; pauseMs = Math.min(mostPauseMs, pauseMs * 1.5)) {
    const isLast = clock() >= untilMs || stop?.aborted === true;
    const seen = await look(isLast);
    if (seen !== undefined || isLast) return seen;
    const mostMs = untilMs - clock();
    if (isFirst) onWait(mostMs);
    isFirst = false;
    await pause(Math.min(pauseMs, Math.max(1, mostMs)), stop);
  }
}
