import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emulatorWith } from '../helpers/emulator.ts';
import { keys } from '../helpers/keys.ts';
import { runProgram } from '../helpers/program.ts';
import { relayTo } from '../helpers/relay.ts';
import { futurePlan, signedInTo } from '../helpers/runs.ts';
import { some } from '../helpers/some.ts';
import { fillIn, promptsIn, Talk, talkFromSegments } from '../helpers/talk.ts';
import { freshFolder, openTerminal, projectRoot } from '../helpers/terminal.ts';
import { unheardOfFlowSpec, unheardOfSpec } from '../helpers/unheard-of.ts';
import { english } from '../../source/locale/catalogs.ts';
import { applyFromReview, choose, journeys, walkFromSegments, walkToDestination } from '../helpers/walk.ts';

/** Everything that moves, colours, rings, turns, hides or answers in some terminal. */
const hostile = [
  '\u001b]0;PWNED\u0007',
  '\u001b]8;;http://evil.example\u001b\\link\u001b]8;;\u001b\\',
  '\u001b]52;c;UFdORUQ=\u0007',
  '\u001b[2J\u001b[H\u001b[31m\u001b[?1049l',
  '\u001bP1$r0m\u001b\\\u001b_APC\u001b\\\u001b^PM\u001b\\',
  '\u009b2J\u009d0;PWNED\u009c\u0090q\u009c',
  'over\rwritten\u0008\u0008\u0007',
  '\u202egnp.exe\u202c\u2066\u2069\u200f',
  'zero\u200b\ufeff\u2060width\u00ad',
  `z${'\u0301\u0325'.repeat(200)}`,
  '\u{e0041}\u{e0042}',
  '\u206a\u206f\u{e0100}\u{e01ef}\u034f\u3164\u{1d173}',
  '\nFORGED LINE\u2028FORGED LINE',
  // Wide in terminals that join nothing, such as the one that reads these screens.
  Array(300).fill('😀').join('\u200d'),
  '👍🏽'.repeat(20),
  'ᄀ'.repeat(40),
].join('');
const huge = `${'HUGE'.repeat(32 * 1024)}${hostile}`;

/** The name of a field in the schema. */
const hostileKey = `${JSON.stringify(`suffix${hostile}`)}:`;

/** Which members of an answer are words of people, by the address. */
const poisoned: readonly [RegExp, readonly string[]][] = [
  [/\/audiences/, ['name', 'description', 'originName']],
  [/sandbox-management/, ['title']],
  [/schemaregistry/, ['title', 'description']],
  // Names of destinations are the catalog's, but of those that it does not know.
  [/\/connectionSpecs/, ['title', 'description', 'label']],
  [/\/flowservice\/connections/, ['name', 'description']],
  [/\/flowservice\/flows/, ['name']],
];

/** What is left of a hostile text when all is taken away that must be. */
const harmless = 'overwritten';

/** A platform whose texts are hostile, and that refuses dataflows once it is told to. */
async function rig() {
  let isRefusing = false;
  const emulator = await emulatorWith({
    segments: 60,
    connectionSpecs: [unheardOfSpec],
    flowSpecs: [unheardOfFlowSpec],
  });
  const address = await relayTo(emulator.url, {
    before({ method, url }, response) {
      if (!isRefusing || method !== 'POST' || !url.endsWith('/flows')) return false;
      response.writeHead(400, {
        'content-type': 'application/json',
        'x-request-id': `id${hostile.replaceAll(/[^ -~]/g, '')}`,
      });
      response.end(JSON.stringify({ errorMessage: `no ${hostile}`, errorDetails: hostile, title: hostile }));
      return true;
    },
    rewrite({ method, url }, text) {
      const members = poisoned.find(([place]) => place.test(url))?.[1] ?? [];
      return text === '' || method !== 'GET'
        ? text
        : JSON.stringify(JSON.parse(text.replaceAll('"suffix":', hostileKey)), (key, value: unknown) =>
            members.includes(key) && typeof value === 'string' && !/^REAL_TIME/.test(value)
              ? `${value}${value.startsWith('Loyalty') ? huge : hostile}`
              : value,
          );
    },
  });
  const state = path.join(freshFolder(), 'state');
  const env = {
    ...signedInTo(address),
    FERRY_SANDBOX: 'dev',
    CAMPAIGN_S3_SECRET: 'PLANTEDsecret',
    FERRY_DOUBT_MS: '100',
    FERRY_STATE_DIR: state,
  };
  const refuse = (does: boolean): void => {
    isRefusing = does;
  };
  return { env, state, refuse };
}

/** What no output may hold, whoever wrote it: OSC, DCS, APC, PM, bells, C1, bidi, what is drawn as nothing. */
const forbidden =
  /\u001b[\]P_^X]|[\u0007\u0008\u0080-\u009f\u2028\u2029]|(?![\u200d\ufe0e\ufe0f])\p{Default_Ignorable_Code_Point}|(?:\u200d\p{Extended_Pictographic}){4}|\p{M}{6}/u;
/** A text that did not come from a terminal program has no escape at all, nor a carriage return. */
const forbiddenInText = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

