import { describe, expect, it } from 'vitest';
import { unicodeGlyphs } from '../../../../source/components/theme/glyphs.ts';
import { english } from '../../../../source/locale/catalogs.ts';
import type { StatusRound } from '../../../../source/pages/remote-cache.ts';
import { findingCounts, findingDetails, findingItems } from '../../../../source/pages/watch/findings.ts';
import { foundLines } from '../../../../source/pages/watch/why.ts';
import { failedAt, look, runOf, segmentOf } from '../../../activation/watch/watching.ts';
import { keys } from '../../../helpers/ink.tsx';
import { itFits, statusRound, watchedPage } from './watched-page.tsx';

const failed = look({
  at: '13:34',
  flow: { id: 'f2', name: 'Loyalty to SFTP', segments: [segmentOf({ name: 'Hikers' })] },
  runs: [failedAt('12:00')],
});
const late = look({ at: '13:34' });
const good = look({ at: '13:34', flow: { id: 'f3', name: 'Nightly all' }, runs: [runOf('12:00')] });
const morning = statusRound([good, failed, late]);

function rounds(...list: readonly StatusRound[]) {
  let count = 0;
  return {
    count: () => count,
    status: () => Promise.resolve(list[Math.min(count++, list.length - 1)] ?? morning),
  };
}

const open = async (read: ReturnType<typeof rounds>, more: Parameters<typeof watchedPage>[2] = {}) => {
  const page = await watchedPage(
    { page: 'home', draft: { platform: 'organisation' } },
    { status: read.status },
    more,
  );
  await page.waitFor(/[12]/);
  return page;
};

describe('the page of findings', () => {
  it('is there by w from Home where something was found, and says what, since when and why', async () => {
    const page = await open(rounds(morning));
    await page.waitFor('Findings…');
    await page.press('w');
    await page.waitFor('What is wrong, and what deserves a look');
    expect(page.frame()).toMatch(/❯ ✗ late +CRM weekly › Loyalty/);
    expect(page.frame()).toMatch(/✗ failed +Loyalty to SFTP › Hikers +12:00 +Job/);
    expect(page.frame()).not.toContain('Nightly all');
    expect(page.frame()).toContain('1 late, 1 failed');
    await page.press(keys.down);
    expect(page.frame()).toContain('Loyalty to SFTP › Hikers · 12:00 UTC, 1 h 34 min ago · Job aborted.');
    // What decided, and the id that it has everywhere.
    await page.press(keys.enter);
    expect(page.frame()).toContain('Job aborted. (ACTIVATION_BATCH-0000-FAILED)');
    expect(page.frame()).toContain('failed:f2:9f7d37fd');
    expect(page.frame()).not.toContain('CRM weekly');
    await page.press(keys.escape, keys.escape);
    await page.waitFor('What would you like to do?');
  });

  it('says the hour here beside that of UTC', async () => {
    const page = await open(rounds(morning), { services: { timeZone: 'Asia/Taipei' } });
    await page.waitFor('Findings…');
    await page.press('w');
    await page.waitFor(/✗ failed +Loyalty to SFTP › Hikers +12:00 \(20:00\) +Job/);
  });

  it('says of several segments in one row once what was read, and counts rows', () => {
    const segments = ['1', '2', '3'].map((id) => segmentOf({ id, name: `Segment ${id}` }));
    const round = statusRound([look({ at: '13:34', flow: { segments } })]);
    const [item, ...others] = findingItems(round);
    const saying = { text: english, glyphs: unicodeGlyphs, sandbox: 'dev', nowMs: round.readMs, zone: 'UTC' };
    const said = findingDetails(item ?? expect.unreachable(), round, saying);
    expect(said.filter((line) => line.includes('Read: '))).toHaveLength(1);
    expect(said.filter((line) => /^ {2}Segment \d: late/.test(line))).toHaveLength(3);
    expect([others, findingCounts(findingItems(round), english)]).toEqual([[], '1 late']);
  });

  it('is not there where nothing was found', async () => {
    const page = await open(rounds(statusRound([good])));
    await page.waitFor('Nothing is late or failed.');
    expect(page.frame()).not.toContain('Findings…');
  });

  it('keeps a finding that is gone under the cursor, and judges everything no more often than Home', async () => {
    const read = rounds(morning, statusRound([good, late]));
    const page = await open(read);
    await page.waitFor('Findings…');
    await page.press('w', keys.down);
    page.time.pass(299_000);
    await page.write('');
    expect(read.count()).toBe(1);
    page.time.pass(1000);
    await page.waitFor('(gone 14:07)');
    expect(page.frame()).toMatch(/❯ ✗ failed/);
    await page.press(keys.enter);
    expect(page.frame()).toContain('(gone 14:07)');
    await page.press(keys.up);
    await page.waitFor((frame) => !frame.includes('(gone'));
  });

  it('is said in lines, each finding with what decided', () => {
    const saying = {
      text: english,
      glyphs: unicodeGlyphs,
      sandbox: 'dev',
      nowMs: morning.readMs,
      zone: 'UTC',
    };
    const said = foundLines(morning, saying);
    expect(said.filter((line) => /^[✗▲?]/.test(line))).toEqual([
      '✗ late  CRM weekly › Loyalty Segment  12:00 UTC, 1 h 34 min ago',
      '✗ failed  Loyalty to SFTP › Hikers  12:00 UTC, 1 h 34 min ago',
    ]);
    expect(said.join('\n')).toContain('late:8256cfb4:9f7d37fd:2026-11-26T12');
    expect(foundLines(statusRound([good]), saying)).toEqual(['Nothing is late or failed.']);
    expect(foundLines({ ...statusRound([good]), isCut: true }, saying)).toEqual([
      'Not everything could be read.',
    ]);
  });

  itFits(
    (more) => open(rounds(morning), more),
    async (page, keep) => {
      await page.waitFor(/✗|late|1/);
      await page.waitFor((frame) => /Findings…|查看問題…/.test(frame));
      await page.press('w');
      await page.waitFor('13:34');
      await keep('findings');
      await page.press(keys.enter);
      await keep('finding');
    },
  );
});
