import { type Language, languages } from './format.ts';

export const isLanguage = (given: string): given is Language =>
  (languages as readonly string[]).includes(given);

/**
 * The language that an environment asks for, as POSIX reads it: `LC_ALL` before `LC_MESSAGES` before `LANG`.
 * Traditional Chinese for Taiwan, Hong Kong and Macau, or by its script; English for everything else.
 *
 * @param hasUnicode - Whether the terminal can show anything but ASCII; if not, English.
 */
export function languageOf(env: Readonly<Record<string, string | undefined>>, hasUnicode: boolean): Language {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (one) => one !== undefined && one !== '',
  );
  return hasUnicode && /^zh[_-](TW|HK|MO|Hant)(?=$|[_-])/i.test((locale ?? '').replace(/[.@].*$/, ''))
    ? 'zh-TW'
    : 'en';
}
