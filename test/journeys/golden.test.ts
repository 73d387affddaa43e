import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'vitest';
import { displayWidth } from '../../source/components/text/width.ts';
import { english } from '../../source/locale/catalogs.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { keptFrame } from '../helpers/kept-frame.ts';
import { keys } from '../helpers/keys.ts';
import { signedInTo } from '../helpers/runs.ts';
import { toned } from '../helpers/toned.ts';
import { openTerminal, type Terminal, type TerminalOptions } from '../helpers/terminal.ts';
import {
  applyFromReview,
  choose,
  fill,
  toColumns,
  journeys,
  markColumn,
  moveTo,
  pageOf,
  select,
  setEverySixHours,
  type WalkWords,
  wordsIn,
} from '../helpers/walk.ts';
import { byDay, itInSoak } from '../helpers/soak.ts';

/** Between the words of a date: a blank, and the marks of its tone. */
const between = '((?:‹[^›]*›)* (?:‹[^›]*›)*)';

/** What is another each time, as wide as it was. Dates go by the day of the run, and may be cut. */
function steady(screen: string): string {
  return (
    screen
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) =>
        // Segments keep their ids.
        id.startsWith('9f7d37fd') || id.startsWith('25768be6') ? id : '00000000-0000-4000-8000-000000000000',
      )
      // What is cut begins or ends with an ellipsis.
      .replaceAll(
        /[0-9a-f]{8}-[0-9a-f-]+(…|\.\.\.|~)/g,
        (id, cut: string) => '0'.repeat(id.length - cut.length) + cut,
      )
      .replaceAll(/…\d{0,4}-\d\d-\d\d/g, (date) => '…' + 'YYYY-MM-DD'.slice(-(date.length - 1)))
      .replaceAll(/…\d{0,4}\/\d\d\/\d\d/g, (date) => '…' + 'YYYY/MM/DD'.slice(-(date.length - 1)))
      .replaceAll(/20(?!35)\d\d-\d\d-\d\d/g, '20YY-MM-DD')
      .replaceAll(/20(?!35)\d\d\/\d\d\/\d\d/g, '20YY/MM/DD')
      .replaceAll(RegExp(`\\d\\d${between}[A-Z][a-z]{2}${between}20(?!35)\\d\\d`, 'g'), 'DD$1Mmm$220YY')
      .replaceAll(/(?<=[…~] ?)[A-Z][a-z]{2} 20(?!35)\d\d/g, 'Mmm 20YY')
      .replaceAll(/(?<=, )\d\d( ([A-Z][a-z]{0,2}( \d{0,3})?)?)?(?=…|\.\.\.|~)/g, (date) =>
        'DD Mmm YYYY'.slice(0, date.length),
      )
      // A near day of the table has no year.
      .replaceAll(RegExp(`(from${between})\\d\\d${between}[A-Z][a-z]{2}(?!${between}20)`, 'g'), '$1DD$3Mmm')
      .replaceAll(RegExp(`\\d\\d${between}[A-Z][a-z]{2}(?=${between}[–-])`, 'g'), 'DD$1Mmm')
      .replaceAll(RegExp(`(?<![\\d/])[01]\\d/[0-3]\\d(?=${between}[起至])`, 'g'), 'MM/DD')
      .replaceAll(/20(?!35)\d\d[01]\d[0-3]\d_/g, '20YYMMDD_')
      .replaceAll(/(?<=…)\d{1,7}(?=_\d{6}\b)/g, (date) => 'YYYYMMDD'.slice(-date.length))
      .replaceAll(/\d\d:\d\d:\d\d/g, 'hh:mm:ss')
      // What was created some hours ago was so today, but not soon after midnight.
      .replaceAll(RegExp(`([·│|-]${between}created)${between}1${between}d${between}ago`, 'g'), '$1$3today')
      .replaceAll(/(?<=[·│] )1 天前建立/g, '今天建立')
      // By chance, so that many consoles do not knock together.
      .replaceAll(/(?<=again in )\d\d(?= s)|\d\d(?= 秒後)/g, 'nn')
      .replaceAll(/\d+\.\d s/g, (time) => 'n.n s'.padStart(time.length))
      .replaceAll(/^ +$/gm, '')
  );
}

