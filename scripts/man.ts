// npm run man: writes docs/ferry.1 and its translations from the texts of --help.
import { writeFileSync } from 'node:fs';
import { manFile, manPage } from '../source/commands/help/man-page.ts';
import { languages } from '../source/locale/texts.ts';

for (const language of languages) {
  writeFileSync(new URL(`../docs/${manFile(language)}`, import.meta.url), await manPage(language));
}
