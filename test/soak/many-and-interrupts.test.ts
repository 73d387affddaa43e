import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import { holdFirst } from '../helpers/held.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { runProgram } from '../helpers/program.ts';
import { countsOf, exactlyOne, none, orgId, signedInTo } from '../helpers/runs.ts';
import { installedProgram, cleanEnv, freshFolder, projectRoot } from '../helpers/terminal.ts';

const examples = path.join(projectRoot, 'examples', 'plans');

async function rig(options: EmulatorOptions = {}) {
  const emulator = await emulatorWith({ segments: 20, patchDelayMs: 20, ...options });
  const folder = freshFolder();
  const env: Record<string, string> = {
    FERRY_STATE_DIR: path.join(folder, 'state'),
    ...signedInTo(emulator.url),
    FERRY_SANDBOX: 'dev',
    FERRY_DOUBT_MS: '100',
    S3_SECRET_KEY: 'A'.repeat(40),
    SFTP_PASSWORD: 'hush',
  };
  const plans = path.join(folder, 'plans');
  mkdirSync(plans);
  const put = (name: string, as = name): void =>
    copyFileSync(path.join(examples, name), path.join(plans, as));
  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    runProgram(args, { env: { ...env, ...more }, cwd: folder });
  return { emulator, folder, env, plans, put, run };
}

