import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { displayWidth } from '../../source/components/text/width.ts';
import { type Emulator, startEmulator } from '../../source/emulator/server.ts';
import { en, type MessageId } from '../../source/locale/en.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { type Finished, runProgram } from '../helpers/program.ts';
import { signedInTo } from '../helpers/runs.ts';
import { freshFolder, projectRoot } from '../helpers/terminal.ts';
import { byDay, itInSoak } from '../helpers/soak.ts';

/** But for what a dataflow is called, which stands in its plan in whatever language it was made. */
const ids = (Object.keys(en) as MessageId[]).filter((id) => id !== 'destination.flowName');
const example = (name: string): string => path.join(projectRoot, 'examples', 'plans', `${name}.plan.json`);
const campaign = example('campaign-s3');

let cwd: string;
let sound: Emulator;
let failing: Emulator;
/** Where runs are kept that a history can tell of. */
let state: string;
let flowId: string;

const accountAt = ({ url }: Emulator): Record<string, string> => ({
  ...signedInTo(url),
  FERRY_SANDBOX: 'dev',
  FERRY_STATE_DIR: state,
  FERRY_DOUBT_MS: '50',
  CAMPAIGN_S3_SECRET: 'A'.repeat(40),
});

beforeAll(async () => {
  cwd = freshFolder();
  state = path.join(cwd, 'state');
  sound = await startEmulator({ segments: 40 });
  failing = await startEmulator({ segments: 40, faults: ['POST /flows=400'] });
  const plan = JSON.parse(readFileSync(campaign, 'utf8')) as {
    segments: { filenameTemplate: string; schedule: Record<string, string> }[];
    attributes: { mandatory: string[]; deduplication: unknown[] };
  };
  const [first, second] = plan.segments;
  if (!first || !second) throw new Error('no segments');
  const write = (name: string): void => writeFileSync(path.join(cwd, name), JSON.stringify(plan));
  first.schedule['startDate'] = '2035-11-30';
  second.schedule['frequency'] = 'EVERY_12_HOURS';
  plan.attributes.mandatory.reverse();
  write('other.plan.json');
  first.schedule['startDate'] = '2020-01-01';
  first.filenameTemplate = '%DESTINATION_NAME%_%SEGMENT_ID%';
  plan.attributes.deduplication = [];
  write('risky.plan.json');
  first.schedule['endDate'] = '2034-01-01';
  second.schedule['frequency'] = 'HOURLY';
  write('bad.plan.json');
  const applied = await runProgram(['apply', campaign, '--yes', '--json', '--lang', 'zh-TW'], {
    env: accountAt(sound),
  });
  flowId = (JSON.parse(applied.stdout.trim().split('\n').at(-1) ?? '') as { flowId: string }).flowId;
});
afterAll(() => Promise.all([sound.close(), failing.close()]));

interface Command {
  args: () => string[];
  exitCode: number;
  env?: () => Record<string, string>;
}
const atSound = (): Record<string, string> => accountAt(sound);
const commands: Record<string, Command> = {
  'plan check': { args: () => ['plan', 'check', campaign], exitCode: 0 },
  'plan check, with findings': { args: () => ['plan', 'check', 'risky.plan.json'], exitCode: 0 },
  'plan check, with problems': { args: () => ['plan', 'check', 'bad.plan.json'], exitCode: 2 },
  'plan show': { args: () => ['plan', 'show', campaign], exitCode: 0 },
  'plan diff': { args: () => ['plan', 'diff', campaign, 'other.plan.json'], exitCode: 6 },
  'list segments': {
    args: () => ['list', 'segments', '--emulator', '--search', 'loyalty segment'],
    exitCode: 0,
  },
  'list flows': { args: () => ['list', 'flows'], exitCode: 0, env: atSound },
  runs: { args: () => ['runs'], exitCode: 0, env: atSound },
  export: { args: () => ['export', flowId, '--yes'], exitCode: 2, env: atSound },
  history: { args: () => ['history'], exitCode: 0, env: atSound },
  whoami: { args: () => ['whoami'], exitCode: 0, env: atSound },
  apply: { args: () => ['apply', campaign, '--emulator', '--yes'], exitCode: 0 },
  'apply, which fails at the platform': {
    args: () => ['apply', campaign, '--yes'],
    exitCode: 2,
    env: () => ({ ...accountAt(failing), FERRY_STATE_DIR: freshFolder() }),
  },
  'apply, of no plan': { args: () => ['apply', 'nowhere.plan.json', '--yes'], exitCode: 2 },
  'apply, without its secret': {
    args: () => ['apply', campaign, '--yes'],
    exitCode: 2,
    env: () => ({ ...accountAt(sound), CAMPAIGN_S3_SECRET: '' }),
  },
  'validate, which differs': {
    args: () => ['validate', 'other.plan.json', '--flow', flowId],
    exitCode: 6,
    env: atSound,
  },
  'resume, with nothing to do': { args: () => ['resume', '0a1b2c3d'], exitCode: 2, env: atSound },
};
const table = Object.entries(commands);
/** Each command in both ways of asking for a language; every day one of them. */
const turns = byDay(
  table.flatMap(([name, command]) =>
    (['flag', 'locale'] as const).map((way) => [name, way, command] as const),
  ),
  (_, at) => at === 13,
);

