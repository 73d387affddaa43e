import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { runProgram } from '../helpers/program.ts';
import { orgId, signedInTo } from '../helpers/runs.ts';
import { byDay, itInSoak } from '../helpers/soak.ts';
import { cleanEnv, freshFolder, installedProgram } from '../helpers/terminal.ts';
import { clientOf } from '../helpers/answers.ts';
import { inOne } from '../../source/flow-service/paging.ts';

const now = Date.UTC(2026, 10, 26, 12, 30);

async function desk(options: EmulatorOptions = {}) {
  const emulator = await emulatorWith({
    flows: 6,
    segments: 200,
    runFaults: ['*=none'],
    now: () => now,
    ...options,
  });
  const env = {
    ...signedInTo(emulator.url),
    FERRY_SANDBOX: 'dev',
    FERRY_STATE_DIR: freshFolder(),
    FERRY_ROUND_MS: '50',
    TZ: 'Asia/Taipei',
  };
  return { emulator, env, run: (...args: string[]) => runProgram(args, { env }) };
}

describe('ferry runs', () => {
  it('names what failed and why, in the table and for programs', async () => {
    const { run } = await desk({ runFaults: ['Loyalty to SFTP=failed@2026-11-26T12'] });
    const { stdout, stderr, exitCode } = await run('runs', '--failed');
    expect(exitCode).toBe(0);
    const [head, ...rows] = stdout.split('\n\n')[0]?.split('\n') ?? [];
    expect(head).toContain('rows out');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toMatch(/12:\d\d UTC \(20:\d\d\) .* failed +Loyalty to SFTP › /);
    expect(stdout).toContain('Job aborted. (ACTIVATION_BATCH-0000-FAILED)');
    expect(stderr).toMatch(/\d+ runs?: \d+ failed, 0 running · \d+ calls/);
    const asJson = await run('runs', 'Loyalty to SFTP', '--since', '2h', '--failed', '--json');
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      isComplete: true,
      unread: [],
      runs: rows.map(() => ({ state: 'failed', flow: { name: 'Loyalty to SFTP' } })),
    });
    expect(asJson.stdout).not.toContain('rowsOut');
  });

  itInSoak('says which of them could not be read, and why', async () => {
    const { run } = await desk({ faults: ['GET /runs=403'] });
    const { stdout, stderr, exitCode } = await run('runs');
    expect([stdout, exitCode]).toEqual(['', 4]);
    expect(stderr).toContain('View Destinations');
    expect(stderr).toContain('Not all runs could be read');
    const asJson = await run('runs', '--json');
    expect(JSON.parse(asJson.stdout)).toMatchObject({ isComplete: false, runs: [] });
    expect(asJson.exitCode).toBe(4);
  });

  itInSoak('says where what is asked for is longer ago than runs are kept', async () => {
    const { run } = await desk({ keepRunsDays: 3 });
    const { stderr } = await run('runs', '--since', '10d');
    expect(stderr).toMatch(/The oldest run on the platform began 23 Nov 2026 \d\d:\d\d UTC/);
    expect((await run('runs', '--since', '2d')).stderr).not.toContain('oldest run');
  });

  it('tells what is left of a dataflow that is gone, and refuses a time it does not know', async () => {
    const { run } = await desk();
    const gone = await run('runs', 'ffffffff-ffff-4fff-afff-ffffffffffff');
    expect(gone.exitCode).toBe(0);
    expect(gone.stdout).toContain('No run has begun since');
    expect(gone.stderr).toContain('Dataflow ffffffff-ffff-4fff-afff-ffffffffffff no longer exists');
    expect(await run('runs', '--since', 'yesterday')).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it.each(
    byDay<[string, string[], number]>(
      [
        ['good', ['*=none'], 0],
        ['failed', ['*=failed'], 6],
      ],
      (_, at) => at === 1,
    ),
  )('follows a dataflow to its end: %s', async (outcome, runFaults, code) => {
    // Of what is under way at the start, all has ended at the next round.
    let at = Date.UTC(2026, 10, 26, 12, 8);
    const { run, emulator } = await desk({ runFaults, now: () => at });
    const following = run('runs', 'Loyalty to SFTP', '--follow', '--json');
    await expect.poll(() => emulator.requests.some(({ path }) => path.endsWith('/runs'))).toBe(true);
    await emulator.idle();
    at += 60 * 60_000;
    const { stdout, exitCode } = await following;
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; state?: string; outcome?: string });
    expect(events[0]).toMatchObject({ kind: 'run', state: 'running' });
    expect(events.at(-1)).toMatchObject({ kind: 'end', outcome });
    expect(exitCode).toBe(code);
  });

  it.each(byDay(['terminal', 'reader', 'dataflow'] as const, (gone) => gone === 'terminal'))(
    'ends quietly where its %s is gone',
    async (gone) => {
      let at = Date.UTC(2026, 10, 26, gone === 'dataflow' ? 9 : 12, 8);
      const { env, emulator } = await desk({ now: () => at });
      const child = spawn(process.execPath, [installedProgram(), 'runs', 'Loyalty to SFTP', '--follow'], {
        cwd: freshFolder(),
        env: cleanEnv(env),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      const ended = new Promise((resolve) => child.once('close', resolve));
      const first = new Promise((resolve) => child.stdout.once('data', resolve));
      await first;
      if (gone === 'terminal') child.kill('SIGHUP');
      else if (gone === 'reader') {
        child.stdout.destroy();
        at += 60 * 60_000;
      } else {
        const client = clientOf(emulator.url, { orgId });
        const flows = await inOne(client.listFlows());
        await client.remove('flows', flows.find(({ name }) => name === 'Loyalty to SFTP')?.id ?? '');
      }
      // What ended before anybody could notice that nobody reads has ended well.
      expect({ terminal: [130], reader: [0, 130], dataflow: [7] }[gone]).toContain(await ended);
      if (gone === 'dataflow') expect(said).toContain('none of its runs will begin');
      // But for the clock, which is another here.
      else expect(said).toMatch(/^▲ The clock .*\n$/);
    },
  );
});
