import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emulatorWith, nobody } from '../helpers/emulator.ts';
import { runProgram } from '../helpers/program.ts';
import { countsOf, exactlyOne, futurePlan, none, signedInTo } from '../helpers/runs.ts';
import { freshFolder, openTerminal } from '../helpers/terminal.ts';
import { choose } from '../helpers/walk.ts';

function rig(url: string) {
  const folder = freshFolder();
  const state = path.join(folder, 'state');
  const plan = path.join(folder, 'a.plan.json');
  writeFileSync(plan, JSON.stringify({ ...futurePlan, sandbox: 'dev' }));
  const env = {
    ...signedInTo(url),
    FERRY_SANDBOX: 'dev',
    FERRY_DOUBT_MS: '50',
    CAMPAIGN_S3_SECRET: 'A'.repeat(40),
    FERRY_STATE_DIR: state,
  };
  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    runProgram(args, { env: { ...env, ...more }, cwd: folder });
  return { folder, state, plan, env, run };
}

/** What lies where runs are kept. */
const leftIn = (state: string): string[] =>
  ['runs', 'open'].flatMap((name) =>
    existsSync(path.join(state, name)) ? readdirSync(path.join(state, name)) : [],
  );

describe.concurrent('a run that has sent nothing', () => {
  it.each<[string, string[], string[], number]>([
    ['only reads', ['--read-only'], [], 2],
    ['cannot read', ['--read-only'], ['GET /**=401x99'], 4],
  ])('leaves nothing to finish: it %s', async (_, flags, faults, code) => {
    const emulator = await emulatorWith({ segments: 20, faults });
    const { run, plan, state } = rig(emulator.url);
    const { exitCode, stderr } = await run(['apply', plan, '--yes', ...flags]);
    expect([exitCode, stderr]).toEqual([code, expect.not.stringContaining('ferry resume')]);
    expect(leftIn(state)).toEqual([]);
    expect(countsOf(emulator)).toEqual(none);
    expect((await run(['resume', '--yes'])).stderr).toContain('there is no unfinished run');
    expect((await run(['history', '--json'])).stdout.trim()).toBe('[]');
  });

  it('leaves nothing to finish: it reaches nobody', async () => {
    const { run, plan, state } = rig(nobody.url);
    for (const more of [[], ['--json']]) {
      const { exitCode, stdout, stderr } = await run(['apply', plan, '--yes', ...more]);
      expect([exitCode, stdout + stderr]).toEqual([7, expect.not.stringContaining('ferry resume')]);
      expect(leftIn(state)).toEqual([]);
    }
  });

  it('leaves what an earlier attempt began as it was', async () => {
    const emulator = await emulatorWith({ segments: 20 });
    const { run, plan, state } = rig(emulator.url);
    await run(['apply', plan, '--yes'], { FERRY_DIE_AT: 'answered:target-connection' });
    const before = leftIn(state);
    expect(before).toHaveLength(2);
    expect((await run(['resume', '--yes', '--read-only'])).exitCode).toBe(2);
    expect(leftIn(state)).toEqual(before);
    expect((await run(['resume', '--yes'])).exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });
});

it('a run in production is finished only by whoever names the sandbox', async () => {
  const emulator = await emulatorWith({ segments: 20 });
  const { run, plan, state, env, folder } = rig(emulator.url);
  writeFileSync(plan, JSON.stringify({ ...futurePlan, sandbox: 'prod' }));
  await run(['apply', plan, '--yes'], { FERRY_DIE_AT: 'answered:target-connection' });
  const [name = ''] = readdirSync(path.join(state, 'open'));
  const before = emulator.requests.filter(({ method }) => method !== 'GET').length;

  const unasked = await run(['resume']);
  expect([unasked.exitCode, unasked.stderr]).toEqual([3, expect.stringContaining('--yes')]);
  expect(unasked.stderr).toContain('prod');

  for (const args of [[], ['--accessible'], ['--yes']]) {
    const terminal = openTerminal({ args, env, cwd: folder, columns: 100 });
    await terminal.waitFor(new RegExp(`Finish run ${name}[^]*PRODUCTION,? +prod`));
    if (args.includes('--accessible')) terminal.write('1\r');
    else await choose(terminal, 'Finish run');
    await terminal.waitFor('Type its name to continue:');
    await terminal.press('yes\r', 'Nothing has changed.');
    expect(await terminal.waitForEnd()).toBe(130);
  }
  expect(emulator.requests.filter(({ method }) => method !== 'GET')).toHaveLength(before);

  const terminal = openTerminal({ args: ['resume'], env, cwd: folder });
  await terminal.waitFor('Type its name to continue:');
  terminal.write('prod\r');
  expect(await terminal.waitForEnd()).toBe(0);
  expect(countsOf(emulator)).toEqual(exactlyOne);
});

describe.concurrent('state that cannot be read', () => {
  const ways: [string, (state: string) => void, string][] = [
    ['is a file', (state) => writeFileSync(state, ''), 'needs a folder'],
    ['is a link to nothing', (state) => symlinkSync('/nonexistent/x', state), 'leads nowhere'],
    ['is a link to itself', (state) => symlinkSync(state, state), 'leads to itself'],
    [
      'has files where folders belong',
      (state) => {
        mkdirSync(state);
        for (const name of ['runs', 'open', 'drafts']) writeFileSync(path.join(state, name), '');
      },
      'needs a folder',
    ],
    [
      'has links to nothing in it',
      (state) => {
        mkdirSync(state);
        for (const name of ['runs', 'open', 'drafts']) symlinkSync('/nonexistent/x', path.join(state, name));
      },
      'leads nowhere',
    ],
  ];

  it.each(ways)('is not "nothing yet": it %s', async (_, prepare, why) => {
    const emulator = await emulatorWith({ segments: 20 });
    const { run, state, env, folder } = rig(emulator.url);
    prepare(state);
    const asked = [
      ['history'],
      ['history', '--json'],
      ['resume', '--yes'],
      ['rollback', '--yes'],
      ['history', '--prune', '1'],
    ];
    for (const args of asked) {
      const { exitCode, stdout, stderr } = await run(args);
      expect([args, exitCode, stderr]).toEqual([args, 2, expect.stringContaining(why)]);
      expect(stderr).toContain(state);
      expect(stderr).toContain('FERRY_STATE_DIR');
      if (args.includes('--json')) expect(stdout).toContain('stateUnreadable');
    }
    for (const args of [[], ['--accessible']]) {
      const terminal = openTerminal({ args, env, cwd: folder, columns: 120 });
      expect(await terminal.waitForEnd()).toBe(2);
      expect(terminal.screen()).toContain('cannot be read');
    }
  });

  it('is not "nothing yet" where one journal cannot be read, and the others are told', async () => {
    const emulator = await emulatorWith({ segments: 20 });
    const { run, state, plan } = rig(emulator.url);
    await run(['apply', plan, '--yes']);
    const [sound = ''] = readdirSync(path.join(state, 'runs'));
    mkdirSync(path.join(state, 'runs', 'ffffffff', 'journal.ndjson'), { recursive: true });
    const { exitCode, stdout, stderr } = await run(['history']);
    expect(exitCode).toBe(2);
    expect(stdout).toContain(sound);
    expect(stdout).toMatch(/ffffffff +cannot be read \(EISDIR\)/);
    expect(stderr).toContain(path.join(state, 'runs', 'ffffffff'));
    expect((await run(['resume', 'ffffffff', '--yes'])).exitCode).toBe(2);
  });

  const harms: [string, (state: string, name: string) => string, string][] = [
    [
      'the only line of a journal was altered',
      (state, name) => {
        const file = path.join(state, 'runs', name, 'journal.ndjson');
        writeFileSync(file, `${readFileSync(file, 'utf8').split('\n')[0]?.replace('"kind"', '"kinds"')}\n`);
        return file;
      },
      'journalDamaged',
    ],
    [
      'the journal is gone',
      (state, name) => {
        renameSync(path.join(state, 'runs', name), path.join(state, name));
        return path.join(state, 'open', name);
      },
      'stateUnreadable',
    ],
  ];
  it.each(harms)('is not "nothing yet" where %s', async (_, harm, kind) => {
    const emulator = await emulatorWith({ segments: 20 });
    const { run, state, plan, env, folder } = rig(emulator.url);
    await run(['apply', plan, '--yes'], { FERRY_DIE_AT: 'answered:target-connection' });
    const [name = ''] = readdirSync(path.join(state, 'open'));
    const file = harm(state, name);
    const asked = [['history'], ['resume', '--yes'], ['rollback', '--yes'], ['resume', name, '--yes']];
    for (const args of asked) {
      const { exitCode, stderr } = await run(args);
      expect([args, exitCode, stderr]).toEqual([args, 2, expect.stringContaining(file)]);
      expect(stderr).toContain('"ferry run"');
    }
    expect((await run(['history'])).stdout).toContain(name);
    expect((await run(['rollback', '--yes', '--json'])).stdout).toContain(kind);
    expect(readdirSync(path.join(state, 'open'))).toEqual([name]);
    const terminal = openTerminal({ args: [], env, cwd: folder, columns: 200 });
    await terminal.waitFor(/cannot be read/);
    terminal.kill('SIGKILL');
    await terminal.waitForEnd();
  });

  it('is a row of the welcome page where a draft cannot be read', async () => {
    const emulator = await emulatorWith({ segments: 20 });
    const { state, env, folder } = rig(emulator.url);
    mkdirSync(path.join(state, 'drafts', 'x.draft.json'), { recursive: true });
    const terminal = openTerminal({ args: [], env, cwd: folder, columns: 200 });
    await terminal.waitFor(/x\.draft\.json cannot be read/);
    terminal.kill('SIGKILL');
    await terminal.waitForEnd();
  });
});

describe.concurrent('what cannot be kept', () => {
  it('changes nothing of what was done: the audit log is on a full disk', async () => {
    const emulator = await emulatorWith({ segments: 20 });
    const { run, state, plan } = rig(emulator.url);
    mkdirSync(state);
    symlinkSync('/dev/full', path.join(state, 'audit.ndjson'));
    const { exitCode, stdout, stderr } = await run(['apply', plan, '--yes']);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('ENOSPC')]);
    expect(stdout).toContain('Verified');
    expect(stderr).not.toContain('wrong inside');
  });

  it('is told of the answers of a wizard', async () => {
    const folder = freshFolder();
    const state = path.join(folder, 'state');
    mkdirSync(state);
    const terminal = openTerminal({ args: ['--emulator'], env: { FERRY_STATE_DIR: state }, cwd: folder });
    await terminal.waitFor('Staging');
    // From now on there is a file where drafts would lie.
    writeFileSync(path.join(state, 'drafts'), '');
    await terminal.press('\r', 'Activate segments');
    await terminal.press('\r', 'Azure Blob');
    await choose(terminal, 'Adobe Campaign');
    await terminal.waitFor('How do you sign in');
    await terminal.press('\u0003', 'Leave?');
    terminal.write('y');
    expect(await terminal.waitForEnd()).toBe(130);
    expect(terminal.screen().replaceAll(/\s+/g, ' ')).toMatch(/could not be saved in .*drafts/);
  });
});

