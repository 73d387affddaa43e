import { describe, expect, it } from 'vitest';
import { type FlowRow, nextExport } from '../../../../source/activation/flow-table.ts';
import { RefusedError } from '../../../../source/flow-service/errors.ts';
import { listedFlow } from '../../../../source/flow-service/flows.ts';
import type { StatusRound } from '../../../../source/pages/remote-cache.ts';
import { failedAt, look, runOf } from '../../../activation/watch/watching.ts';
import { keys } from '../../../helpers/ink.tsx';
import { itFits, startMs, statusRound, watchedPage } from './watched-page.tsx';

const hour = 3_600_000;

function row(
  id: string,
  name: string,
  more: { destination?: string; state?: string; last?: 'success' | 'failed'; changedH?: number } = {},
): FlowRow {
  const { destination = 'SFTP', state = 'enabled', last = 'success', changedH = 24 } = more;
  const value = {
    id: `s-${id}`,
    name: `Segment of ${name}`,
    schedule: { frequency: 'DAILY', startDate: '2026-11-01', endDate: '2026-12-24', startTime: '18:00' },
  };
  const flow = listedFlow.parse({
    id,
    name,
    state,
    updatedAt: startMs - changedH * hour,
    transformations: [{ params: { segmentSelectors: { selectors: [{ value }] } } }],
    lastRunDetails: {
      id: 'r',
      state: last,
      startedAtUTC: startMs - 4 * hour,
      completedAtUTC: startMs - 3 * hour,
    },
  });
  return { id, flow, destination, next: nextExport(flow, startMs), atMs: startMs };
}

const morning = [
  row('f1', 'CRM weekly', { destination: 'Adobe Campaign', last: 'failed', changedH: 1 }),
  row('f2', 'Loyalty to SFTP', { changedH: 2 }),
  row('f3', 'Winback test', { destination: 'Amazon S3', state: 'disabled', changedH: 3 }),
  row('f4', 'Nightly SFTP', { last: 'failed', changedH: 4 }),
];

function readings(...list: readonly (readonly FlowRow[] | Error)[]) {
  let count = 0;
  return {
    count: () => count,
    sources: {
      async *flows(): AsyncGenerator<readonly FlowRow[]> {
        const read = list[Math.min(count++, list.length - 1)] ?? [];
        await Promise.resolve();
        if (read instanceof Error) throw read;
        yield read;
      },
    },
  };
}

const judged = (status: () => Promise<StatusRound>, read = readings(morning)) =>
  watchedPage({ page: 'flows', draft: { platform: 'organisation' } }, { ...read.sources, status });

const open = async (read: ReturnType<typeof readings>, more: Parameters<typeof watchedPage>[2] = {}) => {
  const page = await watchedPage({ page: 'flows' }, read.sources, more);
  await page.waitFor('UTC');
  return page;
};
/** Names of the rows, as they stand. */
const names = (frame: string): string[] =>
  frame.split('\n').flatMap((line) => {
    const name = /^[❯ ] +[✓✗‖▲] (?:\(gone \S+\) )?(\S+ \S+(?: SFTP)?)/.exec(line)?.[1];
    return name === undefined ? [] : [name.trim()];
  });
const ctrlOf = (letter: string): string => keys.ctrl(letter);

