/** The languages there are, as tags of BCP 47. */
export const languages = ['en', 'zh-TW'] as const;
export type Language = (typeof languages)[number];

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * How each writes a day, always as wide. Named months in English, since 12/11 means two days to two people;
 * figures where everybody writes the year first. By hand: the first `Intl.DateTimeFormat` of a program takes
 * twelve milliseconds, a sixth of a whole `ferry plan check`.
 */
const dayFormats: Record<Language, (year: string, month: string, day: string) => string> = {
  en: (year, month, day) => `${day} ${months[Number(month) - 1] ?? month} ${year}`,
  'zh-TW': (year, month, day) => `${year}/${month}/${day}`,
};

/** Digits in groups, as both languages part them: 1,204. */
export function numberText(_: Language, value: number): string {
  const [whole = '', fraction] = String(value).split('.');
  const grouped = whole.replaceAll(/\d(?=(?:\d{3})+$)/g, '$&,');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** How each counts large numbers, the largest first. */
const units: Record<Language, readonly (readonly [size: number, unit: string])[]> = {
  en: [
    [1e9, ' G'],
    [1e6, ' M'],
    [1e3, ' k'],
  ],
  'zh-TW': [
    [1e8, '億'],
    [1e4, '萬'],
  ],
};

/** `7.8 M`, `123 k`: how many, where there is no room for all digits. Below 10,000 it is said whole. */
export function shortNumber(language: Language, value: number): string {
  const [size, unit] = units[language].find(([least]) => value >= 10_000 && value >= least) ?? [1, ''];
  const scaled = value / size;
  return `${numberText(language, scaled < 100 ? Math.floor(scaled * 10) / 10 : Math.floor(scaled))}${unit}`;
}

/** `2026-12-20` → `20 Dec 2026`; what is no day stays as it is. */
export function dateText(language: Language, day: string): string {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === '') return day;
  const moment = new Date(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day);
  return exists ? dayFormats[language](year, month, date) : day;
}

/** `2026-12-20` → `20 Dec`, as wide as a day is without its year. */
export const dayText = (language: Language, day: string): string =>
  dateText(language, day).replace(/^\d{4}\/| \d{4}$/, '');

const weekdays: Record<Language, readonly string[]> = {
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  'zh-TW': ['週日', '週一', '週二', '週三', '週四', '週五', '週六'],
};

/** The weekday of a day, `YYYY-MM-DD`; nothing for what is none. */
export function weekdayText(language: Language, day: string): string | undefined {
  return weekdays[language][new Date(`${day}T00:00:00Z`).getUTCDay()];
}

/** `2026-12-20 17:00` → `20 Dec 2026 17:00`: the hour as everybody writes it, 24 hours. */
export function momentText(language: Language, moment: string): string {
  return moment.replace(/^\d{4}-\d{2}-\d{2}(?= |$)/, (day) => dateText(language, day));
}

/** Whether a text ends with a mark as wide as a sign, which stands for the blank behind it. */
export const bringsRoom = (language: Language, said: string): boolean =>
  language === 'zh-TW' && /[。！？：；，、）」]$/.test(said);
