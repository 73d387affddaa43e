import type { HelpPages, ManWords } from './en/help.ts';
import type { Language } from './format.ts';

/** The help of every command, and of the options they share. Read when somebody asks for it. */
export async function helpIn(
  language: Language,
): Promise<{ pages: HelpPages; common: string; man: ManWords }> {
  const { help, commonHelp, man } =
    language === 'zh-TW' ? await import('./zh-TW/help.ts') : await import('./en/help.ts');
  return { pages: help, common: commonHelp, man };
}
