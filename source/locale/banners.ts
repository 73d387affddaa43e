import type { Banners } from './en/banners.ts';
import type { Language } from './format.ts';

export type { Banners } from './en/banners.ts';

/** Large names of the steps, for people who watch a guided session. Read when somebody presents. */
export async function bannersIn(language: Language): Promise<Banners> {
  const { banners } =
    language === 'zh-TW' ? await import('./zh-TW/banners.ts') : await import('./en/banners.ts');
  return banners;
}
