// npm run record: walks through the built wizard in a pseudo-terminal and draws what a person sees, as SVG.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openTerminal, type Terminal } from '../test/helpers/pseudo-terminal.ts';
import { keys } from '../test/helpers/keys.ts';
import { english } from '../source/locale/catalogs.ts';
import { textsOf } from '../source/locale/texts.ts';
import { zhTW } from '../source/locale/zh-TW.ts';
import {
  type Answers,
  applyFromReview,
  journeys,
  questions,
  select,
  walkToReview,
  walkToSegments,
  wordsIn,
} from '../test/helpers/walk.ts';
import { signedInTo } from '../test/helpers/runs.ts';
import { delivering, untilExportable, walkToArrival, walkWithCheck } from '../test/machine/rehearsal.ts';
import { ended, host, sftpAccount, sshdMissing } from '../test/machine/servers.ts';

const folder = path.join(import.meta.dirname, '..', 'docs', 'recordings');
const columns = 80;
const rows = 24;
const cell = { width: 8.4, height: 18 };
const frameSeconds = 3;

/** Colours of the terminal that is drawn: the sixteen, then text and ground. */
const sixteen = [
  '#1d2430',
  '#e06c75',
  '#98c379',
  '#e5c07b',
  '#61afef',
  '#c678dd',
  '#56b6c2',
  '#c8ccd4',
  '#5c6370',
  '#f0808a',
  '#a8d98a',
  '#f0d08a',
  '#79c0ff',
  '#d898ee',
  '#6fd0dc',
  '#ffffff',
];
const text = '#d7dae0';
const ground = '#1d2430';

type Cell = NonNullable<
  ReturnType<NonNullable<ReturnType<ReturnType<Terminal['buffer']>['getLine']>>['getCell']>
>;

function colourOf(one: Cell, isFront: boolean): string | undefined {
  const isDefault = isFront ? one.isFgDefault() : one.isBgDefault();
  if (isDefault) return undefined;
  const value = isFront ? one.getFgColor() : one.getBgColor();
  const isRgb = isFront ? one.isFgRGB() : one.isBgRGB();
  if (isRgb) return `#${value.toString(16).padStart(6, '0')}`;
  if (value < 16) return sixteen[value];
  if (value >= 232) return `#${(8 + (value - 232) * 10).toString(16).padStart(2, '0').repeat(3)}`;
  const step = (part: number): string => (part === 0 ? 0 : 55 + part * 40).toString(16).padStart(2, '0');
  const cube = value - 16;
  return `#${step(Math.floor(cube / 36))}${step(Math.floor(cube / 6) % 6)}${step(cube % 6)}`;
}

interface Run {
  column: number;
  cells: number;
  text: string;
  front: string;
  back: string | undefined;
  isBold: boolean;
}

const escaped = (plain: string): string =>
  plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** One screen as a group of SVG elements. */
function draw(terminal: Terminal): string {
  const buffer = terminal.buffer();
  const parts: string[] = [];
  for (let row = 0; row < rows; row++) {
    const line = buffer.getLine(buffer.viewportY + row);
    const runs: Run[] = [];
    for (let column = 0; column < columns; column++) {
      const one = line?.getCell(column);
      if (!one || one.getWidth() === 0) continue;
      const isInverse = one.isInverse() !== 0;
      const front = colourOf(one, true) ?? text;
      const back = colourOf(one, false);
      const shown = {
        front: isInverse ? (back ?? ground) : one.isDim() === 0 ? front : '#8b93a1',
        back: isInverse ? front : back,
        isBold: one.isBold() !== 0,
      };
      const chars = one.getChars() === '' ? ' ' : one.getChars();
      const last = runs.at(-1);
      const isSame = last?.front === shown.front && last.back === shown.back && last.isBold === shown.isBold;
      // Signs outside Latin are placed one by one: fonts disagree about their width.
      const isPlain = /^[ -~]$/.test(chars);
      if (last && isSame && isPlain && /[ -~]$/.test(last.text)) {
        last.text += chars;
        last.cells += 1;
      } else {
        runs.push({ column, cells: one.getWidth(), text: chars, ...shown });
      }
    }
    for (const run of runs) {
      const x = (run.column * cell.width).toFixed(1);
      const width = (run.cells * cell.width).toFixed(1);
      if (run.back !== undefined) {
        parts.push(
          `<rect x="${x}" y="${row * cell.height}" width="${width}" height="${cell.height}" fill="${run.back}"/>`,
        );
      }
      if (run.text.trim() === '') continue;
      const bold = run.isBold ? ' font-weight="bold"' : '';
      parts.push(
        `<text x="${x}" y="${row * cell.height + 13}" fill="${run.front}"${bold} textLength="${width}" lengthAdjust="spacingAndGlyphs">${escaped(run.text)}</text>`,
      );
    }
  }
  return parts.join('\n');
}

