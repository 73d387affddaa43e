import { en } from './en.ts';
import type { Language } from './format.ts';
import { type Saying, type Text, textsOf } from './texts.ts';

/** What is said to programs, and to people who read nothing else. */
export const english: Text = textsOf(en, 'en');

/** The words of a language; those of English are always there, the others are read when they are wanted. */
export async function textIn(language: Language, saying: Saying): Promise<Text> {
  if (language === 'en') return textsOf(en, language, saying);
  const { zhTW } = await import('./zh-TW.ts');
  return textsOf(zhTW, language, saying);
}
