import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mostAtOnce } from '../helpers/emulator.ts';
import { keys } from '../helpers/keys.ts';
import { countsOf } from '../helpers/runs.ts';
import { type Cluster, startCluster } from './postgres.ts';
import { examplePlan, planIn, put, queueRigs } from './queue-rig.ts';

let cluster: Cluster;
let rig: ReturnType<typeof queueRigs>;
beforeAll(async () => {
  cluster = await startCluster({ settings: ['max_connections=200'] });
  rig = queueRigs(cluster);
});
afterAll(() => cluster.stop('immediate'));

describe.concurrent('a queue that several machines work', () => {
  it('has a plan once, however often it is put in, and each is applied once', async () => {
    const { emulator, database, run, worker } = await rig(6);
    expect(await run(put)).toMatchObject({
      exitCode: 0,
      stdout: 'In the queue: 6 plans; 0 were there already. To work it: ferry work\n',
    });
    expect((await run(put)).stdout).toContain('0 plans; 6 were there already');
    const both = [worker(), worker()];
    expect(
      await Promise.all(both.map(({ ended }) => ended)),
      both.map(({ said }) => said()).join('\n'),
    ).toEqual([0, 0]);
    expect(countsOf(emulator)[3]).toBe(6);
    expect(JSON.parse((await run(['work', '--list', '--json'])).stdout)).toEqual([]);
    const history = JSON.parse((await run(['history', '--json'])).stdout) as { state: string }[];
    expect(history.map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'verified'));
    const tables = ['ferry_queue.job', 'ferry.permit', 'ferry.run', 'ferry.line', 'ferry.audit'];
    for (const table of tables) {
      const rows = await cluster.ask(database, `select to_jsonb(t)::text as said from ${table} as t`);
      expect(rows.length, table).toBeGreaterThan(0);
      expect(rows.filter(({ said }) => String(said).includes('PLANTED'))).toEqual([]);
    }
  });

  it('tells whoever put it in how each has ended', async () => {
    const { run, worker } = await rig(3);
    const following = run([...put, '--follow', '--json']);
    // One that ends with the queue might find it empty still.
    const working = worker([]);
    const { stdout, exitCode } = await following;
    const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { plans: { outcome: string }[] };
    expect(last.plans.map(({ outcome }) => outcome)).toEqual(['verified', 'verified', 'verified']);
    expect(exitCode).toBe(0);
    working.child.kill('SIGTERM');
    expect(await working.ended).toBe(130);
  });

  it('shows a person all of it as one table, a window of it and how many are how far', async () => {
    const { terminal, worker } = await rig(30, { latencyMs: 20 });
    const shown = terminal([...put, '--follow'], { columns: 80, rows: 16 });
    await shown.waitFor('0 of 30 verified, 0 under way, 30 waiting, 0 stuck');
    const rowsIn = (screen: string): number => screen.match(/^\S p\d+\.plan\.json /gm)?.length ?? 0;
    expect(rowsIn(shown.screen())).toBe(11);
    expect(shown.screen()).toContain('1–11 of 30');
    await shown.press(keys.end, '20–30 of 30');
    const working = worker(['--concurrency', '2']);
    await shown.waitFor(/\d+ of 30 verified, 2 under way/);
    await shown.press(keys.home, /^\S p\d+\.plan\.json +under way/m);
    // Who leaves the table leaves the queue to others.
    await shown.press(keys.escape, /\d+ of 30 verified$/m);
    expect(await shown.waitForEnd()).toBe(130);
    working.child.kill('SIGTERM');
    await working.ended;
  });

  it('gets back what a worker has not finished when it is asked to stop', async ({ expect }) => {
    const { emulator, run, worker } = await rig(4, { latencyMs: 300 });
    await run(put);
    const stopped = worker(['--concurrency', '2']);
    await expect.poll(() => countsOf(emulator)[0]).toBeGreaterThan(0);
    stopped.child.kill('SIGTERM');
    expect(await stopped.ended, stopped.said()).toBe(130);
    expect(countsOf(emulator)[3]).toBeLessThan(4);
    const other = worker();
    expect(await other.ended, other.said()).toBe(0);
    expect(countsOf(emulator)).toEqual([8, 4, 4, 4]);
  });

  it('has no more of an organisation worked at than it may, over all machines', async () => {
    const { database, run, worker } = await rig(8, { latencyMs: 100 });
    await run(put);
    // A busy machine keeps a worker silent for longer than the others would wait here.
    const patient = { FERRY_SILENT_MS: '20000' };
    const workers = [1, 2, 3].map(() => worker(['--drain', '--concurrency', '3', '--limit', '2'], patient));
    let most = 0;
    let isOver = false;
    const watching = (async () => {
      while (!isOver) {
        const [row] = await cluster.ask(
          database,
          'select count(*)::int as held from ferry.run where lease_until > clock_timestamp()',
        );
        most = Math.max(most, Number(row?.['held']));
      }
    })();
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    isOver = true;
    await watching;
    expect(most).toBe(2);
  });

  it('sends no more calls at once than an organisation may be asked, over all machines', async () => {
    const { emulator, run, worker } = await rig(4, { latencyMs: 100 });
    await run(put);
    // Without the limit each plan has seven under way when it begins.
    const workers = [1, 2].map(() => worker(['--drain', '--concurrency', '2', '--calls', '3']));
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0]);
    expect(mostAtOnce(emulator.requests)).toBe(3);
    expect(countsOf(emulator)).toEqual([8, 4, 4, 4]);
  });

  it('sends nothing while the platform wants a pause, whichever machine it told, and says so', async ({
    expect,
  }) => {
    const { emulator, run, worker } = await rig(6, { faults: ['POST /flows=429:6x1'] });
    await run(put);
    const workers = [1, 2].map(() => worker(['--drain', '--concurrency', '2']));
    const refused = () => emulator.requests.find(({ status }) => status === 429);
    await expect.poll(refused).toBeDefined();
    for (const { said } of workers)
      await expect.poll(said).toMatch(/The platform wants a pause until \d\d:\d\d:\d\d UTC\./);
    const listed = await run(['work', '--list', '--json']);
    expect(JSON.parse(listed.stdout)).toContainEqual(
      expect.objectContaining({ pausedUntil: expect.stringMatching(/Z$/) as string }),
    );
    expect(await Promise.all(workers.map(({ ended }) => ended))).toEqual([0, 0]);
    const toldMs = refused()?.endedMs ?? 0;
    // What was on its way is not called back.
    const sent = emulator.requests.filter(
      ({ startedMs }) => startedMs > toldMs + 1000 && startedMs < toldMs + 5800,
    );
    expect(sent).toEqual([]);
    expect(countsOf(emulator)).toEqual([12, 6, 6, 6]);
  });

  it('has a list that reads of each plan what it shows, and not the plan', async () => {
    const { putFirst, listed, run } = await rig(1);
    await putFirst();
    const shown = { run: expect.any(String) as string, file: 'p0.plan.json', by: 'tests' };
    expect(await listed(['file', 'run', 'by', 'nothing'])).toEqual([shown]);
    expect(JSON.parse((await run(['work', '--list', '--json'])).stdout)).toEqual([
      { ...shown, why: '', state: 'waiting' },
    ]);
  });

  it('keeps what cannot go on in a list, with its reason, until it is finished or put in anew', async () => {
    const { emulator, folder, run, worker } = await rig(1);
    planIn(folder, 0, {
      segments: [
        {
          ...examplePlan.segments[0],
          id: '00000000-0000-4000-8000-000000000000',
        },
      ],
    });
    await run(put);
    await worker().ended;
    const listed = await run(['work', '--list', '--json']);
    expect(listed.exitCode).toBe(6);
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { state: 'stuck', file: 'p0.plan.json', why: expect.stringMatching(/./) as string },
    ]);
    expect((await run(['work', '--list'])).stdout).toContain('stuck');
    planIn(folder, 0, {});
    expect((await run(put)).stdout).toContain('1 plan;');
    expect(await worker().ended).toBe(0);
    expect((await run(['work', '--list'])).exitCode).toBe(0);
    expect(countsOf(emulator)[3]).toBe(1);
  });

  it('keeps the plan that waits where its file says something else by now, and says so', async () => {
    const { folder, run } = await rig(1);
    await run(put);
    const before = JSON.parse((await run(['work', '--list', '--json'])).stdout) as { run: string }[];
    planIn(folder, 0, {
      attributes: { selected: ['personalEmail.address'], mandatory: [], deduplication: [] },
    });
    const again = await run(put);
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain(`p0.plan.json waits already as run ${before[0]?.run ?? ''}`);
    expect(JSON.parse((await run(['work', '--list', '--json'])).stdout)).toEqual(before);
  });

  it('takes nothing that only whoever applies a plan by itself can do', async () => {
    const { run } = await rig(1);
    for (const flag of ['--again', '--bind', '--fail-fast', '--confirm=x']) {
      const { exitCode, stderr } = await run([...put, flag]);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('does not go with --queue')]);
    }
    expect((await run(['apply', 'plans', '--yes', '--follow'])).exitCode).toBe(2);
    expect((await run(['work', '--list'])).stderr).toContain('Nothing waits');
  });

  it('leaves a plan to another worker where one lacks its secret, and says which', async ({ expect }) => {
    const { emulator, run, worker } = await rig(1);
    await run(put);
    const without = worker([], { S3_SECRET_KEY: '' });
    await expect.poll(without.said).toContain('S3_SECRET_KEY');
    without.child.kill('SIGTERM');
    await without.ended;
    expect(countsOf(emulator)).toEqual([0, 0, 0, 0]);
    expect(await worker().ended).toBe(0);
    expect(countsOf(emulator)[3]).toBe(1);
  });
});
