import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emulatorWith } from '../helpers/emulator.ts';
import { keys } from '../helpers/keys.ts';
import { type Finished, runProgram } from '../helpers/program.ts';
import { freshFolder, openTerminal, type Terminal } from '../helpers/terminal.ts';
import { Talk } from '../helpers/talk.ts';
import { beginIn, choose, questions } from '../helpers/walk.ts';
import { byDay, itInSoak } from '../helpers/soak.ts';

const orgId = '5555467B5D8013E50A494220@AdobeOrg';
const secret = 'PLANTED-client-secret-0123';

const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

/** A person's machine and a platform to sign in to. */
async function rig() {
  const emulator = await emulatorWith();
  const config = path.join(freshFolder(), 'config');
  const profilesFile = path.join(config, 'profiles.json');
  const env = {
    FERRY_API_URL: emulator.url,
    FERRY_IMS_URL: emulator.url,
    FERRY_CONFIG_DIR: config,
    // No session bus, so no key store: what most servers are like.
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
  };
  const run = (args: readonly string[], more: Record<string, string> = {}): Promise<Finished> =>
    runProgram(args, { env: { ...env, ...more } });
  const login = (from: string, ...more: string[]): Promise<Finished> =>
    run(['login', '--client-id', 'abc', '--org', orgId, '--sandbox', 'dev', '--secret', from, ...more], {
      THE_SECRET: secret,
    });
  const open = (args: readonly string[], more: Record<string, string> = {}): Terminal =>
    openTerminal({ args, env: { ...env, ...more }, rows: 30, columns: 100 });
  /** A profile that keeps no secret. */
  const sign = (): Promise<Finished> =>
    run(['login', '--client-id', 'abc', '--org', orgId, '--sandbox', 'dev', '--secret', 'prompt'], {
      FERRY_CLIENT_SECRET: secret,
    });
  return { emulator, config, profilesFile, run, login, open, sign };
}

/** Everything below a folder, for finding a secret in it. */
function everythingIn(folder: string): string {
  if (!existsSync(folder)) return '';
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(path.join(one.parentPath, one.name), 'utf8'))
    .join('\n');
}

