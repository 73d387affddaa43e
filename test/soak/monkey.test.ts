import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { en } from '../../source/locale/en.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { keys } from '../helpers/keys.ts';
import { promptEnd } from '../helpers/talk.ts';
import { openTerminal, projectRoot, type Terminal } from '../helpers/terminal.ts';
import { fill, pageOf, wordsIn } from '../helpers/walk.ts';
import { english } from '../../source/locale/catalogs.ts';
import { textsOf } from '../../source/locale/texts.ts';

/** Mulberry32: small, and the same everywhere. Numbers from 0 to 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pressed: readonly string[] = [
  ...Array.from({ length: 6 }, () => keys.enter),
  ...Array.from({ length: 4 }, () => keys.down),
  ...[
    keys.up,
    keys.left,
    keys.right,
    keys.home,
    keys.end,
    keys.pageUp,
    keys.pageDown,
    keys.shiftUp,
    keys.shiftDown,
  ],
  ...[keys.tab, keys.shiftTab, keys.space, keys.space, keys.backspace, keys.delete, keys.escape, keys.escape],
  ...['a', 'e', 'm', '1', '台北', '?', 's', 'f', 'd', 'n', '%', '2035-01-01', '12:00', 'crm-exports'],
  ...['a', 'c', 'f', 'g', 'o', 'p', 'r', 'u', 'z'].map((letter) => keys.ctrl(letter)),
  keys.paste('-----BEGIN KEY-----\rxyz\r-----END KEY-----'),
  '\u0015a\u007f',
  '\u001b[999;999R',
];

/** The beginnings of every question there is: a page that asks something else is none of the reducer's. */
const questionsIn = (catalog: Readonly<Record<string, string>>): string[] =>
  Object.entries(catalog)
    .filter(([id]) => /^(question|wouldSend\.question)/.test(id))
    // A name may stand before the question or behind it.
    .map(([, said]) => said.split(/\{\w+\}/).sort((a, b) => b.length - a.length)[0] ?? '');

/** A monkey does not know what to wait for: longer than from one frame to the next is enough, milliseconds. */
const stillMs = 45;

/** Something is read or applied: what comes next depends on it, and a monkey that did not wait would see less. */
const spinning = /[⠋⠙⠸⠴⠦⠇]/;

/** Whether a program has work it could do now; where the system does not tell, it never has. */
function isBusy(pid: number): boolean {
  try {
    return / R /.test(readFileSync(`/proc/${pid}/stat`, 'latin1').split(')').at(-1) ?? '');
  } catch {
    return false;
  }
}

/**
What is on the screen once nothing moves on it, and nothing is under way. On a machine with other work on it a
program waits for its turn: that time does not count, or the monkey would be far ahead of what it sees.
*/
async function settled(terminal: Terminal): Promise<string> {
  let before = '';
  let sinceMs = performance.now();
  return terminal.waitFor((seen) => {
    if (seen !== before || spinning.test(seen) || isBusy(terminal.pid)) sinceMs = performance.now();
    before = seen;
    return performance.now() - sinceMs > stillMs;
  });
}

type Walk = [seed: number, given: readonly string[], env: Record<string, string>];

/** At the first question, or at the review of a plan: from there every page can be reached. */
async function begin(
  starts: number,
  given: readonly string[],
  env: Record<string, string>,
): Promise<Terminal> {
  const plan = path.join(projectRoot, 'examples', 'plans', 'campaign-s3.plan.json');
  const terminal = openTerminal({
    args: [...(starts % 3 === 2 ? [] : [plan]), '--emulator', ...given],
    env,
  });
  await terminal.waitFor(/^●/m);
  if (starts % 3 === 2) return terminal;
  const words = wordsIn(env['LANG'] === undefined ? english : textsOf(zhTW, 'zh-TW'));
  await fill(terminal, { 'Secret key': 'abcdefghijklmnop' }, words);
  await terminal.waitFor(words.questions.review);
  return terminal;
}