/** Frames in turn; what cannot move shows the last one. */
function svgOf(frames: readonly string[]): string {
  const width = columns * cell.width + 24;
  const height = rows * cell.height + 48;
  const total = frames.length * frameSeconds;
  const share = 100 / frames.length;
  const groups = frames.map((frame, index) => {
    const isLast = index === frames.length - 1;
    const motion =
      frames.length === 1 ? '' : ` class="frame" style="animation-delay:${index * frameSeconds - total}s"`;
    return `<g${motion}${isLast ? '' : ' visibility="hidden"'}>\n${frame}\n</g>`;
  });
  const style =
    frames.length === 1
      ? ''
      : `<style>.frame{animation:show ${total}s step-end infinite}@keyframes show{0%{visibility:visible}${share.toFixed(3)}%{visibility:hidden}100%{visibility:hidden}}@media(prefers-reduced-motion:reduce){.frame{animation:none}}</style>\n`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace,'DejaVu Sans Mono','Noto Sans Mono CJK TC',Menlo,Consolas,monospace" font-size="14">
${style}<rect width="100%" height="100%" rx="8" fill="${ground}"/>
<g fill="#5c6370"><circle cx="18" cy="16" r="5"/><circle cx="36" cy="16" r="5"/><circle cx="54" cy="16" r="5"/></g>
<g transform="translate(12 34)" xml:space="preserve">
${groups.join('\n')}
</g>
</svg>
`;
}

const answers = journeys['Adobe Campaign'];
if (!answers) throw new Error('no answers');
const frames = new Map<string, string>();
const terminal = openTerminal({ args: ['--emulator'], columns, rows, env: { COLORTERM: 'truecolor' } });
const keep = (name: string): void => {
  frames.set(name, draw(terminal));
};

const { applyQuestion, counted } = wordsIn(english);

/** The same keys as the journeys press; frames are kept where a page is worth a look. */
const watched: Terminal = {
  ...terminal,
  async waitFor(wanted) {
    const seen = await terminal.waitFor(wanted);
    if (seen.includes(questions.destination) && seen.includes('Salesforce')) keep('1-destination');
    if (/Secret key +••••/.test(seen)) keep('2-sign-in');
    if (seen.includes('☑ Loyalty Segment')) keep('3-segments');
    if (seen.includes(questions.attributes) && seen.includes('person ')) keep('4-attributes');
    if (seen.includes('End date') && seen.includes('2035-12-31')) keep('5-schedule');
    if (seen.includes(questions.review) && !seen.includes(applyQuestion)) keep('6-review');
    return seen;
  },
  async press(pressed, wanted) {
    terminal.write(pressed);
    return watched.waitFor(wanted);
  },
};
await walkToReview(watched, answers);
await watched.waitFor(counted);
await applyFromReview(watched);
await terminal.waitFor('Verified');
keep('7-validation');
terminal.write(keys.enter);
await terminal.ended;

/** One page of a session of another kind. */
async function another(name: string, args: readonly string[], env: Record<string, string>): Promise<void> {
  const words = wordsIn(env['LANG'] === undefined ? english : textsOf(zhTW, 'zh-TW'));
  const other = openTerminal({
    args: ['--emulator', ...args],
    columns,
    rows,
    env: { COLORTERM: 'truecolor', ...env },
  });
  await walkToSegments(other, answers as Answers, words);
  await other.waitFor('1,204');
  await select(other, 'loyalty seg', 'Loyalty Segment', words);
  frames.set(name, draw(other));
  other.kill('SIGKILL');
}
await another('guided', ['--guide'], {});
await another('presenter', ['--presenter'], {});
await another('zh-TW', [], { LANG: 'zh_TW.UTF-8' });

/** From the wizard to a file that has arrived, with a server of this machine; nothing where there is none. */
async function arrival(): Promise<readonly string[]> {
  if (sshdMissing !== undefined) {
    process.stderr.write(`arrival.svg stays as it is: ${sshdMissing}\n`);
    return [];
  }
  const account = await sftpAccount('ferry-record', 'a password of the recording');
  const destined = {
    host,
    port: await account.sshd(),
    user: account.user,
    password: 'a password of the recording',
    // Below the home of the account: where that is on this machine nobody has to see.
    folder: 'exports',
  };
  account.folder('home/exports');
  const home = account.at('wizard-home');
  mkdirSync(home);
  const own = { HOME: home, FERRY_SANDBOX: 'dev', FERRY_STATE_DIR: path.join(home, 'state') };
  const { child, url } = await delivering(own, 200, '--organisation', 'migrated', '--rows', '1204');
  const shown: string[] = [];
  const open = (): Terminal =>
    openTerminal({ env: { COLORTERM: 'truecolor', ...own, ...signedInTo(url) }, cwd: home, columns, rows });
  try {
    for (const walk of [walkWithCheck, walkToArrival]) {
      if (walk === walkToArrival) await untilExportable(url);
      const one = open();
      await walk(one, destined, () => void shown.push(draw(one)));
      one.kill('SIGKILL');
    }
  } finally {
    await ended(child);
    await account.end();
  }
  return shown;
}
const arrived = await arrival();

mkdirSync(folder, { recursive: true });
if (arrived.length > 0) writeFileSync(path.join(folder, 'arrival.svg'), svgOf(arrived));

for (const [name, frame] of frames) writeFileSync(path.join(folder, `${name}.svg`), svgOf([frame]));
writeFileSync(
  path.join(folder, 'wizard.svg'),
  svgOf(
    [...frames]
      .filter(([name]) => /^\d/.test(name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, frame]) => frame),
  ),
);
process.stdout.write(`${[...frames.keys()].join(', ')} and wizard.svg in docs/recordings/\n`);
