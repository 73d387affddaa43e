import { explain, type AskedScene } from '../../locale/explain.ts';
import type { Text } from '../../locale/texts.ts';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import { joined } from '../page.ts';
import { lengthText } from './times.ts';

/** How fresh a page is that follows by itself. Moments are epoch milliseconds of the platform's clock. */
export interface Freshness {
  /** When the last whole reading ended. */
  readonly readMs: number;
  /** When the last attempt ended. */
  readonly nowMs: number;
  /** From there to the next; nothing where none is to come. */
  readonly everyMs: number | undefined;
  readonly isResting: boolean;
  /** A round is under way for longer than it takes to notice. */
  readonly isReading: boolean;
  /** Since when the page is held. */
  readonly heldMs?: number | undefined;
  /** What lets it go on. @default z */
  readonly holdKey?: string | undefined;
  /** Why the last attempt failed. */
  readonly error?: unknown;
  /** Requests of the last round. */
  readonly calls?: number | undefined;
  /** When it was judged how things stand, where that is read more seldom. */
  readonly judgedMs?: number | undefined;
}

/** `14:02:10`, UTC. @param ms - Epoch milliseconds. */
export const timeText = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

/** `14:02`, UTC. @param ms - Epoch milliseconds. */
export const minuteText = (ms: number): string => timeText(ms).slice(0, 5);

/** A page that is older than this says how old it is, milliseconds. @see living.md, L11 */
const oldMs = 60_000;

/** When it was read, when it is read again, and why not, as far as that is so. @see living.md, L11 to L13 and L21 */
export function freshnessText(
  fresh: Freshness,
  { text, glyphs, scene }: { text: Text; glyphs: Glyphs; scene: AskedScene },
): { readonly said: string; readonly isWarning: boolean } {
  const {
    readMs,
    nowMs,
    everyMs,
    isResting,
    isReading,
    heldMs,
    holdKey = 'z',
    error,
    calls,
    judgedMs,
  } = fresh;
  const asOf = text('living.asOf', { at: timeText(readMs) });
  const why = error === undefined ? '' : explain(text, error, scene).what;
  if (heldMs !== undefined)
    return {
      said: joined(glyphs, [text('living.held', { at: minuteText(heldMs), key: holdKey }), asOf, why]),
      isWarning: true,
    };
  const again = isReading ? text('living.reading') : everyMs === undefined ? '' : againText(everyMs, text);
  if (error !== undefined) {
    const ageMs = nowMs - readMs;
    const age = ageMs < oldMs ? '' : text('living.old', { age: lengthText(text, ageMs) });
    const next = everyMs === undefined ? text('living.notAgain') : again;
    return { said: joined(glyphs, [age, asOf, next, why]), isWarning: true };
  }
  const cost = calls === undefined ? '' : text('living.calls', { count: calls });
  const judged =
    judgedMs === undefined || readMs - judgedMs < oldMs
      ? ''
      : text('living.judged', { at: minuteText(judgedMs) });
  return {
    said: joined(glyphs, [asOf, isResting && !isReading ? text('living.resting') : again, cost, judged]),
    isWarning: false,
  };
}

/** A clock that ticks would be drawn every second: this is said once, with the end of a round. @see living.md, L23 */
const againText = (ms: number, text: Text): string =>
  ms < 120_000
    ? text('living.againSeconds', { seconds: Math.round(ms / 1000) })
    : text('living.againMinutes', { minutes: Math.round(ms / 60_000) });

const membersOf = (error: unknown): { status?: unknown; retryAfterSeconds?: unknown } =>
  typeof error === 'object' && error !== null ? error : {};

/** Whether nobody is helped by asking again: 401 and 403. @see living.md, L13 */
export const isRefused = (error: unknown): boolean => {
  const { status } = membersOf(error);
  return status === 401 || status === 403;
};

/** How long the platform wants to be left alone, milliseconds. @see living.md, L19 */
export const askedMsOf = (error: unknown): number => {
  const { retryAfterSeconds } = membersOf(error);
  return typeof retryAfterSeconds === 'number' ? retryAfterSeconds * 1000 : 0;
};
