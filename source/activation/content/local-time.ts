import { Temporal } from 'temporal-polyfill';

/** A moment as a clock in some place shows it. */
export interface LocalTime {
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
  const there = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return {
    date: there.toPlainDate().toString(),
    time: there.toPlainTime().toString({ smallestUnit: 'minute' }),
    offset: there.offset,
  };
}