/** The wizard from page to page, with a look at each. */
async function* pages(terminal: Terminal, words: WalkWords): AsyncGenerator<string> {
  const campaign = journeys['Adobe Campaign'];
  if (!campaign) throw new Error('no journey');
  const { questions } = words;
  const all = words.allOf(1204);
  await terminal.waitFor(questions.sandbox);
  await terminal.waitFor(/[❯>].*dev/);
  yield 'sandbox';
  await choose(terminal, 'dev');
  await terminal.waitFor(questions.home);
  yield 'home';
  await terminal.press(keys.enter, questions.destination);
  await terminal.waitFor('Azure Blob');
  yield 'destination';
  await choose(terminal, campaign.destination);
  await terminal.waitFor(questions.signIn);
  yield 'sign-in';
  await choose(terminal, 'S3');
  await terminal.waitFor(questions.signInFields);
  yield 'sign-in-fields';
  await fill(terminal, campaign.signInFields, words);
  await terminal.waitFor(questions.location);
  yield 'location';
  await choose(terminal, words.mode('S3'));
  await terminal.waitFor(questions.locationFields);
  await fill(terminal, campaign.locationFields, words);
  await terminal.waitFor(questions.segments);
  await terminal.waitFor(all);
  yield 'segments';
  await terminal.press('台北', words.matchesOf(59, 1204));
  yield 'segments-searched';
  await terminal.press(keys.ctrl('u'), (seen) => words.isCleared(seen, '台北'));
  await terminal.press(keys.ctrl('f'), (seen) => seen.includes(words.evaluation));
  yield 'segments-filter';
  await terminal.press(keys.escape, all);
  await select(terminal, 'mountain biking', 'Interested in', words);
  await select(terminal, 'loyalty seg', 'Loyalty Segment', words);
  await terminal.press(keys.enter, questions.attributes);
  await terminal.waitFor('147');
  yield 'attributes';
  await markColumn(terminal, 'name.lastName', 'm', words);
  await markColumn(terminal, 'personalEmail.address', 'k', words);
  yield 'attributes-marked';
  await terminal.press(keys.enter, questions.schedule);
  yield 'schedule';
  await moveTo(terminal, 'Loyalty');
  await setEverySixHours(terminal, words);
  yield 'schedule-changed';
  await terminal.press('d', questions.detailsEditor);
  // Another start than tomorrow, so that its exports are the same every day.
  await terminal.waitFor(/20\d\d-\d\d-\d\d/);
  terminal.write(keys.ctrl('u'));
  await terminal.press('2035-01-01', /2035-01-01/);
  yield 'details';
  await fill(terminal, { 'End date': '2035-12-31' }, words);
  await terminal.waitFor(questions.schedule);
  await choose(terminal, words.goOn);
  await terminal.waitFor(questions.review);
  await terminal.waitFor(words.counted);
  yield 'review';
  await applyFromReview(terminal, words);
  await terminal.waitFor(words.verified);
  yield 'validation';
}

/** Looks in a row, longer than two frames of Ink: what a page finds out about itself is in the second. */
const sameLooks = 60;

/** A frame that is still being drawn is no frame: one that stays is. */
async function still(terminal: Terminal, { search }: WalkWords = inEnglish): Promise<string> {
  let screen = terminal.screen();
  let looks = 0;
  await terminal.waitFor((seen) => {
    const isStill =
      seen === screen && pageOf(seen) !== '' && !/Asking the|loading|正在向平台|載入/.test(seen);
    // Where a search is typed, the key for help is another one as soon as the page knows of it.
    const isKnown = !seen.includes(search) || seen.includes('F1 ');
    looks = isStill && isKnown ? looks + 1 : 0;
    screen = seen;
    return looks >= sameLooks;
  });
  return screen;
}

const port = /(127\.0\.0\.1:)\d{5}/g;

/** The frame that stays, without what is another each time. @param file - Below `test/golden`. */
async function frame(terminal: Terminal, words: WalkWords, file: string): Promise<string> {
  await still(terminal, words);
  return keptFrame(terminal, file, (seen) => steady(seen).replaceAll(port, '$100000'));
}

const inEnglish = wordsIn(english);
const inChinese = wordsIn(textsOf(zhTW, 'zh-TW'));
const guide = ['--guide'];

