import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { quietEmulator } from '../helpers/emulator.ts';
import { runProgram } from '../helpers/program.ts';
import { signedInTo } from '../helpers/runs.ts';
import { freshFolder } from '../helpers/terminal.ts';
import { byDay, itInSoak } from '../helpers/soak.ts';

async function desk(...platform: Parameters<typeof quietEmulator>) {
  const { clock, emulator } = await quietEmulator(...platform);
  const state = freshFolder();
  const env = {
    ...signedInTo(emulator.url),
    FERRY_SANDBOX: 'dev',
    FERRY_STATE_DIR: state,
    FERRY_ROUND_MS: '50',
    TZ: 'UTC',
  };
  const writes = (): string[] =>
    emulator.requests.filter(({ method }) => method !== 'GET').map((one) => `${one.method} ${one.status}`);
  const inEnv =
    (more: Record<string, string>) =>
    (...args: string[]) =>
      runProgram(args, { env: { ...env, ...more } });
  return { clock, emulator, state, writes, run: Object.assign(inEnv({}), { with: inEnv }) };
}

describe('ferry export', () => {
  it('exports all that can be, eighty a call, and says how to see how it ends', async () => {
    const { run, writes, state } = await desk();
    const dry = await run('export', 'Nightly all', '--dry-run');
    expect(dry.exitCode).toBe(0);
    expect(dry.stdout).toContain('"activationInfo"');
    expect(await run('export', 'Nightly all')).toMatchObject({ exitCode: 3 });
    expect(await run('export', 'Nightly all', '--yes', '--read-only')).toMatchObject({ exitCode: 2 });
    expect(writes()).toEqual([]);
    const { stdout, exitCode } = await run('export', 'Nightly all', '--yes', '--json');
    expect(exitCode).toBe(0);
    expect(writes()).toEqual(['POST 200', 'POST 200']);
    const said = JSON.parse(stdout) as { run: string; started: { run: string }[]; left: unknown[] };
    expect([said.started.length, said.left]).toEqual([118, []]);
    expect(new Set(said.started.map((one) => one.run)).size).toBe(118);
    const audit = readFileSync(path.join(state, 'audit.ndjson'), 'utf8').trimEnd().split('\n');
    expect(audit.map((one) => JSON.parse(one) as object)).toMatchObject([
      { act: 'export', run: said.run, result: 'verified', flows: [{ name: 'Nightly all' }] },
    ]);
    const history = JSON.parse((await run('history', '--json')).stdout) as object[];
    expect(history).toMatchObject([
      { run: said.run, state: 'verified', errand: 'export', plan: 'Nightly all' },
    ]);
  });

  it.each(
    byDay<[string, string[], RegExp]>(
      [
        ['a dataflow that is paused', ['Winback test'], /the dataflow is paused/],
        [
          'a segment that it does not export',
          ['Nightly all', '--segment', 'nobody'],
          /nobody: the dataflow does not export it/,
        ],
        ['a dataflow that is not there', ['Nothing'], /Nothing/],
      ],
      (_, at) => at % 3 === 0,
    ),
  )('sends nothing for %s', async (_, args, said) => {
    const { run, writes } = await desk();
    const { stderr, exitCode } = await run('export', ...args, '--yes');
    expect([exitCode, writes()]).toEqual([2, []]);
    expect(stderr).toMatch(said);
  });

  itInSoak('exports several at once, and goes on with what was broken off without asking twice', async () => {
    const { run, writes, clock } = await desk();
    const killed = await run.with({ FERRY_DIE_AT: 'answered:export' })(
      ...['export', 'CRM weekly', 'Loyalty to SFTP', '--yes', '--json'],
    );
    expect(killed.exitCode).toBe(128);
    expect(writes()).toEqual(['POST 200']);
    clock.ms += 20 * 60_000;
    const { stdout, exitCode } = await run('resume', '--yes', '--json');
    expect(writes()).toEqual(['POST 200']);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('"outcome":"good"')]);
  });

  itInSoak('waits until it is possible where that is wanted', async () => {
    const { run, writes, clock, emulator } = await desk({}, Date.UTC(2026, 10, 26, 12, 9));
    const exporting = run('export', 'Nightly all', '--yes', '--when-possible');
    await expect
      .poll(() => emulator.requests.filter(({ path: asked }) => asked.endsWith('/runs')).length)
      .toBeGreaterThan(3);
    expect(writes()).toEqual([]);
    clock.ms += 3_600_000;
    const { stderr, exitCode } = await exporting;
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/Waiting until \d+ segments? can be exported/);
    expect(writes()).toEqual(['POST 200', 'POST 200']);
  });

  itInSoak('names what is being exported, and follows that instead', async () => {
    const { run, writes, clock, emulator } = await desk({}, Date.UTC(2026, 10, 26, 12, 9));
    const name = 'Nightly all';
    const running = await run('runs', name, '--since', '1h', '--json');
    const open = (
      JSON.parse(running.stdout) as { runs: { state: string; segments: { id: string }[] }[] }
    ).runs.find(({ state }) => state === 'running');
    const id = open?.segments[0]?.id ?? '';
    const refused = await run('export', name, '--yes', '--segment', id);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/it is being exported, by run [\w-]+/);
    const before = writes().length;
    const seen = emulator.requests.length;
    const following = run('export', name, '--yes', '--segment', id, '--follow');
    await expect
      .poll(() => emulator.requests.slice(seen).some(({ query }) => query.includes('property=id%3D%3D')))
      .toBe(true);
    await emulator.idle();
    clock.ms += 3_600_000;
    const { stdout, exitCode } = await following;
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Ended: good.');
    expect(writes()).toHaveLength(before);
  });
});