const campaignPlan = path.join(projectRoot, 'examples', 'plans', 'campaign-s3.plan.json');

/** What a file can be called. */
const hostileName = hostile.replaceAll(/[\u0000/]/g, '').slice(0, 60);

describe.concurrent('hostile texts of the platform', () => {
  it('are harmless on every page of the wizard, which goes on to the proof', async () => {
    const { env } = await rig();
    const campaign = journeys['Adobe Campaign'];
    if (!campaign) throw new Error('no journey');
    const terminal = openTerminal({ env, columns: 80, rows: 24 });
    await walkToDestination(terminal, 'Adobe Campaign');
    await terminal.waitFor('How do you sign in');
    await choose(terminal, 'S3');
    await terminal.waitFor('Sign-in:');
    await terminal.waitFor(/^❯ Access ID/m);
    terminal.write('AKIAMINE234567ABCDEF');
    await terminal.waitFor(/ABCDEF/);
    terminal.write(keys.enter);
    await terminal.waitFor(/^❯ Secret key/m);
    terminal.write('PLANTEDcampaign9x7Q');
    await terminal.waitFor(/9x7Q/);
    terminal.write(keys.enter);
    await terminal.waitFor('Where should the files');
    await choose(terminal, 'S3');
    await terminal.waitFor('Storage location:');
    for (const [label, value] of [
      ['Bucket name', 'crm-exports'],
      ['Folder path', 'daily'],
    ] as const) {
      await terminal.waitFor(new RegExp(`^❯ ${label}`, 'm'));
      terminal.write(value);
      await terminal.waitFor(value);
      terminal.write(keys.enter);
    }
    await terminal.waitFor('Does the storage take files?');
    terminal.write(keys.enter);
    const header = (screen: string): string => screen.split('\n')[0] ?? '';
    expect(header(await terminal.waitFor('Loyalty Segment'))).toMatch(/^ ferry {3}dev .* step \d+ of \d+$/);
    await walkFromSegments(terminal);
    expect(header(terminal.screen())).toMatch(/^ ferry {3}dev/);
    await applyFromReview(terminal);
    expect(header(await terminal.waitFor('Verified'))).toMatch(/^ ferry {3}dev/);
    terminal.write(keys.enter);
    expect(await terminal.waitForEnd()).toBe(0);
    expect(terminal.bytes()).not.toMatch(forbidden);
    expect(terminal.bytes()).not.toMatch(/^FORGED LINE/m);
  });

  it('are harmless in plain lines, and in the transcript of a guided session', async () => {
    const { env, state, refuse } = await rig();
    const terminal = openTerminal({ args: ['--accessible', '--guide'], env });
    const talk = new Talk(terminal);
    await talk.answer(/Where do you want[^]*: $/, 'Your organisation');
    await talk.answer(/In which sandbox[^]*: $/, 'dev');
    await talk.answer(/What would you like[^]*: $/, '1');
    await talk.answer(/Where should the segments[^]*: $/, 'Adobe Campaign');
    await talk.answer(/How do you sign in[^]*: $/, 'S3');
    await fillIn(talk, { Access: 'AKIAMINE234567ABCDEF', Secret: 'PLANTEDsecret' }, promptsIn(english));
    await talk.answer(/Where should the files[^]*: $/, 'S3');
    await fillIn(talk, { Bucket: 'crm-exports', Folder: 'daily' }, promptsIn(english));
    await talk.answer(/Does the storage[^]*: $/, '1');
    await talkFromSegments(talk, 'homeAddress.countryCode');
    refuse(true);
    await talk.answer('"1" to apply: ', '1');
    await talk.answer('(apply) or n (not yet): ', 'y');
    await talk.answer('Press Enter to try again', ':q');
    await talk.answer('press Enter to stay: ', ':q');
    expect(await terminal.waitForEnd()).toBe(130);
    const [file = ''] = readdirSync(path.join(state, 'transcripts'));
    const transcript = readFileSync(path.join(state, 'transcripts', file), 'utf8');
    for (const said of [terminal.bytes().replaceAll('\r\n', '\n'), transcript]) {
      expect(said).toContain('Loyalty Segment');
      expect(said).not.toMatch(forbidden);
      expect(said).not.toMatch(forbiddenInText);
      expect(said).not.toMatch(/^FORGED LINE/m);
    }
  });

  it.each([
    ['list', 'segments'],
    ['list', 'sandboxes'],
    ['list', 'destinations'],
    ['list', 'attributes'],
    ['list', 'flows'],
  ])('are one harmless line each in: ferry %s %s', async (...args) => {
    const { env } = await rig();
    // Without a dataflow there is none whose name could be hostile.
    if (args[1] === 'flows')
      expect((await runProgram(['apply', campaignPlan, '--yes'], { env })).exitCode).toBe(0);
    const plain = await runProgram(args, { env });
    expect(plain.exitCode).toBe(0);
    expect(plain.stdout + plain.stderr).not.toMatch(forbidden);
    expect(plain.stdout + plain.stderr).not.toMatch(forbiddenInText);
    expect(plain.stdout).not.toMatch(/^FORGED LINE/m);
    const asJson = await runProgram([...args, '--json'], { env });
    expect(asJson.stdout).not.toMatch(forbidden);
    expect(asJson.stdout).not.toMatch(forbiddenInText);
    const listed = some(JSON.parse(asJson.stdout) as object[]);
    expect(JSON.stringify(listed)).toContain(harmless);
    const rows = plain.stdout.trimEnd().split('\n');
    expect(rows.filter((row) => row.includes(harmless))).not.toEqual([]);
    // Dataflows have a line above them that says what is in which column.
    expect(rows).toHaveLength(listed.length + (args[1] === 'flows' ? 1 : 0));
  });

  it.each([
    ['a command', () => [hostile]],
    ['an option', () => [`--${hostile}`]],
    ['an option of a command', () => ['list', 'segments', `--${hostile}=1`]],
    ['a language', () => ['--lang', hostile]],
    ['an address', () => ['list', 'segments', '--api-url', `http://${hostile}`]],
    ['a profile', () => ['list', 'segments', '--profile', hostile]],
    ['a profile to be made', () => ['login', hostile]],
    ['a run', () => ['resume', hostile]],
    ['a search', () => ['list', 'segments', '--search', hostile]],
    ['a fault', () => ['emulator', '--fault', hostile]],
    ['a plan that is not there', () => ['plan', 'show', `${hostile.slice(0, 100)}.plan.json`]],
    ['plans of a folder', () => ['apply', '--dry-run', `${hostileName}.plan.json`, 'sound.plan.json']],
    ['a plan of another kind', () => ['plan', 'check', `${hostileName}.plan.json`]],
    ['the requests of a plan', () => ['plan', 'requests', '--curl', 'sound.plan.json']],
  ])('are harmless when told of %s', async (_, args) => {
    const { env } = await rig();
    const cwd = freshFolder();
    writeFileSync(path.join(cwd, `${hostileName}.plan.json`), '{"version": 99}');
    const named = { ...futurePlan, name: `Loyalty ${hostile}` };
    writeFileSync(path.join(cwd, 'sound.plan.json'), JSON.stringify(named));
    const { stdout, stderr } = await runProgram(
      args().map((one) => one.replaceAll('\u0000', '')),
      { env, cwd },
    );
    expect(stdout + stderr).not.toBe('');
    expect(stdout + stderr).not.toMatch(forbidden);
    expect(stdout + stderr).not.toMatch(forbiddenInText);
    expect(stdout + stderr).not.toMatch(/^FORGED LINE/m);
  });

  it('come back whole from what programs read', async () => {
    const { env } = await rig();
    const cwd = freshFolder();
    const [first, ...others] = futurePlan.segments;
    const segments = [{ ...first, name: `Loyalty z${'\u0301\u0325'.repeat(20)}\u200b` }, ...others];
    writeFileSync(path.join(cwd, 'sound.plan.json'), JSON.stringify({ ...futurePlan, segments }));
    const { stdout } = await runProgram(['plan', 'show', '--json', 'sound.plan.json'], { env, cwd });
    expect((JSON.parse(stdout) as { segments: unknown }).segments).toEqual(segments);
  });

  it('are harmless in errors, journals, receipts and the audit log', async () => {
    const { env, state, refuse } = await rig();
    const cwd = freshFolder();
    const plan = {
      ...futurePlan,
      segments: futurePlan.segments.map((one) => ({ ...one, name: `Loyalty ${hostile}` })),
    };
    writeFileSync(path.join(cwd, 'p.plan.json'), JSON.stringify(plan));
    refuse(true);
    for (const more of [[], ['--json']]) {
      const refused = await runProgram(['apply', 'p.plan.json', '--yes', ...more], { env, cwd });
      expect(refused.exitCode).not.toBe(0);
      expect(refused.exitCode).not.toBe(1);
      expect(refused.stdout + refused.stderr).not.toMatch(forbidden);
      expect(refused.stdout + refused.stderr).not.toMatch(forbiddenInText);
      expect(refused.stdout + refused.stderr).not.toMatch(/^FORGED LINE/m);
    }
    refuse(false);
    const applied = await runProgram(['apply', 'p.plan.json', '--yes'], { env, cwd });
    expect(applied.stdout + applied.stderr).not.toMatch(forbidden);
    expect(applied.stdout + applied.stderr).not.toMatch(forbiddenInText);
    for (const command of [['history'], ['plan', 'show', 'p.plan.json'], ['plan', 'check', 'p.plan.json']]) {
      const { stdout, stderr } = await runProgram(command, { env, cwd });
      expect(stdout + stderr).not.toMatch(forbidden);
      expect(stdout + stderr).not.toMatch(forbiddenInText);
    }
    const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(files.map(({ name }) => name)).toContain('receipt.md');
    for (const file of files) {
      const text = readFileSync(path.join(file.parentPath, file.name), 'utf8');
      expect(text).not.toMatch(forbiddenInText);
      expect(text).not.toContain('PLANTED');
    }
  });
});
