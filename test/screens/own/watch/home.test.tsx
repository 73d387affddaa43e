import { describe, expect, it } from 'vitest';
import { findingId } from '../../../../source/activation/watch/finding.ts';
import type { Look } from '../../../../source/activation/watch/since-last.ts';
import { usualLimits } from '../../../../source/activation/watch/watched.ts';
import { watchFlow } from '../../../../source/activation/watch/watch.ts';
import { RefusedError } from '../../../../source/flow-service/errors.ts';
import type { StatusRound } from '../../../../source/pages/remote-cache.ts';
import { at, failedAt, look, segmentOf } from '../../../activation/watch/watching.ts';
import { keys } from '../../../helpers/ink.tsx';
import { itFits, statusRound, watchedPage } from './watched-page.tsx';

const late = look({ at: '13:34' });
const good = look({ at: '12:30' });

const round = (before?: Look): StatusRound =>
  statusRound([late, { ...good, flow: { ...good.flow, state: 'disabled' } }], before);

const open = (status: () => Promise<StatusRound>, more: Parameters<typeof watchedPage>[2] = {}) =>
  watchedPage(
    {
      page: 'home',
      draft: {
        platform: 'organisation',
        sandbox: { name: 'prod', isProduction: true },
      },
    },
    { status },
    more,
  );

describe('Home', () => {
  it('can be used before it knows how things stand', async () => {
    const page = await open(() => new Promise(() => undefined));
    await page.waitFor('Reading the state of the exports…');
    await page.press(keys.down, keys.down);
    expect(page.frame()).toMatch(/❯ +Runs of the last 24 h…/);
  });

  it('says how many there are and what is wrong once that is read', async () => {
    const page = await open(() => Promise.resolve(round()));
    await page.waitFor('Exports now: 1 late, 1 missed.');
    expect(page.frame()).toContain('2 dataflows · 2 late · 1 disabled');
    expect(page.frame()).toMatch(/next 27 Nov 12:00 UTC · \d+ exports? today/);
  });

  it('says the hour here beside that of UTC', async () => {
    const page = await open(() => Promise.resolve(round()), { services: { timeZone: 'Asia/Taipei' } });
    await page.waitFor(/next 27 Nov 12:00 UTC \(20:00\)/);
  });

  it('tells failed exports from the dataflows that they are of', async () => {
    const segments = ['1', '2'].map((id) => segmentOf({ id, name: `Segment ${id}` }));
    const failed = { ...failedAt('12:00'), segments: segments.map(({ id }) => ({ id })) };
    const watched = [look({ at: '12:30', flow: { segments }, runs: [failed] })];
    const page = await open(() => Promise.resolve({ ...round(), watched }));
    await page.waitFor('Exports now: 2 failed.');
    expect(page.frame()).toContain('1 dataflow · 1 failing');
  });

  it('calls nothing good, and counts nothing, where runs could not be read', async () => {
    const unread = look({ at: '12:30' });
    const seen = { kind: 'unread' as const, why: 'refused' as const, atMs: at('12:30') };
    const watched = [watchFlow(unread.flow, seen, usualLimits)];
    const before: Look = { atMs: at('09:00'), wrong: [findingId('failed', unread.flow.id, 's', undefined)] };
    for (const one of [undefined, before]) {
      const page = await open(() => Promise.resolve({ ...statusRound(watched, one), isCut: true }));
      await page.waitFor('Not everything could be read.');
      expect(page.frame()).not.toMatch(/Nothing is late|Since|fixed|exports today/);
      expect(page.frame()).toContain('1 dataflow');
    }
  });

  it('says what happened since this person last looked', async () => {
    const before: Look = {
      atMs: at('09:00'),
      wrong: [findingId('failed', 'gone', undefined, undefined)],
    };
    const page = await open(() => Promise.resolve(round(before)));
    await page.waitFor('Since 09:00 UTC: 1 late, 1 missed, 1 fixed.');
  });

  it('says that it could not be read, and stays usable', async () => {
    const refused = new RefusedError({ method: 'GET', path: '/flows' }, 503, {});
    const page = await open(() => Promise.reject(refused));
    await page.waitFor('could not be read');
    expect(page.frame()).toContain('Activate segments…');
  });

  it('reads again after five minutes, and draws nothing in between', async () => {
    let count = 0;
    const page = await open(() => {
      count++;
      return Promise.resolve(round());
    });
    await page.waitFor('Exports now:');
    page.drawn();
    page.time.pass(299_000);
    await page.write('');
    expect([count, page.drawn()]).toEqual([1, 0]);
    page.time.pass(1000);
    expect(count).toBe(2);
  });

  it('judges everything no more often where somebody looks away and back', async () => {
    let count = 0;
    const page = await open(() => Promise.resolve((count++, round())));
    await page.waitFor('Exports now:');
    for (const ms of [60_000, 239_000, 1000]) {
      page.focus.set(false);
      await page.write('');
      page.time.pass(ms);
      page.focus.set(true);
      await page.write('');
      expect(count).toBe(ms === 1000 ? 2 : 1);
    }
  });

  itFits(
    (more) => open(() => Promise.resolve(round({ atMs: at('09:00'), wrong: [] })), more),
    async (page, keep) => {
      await page.waitFor('09:00');
      await keep('home');
    },
  );
});
