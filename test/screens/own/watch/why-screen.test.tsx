import { expect, it } from 'vitest';
import { usualLimits } from '../../../../source/activation/watch/watched.ts';
import { textIn } from '../../../../source/locale/catalogs.ts';
import { explainLines } from '../../../../source/pages/watch/explain-lines.ts';
import type { StatusRound } from '../../../../source/pages/remote-cache.ts';
import { at, look } from '../../../activation/watch/watching.ts';
import { statusRound, watchedPage } from './watched-page.tsx';

const watch = look({ at: '13:34' });
const status = (): Promise<StatusRound> => Promise.resolve(statusRound([watch]));

it.each(['en', 'zh-TW'] as const)('says what ferry status --explain says, in %s', async (language) => {
  const text = await textIn(language, {});
  const watched = { id: watch.flow.id, name: watch.flow.name };
  const page = await watchedPage({ page: 'why', watched }, { status }, { text, columns: 120, rows: 40 });
  await page.waitFor('13:34:00 UTC');
  const saying = { text, sandbox: 'dev', nowMs: at('13:34'), zone: 'UTC' };
  for (const line of explainLines(watch, usualLimits, saying)) expect(page.frame()).toContain(line.trim());
  expect(page.time.next()).toBe(60_000);
});
