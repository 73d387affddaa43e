import { describe, expect, it } from 'vitest';
import { type ListRow, type RunFlow, runRow } from '../../../../source/activation/run-table.ts';
import { absentExports } from '../../../../source/activation/watch/absent.ts';
import { usualLimits, type WatchedRun } from '../../../../source/activation/watch/watched.ts';
import { RefusedError } from '../../../../source/flow-service/errors.ts';
import type { RunsRound } from '../../../../source/pages/remote-cache.ts';
import { daily, flowOf, segmentOf } from '../../../activation/watch/watching.ts';
import { exportRun } from '../../../helpers/export-runs.ts';
import { keys } from '../../../helpers/ink.tsx';
import { itFits, startMs, type WatchedPage, watchedPage } from './watched-page.tsx';

const minute = 60_000;
const flow: RunFlow = {
  id: 'crm',
  name: 'CRM weekly',
  segments: [{ id: 's1', name: 'Loyalty Segment' }],
  mandatoryFields: ['Email'],
};
const other: RunFlow = {
  id: 'sftp',
  name: 'Loyalty to SFTP',
  segments: [{ id: 's2', name: 'Hikers' }],
  mandatoryFields: [],
};

/** A run that began so many minutes before the start of the test. */
function row(id: string, status: string, agoMin: number, more: object = {}, of: RunFlow = flow) {
  const beganMs = startMs - agoMin * minute;
  const endedMs = status === 'processing' ? 0 : beganMs + 6 * minute;
  return runRow(exportRun({ id, flowId: of.id, status, beganMs, endedMs }, more), [flow, other]);
}

const aborted = {
  statusSummary: {
    status: 'failed',
    errors: [{ code: 'ACTIVATION_BATCH-0000-FAILED', message: 'Job aborted.' }],
  },
};
const delivered = {
  recordSummary: { inputRecordCount: 7_823_447, outputRecordCount: 7_808_223, skippedRecordCount: 15_224 },
  fileSummary: { outputFileCount: 2 },
};
const morning = [
  row('run-good', 'success', 480, delivered, other),
  row('run-failed', 'failed', 708, aborted),
  row('run-open', 'processing', 4),
];

/** What a dataflow is lacking that exports each day at some hours, each another segment. */
function missing(hours: readonly string[], atMs = startMs, runs: readonly WatchedRun[] = []): ListRow[] {
  const segments = hours.map((startTime, index) =>
    segmentOf({
      id: `s${index + 2}`,
      name: index === 0 ? 'Hikers' : `Hikers ${index + 1}`,
      schedule: { ...daily, startTime },
    }),
  );
  const watched = flowOf({ id: other.id, name: other.name, segments });
  const reading = { fromMs: atMs - 3 * 24 * 60 * minute, atMs, isWhole: true };
  const seen = { kind: 'read' as const, runs, reading };
  return absentExports(watched, seen, usualLimits, Date.UTC(2026, 10, 26)).map((one) => ({
    ...one,
    flow: other,
  }));
}

/** A morning on which not everything left: mended, slow, late and due. */
const worse: readonly ListRow[] = [
  row('run-good', 'success', 480, delivered, other),
  { ...row('run-failed', 'failed', 708, aborted), mendedBy: row('run-asked', 'success', 52, delivered).run },
  { ...row('run-open', 'processing', 98), usualMs: 7 * minute },
  ...missing(['12:00', '14:00']),
];

/** Rounds that are written down; the last one goes on. */
function rounds(...list: readonly (readonly ListRow[] | Error)[]) {
  let count = 0;
  let nowMs = startMs;
  return {
    count: () => count,
    at(ms: number) {
      nowMs = ms;
    },
    sources: {
      runs(): Promise<RunsRound> {
        const read = list[Math.min(count++, list.length - 1)] ?? [];
        return read instanceof Error
          ? Promise.reject(read)
          : Promise.resolve({ rows: read, readMs: nowMs, offsetMs: 0, calls: 2, isGone: false });
      },
    },
  };
}