describe.concurrent('ferry login, without a terminal', () => {
  it('keeps a profile that worked, for its owner alone and without the secret', async () => {
    const { emulator, config, profilesFile, login } = await rig();
    const { exitCode, stdout, stderr } = await login('env:THE_SECRET');
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Signed in: profile "default"');
    expect(mode(config)).toBe('700');
    expect(mode(profilesFile)).toBe('600');
    expect(JSON.parse(readFileSync(profilesFile, 'utf8'))).toEqual({
      version: 1,
      current: 'default',
      profiles: {
        default: {
          clientId: 'abc',
          orgId,
          secret: 'env:THE_SECRET',
          sandbox: 'dev',
          apiUrl: emulator.url,
          imsUrl: emulator.url,
        },
      },
    });
    expect(everythingIn(config)).not.toContain(secret);
    expect(emulator.requests[0]).toMatchObject({
      method: 'POST',
      path: '/ims/token/v3',
      status: 200,
      query: '',
    });
  });

  itInSoak('lets every command work with the profile alone', async () => {
    const { config, login } = await rig();
    await login('env:THE_SECRET');
    const only = { FERRY_CONFIG_DIR: config, THE_SECRET: secret };
    const listed = await runProgram(['list', 'sandboxes', '--json'], { env: only });
    expect(listed.exitCode).toBe(0);
    const who = await runProgram(['whoami', '--json'], { env: only });
    expect(who.exitCode).toBe(0);
    expect(JSON.parse(who.stdout)).toMatchObject({
      profile: 'default',
      orgId,
      sandbox: 'dev',
      isProduction: false,
      permissions: {
        'View Sandboxes': 'yes',
        'View Destinations': 'yes',
        'View Segments': 'yes',
        'View Profiles': 'yes',
      },
      profiles: ['default'],
    });
    expect(Date.parse((JSON.parse(who.stdout) as { tokenEnd: string }).tokenEnd)).toBeGreaterThan(
      Date.now() + 23 * 3_600_000,
    );
  });

  it.each(
    byDay<[string, () => string, number, string]>(
      [
        ['a variable that is not set', () => 'env:NOT_THERE', 4, 'NOT_THERE'],
        ['a file that others may read', () => secretFile(0o644), 4, 'chmod 600'],
        ['a file that is not there', () => 'file:/nonexistent/secret', 4, '/nonexistent/secret'],
        ['a helper that fails', () => 'command:exit 3', 4, 'helper'],
        ['the key store, which this machine lacks', () => 'keystore', 2, 'key store'],
        ['the secret itself', () => secret, 2, '--secret takes'],
      ],
      (_, at) => at === 1 || at === 5,
    ),
  )('refuses %s, and keeps nothing', async (_, from, exit, said) => {
    const { profilesFile, run } = await rig();
    const { exitCode, stderr, stdout } = await run(
      ['login', '--client-id', 'abc', '--org', orgId, '--sandbox', 'dev', '--secret', from()],
      from() === 'keystore' ? { FERRY_CLIENT_SECRET: secret } : {},
    );
    expect(stderr).toContain(said);
    expect(exitCode).toBe(exit);
    expect(stderr + stdout).not.toContain(secret);
    expect(existsSync(profilesFile)).toBe(false);
  });

  it.each(
    byDay<[string, () => string]>(
      [
        ['a file of its own', () => secretFile(0o600)],
        ['a helper', () => `command:printf %s ${secret}`],
      ],
      (_, at) => at === 0,
    ),
  )('takes the secret from %s', async (_, from) => {
    const { run } = await rig();
    expect((await run(['login', '--client-id', 'abc', '--org', orgId, '--secret', from()])).exitCode).toBe(0);
  });

  itInSoak('keeps a given secret in a 0600 file where it is told to, and logout removes it', async () => {
    const { config, run } = await rig();
    const { exitCode } = await run(
      ['login', 'acme', '--client-id', 'abc', '--org', orgId, '--sandbox', 'dev', '--secret', 'file'],
      { FERRY_CLIENT_SECRET: secret },
    );
    expect(exitCode).toBe(0);
    const file = path.join(config, 'acme.secret');
    expect(mode(file)).toBe('600');
    expect((await run(['whoami'])).exitCode).toBe(0);
    const out = await run(['logout', 'acme']);
    expect(out.stdout).toContain('removed too');
    expect(existsSync(file)).toBe(false);
    expect((await run(['logout'])).exitCode).toBe(2);
  });

  itInSoak('leaves the old profile when the new answers do not work', async () => {
    const { profilesFile, run, login } = await rig();
    await login('env:THE_SECRET');
    const before = readFileSync(profilesFile, 'utf8');
    const wrong = await run(['login', '--secret', 'env:THE_SECRET', '--json'], { THE_SECRET: 'wrong' });
    expect(wrong.exitCode).toBe(4);
    expect(wrong.stderr).toMatch(/client/i);
    expect(readFileSync(profilesFile, 'utf8')).toBe(before);
  });

  itInSoak('names the flags that are missing', async () => {
    const { run } = await rig();
    const { exitCode, stderr } = await run(['login']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('--client-id, --org, --secret');
  });

  itInSoak('tells profiles apart', async () => {
    const { run, login } = await rig();
    await login('env:THE_SECRET');
    await run(
      ['login', 'other', '--client-id', 'def', '--org', orgId, '--sandbox', 'stage', '--secret', 'env:S'],
      {
        S: secret,
      },
    );
    const who = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await run(['whoami', '--json', ...args], { THE_SECRET: secret, S: secret })).stdout);
    expect(await who()).toMatchObject({ profile: 'other', sandbox: 'stage' });
    expect(await who('--profile', 'default')).toMatchObject({ profile: 'default', sandbox: 'dev' });
    const none = await run(['whoami', '--profile', 'nobody']);
    expect(none.exitCode).toBe(2);
    expect(none.stderr).toContain('Available: default, other');
    const out = await run(['logout']);
    expect(out.stdout).toContain('The current profile is now "default"');
  });

  it.each(
    byDay(
      [
        ['is no JSON', '{"version": 1,'],
        ['is of another time', '{"version": 9, "profiles": {}}'],
        ['lacks what a profile must have', '{"version": 1, "profiles": {"default": {"orgId": "x"}}}'],
      ],
      (_, at) => at === 0,
    ),
  )('says so when the file of profiles %s', async (_, content) => {
    const { profilesFile, run, login } = await rig();
    await login('env:THE_SECRET');
    writeFileSync(profilesFile, content);
    for (const args of [['whoami'], ['list', 'sandboxes'], ['login', '--client-id', 'x']]) {
      const { exitCode, stderr } = await run(args);
      expect(stderr).toContain('profiles.json');
      expect(exitCode).toBe(2);
    }
    expect(readFileSync(profilesFile, 'utf8')).toBe(content);
  });
});

