import { Temporal } from 'temporal-polyfill';

/** Days of one month in weeks from Monday; `undefined` before the first and after the last. */
export interface Month {
  /** `YYYY-MM` */
  readonly id: string;
  readonly weeks: readonly (readonly (number | undefined)[])[];
}

const weekLength = 7;

/** The month that a day (`YYYY-MM-DD`) is in. */
export function monthOf(day: string): Month {
  const month = Temporal.PlainDate.from(day).toPlainYearMonth();
  const first = month.toPlainDate({ day: 1 });
  const before = Array.from({ length: first.dayOfWeek - 1 }, () => undefined);
  const days = [...before, ...Array.from({ length: month.daysInMonth }, (_, at) => at + 1)];
  const weeks = Array.from({ length: Math.ceil(days.length / weekLength) }, (_, week) =>
    Array.from({ length: weekLength }, (_, at) => days[week * weekLength + at]),
  );
  return { id: month.toString(), weeks };
}

/** Another day, days and months away; the end of a shorter month stands in for its missing days. */
export function moveDay(day: string, by: { days?: number; months?: number }): string {
  return Temporal.PlainDate.from(day).add(by).toString();
}

/** A day that exists, or another one. */
export function dayOr(text: string, otherwise: string): string {
  try {
    return Temporal.PlainDate.from(text.trim(), { overflow: 'reject' }).toString();
  } catch {
    return otherwise;
  }
}