const unavailable = new RefusedError({ method: 'GET', path: '/runs' }, 503, {});
const open = (read: ReturnType<typeof rounds>, more: Parameters<typeof watchedPage>[2] = {}) =>
  watchedPage({ page: 'runs' }, read.sources, more);

const lineWith = (page: WatchedPage, part: string): string =>
  page
    .frame()
    .split('\n')
    .find((line) => line.includes(part)) ?? '';

/** Moves the cursor down to a row; it is one of the next nine. */
async function downTo(page: WatchedPage, part: string): Promise<void> {
  for (let at = 0; at < 9 && !lineWith(page, '❯').includes(part); at++) await page.press(keys.down);
  expect(lineWith(page, '❯')).toContain(part);
}

describe('the page of runs', () => {
  it('shows what failed first, then what is under way, then what is good', async () => {
    const page = await open(rounds(morning));
    await page.waitFor('as of');
    const lines = page.frame().split('\n');
    const order = ['✗', '…', '✓'].map((mark) => lines.findIndex((line) => line.slice(2, 4) === `${mark} `));
    expect(order).toEqual([...order].sort((one, two) => one - two));
    expect(order[0]).toBeGreaterThan(0);
    expect(page.frame()).toContain('3 runs · 1 failed · 1 running');
    expect(page.frame()).toContain('as of 14:02:10 UTC · again in 15 s · 2 calls');
    // Why the one under the cursor failed.
    expect(page.frame()).toContain('Job aborted. (ACTIVATION_BATCH-0000-FAILED)');
  });

  it('opens a failed run with what it means and what to do, and copies its id', async () => {
    const page = await open(rounds(morning));
    await page.waitFor('as of');
    await page.press(keys.enter);
    expect(page.frame()).toContain('The export was aborted');
    expect(page.frame()).toContain('ferry export crm');
    expect(page.frame()).toContain('run run-failed');
    await page.press('y');
    expect(page.copied).toEqual(['run-failed']);
    await page.press(keys.escape);
    await page.waitFor('3 runs');
  });

  it.each(['UTC', 'Asia/Taipei', 'America/New_York', 'Pacific/Apia', 'Asia/Kolkata'])(
    'opens the run under the cursor by its id, whatever its hour is in %s',
    async (timeZone) => {
      // Two that began in the same minute: an hour does not tell them apart.
      const twins = [row('run-one', 'failed', 30, aborted), row('run-two', 'failed', 30, aborted, other)];
      const page = await open(rounds(twins), { services: { timeZone } });
      await page.waitFor('as of');
      await downTo(page, 'Loyalty to SFTP');
      await page.press(keys.enter);
      await page.press('y');
      expect(page.copied).toEqual(['run-two']);
    },
  );

  it.each([
    [80, /❯ ✗ \d\d:\d\d \(\d\d:\d\d\) /],
    [60, /❯ ✗ \d\d:\d\d {2,}\S/],
  ])('tells the hour here beside that of UTC where there is room: %i columns', async (columns, wanted) => {
    const zone = { services: { timeZone: 'Asia/Taipei' }, columns };
    const page = await open(rounds([row('run-one', 'failed', 30, aborted)]), zone);
    await page.waitFor('as of');
    const line = lineWith(page, '❯');
    expect(line).toMatch(wanted);
    const [, utc, here] = /(\d\d):\d\d \((\d\d):/.exec(line) ?? [];
    if (here !== undefined) expect(Number(here)).toBe((Number(utc) + 8) % 24);
  });

  it('has a sentence for a run that failed and says nothing, and no number that it does not say', async () => {
    const page = await open(rounds([row('run-mute', 'failed', 30, { statusSummary: { status: 'failed' } })]));
    await page.waitFor('the platform gives no reason');
    expect(lineWith(page, '❯')).not.toMatch(/ 0( |$)/);
    await page.press(keys.enter);
    expect(page.frame()).toMatch(/gives no reason/);
    expect(page.frame()).toMatch(/rows out[^0-9]*–/);
  });

  it('has columns of one width, from its first row to its last', async () => {
    const many = (id: string, status: string, more: object): ListRow[] =>
      Array.from({ length: 210 }, (_, at) => row(`${id}-${at}`, status, 60 + at, more));
    const page = await open(
      rounds([...many('failed', 'failed', aborted), ...many('good', 'success', delivered)]),
      { columns: 120 },
    );
    await page.waitFor('420 runs');
    const titles = lineWith(page, 'began');
    await page.press(keys.end);
    expect(lineWith(page, '❯')).toContain('good');
    expect(lineWith(page, 'began')).toBe(titles);
  });

  it('leaves to look at what has arrived of a run, where the console lets its people look', async () => {
    for (const may of [true, false]) {
      const page = await open(rounds(morning), { services: { may: () => may } });
      await page.waitFor('as of');
      await page.press(keys.down);
      await page.press(keys.down);
      await page.press(keys.enter);
      await page.waitFor('run-good');
      expect(page.frame().includes('what arrived')).toBe(may);
      await page.press('a');
      const then = {
        kind: 'flow',
        command: 'files',
        flow: { id: 'sftp', name: other.name },
        run: 'run-good',
      };
      expect(page.left.map((one) => one.then)).toEqual(may ? [then] : []);
    }
  });

  it('reads again 15 s after the last round ended, one at a time, while something is under way', async () => {
    const read = rounds(morning);
    const page = await open(read);
    await page.waitFor('as of');
    expect([read.count(), page.time.next()]).toEqual([1, 15_000]);
    page.time.pass(14_999);
    expect(read.count()).toBe(1);
    read.at(startMs + 15_000);
    page.time.pass(1);
    await page.waitFor('as of 14:02:25 UTC');
    expect([read.count(), page.time.next()]).toEqual([2, 15_000]);
  });

  it('waits a minute where nothing is under way, and five where nobody has touched a key for ten', async () => {
    const read = rounds(morning.slice(0, 2));
    const page = await open(read);
    await page.waitFor('again in 60 s');
    read.at(startMs + 10 * minute);
    page.time.pass(10 * minute);
    await page.waitFor('resting, any key wakes it');
    expect(page.time.next()).toBe(5 * minute);
    page.time.pass(2 * minute);
    // The last round is older than a minute: it is read at once.
    await page.press(keys.down);
    expect(page.time.next() ?? 0).toBeLessThanOrEqual(0);
    page.time.pass(0);
    expect(read.count()).toBe(3);
  });

  it('draws nothing between rounds, nor in one that brought nothing but the hour', async () => {
    const read = rounds(morning, [...morning]);
    const page = await open(read);
    await page.waitFor('as of');
    page.drawn();
    page.time.pass(14_000);
    await page.write('');
    expect(page.drawn()).toBe(0);
    const before = page.frame().split('\n');
    read.at(startMs + 15_000);
    page.time.pass(1000);
    const after = (await page.waitFor('14:02:25')).split('\n');
    expect(after.filter((line, at) => line !== before[at])).toHaveLength(1);
  });

  it('says that it reads where that takes longer than a moment', async () => {
    const read = rounds(morning);
    const { runs } = read.sources;
    let give: (round: RunsRound) => void = () => undefined;
    const slow = (): Promise<RunsRound> => new Promise((resolve) => (give = resolve));
    const page = await watchedPage({ page: 'runs' }, { runs: () => (read.count() === 0 ? runs() : slow()) });
    await page.waitFor('as of');
    page.time.pass(15_000);
    await page.write('');
    expect(page.frame()).not.toContain('reading…');
    page.time.pass(1999);
    await page.write('');
    expect(page.frame()).not.toContain('reading…');
    page.time.pass(1);
    await page.waitFor('as of 14:02:10 UTC · reading…');
    // That it is over comes with what was read.
    read.at(startMs + 17_000);
    give(await runs());
    await page.waitFor('as of 14:02:27 UTC · again in 15 s');
    expect(page.frames().join('\n')).not.toContain('as of 14:02:27 UTC · reading…');
    // Whoever has asked for it waits for a sign.
    await page.write('r');
    page.time.pass(100);
    await page.waitFor('reading…');
  });

  it('leaves the cursor where keys have put it while a round was under way', async () => {
    const answer = Promise.withResolvers<RunsRound>();
    const round = { rows: morning, readMs: startMs, offsetMs: 0, calls: 2, isGone: false };
    let count = 0;
    const runs = (): Promise<RunsRound> => (count++ === 0 ? Promise.resolve(round) : answer.promise);
    const page = await watchedPage({ page: 'runs' }, { runs });
    await page.waitFor('as of');
    page.time.pass(page.time.next() ?? 0);
    expect(count).toBe(2);
    await page.press(keys.down, keys.down);
    const before = lineWith(page, '❯');
    expect(before).toContain('Loyalty to SFTP');
    const newer = [row('run-newer', 'failed', 1, aborted), ...morning];
    answer.resolve({ ...round, rows: newer, readMs: startMs + 15_000 });
    await page.waitFor('4 runs');
    expect(lineWith(page, '❯')).toBe(before);
  });

  it('follows again after ten rounds that failed, on the same page and row', async () => {
    const failures = Array.from({ length: 10 }, () => unavailable);
    const read = rounds(morning, ...failures, [...morning, row('run-more', 'success', 2, delivered)]);
    const page = await open(read);
    await page.waitFor('as of');
    await page.press(keys.down, keys.down);
    const before = lineWith(page, '❯');
    for (let round = 1; round <= failures.length; round++) {
      page.time.pass(page.time.next() ?? expect.unreachable());
      await page.write('');
      expect(read.count()).toBe(round + 1);
    }
    expect([lineWith(page, '❯'), page.left]).toEqual([before, []]);
    expect(page.frame()).toContain('3 runs');
    page.time.pass(page.time.next() ?? expect.unreachable());
    await page.waitFor('4 runs');
    expect(lineWith(page, '❯')).toBe(before);
  });

  it('keeps the cursor on its run when a newer one fails above it', async () => {
    const failedNow = row('run-new', 'failed', 1, aborted, other);
    const read = rounds(morning, [...morning, failedNow]);
    const page = await open(read);
    await page.waitFor('as of');
    await page.press(keys.down);
    expect(lineWith(page, '❯')).toContain('…');
    page.time.pass(15_000);
    await page.waitFor('2 failed');
    expect(lineWith(page, '❯')).toContain('…');
  });

  it('keeps a run that is gone under the cursor as a ghost that cannot be opened', async () => {
    const page = await open(rounds(morning, morning.slice(0, 1)));
    await page.waitFor('as of');
    await page.press(keys.down, keys.up);
    page.time.pass(15_000);
    await page.waitFor('(gone 14:02)');
    await page.press(keys.enter);
    expect(page.frame()).toContain('(gone 14:02)');
    await page.press(keys.down);
    expect(page.frame()).not.toContain('(gone');
  });

  it('is held by z, goes on by z and reads at once then', async () => {
    const read = rounds(morning);
    const page = await open(read);
    await page.waitFor('as of');
    await page.press('z');
    expect(page.frame()).toContain('held since 14:02 UTC, z continues · as of 14:02:10 UTC');
    expect(page.time.next()).toBeUndefined();
    page.time.pass(60 * minute);
    expect(read.count()).toBe(1);
    await page.press('z');
    expect(read.count()).toBe(2);
    await page.waitFor('again in 15 s');
  });

  it('reads now by r, and not before the platform lets it', async () => {
    const busy = new RefusedError({ method: 'GET', path: '/runs' }, 429, { retryAfterSeconds: 90 });
    const read = rounds(morning, morning, busy);
    const page = await open(read);
    await page.waitFor('as of');
    await page.press('r');
    expect(read.count()).toBe(2);
    await page.press('r');
    await page.waitFor('again in 90 s');
    page.time.pass(30_000);
    await page.press('r');
    expect(page.frame()).toContain('The platform asks to wait 60 s more.');
    expect(read.count()).toBe(3);
  });

  it.each([
    [80, 'slowed by the platform'],
    [40, 'slowed'],
  ])(
    'says in the header that the platform slows it, until it does no more: %i columns',
    async (columns, said) => {
      const busy = new RefusedError({ method: 'GET', path: '/runs' }, 429, { retryAfterSeconds: 90 });
      const page = await open(rounds(morning, busy, morning), { columns });
      const header = (frame: string): string => frame.split('\n')[0] ?? '';
      await page.waitFor('as of');
      expect(header(page.frame())).not.toContain('slowed');
      await page.press('r');
      await page.waitFor((frame) => header(frame).trimEnd().endsWith(said));
      page.time.pass(90_000);
      await page.waitFor((frame) => !header(frame).includes('slowed'));
    },
  );

  it('keeps its rows when a round fails, says why and how old they are, and goes on', async () => {
    const read = rounds(morning, unavailable, unavailable, unavailable, unavailable, morning);
    const page = await open(read);
    await page.waitFor('as of');
    for (let round = 0; round < 4; round++) {
      const before = read.count();
      page.time.pass(page.time.next() ?? 0);
      expect(read.count()).toBe(before + 1);
      await page.write('');
    }
    expect(page.frame()).toContain('1 min old · as of 14:02:10 UTC · again in 15 s');
    expect(page.frame()).toContain('3 runs');
    read.at(startMs + 75_000);
    page.time.pass(page.time.next() ?? 0);
    await page.waitFor('as of 14:03:25 UTC · again in 15 s');
  });

  it.each([401, 403])('asks no more once it is refused with %i', async (status) => {
    const page = await open(rounds(morning, new RefusedError({ method: 'GET', path: '/runs' }, status, {})));
    await page.waitFor('as of');
    page.time.pass(15_000);
    await page.waitFor('no longer asked');
    expect(page.time.next()).toBeUndefined();
    expect(page.frame()).toContain('3 runs');
  });

  it('neither reads nor draws while it is out of sight, and reads once it is seen again', async () => {
    const read = rounds(morning);
    const page = await open(read);
    await page.waitFor('as of');
    page.focus.set(false);
    await page.write('');
    page.drawn();
    page.time.pass(20 * minute);
    await page.write('');
    expect([read.count(), page.drawn(), page.time.next()]).toEqual([1, 0, undefined]);
    page.focus.set(true);
    await page.write('');
    expect(read.count()).toBe(2);
  });

  it('shows only what failed by f, with the cursor where it was, and all by f again', async () => {
    const page = await open(rounds(morning));
    await page.waitFor('as of');
    await page.press('f');
    expect(page.frame()).not.toContain('Loyalty to');
    await page.press('f');
    expect(page.frame()).toContain('Loyalty to');
  });

  it('offers nothing to filter and nothing to put together where there is no run, and does neither', async () => {
    const page = await open(rounds([]));
    await page.waitFor('No run has begun in the last 24 h.');
    const before = page.frame();
    expect(before.split('\n').at(-1)).not.toMatch(/\b[fg] /);
    await page.press('g');
    await page.press('f');
    expect(page.frame()).toBe(before);
  });

  it('offers all again where none of those that there are has failed', async () => {
    const page = await open(rounds(morning.slice(0, 1)));
    await page.waitFor('as of');
    await page.press('f');
    expect(page.frame()).toContain('No run of the last 24 h has failed.');
    const before = page.frame();
    expect(before.split('\n').at(-1)).toMatch(/\bf /);
    expect(before.split('\n').at(-1)).not.toMatch(/\bg /);
    await page.press('g');
    expect(page.frame()).toBe(before);
    await page.press('f');
    expect(page.frame()).toContain('Loyalty to');
  });

  it('waits for runs that were asked for and are not listed yet, and reads as if one were under way', async () => {
    const good = morning.slice(0, 1);
    const read = rounds(good, good, [...good, row('run-asked', 'processing', 0)]);
    const watched = { id: 'sftp', name: 'Loyalty to SFTP', askedMs: startMs };
    const page = await watchedPage({ page: 'runs', watched }, read.sources);
    await page.waitFor('Requested at 14:02 UTC; not listed yet');
    expect(page.time.next()).toBe(15_000);
    read.at(startMs + 15_000);
    page.time.pass(15_000);
    await page.waitFor('as of 14:02:25 UTC · again in 15 s');
    page.time.pass(15_000);
    await page.waitFor('1 running');
    expect(page.frame()).not.toContain('Asked for');
  });

  it('does not wait for ever', async () => {
    const read = rounds(morning.slice(0, 1));
    read.at(startMs + 5 * minute);
    const watched = { id: 'sftp', name: 'Loyalty to SFTP', askedMs: startMs };
    const page = await watchedPage({ page: 'runs', watched }, read.sources);
    await page.waitFor('again in 60 s');
    expect(page.frame()).not.toContain('Asked for');
  });

  it('shows an export without a run at its hour, counts it, and opens why it is there', async () => {
    const page = await open(rounds(worse));
    await page.waitFor('as of');
    const lines = page.frame().split('\n');
    expect(lines.find((line) => line.includes('❯'))).toMatch(/^❯ ✗ 12:00 .* – +late$/);
    expect(lines.find((line) => line.includes('14:00'))).toMatch(/^ {2}○ 14:00 .* – +due$/);
    expect(page.frame()).toContain('3 runs · 1 failed · 1 running · 1 late or missed · 1 due');
    expect(page.frame()).toContain('Hikers · expected 2 h 2 min ago · next 27 Nov 12:00 UTC');
    for (const key of ['w', keys.enter]) {
      await page.press(key);
      expect(page.frame()).toContain('Hikers: late; no run has begun within 1 h 0 min');
      expect(page.frame()).toContain('Expected 12:00 UTC. A run that began from 11:55 UTC until 27 Nov 2026');
      expect(page.frame()).toContain('late:sftp:s2:2026-11-26T12');
      // There is no run whose id could be copied.
      await page.press('y');
      expect(page.copied).toEqual([]);
      await page.press(keys.escape);
      expect(page.frame()).toContain('1 late or missed');
    }
  });

  it('opens no reason where there is a run', async () => {
    const page = await open(rounds(morning));
    await page.waitFor('as of');
    const before = page.frame();
    await page.press('w');
    expect(page.frame()).toBe(before);
    expect(before).not.toContain('w why');
  });

  it('keeps the cursor on an export that becomes late, and on its ghost once it has a run', async () => {
    const due = missing(['14:00']);
    const late = missing(['14:00'], startMs + 60 * minute);
    const ran = row('run-ran', 'processing', -60, {}, other);
    const page = await open(rounds([...morning, ...due], [...morning, ...late], [...morning, ran]));
    await page.waitFor('1 due');
    await downTo(page, '14:00');
    expect(lineWith(page, '❯')).toContain('○');
    page.time.pass(15_000);
    await page.waitFor('✗ 14:00');
    expect(lineWith(page, '❯')).toMatch(/✗ 14:00 .* late$/);
    page.time.pass(15_000);
    await page.waitFor('(gone 14:02)');
    expect(lineWith(page, '❯')).toContain('(gone 14:02)');
    await page.press('w', keys.enter);
    expect(lineWith(page, '❯')).toContain('(gone 14:02)');
    await page.press(keys.down);
    expect(page.frame()).not.toContain('14:00');
  });

  it('tells apart what is late and what is the first of one dataflow at one hour', async () => {
    const [late] = missing(['12:00']);
    if (!late || !('state' in late)) throw new Error('nothing is late');
    const page = await open(rounds([late, { ...late, state: 'first' }]));
    await page.waitFor('1 late or missed · 1 due');
    expect(page.frame().match(/12:00 {2}/g)).toHaveLength(2);
    await page.press(keys.down);
    await page.press('f');
    expect(page.frame()).toContain('No run of the last 24 h has failed.');
  });

  it('says how long a slow run usually takes, and when a failed one was mended', async () => {
    const page = await open(rounds(worse));
    await page.waitFor('as of');
    expect(lineWith(page, '02:14')).toContain('failed, fixed 13:10');
    expect(lineWith(page, '12:24')).toMatch(/▲ 12:24/);
    await downTo(page, '12:24');
    expect(page.frame()).toContain('Loyalty Segment · usually 7 min');
    await page.press(keys.enter);
    expect(page.frame()).toContain('1 h 38 min so far · usually 7 min');
  });

  /** An hour in which much failed alike. */
  const broken: readonly ListRow[] = [
    ...morning,
    ...[1, 2, 3].map((at) => row(`run-alike-${at}`, 'failed', 100 + at, aborted, other)),
  ];

  it('puts equal failures of an hour together by g, then what is of one dataflow, then of one destination', async () => {
    const page = await open(rounds(broken));
    await page.waitFor('as of');
    await page.press('g');
    expect(page.frame()).toContain('grouped by error · 6 runs · 4 failed');
    expect(lineWith(page, '❯')).toMatch(/^❯ ✗ ▸ 12:2\d {2}3 runs of Loyalty to SFTP: Job aborted\.$/);
    expect(page.frame()).toContain('CRM weekly › Loyal');
    await page.press('g');
    expect(page.frame()).toContain('grouped by dataflow');
    expect(lineWith(page, '❯')).toMatch(/✗ ▸ Loyalty to SFTP · 4 runs · 3 failed · 0 running$/);
    expect(lineWith(page, '  ✗ ▸ CRM weekly · 2 runs · 1 failed · 1 running')).not.toBe('');
    await page.press('g');
    expect(page.frame()).toContain('grouped by destination');
    expect(lineWith(page, '❯')).toMatch(/✗ ▸ – · 6 runs · 4 failed · 1 running$/);
    await page.press('g');
    expect(page.frame()).not.toMatch(/grouped|▸/);
  });

  it('opens a group and closes it, and a run in it as anywhere', async () => {
    const page = await open(rounds(broken));
    await page.waitFor('as of');
    await page.press('g', keys.enter);
    expect(page.frame()).toContain('enter close');
    expect(lineWith(page, '❯')).toContain('▾');
    await page.press(keys.down);
    expect(lineWith(page, '❯')).toMatch(/✗ {3}12:21 +Loyalty to SFTP/);
    await page.press(keys.enter);
    await page.press('y');
    expect(page.copied).toEqual(['run-alike-1']);
    await page.press(keys.escape);
    // The group is as it was left.
    expect(lineWith(page, '❯')).toContain('12:21');
    await page.press(keys.up, keys.enter);
    expect(lineWith(page, '❯')).toContain('▸');
    expect(page.frame()).not.toContain('✗   12:21');
  });

  it('keeps groups, what is open of them and the cursor over a reading, f and g', async () => {
    const more = row('run-alike-4', 'failed', 104, aborted, other);
    const page = await open(rounds(broken, [...broken, more]));
    await page.waitFor('as of');
    await page.press('g', keys.enter, keys.down, keys.down);
    const here = /^❯ ✗ {3}12:20 +Loyalty to SFTP/;
    expect(lineWith(page, '❯')).toMatch(here);
    page.time.pass(15_000);
    await page.waitFor('7 runs');
    expect(lineWith(page, '❯')).toMatch(here);
    expect(page.frame()).toContain('▾');
    expect(lineWith(page, '12:18')).toMatch(/^ {2}✗ {3}12:18/);
    await page.press('f');
    expect(lineWith(page, '❯')).toMatch(here);
    expect(page.frame()).toContain('▾');
    expect(page.frame()).toContain('grouped by error');
    await page.press('g');
    expect(lineWith(page, '❯')).toContain('▸ Loyalty to SFTP · 4 runs');
  });

  it('has nothing to tell dataflows apart by where all runs are of one', async () => {
    const watched = { id: 'sftp', name: 'Loyalty to SFTP' };
    const page = await watchedPage({ page: 'runs', watched }, rounds(broken).sources);
    await page.waitFor('as of');
    await page.press('g');
    expect(page.frame()).toContain('grouped by error');
    await page.press('g');
    expect(page.frame()).not.toContain('grouped');
  });

  itFits(
    (more) => open(rounds(broken), more),
    async (page, keep) => {
      await page.waitFor('14:02:10 UTC');
      await page.press('g', keys.enter);
      await keep('grouped-runs');
    },
  );

  itFits(
    (more) => open(rounds(worse), more),
    async (page, keep) => {
      await page.waitFor('14:02:10 UTC');
      await keep('runs');
      await page.press('w');
      await keep('absent');
      await page.press(keys.escape, 'f', keys.enter);
      await keep('run');
    },
  );
});