function secretFile(permissions: number): string {
  const file = path.join(freshFolder(), 'secret');
  writeFileSync(file, `${secret}\n`, { mode: permissions });
  return `file:${file}`;
}

describe.concurrent('ferry login, at a terminal', () => {
  it('asks, tries the answers, and asks again when they are wrong', async () => {
    const { config, profilesFile, open } = await rig();
    const terminal = open(['login']);
    await terminal.waitFor('Client ID:');
    await terminal.press('abc\r', 'Organisation ID');
    await terminal.press('acme\r', 'is not an organisation');
    await terminal.press(`${orgId}\r`, 'Client secret (not shown):');
    await terminal.press('wrong\r', /Nothing was saved/);
    await terminal.waitFor('Client ID [abc]:');
    await terminal.press('\r', `[${orgId}]:`);
    terminal.write('\r');
    await terminal.waitFor((seen) => seen.match(/Client secret \(not shown\)/g)?.length === 2);
    await terminal.press(`${secret}\r`, 'Which sandbox should');
    // Production is never what Enter alone means.
    await terminal.waitFor('[dev] >');
    await terminal.press('stage\r', 'Where should the secret be stored?');
    await terminal.waitFor('This computer has no unlocked key store');
    await terminal.press('1\r', 'Signed in: profile "default"');
    expect(await terminal.waitForEnd()).toBe(0);
    expect(terminal.bytes()).not.toContain(secret);
    expect(everythingIn(config)).not.toContain(secret);
    expect(JSON.parse(readFileSync(profilesFile, 'utf8'))).toMatchObject({
      profiles: { default: { secret: 'prompt', sandbox: 'stage' } },
    });
  });

  it('ends with Ctrl+C and keeps nothing', async () => {
    const { profilesFile, open } = await rig();
    const terminal = open(['login']);
    await terminal.waitFor('Client ID:');
    terminal.write(keys.ctrl('c'));
    expect(await terminal.waitForEnd()).toBe(130);
    expect(existsSync(profilesFile)).toBe(false);
  });
});

describe.concurrent('a profile that keeps no secret', () => {
  it('asks for it, masked, before a command does anything', async () => {
    const { open, sign } = await rig();
    expect((await sign()).exitCode).toBe(0);
    const terminal = open(['list', 'sandboxes']);
    await terminal.waitFor('Client secret:');
    await terminal.press(`${secret}\r`, /stage/);
    expect(await terminal.waitForEnd()).toBe(0);
    expect(terminal.bytes()).not.toContain(secret);
  });

  itInSoak('says so where nobody can be asked', async () => {
    const { run, sign } = await rig();
    await sign();
    const { exitCode, stderr } = await run(['list', 'sandboxes']);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('The client secret is missing');
  });

  itInSoak('is asked in the wizard, again when it was wrong, and then everything works', async () => {
    const { open, sign } = await rig();
    await sign();
    const terminal = open([]);
    await terminal.waitFor('Where do you want to work?');
    await choose(terminal, 'Your organisation');
    await terminal.waitFor('Client secret of profile "default"');
    await terminal.press('wrong', '••••');
    await terminal.press(keys.enter, /sign-in|credential|secret/i);
    await terminal.waitFor(questions.sandbox);
    await terminal.waitFor('✗');
    await terminal.press(keys.escape, 'Client secret of profile');
    await terminal.press(secret, '••••');
    await terminal.press(keys.enter, /❯.*dev/);
    await beginIn(terminal, 'dev');
    await terminal.waitFor(questions.destination);
    await terminal.waitFor('Amazon S3');
    expect(terminal.bytes()).not.toContain(secret);
  });
});