describe('the table of dataflows', () => {
  it('says how each stands, and when it exports next', async () => {
    const page = await open(readings(morning));
    expect(page.frame()).toMatch(/✗ CRM weekly +Adobe Campaign +failed 3 h ago +next 18:00 UTC/);
    expect(page.frame()).toMatch(/‖ Winback test +Amazon S3 +disabled +–/);
    expect(page.frame()).toContain('again in 60 s');
  });

  it('has each stand as status finds it, once that is read, and the filter with it', async () => {
    const { promise, resolve: answer } = Promise.withResolvers<StatusRound>();
    const page = await judged(() => promise);
    await page.waitFor(/✗ CRM weekly +Adobe Campaign +failed 3 h ago/);
    answer(
      statusRound([
        look({ at: '13:34', flow: { id: 'f1' }, runs: [runOf('12:00')] }),
        look({ at: '13:34', flow: { id: 'f2' }, runs: [failedAt('12:00')] }),
        look({ at: '13:34', flow: { id: 'f4' } }),
      ]),
    );
    await page.waitFor(/✓ CRM weekly/);
    expect(page.frame()).toMatch(/✗ Loyalty to SFTP +SFTP +failed 2 h ago/);
    expect(page.frame()).toMatch(/✗ Nightly SFTP +SFTP +late 2 h ago/);
    await page.press(ctrlOf('f'));
    expect(names(page.frame())).toEqual(['Loyalty to SFTP']);
  });

  it('is filtered and sorted; filters add up, and stay when a dataflow was looked at', async () => {
    const page = await open(readings(morning));
    await page.press(ctrlOf('f'));
    expect(names(page.frame())).toEqual(['CRM weekly', 'Nightly SFTP']);
    await page.press('nightly');
    expect(names(page.frame())).toEqual(['Nightly SFTP']);
    await page.press(keys.escape, ctrlOf('t'), ctrlOf('t'), ctrlOf('t'));
    expect(page.frame()).toContain('failing · SFTP');
    expect(names(page.frame())).toEqual(['Nightly SFTP']);
    await page.press(ctrlOf('f'), ctrlOf('f'), ctrlOf('t'), ctrlOf('o'));
    expect(names(page.frame())).toEqual(['CRM weekly', 'Loyalty to SFTP', 'Nightly SFTP', 'Winback test']);
    expect(page.frame()).toContain('by name');
  });

  it('keeps the dataflow under the cursor when it is gone, as one that cannot be chosen', async () => {
    const without = morning
      .filter(({ id }) => id !== 'f2')
      .map((one) => ({ ...one, atMs: startMs + 60_000 }));
    const page = await open(readings(morning, without));
    await page.press(keys.down);
    page.time.pass(60_000);
    await page.waitFor('(gone 14:03) Loyalty to SFTP');
    await page.press(keys.enter);
    expect(page.frame()).toContain('(gone 14:03)');
    await page.press(keys.down);
    await page.waitFor((frame) => !frame.includes('(gone'));
    expect(page.frame()).toMatch(/❯ +‖ Winback test/);
  });

  it('has a cursor again where the only one that is searched was gone and is back', async () => {
    const without = morning.filter(({ id }) => id !== 'f3');
    const page = await open(readings(morning, without, without, morning));
    await page.press('winback');
    expect(names(page.frame())).toEqual(['Winback test']);
    page.time.pass(page.time.next() ?? expect.unreachable());
    await page.waitFor('(gone');
    page.time.pass(page.time.next() ?? expect.unreachable());
    await page.write('');
    page.time.pass(page.time.next() ?? expect.unreachable());
    await page.waitFor((frame) => !frame.includes('(gone') && /❯ +‖ Winback test/.test(frame));
  });

  it('moves nothing under a hand, says how many would, and sorts when asked to', async () => {
    const turned = morning.map((one, at) => ({
      ...one,
      flow: { ...one.flow, updatedMs: startMs - (9 - at) * hour },
    }));
    const page = await open(readings(morning, turned));
    await page.press(keys.down);
    page.time.pass(60_000);
    await page.waitFor('order held, 4 would move');
    expect(names(page.frame())[0]).toBe('CRM weekly');
    await page.press(ctrlOf('s'));
    expect(names(page.frame())[0]).toBe('Nightly SFTP');
    expect(page.frame()).toMatch(/❯ +✓ Loyalty to SFTP/);
  });

  it('is held and read now by its keys, and keeps its rows when a reading fails', async () => {
    const refused = new RefusedError({ method: 'GET', path: '/flows' }, 503, {});
    const read = readings(morning, morning, refused);
    const page = await open(read);
    await page.press(ctrlOf('z'));
    expect(page.frame()).toContain('held since 14:02 UTC, ctrl+z continues');
    expect(page.time.next()).toBeUndefined();
    await page.press(ctrlOf('z'));
    expect(read.count()).toBe(2);
    await page.press(ctrlOf('r'));
    expect(read.count()).toBe(3);
    await page.waitFor('▲');
    expect(names(page.frame())).toHaveLength(4);
  });

  it('says when it was read by the clock of the platform, and when its exports were judged', async () => {
    const ahead = morning.map((one) => ({ ...one, atMs: startMs + 300_000 }));
    const without = ahead.filter(({ id }) => id !== 'f2').map((one) => ({ ...one, atMs: startMs + 360_000 }));
    const read = readings(ahead, without);
    const page = await watchedPage(
      { page: 'flows', draft: { platform: 'organisation' } },
      { ...read.sources, status: () => Promise.resolve(statusRound([])) },
    );
    await page.waitFor('as of 14:07:10 UTC · again in 60 s · exports judged at 13:34');
    await page.press(keys.down);
    page.time.pass(60_000);
    await page.waitFor('(gone 14:08) Loyalty to SFTP');
  });

  it('draws nothing between readings, nor out of sight', async () => {
    const read = readings(morning);
    const page = await open(read);
    page.drawn();
    page.time.pass(59_000);
    await page.write('');
    expect(page.drawn()).toBe(0);
    page.focus.set(false);
    await page.write('');
    page.drawn();
    page.time.pass(3 * hour);
    await page.write('');
    expect([page.drawn(), read.count()]).toEqual([0, 1]);
  });

  itFits(
    (more) => open(readings(morning), more),
    (_, keep) => keep('flows'),
  );
});