it.concurrent.each<Walk>([
  [8, ['--presenter', '--read-only'], { LANG: 'zh_TW.UTF-8' }],

  [31, [], {}],
  [1, ['--guide'], {}],
  [2, [], {}],
  [5, [], {}],
  [20261124, ['--guide'], {}],
  [11, ['--presenter', '--read-only'], { LANG: 'zh_TW.UTF-8' }],
  [23, [], {}],
  [101, ['--read-only'], {}],
  [4096, [], { LANG: 'zh_TW.UTF-8' }],
])('whatever is pressed, seed %i %j %j', async (seed, given, env) => {
  const questions = questionsIn(env['LANG'] === undefined ? en : zhTW);
  const next = random(seed);
  const pick = <Item>(from: readonly Item[]): Item => from[Math.floor(next() * from.length)] as Item;
  let terminal = await begin(0, given, env);
  let starts = 1;
  let hasEnded: number | undefined;
  const watch = (one: Terminal): void => void one.ended.then((code) => (hasEnded = code));
  watch(terminal);
  const seen = new Set<string>();
  for (let step = 0; step < 550; step++) {
    if (hasEnded !== undefined) {
      // Only leaving ends it: with a question before, or with everything done.
      expect(
        [0, 6, 7, 130].includes(hasEnded)
          ? ''
          : `step ${step}: exit ${hasEnded}\n${terminal.bytes().slice(-3500)}`,
      ).toBe('');
      hasEnded = undefined;
      terminal = await begin(starts++, given, env);
      watch(terminal);
    }
    if (next() < 0.06) terminal.resize(36 + Math.floor(next() * 90), 10 + Math.floor(next() * 35));
    else terminal.write(pick(pressed));
    let screen = '';
    try {
      screen = await settled(terminal);
    } catch (error) {
      if (hasEnded === undefined) throw error;
      continue;
    }
    const title = pageOf(screen);
    const page = title.replace(/…$/, '').trimEnd();
    if (page === '') continue;
    // A question may go on in the next line, and in Chinese it is broken anywhere.
    const [line = '', nextLine = ''] = screen.slice(screen.indexOf(`● ${title}`) + 2).split('\n');
    const broken = line.trim() + nextLine.trim();
    seen.add(page);
    // What is left of another frame would stand behind the question.
    expect(page).not.toMatch(/ {3,}/);
    const isAsked = questions.some(
      (one) =>
        page.includes(one) ||
        broken.includes(one) ||
        one.startsWith(page) ||
        page.startsWith(one.slice(0, 8)) ||
        // Behind a name, and cut where the screen ends.
        (title.endsWith('…') &&
          page.includes(one.slice(0, 4)) &&
          one.startsWith(page.slice(page.indexOf(one.slice(0, 4))))),
    );
    expect(isAsked ? '' : `step ${step}: ${page}\n${screen}`).toBe('');
    // Ink wipes the screen when a frame is taller than the terminal: then it would not have fitted.
    expect(terminal.bytes()).not.toContain('\u001b[3J');
    expect(screen).not.toMatch(/TypeError|undefined|NaN|\[object /);
  }
  // Fewer than these would have been a monkey that sat still; how far it comes goes by what arrives meanwhile.
  expect(seen.size).toBeGreaterThan(5);
});

/** What somebody might answer to anything. */
const answered: readonly string[] = [
  ...[
    '',
    '',
    '',
    '1',
    '1',
    '2',
    '3',
    '4',
    '1 2',
    '2-4',
    '99',
    '0',
    'dev',
    'campaign',
    's3',
    'loyalty',
    '台北',
  ],
  ...[':b', ':?', ':m', ':s', ':a', ':o 2 1', ':o x', ':c', ':+', ':f', ':f 1', ':q', ':zzz', '/2024'],
  ...[
    '2035-01-01',
    '12:00',
    '12:30',
    'crm-exports',
    '%SEGMENT_NAME%',
    'y',
    'n',
    'apply',
    'not yet',
    'x'.repeat(300),
  ],
];

it.concurrent.each<Walk>([
  [3, [], { TERM: 'dumb' }],
  [8, ['--guide', '--read-only'], { ACCESSIBLE: '1', LANG: 'zh_TW.UTF-8' }],
])('whatever is answered in plain lines, seed %i %j %j', async (seed, given, env) => {
  const next = random(seed);
  const plan = path.join(projectRoot, 'examples', 'plans', 'campaign-s3.plan.json');
  let hasEnded: number | undefined;
  const start = (at: number): Terminal => {
    hasEnded = undefined;
    const args = [...(at % 2 === 0 ? [plan] : []), '--emulator', ...given];
    const terminal = openTerminal({ args, env });
    void terminal.ended.then((code) => (hasEnded = code));
    return terminal;
  };
  let starts = 0;
  let terminal = start(starts);
  let heard = 0;
  const steps = new Set<string>();
  for (let step = 0; step < 300; step++) {
    // Every prompt ends in the same way, and then nothing comes any more.
    await terminal.waitFor(() => hasEnded !== undefined || promptEnd.test(terminal.bytes().slice(heard)));
    const said = terminal.bytes().slice(heard);
    for (const [one] of said.matchAll(/^(Step|步驟) .*$/gm)) steps.add(one);
    expect(said).not.toMatch(/TypeError|undefined|NaN|\[object |\u001b/);
    if (hasEnded !== undefined) {
      expect([0, 6, 7, 130]).toContain(hasEnded);
      terminal = start(++starts);
      heard = 0;
      continue;
    }
    heard = terminal.bytes().length;
    const answer = answered[Math.floor(next() * answered.length)] ?? '';
    // What is not shown is no secret here, and long enough for one.
    const isHidden = /不會顯示|not shown/.test(said.split('\n').slice(-3).join(''));
    terminal.write(isHidden ? 'abcdefghijklmnop\r.\r' : `${answer}\r`);
  }
  // Of the eight that a way has.
  expect(steps.size).toBeGreaterThan(6);
});