describe.concurrent('a wizard', () => {
  it('names the profile that is not there, before anything is drawn', async () => {
    const { open } = await rig();
    const terminal = open(['--profile', 'nobody']);
    expect(await terminal.waitForEnd()).toBe(2);
    expect(terminal.bytes()).toContain('There are no profiles yet');
    expect(terminal.bytes()).not.toContain('[?1049h');
  });

  itInSoak('begins in the sandbox of the profile', async () => {
    const { config, run } = await rig();
    await run(['login', '--client-id', 'abc', '--org', orgId, '--sandbox', 'stage', '--secret', 'env:S'], {
      S: secret,
    });
    const terminal = openTerminal({ env: { FERRY_CONFIG_DIR: config, S: secret } });
    await terminal.waitFor('Where do you want to work?');
    await choose(terminal, 'Your organisation');
    await terminal.waitFor(/^❯.*stage/m);
  });
});

describe('signing in from within the wizard', () => {
  itInSoak('is the same login, and the wizard goes on signed in', async () => {
    const { config, profilesFile, open } = await rig();
    const terminal = open([]);
    await terminal.waitFor(/Your organisation +not signed in/);
    await choose(terminal, 'Your organisation');
    await terminal.waitFor(/Client ID:$/);
    // Esc comes back, from the middle too; nothing was kept.
    await terminal.press(keys.escape, 'Where do you want to work?');
    expect(existsSync(profilesFile)).toBe(false);
    await choose(terminal, 'Your organisation');
    await terminal.waitFor((seen) => seen.match(/Client ID:/g)?.length === 2);
    await terminal.press('abc\r', /Organisation ID[^\n]*:$/);
    await terminal.press(`${orgId}\r`, /Client secret \(not shown\):$/);
    await terminal.press(`${secret}\r`, /Which sandbox should be the default\?/);
    await terminal.press('dev\r', /Where should the secret be stored\?/);
    await terminal.press('prompt\r', questions.sandbox);
    // The secret was typed once: it is not asked for again.
    await terminal.waitFor(/❯ . dev/);
    await terminal.press(keys.enter, questions.home);
    await terminal.press(keys.enter, questions.destination);
    await terminal.waitFor('Oracle Eloqua');
    expect(terminal.bytes()).not.toContain('PLANTED');
    expect(terminal.screen()).toContain(orgId);
    expect(everythingIn(path.dirname(config))).not.toContain('PLANTED');
  });

  it('says what went wrong, and comes back where it was', async () => {
    const { open } = await rig();
    const terminal = open([], { FERRY_API_URL: 'nowhere' });
    await choose(terminal, 'Your organisation');
    await terminal.waitFor('You are not signed in. Enter goes back to ferry:');
    await terminal.press(keys.enter, 'Where do you want to work?');
    await terminal.waitFor('not set: FERRY_API_URL');
  });

  itInSoak('is the same in plain lines', async () => {
    const { open } = await rig();
    const terminal = open(['--accessible']);
    const talk = new Talk(terminal);
    await talk.answer(/Where do you want[^]*: $/, 'Your organisation');
    await talk.answer(/Client ID: /, 'abc');
    await talk.answer(/AdobeOrg\): /, orgId);
    await talk.answer(/Client secret \(not shown\): /, secret);
    await talk.answer(/default\?[^]*> /, 'dev');
    await talk.answer(/be stored\?[^]*> /, 'prompt');
    await talk.answer(/In which sandbox\?[^]*: $/, 'dev');
    await talk.answer(/What would you like[^]*: $/, '');
    await talk.hear(/Where should the segments go\?/);
    expect(terminal.bytes()).not.toContain('PLANTED');
  });
});