describe.concurrent('a folder of plans', () => {
  it('is judged whole, whatever is wrong with one of them', async () => {
    const emulator = await emulatorWith({ segments: 20 });
    const { run, folder, plan } = rig(emulator.url);
    const plans = path.join(folder, 'plans');
    mkdirSync(plans);
    renameSync(plan, path.join(plans, 'z-sound.plan.json'));
    const sound = readFileSync(path.join(plans, 'z-sound.plan.json'), 'utf8');
    const bad = { 'a-repeated': sound.replace('{', '{"name":"x",'), 'b-torn': sound.slice(9), 'c-empty': '' };
    for (const [name, text] of Object.entries(bad))
      writeFileSync(path.join(plans, `${name}.plan.json`), text);
    mkdirSync(path.join(plans, 'd-folder.plan.json'));
    writeFileSync(path.join(plans, 'e-number.plan.json'), sound.replace(/"env:[^"]*"/, '0'));
    symlinkSync('/nonexistent', path.join(plans, 'f-link.plan.json'));
    const { exitCode, stderr } = await run(['apply', plans, '--yes']);
    expect(exitCode).toBe(2);
    for (const name of ['a-repeated', 'b-torn', 'c-empty', 'd-folder', 'e-number', 'f-link'])
      expect(stderr).toContain(name);
    expect(stderr).not.toContain('z-sound');
    expect(emulator.requests).toEqual([]);
  });
});

describe.concurrent('the signal that opens Node’s inspector', () => {
  it('opens nothing', async () => {
    const folder = freshFolder();
    const terminal = openTerminal({ args: ['--emulator'], env: {}, cwd: folder });
    await terminal.waitFor('In which sandbox');
    terminal.kill('SIGUSR1');
    await terminal.press('?', /Esc|keys/);
    const sockets = ['tcp', 'tcp6'].map((one) => readFileSync(`/proc/net/${one}`, 'utf8')).join('');
    expect(terminal.bytes()).not.toContain('Debugger');
    // Port 9229 is 240D.
    expect(sockets).not.toMatch(/:240D [0-9A-F]+:0000 0A/);
    terminal.kill('SIGKILL');
    await terminal.waitForEnd();
  });
});

describe.concurrent('a place where nothing can be kept', () => {
  const inProc = existsSync('/proc/self') ? ['/proc/nowhere', '/proc/nowhere/deeper', '/proc'] : [];
  it.each([...inProc, 'a file', 'below a file', 'a link to nothing', '/dev/null'])(
    'ends an apply before anything is sent, and says so: %s',
    async (place) => {
      const emulator = await emulatorWith({ segments: 20 });
      const { run, plan, folder } = rig(emulator.url);
      writeFileSync(path.join(folder, 'file'), '');
      symlinkSync(path.join(folder, 'gone'), path.join(folder, 'link'));
      const places: Record<string, string> = {
        'a file': path.join(folder, 'file'),
        'below a file': path.join(folder, 'file', 'state'),
        'a link to nothing': path.join(folder, 'link'),
      };
      const env = { FERRY_STATE_DIR: places[place] ?? place };
      const applied = await run(['apply', plan, '--yes', '--again', '--no-input'], env);
      expect(applied.stderr).toMatch(
        /The log of this run cannot be written \((ENOENT|ENOTDIR|EACCES|EPERM)\)/,
      );
      expect([applied.exitCode, countsOf(emulator)]).toEqual([2, none]);
      const diff = await run(['diff', plan], env);
      expect([diff.exitCode, diff.stderr]).toEqual([6, '']);
      expect([0, 2]).toContain((await run(['history'], env)).exitCode);
    },
  );

  it.each(inProc)('keeps no command from its end: %s', async (nowhere) => {
    const { run } = rig('http://127.0.0.1:9');
    const { exitCode } = await run(['--version'], { XDG_CACHE_HOME: nowhere, HOME: nowhere });
    expect(exitCode).toBe(0);
  });
});
