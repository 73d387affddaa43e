import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { manFile, manPage } from '../../source/commands/help/man-page.ts';
import { languages } from '../../source/locale/texts.ts';

it.each(languages)('the manual page in %s says what --help says (npm run man)', async (language) => {
  const kept = readFileSync(new URL(`../../docs/${manFile(language)}`, import.meta.url), 'utf8');
  expect(kept).toBe(await manPage(language));
});
