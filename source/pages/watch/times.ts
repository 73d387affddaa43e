import { localTime } from '../../activation/content/local-time.ts';
import { utcText } from '../../activation/content/schedule.ts';
import { dayText } from '../../locale/format.ts';
import type { Text } from '../../locale/texts.ts';
import { zonedText } from '../schedule/export-time.ts';

/** From when on, epoch milliseconds, and on which clocks, an IANA name. */
export interface Here {
  readonly nowMs: number;
  readonly zone: string;
}

/** A moment in UTC, and here: of today only the hour. @param ms - Epoch milliseconds. */
export function momentHere(text: Text, ms: number, { nowMs, zone }: Here): string {
  const utc = utcText(ms);
  const here = localTime(ms, zone);
  if (!utcText(nowMs).startsWith(utc.slice(0, 10)) || !utc.startsWith(here.date))
    return zonedText(text, ms, zone);
  const said = `${utc.slice(11)} UTC`;
  return here.offset === '+00:00' ? said : text('text.aside', { value: said, aside: here.time });
}

/** `02:14`, of another day `25 Nov 02:14`; UTC. */
export function shortMoment(text: Text, ms: number, nowMs: number): string {
  const [day, today] = [ms, nowMs].map((one) => new Date(one).toISOString().slice(0, 10));
  const at = utcText(ms).slice(11);
  return day === today || day === undefined ? at : `${dayText(text.language, day)} ${at}`;
}

/** From so many columns on there is room for the hour here as well. */
const roomyColumns = 80;

/** `02:14 (10:14)` in a list: the hour here stands beside that of UTC where there is room. @see living.md, R8 */
export const listedMoment = (text: Text, ms: number, { nowMs, zone }: Here, width: number): string => {
  const said = shortMoment(text, ms, nowMs);
  return width < roomyColumns ? said : withHourHere(text, said, ms, zone);
};

/** `02:14 UTC (10:14)` in a sentence. */
export const toldMoment = (text: Text, ms: number, { nowMs, zone }: Here): string =>
  withHourHere(text, `${shortMoment(text, ms, nowMs)} UTC`, ms, zone);

function withHourHere(text: Text, said: string, ms: number, zone: string): string {
  const { offset, time } = localTime(ms, zone);
  return offset === '+00:00' ? said : text('text.aside', { value: said, aside: time });
}

/** A length of time: `1 h 34 min`. @param ms - Milliseconds, not negative. */
export function lengthText(text: Text, ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return text('status.length.minutes', { minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48
    ? text('status.length.hours', { hours, minutes: minutes % 60 })
    : text('status.length.days', { days: Math.floor(hours / 24), hours: hours % 24 });
}

/** Clocks that differ by more are told of, milliseconds. @see living.md, T14 */
const tellClockMs = 60_000;

/** That the clock of this machine is wrong. @param offsetMs - How far the platform's clock is ahead of it. */
export function clockText(text: Text, offsetMs = 0): string | undefined {
  if (Math.abs(offsetMs) <= tellClockMs) return undefined;
  const length = lengthText(text, Math.abs(offsetMs));
  return text(offsetMs > 0 ? 'status.clock.behind' : 'status.clock.ahead', { length });
}