function run(
  { args, env }: Command,
  more: string[] = [],
  locale: Record<string, string> = {},
): Promise<Finished> {
  return runProgram([...args(), ...more], { cwd, env: { ...env?.(), ...locale } });
}

/** Without what no two runs have in common. */
const withoutChance = (output: string): string =>
  output
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll(/\b[0-9a-f]{8}\b/g, 'RUN')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    // The emulator's segments are some days old, to the minute.
    .replaceAll(/(\d{4}\/\d\d\/\d\d|\d\d [A-Z][a-z]{2} \d{4}) \d\d:\d\d UTC/g, 'TIME')
    .replaceAll(/("(?:ms|afterMs|percentCompleted)":)[\d.]+/g, '$1TIME')
    // Two chains are made side by side, and take turns as they like.
    .replaceAll(/"?(source|target)(Base)?ConnectionId"?[: ]*"?UUID"?,? ?/g, '')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
    .replaceAll(/ *[\d,]+( ms| 毫秒)/g, ' TIME$1');

/** The lines of what happens side by side come in any order, and waiting takes as long as it takes. */
const lines = (output: string): string[] => [...new Set(withoutChance(output).split('\n'))].sort();

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** What a page of the platform is called, which Chinese says in brackets behind its own word. */
const namesOfPlatform = ids.filter((id) => zhTW[id].includes(`（${en[id]}）`)).map((id) => en[id]);

/**
 * English of ours that the catalog says in Chinese: sentences by their longest run of words, words and short
 * phrases as a whole cell of a table or between marks. Names of the platform are nobody's words.
 */
function englishIn(said: string): MessageId[] {
  const output = namesOfPlatform.reduce((rest, name) => rest.replaceAll(`（${name}）`, ''), said);
  const trimmed = (parts: string[]): string[] => parts.map((part) => part.replace(/^[^\w(]+ /, '').trim());
  const cells = trimmed(output.split(/\n| {2,}/));
  const marked = trimmed(output.split(/\n| {2,}|[:：,、，()（）→~] ?/));
  return ids.filter((id) => {
    if (zhTW[id] === en[id]) return false;
    const parts = en[id].split(/\{[^}]*\}/);
    const longest = parts.map((part) => part.trim()).sort((a, b) => b.length - a.length)[0] ?? '';
    if (/[A-Za-z]{2,} [A-Za-z]{2,}/.test(longest)) return output.includes(longest);
    if (!/[A-Za-z]/.test(longest)) return false;
    const pattern = new RegExp(`^${parts.map(escaped).join('\\S+')}$`);
    return [...cells, ...marked].some((cell) => pattern.test(cell));
  });
}

/** Words with something in them that is not ASCII. */
const notAscii = (text: string): string[] => text.match(/\S*[^\x00-\x7F]+\S*/g) ?? [];

describe.concurrent('in Chinese', () => {
  it.each(
    byDay(
      [
        [['plan', '--nonsense'], '沒有 --nonsense 這個選項。'],
        [['validate', campaign, '--flow'], '--flow 需要一個值：'],
        [['list', 'flows', '--yes=no'], '--yes 不接受值。'],
        [['emulator', '--fault', 'x'], '目前的規則：x'],
        [['emulator', '--state', campaign], '模擬器無法將狀態存入'],
        [['list', 'flows', '--flow=x'], 'ferry list 沒有 --flow 這個選項。'],
      ],
      (_, at) => at === 0,
    ),
  )('ferry %j is refused', async (args, sentence) => {
    const { exitCode, stderr } = await runProgram([...args, '--lang', 'zh-TW']);
    expect(stderr).toContain(sentence);
    expect(exitCode).toBe(2);
  });

  it.each(turns)('%s has no English left that is translated, by %s', async (_, way, command) => {
    const [english, chinese] = await Promise.all([
      run(command),
      way === 'flag' ? run(command, ['--lang', 'zh-TW']) : run(command, [], { LC_ALL: 'zh_TW.UTF-8' }),
    ]);
    // Or else nothing would be found anywhere.
    expect(englishIn(english.stdout + english.stderr)).not.toEqual([]);
    expect(englishIn(chinese.stdout + chinese.stderr), chinese.stdout + chinese.stderr).toEqual([]);
    expect(chinese.stdout + chinese.stderr).toMatch(/\p{sc=Han}/u);
    expect([english.exitCode, chinese.exitCode]).toEqual([command.exitCode, command.exitCode]);
  });

  it.each(byDay(table, (_, at) => at % 24 === 4))(
    '%s says the same by flag and by locale',
    async (_, command) => {
      const [byFlag, byLocale] = await Promise.all([
        run(command, ['--lang', 'zh-TW']),
        run(command, [], { LC_ALL: 'zh_TW.UTF-8' }),
      ]);
      expect(lines(byLocale.stdout)).toEqual(lines(byFlag.stdout));
      expect(lines(byLocale.stderr)).toEqual(lines(byFlag.stderr));
    },
  );

  it.each(byDay(turns, (_, at) => at % 4 === 0))(
    '%s prints the same JSON, by %s',
    async (_, way, command) => {
      const [english, other] = await Promise.all([
        run(command, ['--json']),
        way === 'flag'
          ? run(command, ['--json', '--lang', 'zh-TW'])
          : run(command, ['--json'], { LC_ALL: 'C' }),
      ]);
      expect(english.stdout).not.toBe('');
      expect(lines(other.stdout)).toEqual(lines(english.stdout));
      expect([english.exitCode, other.exitCode]).toEqual([command.exitCode, command.exitCode]);
    },
  );

  it('values stand beneath each other', async () => {
    const { stdout } = await run({ args: () => ['plan', 'show', campaign], exitCode: 0 }, [
      '--lang',
      'zh-TW',
    ]);
    const starts = stdout
      .split('\n')
      .flatMap((line) => /^ {2}\p{sc=Han}+ +/u.exec(line) ?? [])
      .map(displayWidth);
    expect(starts.length).toBeGreaterThan(5);
    expect(new Set(starts).size).toBe(1);
  });

  itInSoak('steps of an apply end in the same column', async () => {
    const { stdout } = await runProgram(['apply', campaign, '--emulator', '--yes', '--lang', 'zh-TW']);
    const ends = [...stdout.matchAll(/^✓ .*毫秒/gm)].map(([line]) => displayWidth(line));
    expect(ends.length).toBe(10);
    expect(new Set(ends).size).toBe(1);
  });

  it('journal, audit log and receipt are the same for programs, and Chinese for people', () => {
    const [run = ''] = readdirSync(path.join(state, 'runs'));
    const kept = (...names: string[]): string => readFileSync(path.join(state, ...names), 'utf8');
    const han = /\p{sc=Han}/u;
    expect(kept('audit.ndjson')).not.toMatch(han);
    expect(kept('runs', run, 'journal.ndjson')).not.toMatch(han);
    expect(kept('runs', run, 'receipt.json')).not.toMatch(han);
    expect(kept('runs', run, 'receipt.md')).toMatch(han);
  });
});

