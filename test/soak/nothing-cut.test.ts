import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { english } from '../../source/locale/catalogs.ts';
import { type Text, textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { keys } from '../helpers/keys.ts';
import { freshFolder, openTerminal, projectRoot, type Terminal } from '../helpers/terminal.ts';
import { fill, wordsIn, escaped } from '../helpers/walk.ts';

const example = path.join(projectRoot, 'examples', 'plans', 'campaign-s3.plan.json');
const name =
  'Winter campaign 2035 for the members of the loyalty programme who hike, bike and swim, in all countries';
const folder = 'exports/customer-relationship-management/loyalty-programme/winter-campaign-2035/daily';
const segmentName = (at: number): string =>
  `${at} Loyalty members with an abandoned cart in the last ninety days, without those who asked for silence`;

/** A plan in which everything is as long as it is in some organisation. */
function longPlan(): { cwd: string; plan: Plan } {
  const cwd = freshFolder();
  const read = JSON.parse(readFileSync(example, 'utf8')) as Plan;
  const plan: Plan = {
    ...read,
    name,
    sandbox: 'prod',
    destination: { ...read.destination, location: { ...read.destination.location, path: folder } },
    segments: read.segments.map((segment, at) => ({ ...segment, name: segmentName(at) })),
  };
  writeFileSync(path.join(cwd, 'long.plan.json'), JSON.stringify(plan));
  return { cwd, plan };
}

/** What a page says between its question and its keys; the explanation of a guided session is none of it. */
function bodyOf(screen: string): readonly string[] {
  const lines = screen.split('\n');
  const question = lines.findIndex((line) => /^[●*] /.test(line));
  return lines
    .slice(question + 1, -2)
    .filter((line) => !line.startsWith('│'))
    .map((line) => line.replace(/│.*$/, '').trimEnd());
}

/** Looks through a page from its top to its end: no line of it is cut. @returns all of it, without spaces */
async function readThrough(terminal: Terminal): Promise<string> {
  terminal.write(keys.home);
  await terminal.waitFor((screen) => {
    const body = bodyOf(screen).join('\n');
    return !/\d+–\d+\D+\d+$/m.test(body) || /\b1–\d+\D+\d+$/m.test(body);
  });
  const seen = new Map<number, string>();
  for (let before = ''; ;) {
    const last = before;
    let drawn = '';
    // The same twice: one that is still being drawn has lost its end.
    before = await terminal.waitFor((screen) => {
      const isStill = screen === drawn && screen !== last;
      drawn = screen;
      return isStill;
    });
    const body = bodyOf(before);
    expect(body.join('\n')).not.toMatch(/…|\.\.\./);
    const at = body.findIndex((line) => /\d+–\d+\D+\d+$/.test(line));
    const [first = 1, end = body.length, count = end] = (body[at]?.match(/\d+/g) ?? []).map(Number);
    const lines = at < 0 ? body : body.slice(at - (end - first + 1), at);
    // Without the marks of cursor and entry.
    lines.forEach((line, slot) => seen.set(first + slot, line.slice(4)));
    if (end === count)
      return squeezed(
        [...seen]
          .sort(([a], [b]) => a - b)
          .map(([, line]) => line)
          .join(''),
      );
    terminal.write(keys.down);
  }
}

/** What wraps in its column, with what was asked and returned beside its first line. */
const inColumn = (said: string): RegExp =>
  new RegExp(
    said
      .split(/ |(?<=[._])/)
      .map(escaped)
      .join('[^]{0,80}?'),
  );

const squeezed = (said: string): string => said.replaceAll(/\s/g, '');

const chinese = textsOf(zhTW, 'zh-TW');

type Seen = [string, Text, { columns: number; rows: number; args: string[]; env: Record<string, string> }];

describe.concurrent('nothing that is confirmed is cut', () => {
  const ways: readonly Seen[] = [
    ['80×24', english, { columns: 80, rows: 24, args: [], env: {} }],
    ['40×15', english, { columns: 40, rows: 15, args: [], env: {} }],
    ['80×24, guided', english, { columns: 80, rows: 24, args: ['--guide'], env: {} }],
    ['120×40, guided', english, { columns: 120, rows: 40, args: ['--guide'], env: {} }],
    ['80×24, Chinese', chinese, { columns: 80, rows: 24, args: [], env: { LANG: 'zh_TW.UTF-8' } }],
    ['40×15, Chinese', chinese, { columns: 40, rows: 15, args: [], env: { LANG: 'zh_TW.UTF-8' } }],
  ];
  // Every day the narrowest.
  const share = ways;

  it.for(share)('%s', async ([, say, { args, ...options }]) => {
    const words = wordsIn(say);
    const { cwd, plan } = longPlan();
    const terminal = openTerminal({ ...options, cwd, args: ['long.plan.json', '--emulator', ...args] });
    await terminal.waitFor(words.questions.signInFields);
    await fill(terminal, { 'Secret key': 'PLANTED-secret-key' }, words);
    await terminal.waitFor(words.questions.review);

    const review = await readThrough(terminal);
    for (const wanted of [name, folder, ...plan.segments.map((one) => one.name ?? '')])
      expect(review).toContain(squeezed(wanted));
    for (const column of plan.attributes.selected) expect(review).toContain(column);
    for (const { id } of plan.segments) expect(review).toContain(`AdobeCampaign_${id}_`);

    terminal.write(keys.ctrl('c'));
    const leaving = await terminal.waitFor(/[(（]y[)）]/);
    expect(bodyOf(leaving).join('\n')).not.toContain('…');
    await terminal.press(keys.escape, (seen) => !/[(（]y[)）]/.test(seen));

    terminal.write(keys.home);
    await terminal.waitFor(new RegExp(`^❯ → ${words.apply}`, 'm'));
    terminal.write(keys.enter);
    const question = squeezed(say('review.confirmProduction', { name: 'prod' }));
    const asked = await terminal.waitFor((seen) => squeezed(bodyOf(seen).join('')).includes(question));
    expect(bodyOf(asked).join('\n')).not.toContain('…');
    terminal.write('prod');
    await terminal.waitFor(/^❯ prod/m);
    terminal.write(keys.enter);

    await terminal.waitFor(words.verified);
    // The keys are drawn last, and then it listens.
    await terminal.waitFor(say('key.save-end'));
    const linesOf = (seen: string): string => /–\d+\D+(\d+)$/m.exec(bodyOf(seen).join('\n'))?.[1] ?? '';
    const closed = linesOf(terminal.screen());
    // Opened it is longer than any of these screens, and says so once it has its place.
    await terminal.press('a', (seen) => linesOf(seen) !== '' && linesOf(seen) !== closed);
    const proof = await readThrough(terminal);
    expect(proof).toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/);
    for (const wanted of [name, `s3://crm-exports/${folder}/`]) expect(proof).toContain(squeezed(wanted));
    for (const wanted of [...plan.segments.map((one) => one.name ?? ''), ...plan.attributes.selected])
      expect(proof).toMatch(inColumn(String(wanted)));
  });
});
