import { describe, expect, it } from 'vitest';
import { isLanguage, languageOf } from '../../source/locale/language.ts';
import { canWriteUnicode } from '../../source/terminal/capabilities.ts';

type Env = Record<string, string>;

describe('the language of an environment', () => {
  it.each<[string, Env]>([
    ['zh-TW', { LANG: 'zh_TW.UTF-8' }],
    ['zh-TW', { LANG: 'zh_TW' }],
    ['zh-TW', { LANG: 'zh_TW.UTF-8@radical' }],
    ['zh-TW', { LANG: 'zh-TW' }],
    ['zh-TW', { LANG: 'ZH_tw.utf8' }],
    ['zh-TW', { LANG: 'zh-Hant' }],
    ['zh-TW', { LANG: 'zh_HK.UTF-8' }],
    ['zh-TW', { LANG: 'zh_MO.UTF-8' }],
    ['en', { LANG: 'zh_CN.UTF-8' }],
    ['en', { LANG: 'zh_SG.UTF-8' }],
    ['en', { LANG: 'zh-Hans' }],
    ['en', { LANG: 'zh' }],
    ['en', { LANG: 'zh_TWO.UTF-8' }],
    ['en', { LANG: 'en_US.UTF-8' }],
    ['en', { LANG: 'de_DE.UTF-8' }],
    ['en', { LANG: 'C.UTF-8' }],
    ['en', { LANG: 'C' }],
    ['en', { LANG: 'POSIX' }],
    ['en', {}],
    // LC_ALL before LC_MESSAGES before LANG; what is empty is not set.
    ['zh-TW', { LC_ALL: 'zh_TW.UTF-8', LC_MESSAGES: 'en_US.UTF-8', LANG: 'en_US.UTF-8' }],
    ['en', { LC_ALL: 'en_US.UTF-8', LC_MESSAGES: 'zh_TW.UTF-8', LANG: 'zh_TW.UTF-8' }],
    ['zh-TW', { LC_MESSAGES: 'zh_TW.UTF-8', LANG: 'en_US.UTF-8' }],
    ['en', { LC_MESSAGES: 'en_US.UTF-8', LANG: 'zh_TW.UTF-8' }],
    ['zh-TW', { LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_TW.UTF-8' }],
    // What only says how to write time or to sort says nothing of the language.
    ['en', { LC_CTYPE: 'zh_TW.UTF-8', LC_TIME: 'zh_TW.UTF-8', LANG: 'en_US.UTF-8' }],
  ])('is %s for %j', (language, env) => {
    expect(languageOf(env, true)).toBe(language);
  });

  it.each<[string, Env]>([
    ['zh-TW', { LC_ALL: 'zh_TW.UTF-8' }],
    ['zh-TW', { LC_ALL: 'zh_TW.utf8' }],
    ['zh-TW', { LC_CTYPE: 'C.UTF-8', LANG: 'zh_TW' }],
    ['en', { LC_ALL: 'zh_TW.Big5' }],
    ['en', { LANG: 'zh_TW.Big5' }],
    ['en', { LANG: 'zh_TW' }],
    ['en', { LC_CTYPE: 'zh_TW.Big5', LANG: 'zh_TW.UTF-8' }],
    ['en', { LC_ALL: 'C', LANG: 'zh_TW.UTF-8' }],
    ['en', { TERM: 'linux', LANG: 'zh_TW.UTF-8' }],
  ])('is %s for %j, since a terminal without Unicode has no Chinese', (language, env) => {
    expect(languageOf(env, canWriteUnicode(env, 'linux'))).toBe(language);
  });
});

it.each([
  ['en', true],
  ['zh-TW', true],
  ['zh', false],
  ['zh-tw', false],
  ['zh_TW', false],
  ['', false],
  ['toString', false],
])('%j is a language: %s', (given, wanted) => {
  expect(isLanguage(given)).toBe(wanted);
});