describe.concurrent('golden frames', () => {
  /** The pages that have a frame in a folder: one that the walk does not come to would never be compared. */
  const drawnIn = (folder: string): string[] =>
    readdirSync(new URL(`../golden/${folder}`, import.meta.url)).map((name) => path.basename(name, '.txt'));

  const folders: [string, WalkWords, TerminalOptions][] = [
    ['en/80x24', inEnglish, {}],
    ['en/40x15', inEnglish, { columns: 40, rows: 15 }],
    ['en/120x40', inEnglish, { columns: 120, rows: 40 }],
    ['zh-TW/80x24', inChinese, { env: { LANG: 'zh_TW.UTF-8' } }],
    ['zh-TW/120x40', inChinese, { env: { LANG: 'zh_TW.UTF-8' }, columns: 120, rows: 40 }],
    ['zh-TW/40x15', inChinese, { env: { LANG: 'zh_TW.UTF-8' }, columns: 40, rows: 15 }],
    ['ascii/80x24', inEnglish, { env: { LC_ALL: 'C' } }],
    ['ascii/40x15', inEnglish, { env: { LC_ALL: 'C' }, columns: 40, rows: 15 }],
    ['guide/80x24', inEnglish, { args: guide }],
    ['guide/40x15', inEnglish, { args: guide, columns: 40, rows: 15 }],
    ['guide-zh-TW/130x36', inChinese, { args: guide, columns: 130, rows: 36, env: { LANG: 'zh_TW.UTF-8' } }],
    ['presenter/80x24', inEnglish, { args: ['--presenter'] }],
    ['presenter-zh-TW/80x24', inChinese, { args: ['--presenter'], env: { LANG: 'zh_TW.UTF-8' } }],
  ];
  // Both languages, as most see it and at its narrowest; the soak has each way of drawing.
  const everyDay = ['en/80x24', 'zh-TW/40x15'];
  const drawn = byDay(folders, ([folder]) => everyDay.includes(folder));
  /** The pages that are looked at in colours. */
  const coloured = ['review', 'sandbox', 'schedule-changed', 'segments-searched', 'validation'];

  it.for(drawn)('%s', async ([folder, words, { args = [], ...options }], { expect }) => {
    const terminal = openTerminal({ args: ['--emulator', ...args], ...options });
    const seen: string[] = [];
    for await (const name of pages(terminal, words)) {
      seen.push(name);
      const screen = await frame(terminal, words, `${folder}/${name}.txt`);
      await expect(screen).toMatchFileSnapshot(`../golden/${folder}/${name}.txt`);
      // The same terminal in its colours.
      if (folder === 'en/80x24' && coloured.includes(name))
        await expect(
          await keptFrame(terminal, `colours/256/${name}.txt`, () => steady(toned(terminal))),
        ).toMatchFileSnapshot(`../golden/colours/256/${name}.txt`);
      const { columns = 80, rows = 24 } = options;
      // One line less than the terminal has: a frame as tall as the screen is redrawn whole.
      expect(screen.split('\n').length).toBeLessThan(rows);
      for (const line of screen.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
      // Names and titles are the platform's own.
      if (folder.startsWith('ascii'))
        expect(screen.replaceAll(/\p{sc=Han}|\p{Emoji_Presentation}|’/gu, '')).toMatch(/^[\x20-\x7e\n]*$/);
    }
    expect(terminal.bytes()).not.toContain('\u001b[3J');
    expect(seen.sort()).toEqual(drawnIn(folder).sort());
  });

  const small = { columns: 40, rows: 15 };
  const large = { columns: 120, rows: 40 };
  const taiwan = { env: { LANG: 'zh_TW.UTF-8' } };
  const tables: [string, WalkWords, TerminalOptions][] = [
    ['en-80x24', inEnglish, {}],
    ['en-40x15', inEnglish, small],
    ['en-120x40', inEnglish, large],
    ['zh-TW-80x24', inChinese, taiwan],
    ['zh-TW-40x15', inChinese, { ...taiwan, ...small }],
    ['zh-TW-120x40', inChinese, { ...taiwan, ...large }],
    ['ascii-80x24', inEnglish, { env: { LC_ALL: 'C' } }],
  ];

  itInSoak.for(tables)(
    'the dataflows of a sandbox: %s',
    async ([folder, words, { env = {}, ...options }], { expect }) => {
      const emulator = await emulatorWith({
        segments: 200,
        flows: 30,
        runFaults: ['*=none'],
        // What ran and what is next goes by its clock.
        now: () => Date.UTC(2026, 8, 14, 13, 34),
      });
      const terminal = openTerminal({ ...options, env: { ...signedInTo(emulator.url), ...env } });
      const seen: string[] = [];
      const look = async (name: string): Promise<void> => {
        seen.push(name);
        // The port is another one each time.
        const screen = await frame(terminal, words, `flows/${folder}/${name}.txt`);
        await expect(screen).toMatchFileSnapshot(`../golden/flows/${folder}/${name}.txt`);
        const { columns = 80, rows = 24 } = options;
        expect(screen.split('\n').length).toBeLessThan(rows);
        for (const line of screen.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
      };
      await terminal.waitFor(words.questions.platform);
      await choose(terminal, words.organisation);
      await terminal.waitFor(words.questions.sandbox);
      await choose(terminal, 'dev');
      await terminal.waitFor(words.questions.home);
      await terminal.waitFor(words.stands);
      await terminal.press(keys.down, (screen) => words.inRow(words.flows).test(screen));
      await look('home');
      await terminal.press(keys.enter, words.allOf(24));
      await look('flows');
      await terminal.press('winback', words.matchesOf(14, 24));
      await look('flows-searched');
      await terminal.press(keys.enter, words.change);
      await look('flow');
      expect(seen.sort()).toEqual(drawnIn(`flows/${folder}`).sort());
    },
  );

  const named: [string, WalkWords, TerminalOptions][] = [
    ['en-80x24', inEnglish, {}],
    ['en-40x15', inEnglish, small],
    ['en-120x40', inEnglish, large],
    ['zh-TW-80x24', inChinese, taiwan],
    ['zh-TW-40x15', inChinese, { ...taiwan, ...small }],
    ['ascii-80x24', inEnglish, { env: { LC_ALL: 'C' } }],
  ];

  itInSoak.for(named)(
    'the columns of a card of today: %s',
    async ([folder, words, { env = {}, ...options }], { expect }) => {
      const emulator = await emulatorWith({
        segments: 200,
        flows: 30,
        runFaults: ['*=none'],
        organisation: 'migrated',
      });
      const terminal = openTerminal({ ...options, env: { ...signedInTo(emulator.url), ...env } });
      const seen: string[] = [];
      const look = async (name: string): Promise<void> => {
        seen.push(name);
        const screen = await frame(terminal, words, `columns/${folder}/${name}.txt`);
        await expect(screen).toMatchFileSnapshot(`../golden/columns/${folder}/${name}.txt`);
        const { columns = 80, rows = 24 } = options;
        expect(screen.split('\n').length).toBeLessThan(rows);
        for (const line of screen.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
      };
      await toColumns(terminal, words);
      await look('columns');
      await terminal.press(keys.home, (screen) => words.inRow('person_name_firstName').test(screen));
      await terminal.press(keys.enter, 'F1');
      await terminal.press(keys.ctrl('u'), /^[❯>] *([│|].*)?$/m);
      await terminal.press('person_name_lastName', /^[❯>] +person_name_lastName *([│|].*)?$/m);
      await look('written');
      await terminal.press(keys.escape, words.inRow('person_name_firstName'));
      await terminal.press('a', words.questions.arrayColumn);
      await terminal.waitFor('person.hobbies[0]');
      await look('arrays');
      await terminal.press('organizations', words.inRow('organizations'));
      await terminal.press(keys.enter, words.questions.columns);
      await terminal.press('i', words.questions.identityColumn);
      await terminal.waitFor('Phone_E.164');
      await look('identities');
      await terminal.press(keys.enter, words.questions.columns);
      await terminal.press(keys.up, words.inRow('organizations'));
      await look('marked');
      expect(seen.sort()).toEqual(drawnIn(`columns/${folder}`).sort());
    },
  );

  const colours: [string, Record<string, string>][] = [
    ['none', { NO_COLOR: '1' }],
    ['16', { TERM: 'xterm' }],
    ['true', { COLORTERM: 'truecolor' }],
    ['light-16', { TERM: 'xterm', COLORFGBG: '0;15' }],
    ['light-256', { TERM: 'xterm-256color', COLORFGBG: '0;15' }],
    ['light-true', { COLORTERM: 'truecolor', COLORFGBG: '0;15' }],
  ];
  itInSoak.for(colours)('in colours: %s', async ([folder, env], { expect }) => {
    const terminal = openTerminal({ args: ['--emulator'], env });
    const seen: string[] = [];
    for await (const name of pages(terminal, inEnglish)) {
      if (!coloured.includes(name)) continue;
      seen.push(name);
      await still(terminal);
      const file = `colours/${folder}/${name}.txt`;
      const screen = await keptFrame(terminal, file, () => steady(toned(terminal)));
      await expect(screen).toMatchFileSnapshot(`../golden/${file}`);
    }
    expect(seen.sort()).toEqual(coloured);
    expect(drawnIn(`colours/${folder}`).sort()).toEqual(coloured);
  });
});
