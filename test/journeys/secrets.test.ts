import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportCrash } from '../../source/commands/console/crash.ts';
import { redact } from '../../source/commands/console/redact.ts';
import type { Streams } from '../../source/commands/console/streams.ts';
import { forgetSecrets, knowSecret } from '../../source/flow-service/secrets/known-secrets.ts';
import { english } from '../../source/locale/catalogs.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { takeReport } from '../helpers/folders.ts';
import { keys } from '../helpers/keys.ts';
import { runProgram } from '../helpers/program.ts';
import { futurePlan, orgId } from '../helpers/runs.ts';
import { freshFolder, openTerminal } from '../helpers/terminal.ts';
import { fillIn, promptsIn, Talk } from '../helpers/talk.ts';
import { applyFromReview, choose, journeys, walkToReview } from '../helpers/walk.ts';
import { byDay, itInSoak } from '../helpers/soak.ts';

/** Every file below a folder. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath, one.name));

const planted = /PLANTED/;

interface Desk {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Somebody with a profile, on a platform that fails in the middle of an apply and logs what it is asked. */
async function signedIn(): Promise<Desk> {
  const folder = freshFolder();
  const log = path.join(folder, 'requests.ndjson');
  const emulator = await emulatorWith({ logFile: log, faults: ['POST /flows=503x4'] });
  const env = {
    HOME: folder,
    TMPDIR: folder,
    FERRY_API_URL: emulator.url,
    FERRY_IMS_URL: emulator.url,
    FERRY_DOUBT_MS: '50',
    FERRY_CONFIG_DIR: path.join(folder, 'config'),
    FERRY_STATE_DIR: path.join(folder, 'state'),
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
  };
  // Secrets that people type stay in memory.
  const login = await runProgram(
    ['login', '--client-id', 'abc', '--org', orgId, '--sandbox', 'dev', '--secret', 'prompt'],
    { env: { ...env, FERRY_CLIENT_SECRET: 'PLANTED-client-secret' }, cwd: folder },
  );
  expect(login.exitCode).toBe(0);
  return { folder, env };
}

/**
 * Secrets of variables, files and helpers too, in every command; and in no file that anybody has written.
 *
 * @returns How many files there are.
 */
async function everyCommand({ folder, env }: Desk): Promise<number> {
  const secretFile = path.join(freshFolder(), 'secret');
  writeFileSync(secretFile, 'PLANTED-from-file\n', { mode: 0o600 });
  const plan = structuredClone(futurePlan);
  const auth = plan.destination.auth;
  if (!auth) throw new Error('no auth');
  const references = [`env:S`, `file:${secretFile}`, `command:cat ${secretFile}`];
  for (const [at, reference] of byDay(references, (_, one) => one === 0).entries()) {
    auth.params['secretKey'] = { $secret: reference };
    writeFileSync(path.join(folder, `p${at}.plan.json`), JSON.stringify(plan));
    const own = {
      ...env,
      S: 'PLANTED-variable',
      FERRY_CLIENT_SECRET: 'PLANTED-client-secret',
      FERRY_CLIENT_ID: 'abc',
    };
    for (const args of [
      ['apply', `p${at}.plan.json`, '--yes', '--json'],
      ['plan', 'show', `p${at}.plan.json`, '--requests'],
      ['plan', 'show', `p${at}.plan.json`, '--curl'],
      ['apply', `p${at}.plan.json`, '--dry-run'],
      // They know nothing of where a secret came from.
      ...(at === 0
        ? [
            ['history', '--json'],
            ['whoami', '--json'],
          ]
        : []),
      ['rollback', '--yes'],
    ]) {
      const { stdout, stderr } = await runProgram(args, { env: own, cwd: folder });
      expect(stdout + stderr).not.toMatch(planted);
    }
  }
  const written = filesIn(folder);
  for (const file of written) expect(readFileSync(file, 'utf8')).not.toMatch(planted);
  return written.length;
}

