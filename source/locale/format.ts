/** The languages there are, as tags of BCP 47. */
export const languages = ['en', 'zh-TW'] as const;
export type Language = (typeof languages)[number];

/**
 * How each writes a day, always as wide. Named months in English, since 12/11 means two days to two people;
 * figures where everybody writes the year first.
 */
const dayFormats: Record<Language, { locale: string; options: Intl.DateTimeFormatOptions; order: string }> = {
  en: { locale: 'en', options: { month: 'short' }, order: '{day} {month} {year}' },
  'zh-TW': { locale: 'zh-TW', options: { month: '2-digit' }, order: '{year}/{month}/{day}' },
};

// Made on first use: their tables take longer to read than a page takes to draw.
const days = new Map<Language, Intl.DateTimeFormat>();
const numbers = new Map<Language, Intl.NumberFormat>();

function madeOnce<Made>(made: Map<Language, Made>, language: Language, make: () => Made): Made {
  const known = made.get(language);
  if (known !== undefined) return known;
  const fresh = make();
  made.set(language, fresh);
  return fresh;
}

/** Digits in groups: 1,204. */
export function numberText(language: Language, value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1000) return String(value);
  return madeOnce(numbers, language, () => new Intl.NumberFormat(language)).format(value);
}

/** `2026-12-20` → `20 Dec 2026`; what is no day stays as it is. */
export function dateText(language: Language, day: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return day;
  const moment = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(day)) return day;
  const { locale, options, order } = dayFormats[language];
  const format = madeOnce(
    days,
    language,
    () => new Intl.DateTimeFormat(locale, { year: 'numeric', day: '2-digit', ...options, timeZone: 'UTC' }),
  );
  const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  return order.replaceAll(/\{(\w+)\}/g, (_, part: string) => parts[part] ?? '');
}

/** `2026-12-20 17:00` → `20 Dec 2026 17:00`: the hour as everybody writes it, 24 hours. */
export function momentText(language: Language, moment: string): string {
  const [day = '', time] = moment.split(' ');
  return time === undefined ? dateText(language, day) : `${dateText(language, day)} ${time}`;
}