/** A program that a test may interrupt. */
function begin(args: readonly string[], folder: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [installedProgram(), ...args], {
    cwd: folder,
    env: cleanEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return {
    child,
    stderr: () => stderr,
    /** Waits until it is said on stderr. */
    hear: (wanted: string) => vi.waitFor(() => expect(stderr).toContain(wanted), 20_000),
    ended: new Promise((resolve) => child.once('close', resolve)),
  };
}

const beginApply = (folder: string, env: Record<string, string>) =>
  begin(['apply', path.join(examples, 's3.plan.json'), '--yes'], folder, env);

describe.concurrent('a folder of plans', () => {
  it('is applied with a journal each and a summary', async () => {
    const { emulator, run, put } = await rig();
    for (const name of ['s3', 's3-cloud-storage', 'sftp', 'sftp-cloud-storage']) put(`${name}.plan.json`);
    const { exitCode, stdout, stderr } = await run(['apply', 'plans', '--yes']);
    expect(stderr).toContain('4/4');
    expect(stdout).toContain('4 of 4 verified');
    expect(exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual([8, 4, 4, 4]);
    const history = JSON.parse((await run(['history', '--json'])).stdout) as { state: string }[];
    expect(history.map(({ state }) => state)).toEqual(['verified', 'verified', 'verified', 'verified']);
  });

  it.each<[string, string[]]>([
    ['a plan', ['apply', 'plans/s3.plan.json', '--yes']],
    ['a folder', ['apply', 'plans', '--yes']],
  ])('%s says which try is looked after, and for how long', async (what, args) => {
    const { run, put, emulator } = await rig({ faults: ['POST /flows=503x2'] });
    put('s3.plan.json');
    const { exitCode, stderr } = await run(args, { FERRY_DOUBT_MS: '3000' });
    const looking =
      /Dataflow: busy \(503\); checking whether it took effect, [\d.]+ s at most · try (\d) of 3/g;
    expect([...stderr.matchAll(looking)].map(([, attempt]) => attempt)).toEqual(['1', '2']);
    expect(stderr.includes('s3.plan.json: Dataflow: busy (503);')).toBe(what === 'a folder');
    expect(exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });

  it('goes on past a plan that fails, and names it', async () => {
    const { run, put } = await rig({ faults: ['POST /flows=400x1'] });
    for (const name of ['s3', 's3-cloud-storage', 'sftp']) put(`${name}.plan.json`);
    const { exitCode, stdout } = await run(['apply', 'plans', '--yes', '--json']);
    const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { plans: { outcome: string }[] };
    expect(summary.plans.map(({ outcome }) => outcome).sort()).toEqual(['failed', 'verified', 'verified']);
    expect(exitCode).toBe(2);
  });

  it('stops at the first failure when asked to', async () => {
    const { run, put } = await rig({ faults: ['POST /connections=403'] });
    for (let number = 1; number <= 8; number++) put('s3.plan.json', `${number}.plan.json`);
    const { exitCode, stdout } = await run(['apply', 'plans', '--yes', '--again', '--fail-fast', '--json']);
    const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { plans: { outcome: string }[] };
    expect(summary.plans.filter(({ outcome }) => outcome === 'notBegun').length).toBeGreaterThanOrEqual(4);
    expect(exitCode).toBe(4);
  });

  it('is read whole before anything is written', async () => {
    const { emulator, run, put, plans } = await rig();
    put('s3.plan.json');
    writeFileSync(path.join(plans, 'z.plan.json'), '{}');
    const { exitCode, stderr } = await run(['apply', 'plans', '--yes']);
    expect(stderr).toContain('z.plan.json');
    expect(exitCode).toBe(2);
    expect(emulator.requests).toEqual([]);
  });

  it.each([
    [['apply', 'plans'], 3, '--yes'],
    [['apply', 'plans', '--yes'], 2, 'no *.plan.json'],
  ])('ferry %j ends with %i', async (args, code, sentence) => {
    const { run, put } = await rig();
    if (code === 3) put('s3.plan.json');
    const { exitCode, stderr } = await run(args);
    expect(stderr).toContain(sentence);
    expect(exitCode).toBe(code);
  });
});

describe.concurrent('250 segments and 50 attributes', () => {
  it('go in one patch and are verified', async () => {
    const { emulator, folder, run, env } = await rig({ segments: 300 });
    const headers = {
      authorization: 'Bearer t',
      'x-api-key': 'k',
      'x-gw-ims-org-id': orgId,
      'x-sandbox-name': 'dev',
    };
    const ids: { id: string; name: string }[] = [];
    for (let start = 0; start < 300; start += 100) {
      const answer = await fetch(`${emulator.url}/data/core/ups/audiences?start=${start}&limit=100`, {
        headers,
      });
      ids.push(...((await answer.json()) as { children: { id: string; name: string }[] }).children);
    }
    const listed = await run(['list', 'attributes', '--json']);
    const paths = (JSON.parse(listed.stdout) as { path: string }[]).map((one) => one.path);
    const plan = JSON.parse(readFileSync(path.join(examples, 's3.plan.json'), 'utf8')) as Plan;
    const [model] = plan.segments;
    if (!model) throw new Error('no segment');
    plan.segments = ids.slice(0, 250).map(({ id, name }) => ({ ...model, id, name }));
    plan.attributes = { selected: paths.slice(0, 50), mandatory: [], deduplication: [] };
    writeFileSync(path.join(folder, 'large.plan.json'), JSON.stringify(plan));
    expect(env['FERRY_API_URL']).toBe(emulator.url);
    const { exitCode, stdout } = await run(['apply', 'large.plan.json', '--yes']);
    expect(stdout).toContain('250 of 250');
    expect(stdout).toContain('50 of 50');
    expect(exitCode).toBe(0);
    // An etag that went stale while the machine was busy is read again; what is taken in is one patch.
    const patches = emulator.requests.filter(({ method }) => method === 'PATCH');
    expect(patches.filter(({ status }) => status < 300)).toHaveLength(1);
  });
});

describe.concurrent('an apply that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s finishes the call under way and names the way to go on',
    async (signal) => {
      const held = holdFirst('POST', /\/flows$/);
      const { emulator, folder, env } = await rig({ hold: held.hold });
      const { child, stderr, hear, ended } = beginApply(folder, env);
      await held.reached;
      child.kill(signal);
      if (signal !== 'SIGHUP') await hear('Finishing the current request');
      // A shell passes it on once more.
      else child.kill(signal);
      held.release();
      expect(await ended).toBe(130);
      expect(stderr()).toMatch(/ferry resume [0-9a-f]{8}/);
      expect(countsOf(emulator)).toEqual(exactlyOne);
      const resumed = await runProgram(['resume', '--yes'], { env, cwd: folder });
      expect(resumed.exitCode).toBe(0);
      expect(countsOf(emulator)).toEqual(exactlyOne);
    },
  );

  it('leaves at once on the second Ctrl+C, and is resumed', async () => {
    const held = holdFirst('POST', /\/flows$/);
    const { emulator, folder, env } = await rig({ hold: held.hold });
    const { child, hear, ended } = beginApply(folder, env);
    await held.reached;
    child.kill('SIGINT');
    await hear('Press Ctrl+C again to abandon it');
    child.kill('SIGINT');
    // It is never answered.
    expect(await ended).toBe(130);
    const history = JSON.parse((await runProgram(['history', '--json'], { env, cwd: folder })).stdout) as {
      doubtful: string[];
    }[];
    expect(history[0]?.doubtful).toEqual(['flow']);
    expect(countsOf(emulator)[3]).toBe(0);
    const looks = () =>
      emulator.requests.filter(({ method, path: at }) => method === 'GET' && at.endsWith('/flows'));
    const before = looks().length;
    // It is acted upon while the resume looks for it.
    const resuming = runProgram(['resume', '--yes'], {
      env: { ...env, FERRY_DOUBT_MS: '20000' },
      cwd: folder,
    });
    await vi.waitFor(() => expect(looks().length).toBeGreaterThan(before), 20_000);
    held.release();
    const resumed = await resuming;
    expect(resumed.stderr).toContain('may have taken effect; looking for it');
    expect(resumed.exitCode).toBe(0);
    await emulator.idle();
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });

  it('by a reader that has gone ends with its journal, and is resumed', async () => {
    const { emulator, folder, env } = await rig({ latencyMs: 60 });
    const { child } = beginApply(folder, env);
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(130);
    const resumed = await runProgram(['resume', '--yes'], { env, cwd: folder });
    expect(resumed.exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });

  it('leaves a rollback at once on the second Ctrl+C, which is done when it is begun again', async () => {
    const held = holdFirst('DELETE', /\/targetConnections\//);
    const { emulator, folder, env, run } = await rig({ hold: held.hold });
    await run(['apply', path.join(examples, 's3.plan.json'), '--yes'], { FERRY_DIE_AT: 'answered:flow' });
    const { child, hear, ended } = begin(['rollback', '--yes'], folder, env);
    await held.reached;
    child.kill('SIGINT');
    await hear('Press Ctrl+C again to abandon it');
    child.kill('SIGINT');
    // It is never answered.
    expect(await ended).toBe(130);
    expect(countsOf(emulator)).toEqual([2, 1, 1, 0]);
    expect((await run(['rollback', '--yes'])).exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual(none);
  });
});

describe.concurrent('ferry history', () => {
  it('forgets by age, on request, and never what is unfinished', async () => {
    const { run, folder } = await rig();
    const plan = path.join(examples, 's3.plan.json');
    await run(['apply', plan, '--yes']);
    await run(['apply', plan, '--yes', '--again'], { FERRY_DIE_AT: 'answered:flow' });
    const transcripts = path.join(folder, 'state', 'transcripts');
    mkdirSync(transcripts);
    for (const name of ['old.md', 'new.md', 'mine.txt']) writeFileSync(path.join(transcripts, name), '');
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
    utimesSync(path.join(transcripts, 'old.md'), twoDaysAgo, twoDaysAgo);
    expect((await run(['history', '--prune', '1'])).stdout).toContain('0 runs, 0 drafts, 1 transcript');
    expect(readdirSync(transcripts).sort()).toEqual(['mine.txt', 'new.md']);
    expect((await run(['history', '--prune', '0'])).stdout).toContain('1 run, 0 drafts, 1 transcript');
    expect(readdirSync(transcripts)).toEqual(['mine.txt']);
    expect(readdirSync(path.join(folder, 'state', 'runs'))).toHaveLength(1);
    expect((await run(['history', '--prune', 'x'])).exitCode).toBe(2);
  });
});