describe.concurrent('secrets', () => {
  it('are in nothing that a command writes or shows', async () => {
    expect(await everyCommand(await signedIn())).toBeGreaterThan(4);
  });

  itInSoak('are in nothing that a full run writes, shows, or hands to a child', async () => {
    const { folder, env } = await signedIn();
    const campaign = journeys['Adobe Campaign'];
    if (!campaign) throw new Error('no journey');
    // With a transcript, which tells every answer.
    const terminal = openTerminal({ args: ['--guide'], env, cwd: folder, rows: 40, columns: 100 });
    await terminal.waitFor('Where do you want to work?');
    await choose(terminal, 'Your organisation');
    await terminal.waitFor('Client secret of profile');
    await terminal.press('PLANTED-client-secret', '••••');
    terminal.write(keys.enter);
    await walkToReview(terminal, campaign);
    await terminal.press('s', /\.plan\.json/);
    await applyFromReview(terminal);
    // The platform fails in the middle; the screen says so.
    await terminal.waitFor('enter try again');
    const running = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    expect(running.split('\n').filter((line) => planted.test(line) && line.includes('cli.js'))).toEqual([]);
    await terminal.press(keys.ctrl('c'), 'Leave?');
    terminal.write('y');
    await terminal.waitForEnd();
    expect(terminal.bytes()).not.toMatch(planted);

    // The same in plain lines, where what is not shown is not even masked.
    const spoken = openTerminal({ args: ['--guide', '--accessible'], env, cwd: folder });
    const talk = new Talk(spoken);
    await talk.answer(/left unfinished[^]*: $/, 'Start a new plan');
    await talk.answer(/Where do you want[^]*: $/, 'Your organisation');
    await talk.answer('Client secret (not shown): ', 'PLANTED-client-secret');
    await talk.answer(/In which sandbox[^]*: $/, 'dev');
    await talk.answer(/What would you like[^]*: $/, '1');
    await talk.answer(/Where should the segments[^]*: $/, 'Oracle Eloqua');
    await talk.answer(/How do you sign in[^]*: $/, 'SSH Key');
    await fillIn(talk, { ...journeys['Oracle Eloqua']?.signInFields }, promptsIn(english));
    spoken.write('\u0003');
    await talk.answer('Enter to stay: ', ':q');
    expect(await spoken.waitForEnd()).toBe(130);
    expect(spoken.bytes()).not.toMatch(planted);
    const transcripts = filesIn(path.join(folder, 'state', 'transcripts'));
    expect(transcripts.map((file) => readFileSync(file, 'utf8')).join('')).toContain('Answer: Oracle Eloqua');

    expect(await everyCommand({ folder, env })).toBeGreaterThan(8);
  });

  it.each([
    ['a variable that holds one', 'it was PLANTED-value here', { FERRY_CLIENT_SECRET: 'PLANTED-value' }],
    ["a person's own variable", 'PLANTED-value', { CRM_S3_SECRET_KEY: 'PLANTED-value' }],
    ['a bearer token', 'Authorization: Bearer PLANTED.value', {}],
    ['a token by its shape', 'eyJQTEFOVEVE.UExBTlRFRA.PLANTED', {}],
    ['a key file', '-----BEGIN PRIVATE KEY-----\nPLANTED\n-----END PRIVATE KEY-----', {}],
    ['half a key file', 'x -----BEGIN PRIVATE KEY-----\nPLANTED', {}],
    ['a form', 'client_id=a&client_secret=PLANTED&scope=b', {}],
    ['a connection string', 'AccountName=crm;AccountKey=PLANTED==;EndpointSuffix=x', {}],
    ['JSON', '{"secretKey":"PLANTED","bucketName":"crm"}', {}],
  ])('are taken out of a crash report: %s', (_, text, env) => {
    expect(redact(text, env)).not.toMatch(planted);
  });

  // Whoever's secret is a word, what is hidden for it must not hide from us what else is one.
  it.each([
    ['a member', '{"secretKey":"PLANTED","bucketName":"crm"}', 'secretKey'],
    ['the name of a variable of a form', 'client_secret=PLANTED&scope=b', 'client_secret'],
    ['the first word of a header', 'Authorization: Bearer PLANTED.value', 'Bearer'],
    [
      'the beginning of a key',
      '-----BEGIN PRIVATE KEY-----\nPLANTED\n-----END PRIVATE KEY-----',
      'PRIVATE KEY',
    ],
    ['a part of the other one', 'password=PLANTED-within', 'PLANTED-with'],
    ['what goes over the end of the other one', 'password=1;PLANTED', '1;PLANTED'],
  ])('are taken out of a crash report where another one is %s', (_, text, word) => {
    for (const env of [{ MY_TOKEN: word }, {}]) {
      if (!('MY_TOKEN' in env)) knowSecret(word);
      try {
        expect(redact(text, env)).not.toMatch(/PLANTED|within/);
      } finally {
        forgetSecrets();
      }
    }
  });

  it('leave the rest of a report as it was', () => {
    const text = 'TypeError: x is not a function\n    at run (file:///opt/ferry/dist/cli.js:1:2)';
    expect(redact(text, { FERRY_CLIENT_SECRET: 'PLANTED-value', PATH: '/opt/ferry' })).toBe(text);
  });

  it('are not in the report that a crash names', async () => {
    const said: string[] = [];
    const documents: string[] = [];
    const streams = {
      stdout: { write: (text: string) => documents.push(text) },
      stderr: { write: (text: string) => said.push(text) },
      env: { FERRY_CLIENT_SECRET: 'PLANTED-client-secret' },
      text: english,
      english,
    } as unknown as Streams;
    await reportCrash(new Error('failed with PLANTED-client-secret'), streams, true);
    expect(documents.map((one): unknown => JSON.parse(one))).toMatchObject([
      { error: { kind: 'unexpected' } },
    ]);
    expect(documents.join('')).not.toMatch(planted);
    const file = /\S+report\.txt/.exec(said.join(''))?.[0] ?? '';
    expect(takeReport(file)).toContain('failed with [redacted]');
    expect(said.join('')).not.toMatch(planted);
  });
});
