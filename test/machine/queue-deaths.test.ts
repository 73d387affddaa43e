import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsOf, exactlyOne, killPoints, killSteps, printTable } from '../helpers/runs.ts';
import { endWithTest } from '../helpers/scope.ts';
import { freshFolder } from '../helpers/terminal.ts';
import { cuttingProxy } from './cutting.ts';
import { type Cluster, startCluster } from './postgres.ts';
import { put, queueRigs } from './queue-rig.ts';

let cluster: Cluster;
let rig: ReturnType<typeof queueRigs>;
beforeAll(async () => {
  cluster = await startCluster({ settings: ['max_connections=200'] });
  rig = queueRigs(cluster);
});
afterAll(() => cluster.stop('immediate'));

const outcomes = new Map<string, string>();

describe.concurrent.each(killSteps)('a worker that is killed at %s', (step) => {
  it.each(killPoints)('%s: another one goes on, and there is exactly one of each', async (point) => {
    const { emulator, putFirst, worker } = await rig(1);
    await putFirst();
    expect(await worker(['--drain'], { FERRY_DIE_AT: `${point}:${step}` }).ended).toBe(128);
    const before = countsOf(emulator).join(' ');
    const other = worker();
    expect(await other.ended, other.said()).toBe(0);
    await emulator.idle();
    expect(countsOf(emulator), other.said()).toEqual(exactlyOne);
    outcomes.set(`${step}\t${point}`, `${before} → ${countsOf(emulator).join(' ')}`);
  });
});

afterAll(() =>
  printTable(
    'kill -9 on one worker, another one goes on: connections, source and target connections, dataflows',
    outcomes,
  ),
);

describe.concurrent('a worker', () => {
  it('that is stopped for longer than its lease sends nothing more once it is woken', async ({ expect }) => {
    const { emulator, run, worker } = await rig(1, { latencyMs: 300 });
    await run(put);
    const stopped = worker(['--drain'], { FERRY_LEASE_MS: '1000' });
    await expect.poll(() => countsOf(emulator)[0]).toBeGreaterThan(0);
    stopped.child.kill('SIGSTOP');
    const other = worker(['--drain'], { FERRY_LEASE_MS: '1000' });
    expect(await other.ended, other.said()).toBe(0);
    await emulator.idle();
    const sent = emulator.requests.length;
    stopped.child.kill('SIGCONT');
    expect(await stopped.ended, stopped.said()).toBe(0);
    expect(emulator.requests.slice(sent).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });

  it('may have the name and the folder of another one', async () => {
    const { emulator, run, worker } = await rig(4);
    await run(put);
    const same = { FERRY_STATE_DIR: freshFolder() };
    const both = [worker(['--drain'], same), worker(['--drain'], same)];
    expect(
      await Promise.all(both.map(({ ended }) => ended)),
      both.map(({ said }) => said()).join('\n'),
    ).toEqual([0, 0]);
    expect(countsOf(emulator)).toEqual([8, 4, 4, 4]);
  });

  // A line of a journal, the place of a call or a plan, and what became of a plan.
  it.each(
    ['insert into ferry.line', 'with pause as', 'completed_on = '].flatMap((text) => [
      [text, 'before'] as const,
      [text, 'after'] as const,
    ]),
  )('that is cut off at "%s" %s a commit goes on', async (text, when) => {
    const { database, emulator, run, worker } = await rig(2);
    await run(put);
    const proxy = await cuttingProxy(cluster.socket);
    const through = cluster
      .url(database, 'console')
      .replace(encodeURIComponent(cluster.socket), encodeURIComponent(proxy.socket));
    proxy.cutAt(text, when);
    const cut = worker(['--drain', '--concurrency', '1'], { FERRY_STATE_URL: through });
    expect(await cut.ended, cut.said()).toBe(0);
    expect(proxy.cuts).toBe(1);
    expect(countsOf(emulator), cut.said()).toEqual([4, 2, 2, 2]);
    expect(JSON.parse((await run(['work', '--list', '--json'])).stdout)).toEqual([]);
  });
});

describe.concurrent('a database that is restarted while two workers work', () => {
  it.for(['fast', 'immediate'] as const)(
    '%s: is waited for, and nothing is doubled or lost',
    async (how, { expect }) => {
      const own = await startCluster();
      endWithTest(() => own.stop('immediate'));
      const { emulator, run, worker } = await queueRigs(own)(4, { latencyMs: 200 });
      await run(put);
      const both = [worker(['--drain', '--concurrency', '1']), worker(['--drain', '--concurrency', '1'])];
      await expect.poll(() => countsOf(emulator)[0]).toBeGreaterThan(0);
      await own.stop(how);
      await expect.poll(() => both.map(({ said }) => said()).join('')).toContain('The shared state is away');
      await own.start();
      expect(
        await Promise.all(both.map(({ ended }) => ended)),
        both.map(({ said }) => said()).join('\n'),
      ).toEqual([0, 0]);
      expect(countsOf(emulator)).toEqual([8, 4, 4, 4]);
      expect(JSON.parse((await run(['work', '--list', '--json'])).stdout)).toEqual([]);
    },
  );
});
