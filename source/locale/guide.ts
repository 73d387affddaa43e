import type { Guide } from './en/guide.ts';
import type { Language } from './format.ts';

export type { Guide, GuideEntry, GuidePage } from './en/guide.ts';

/** What a guided session explains. Read when somebody asks for it. */
export async function guideIn(language: Language): Promise<Guide> {
  const { guide } = language === 'zh-TW' ? await import('./zh-TW/guide.ts') : await import('./en/guide.ts');
  return guide;
}