describe.concurrent('in a terminal that knows ASCII only', () => {
  it.each(byDay(table, (_, at) => at % 18 === 0))('%s says nothing else', async (name, command) => {
    const { stdout, stderr, exitCode } = await run(command, [], { LC_ALL: 'C' });
    // An account is called by the name that it has on the platform.
    const ours = name === 'list flows' ? stdout.replaceAll(' · ', ' ') : stdout;
    expect(notAscii(ours + stderr)).toEqual([]);
    expect(stdout + stderr).not.toBe('');
    expect(exitCode).toBe(command.exitCode);
  });

  it.each(byDay([['completion', 'bash'], ['--help'], ['apply', '--help']], (_, at) => at === 0))(
    'ferry %s says nothing else',
    async (...args) => {
      const { stdout, stderr } = await runProgram(args, { env: { LC_ALL: 'C' } });
      expect(notAscii(stdout + stderr)).toEqual([]);
      expect(stdout).not.toBe('');
    },
  );
});

describe.concurrent('--lang', () => {
  it('is stronger than the environment', async () => {
    const { stderr } = await runProgram(['history', '--lang', 'en'], { env: { LC_ALL: 'zh_TW.UTF-8' } });
    expect(stderr).toBe(`${en['command.runsNone']}\n`);
  });

  it('of a language that there is not is a matter of usage', async () => {
    const { stderr, exitCode } = await runProgram(['history', '--lang', 'fr']);
    expect(stderr).toContain('Unknown language "fr". Available: en, zh-TW.');
    expect(exitCode).toBe(2);
  });

  it.each(
    byDay(
      [
        ['history --lang zh-TW', {}, 0, zhTW['command.runsNone']],
        ['history', { LC_ALL: 'zh_TW.UTF-8' }, 0, zhTW['command.runsNone']],
        ['history --lang en', { LC_ALL: 'zh_TW.UTF-8' }, 0, en['command.runsNone']],
        ['history --lang fr', {}, 2, 'Unknown language "fr". Available: en, zh-TW.'],
        ['login', { LC_ALL: 'zh_TW.UTF-8' }, 2, zhTW['restricted.allowed']],
      ],
      (_, at) => at === 0,
    ),
  )('behind sshd, %s with %j', async (original, locale, wanted, said) => {
    const folder = freshFolder();
    mkdirSync(path.join(folder, 'plans'));
    const { stderr, exitCode } = await runProgram(
      [
        '--restricted',
        ...['--plan-dir', path.join(folder, 'plans'), '--state-dir', path.join(folder, 'state')],
        ...['--config-dir', path.join(folder, 'config')],
      ],
      { env: { SSH_ORIGINAL_COMMAND: original, ...locale } },
    );
    expect(stderr).toContain(said);
    expect(exitCode).toBe(wanted);
    const audit = readFileSync(path.join(folder, 'state', 'audit.ndjson'), 'utf8');
    expect(audit).toContain(wanted === 0 ? '"act":"console"' : '"act":"refused"');
    expect(notAscii(audit)).toEqual([]);
  });
});
