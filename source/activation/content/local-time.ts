/** A moment as a clock in some place shows it. */
interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:MM` */
  readonly time: string;
  /** `+02:00`; changes with daylight saving. */
  readonly offset: string;
}

/**
 * A moment on the clocks of a time zone, daylight saving included.
 *
 * @param ms - Epoch milliseconds.
 * @param zone - IANA name: `Europe/Berlin`.
 */
export function localTime(ms: number, zone: string): LocalTime {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const date = `${part('year')}-${part('month')}-${part('day')}`;
  const time = `${part('hour')}:${part('minute')}`;
  const minutes = Math.round((Date.parse(`${date}T${time}Z`) - (ms - (ms % 60_000))) / 60_000);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const two = (number: number): string => String(number).padStart(2, '0');
  return { date, time, offset: `${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}` };
}

/** The midnight before a moment on the clocks of a zone, epoch milliseconds. @param ms - Epoch milliseconds. */
export function startOfDay(ms: number, zone: string): number {
  const { date, offset } = localTime(ms, zone);
  const midnight = (at: string): number => Date.parse(`${date}T00:00${at}`);
  // Clocks may have been changed since.
  return midnight(localTime(midnight(offset), zone).offset);
}

/**
 * How many midnights ago a moment was: 0 for one of today, 1 for yesterday, however few hours ago that is.
 *
 * @param startMs - Of today, by {@link startOfDay}: many moments are asked about one day.
 */
export const daysSince = (ms: number, startMs: number): number =>
  Math.max(0, Math.ceil((startMs - ms) / 86_400_000));

const clocks = new Map<string, Intl.DateTimeFormat>();

/** By Intl, not by Temporal: the review tells the time too, and must not wait for a calendar. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  clocks.set(zone, clock);
  return clock;
}
