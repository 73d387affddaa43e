import type { Guide } from './en/guide.ts';
import type { Text } from './texts.ts';

export type { Guide, GuideEntry, GuidePage } from './en/guide.ts';

/** What a guided session explains. Read when somebody asks for it. */
export async function guideIn({ language, withCommands }: Text): Promise<Guide> {
  const { guide } = language === 'zh-TW' ? await import('./zh-TW/guide.ts') : await import('./en/guide.ts');
  return Object.fromEntries(
    Object.entries(guide).map(([page, { what, why, where }]) => [
      page,
      { what: withCommands(what), why: withCommands(why), where: withCommands(where) },
    ]),
  ) as Guide;
}
