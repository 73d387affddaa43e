// npm run bench:queue: so many plans in the queue, worked by one worker and by four, each with one plan at a time, on a
// platform that takes 100 ms for every call; every commit is on the disk. How much faster four are, whether anything is
// there twice, and whether a limit was ever passed: counted at the emulator, and in the database. Besides, what a plan
// costs the database.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startEmulator } from '../source/emulator/server.ts';
import { mostAtOnce } from '../test/helpers/emulator.ts';
import { builtProgram, cleanEnv } from '../test/helpers/pseudo-terminal.ts';
import { freshFolder } from '../test/helpers/folders.ts';
import { countsOf, signedInTo } from '../test/helpers/runs.ts';
import { type Cluster, startCluster } from '../test/machine/postgres.ts';
import { PgBoss } from 'pg-boss';
import { readAddress } from '../source/state/postgres/address.ts';
import { openDatabase } from '../source/state/postgres/database.ts';
import { permitsIn, usualSilentMs } from '../source/state/postgres/permits.ts';
import { migrateQueue, openQueue } from '../source/state/postgres/queue.ts';
import { migrate } from '../source/state/postgres/schema.ts';
import { median, setting } from './median.mjs';

const plans = Number(process.argv[2] ?? 300);
const [few, many] = [1, 4];
const latencyMs = 100;
/** How much faster at least; how much at once at most. */
const bounds = { ratio: 3.2, plans: many, calls: 20 };
const example = JSON.parse(readFileSync('examples/plans/s3.plan.json', 'utf8')) as object;

const folder = freshFolder();
mkdirSync(path.join(folder, 'plans'));
for (let at = 0; at < plans; at++) {
  const plan = { ...example, name: `Plan ${at}` };
  writeFileSync(path.join(folder, 'plans', `p${at}.plan.json`), JSON.stringify(plan));
}

/** Runs the program to its end. @returns its exit code and how long it took, milliseconds */
function run(args: readonly string[], env: Readonly<Record<string, string>>) {
  const sinceMs = performance.now();
  const child = spawn(process.execPath, [builtProgram, ...args], {
    env: cleanEnv({ ...env, FERRY_STATE_DIR: freshFolder() }),
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return new Promise<{ code: number | null; tookMs: number }>((resolve) =>
    child.once('close', (code) => resolve({ code, tookMs: performance.now() - sinceMs })),
  );
}

async function needed(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  const { code, tookMs } = await run(args, env);
  if (code !== 0) throw new Error(`ferry ${args.join(' ')} ended with ${code}`);
  return tookMs;
}

/** Transactions that were committed in a database, and bytes that a schema takes. */
async function factsOf(cluster: Cluster, database: string): Promise<{ commits: number; bytes: number }> {
  const [row = {}] = await cluster.ask(
    database,
    `select (select xact_commit from pg_stat_database where datname = current_database())::float8 as commits,
       (select sum(pg_total_relation_size(c.oid)) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('ferry', 'ferry_queue') and c.relkind = 'r')::float8 as bytes`,
  );
  return { commits: Number(row['commits']), bytes: Number(row['bytes']) };
}

/** Looks all the time how many plans are somebody's, and how many connections there are. */
function watch(cluster: Cluster, database: string) {
  let isOver = false;
  const most = { plans: 0, connections: 0, looks: 0 };
  const watching = (async () => {
    for (; !isOver; await setTimeout(250)) {
      most.looks += 1;
      const [row = {}] = await cluster.ask(
        database,
        `select (select count(*) from ferry.run where lease_until > clock_timestamp())::int as plans,
           (select count(*) from pg_stat_activity where datname = current_database() and application_name = 'ferry')::int
             as connections`,
      );
      most.plans = Math.max(most.plans, Number(row['plans']));
      most.connections = Math.max(most.connections, Number(row['connections']));
    }
  })();
  return async () => {
    isOver = true;
    await watching;
    return most;
  };
}

async function worked(cluster: Cluster, workers: number) {
  const emulator = await startEmulator({ segments: 20, latencyMs });
  const database = `workers_${workers}`;
  await cluster.create(database);
  const env = {
    ...signedInTo(emulator.url),
    FERRY_STATE_URL: cluster.url(database),
    S3_SECRET_KEY: 'A'.repeat(40),
  };
  await needed(['state', 'migrate'], env);
  const putMs = await needed(['apply', 'plans', '--queue', '--yes'], env);
  const before = await factsOf(cluster, database);
  const asked = emulator.requests.length;
  const end = watch(cluster, database);
  const sinceMs = performance.now();
  const limits = ['--concurrency', '1', '--limit', String(bounds.plans), '--calls', String(bounds.calls)];
  await Promise.all(Array.from({ length: workers }, () => needed(['work', '--drain', ...limits], env)));
  const tookMs = performance.now() - sinceMs;
  const most = await end();
  const after = await factsOf(cluster, database);
  const requests = emulator.requests.slice(asked);
  const counts = countsOf(emulator);
  await emulator.close();
  return {
    workers,
    putMs,
    tookMs,
    most: { ...most, calls: mostAtOnce(requests) },
    requests: requests.length,
    // Looking is one each.
    commits: after.commits - before.commits - most.looks,
    bytes: after.bytes - before.bytes,
    counts,
  };
}

/** How long something takes in the middle, milliseconds. */
async function taken(times: number, act: (at: number) => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let at = 0; at < times; at++) {
    const sinceMs = performance.now();
    await act(at);
    all.push(performance.now() - sinceMs);
  }
  return median(all);
}

/** What the queue itself can do, with so many plans in it; nothing is applied. */
async function alone(cluster: Cluster, waiting: number) {
  await cluster.create('alone');
  const database = openDatabase(readAddress(cluster.url('alone'), {}));
  await migrate(database, undefined);
  await migrateQueue(database);
  const queue = await openQueue(database, usualSilentMs);
  const body = { plan: JSON.stringify(example) };
  const putMs = await taken(100, (at) => queue.put({ key: `${at}`, group: 'org', body }));
  // As many more, which takes longer than ferry waits for an answer.
  await cluster.ask(
    'alone',
    `insert into ferry_queue.job select (jsonb_populate_record(null::ferry_queue.job,
       to_jsonb(job) || jsonb_build_object('id', gen_random_uuid(), 'singleton_key', 'more ' || n))).*
     from (select * from ferry_queue.job limit 1) as job, generate_series(1, ${waiting}) as n`,
  );
  await database.ask('analyze ferry_queue.job');
  const standingsMs = await taken(10, () => queue.standings());
  const boss = new PgBoss({
    db: { executeSql: (text, values) => database.raw(text, values) },
    schema: 'ferry_queue',
    migrate: false,
    supervise: false,
    schedule: false,
  });
  await boss.start();
  const takeMs = await taken(50, () => boss.fetch('apply', { batchSize: 1, groupConcurrency: 1000 }));
  await boss.stop({ graceful: false });
  // So many workers, each with connections of its own and so many calls that wait for a place.
  const [workers, calls, times] = [8, 7, 20];
  const others = Array.from({ length: workers }, () => openDatabase(readAddress(cluster.url('alone'), {})));
  const limits = { most: { plan: 100, call: 100 }, silentMs: usualSilentMs, callMs: 45_000 };
  const permits = others.map((one) => permitsIn(one, limits, () => undefined));
  const never = new AbortController().signal;
  await permits[0]?.take('org', 'call', never);
  const oneMs = await taken(100, async () => (await permits[0]?.take('org', 'call', never))?.release());
  const sinceMs = performance.now();
  await Promise.all(
    permits.flatMap((one) =>
      Array.from({ length: calls }, async () => {
        for (let at = 0; at < times; at++) await (await one.take('org', 'call', never)).release();
      }),
    ),
  );
  const permitsASecond = (workers * calls * times) / ((performance.now() - sinceMs) / 1000);
  for (const one of permits) one.close();
  await queue.stop();
  for (const one of [...others, database]) await one.close();
  return { putMs, takeMs, standingsMs, oneMs, permitsASecond };
}

const cluster = await startCluster({ settings: ['fsync=on'] });
process.on('exit', () => void cluster.stop('immediate'));
const one = await worked(cluster, few);
const four = await worked(cluster, many);
const waiting = 10_000;
const queue = await alone(cluster, waiting);
await cluster.stop();

const ratio = one.tookMs / four.tookMs;
const expected = [plans * 2, plans, plans, plans].join(' ');
const isOnce = [one, four].every(({ counts }) => counts.join(' ') === expected);
const row = (what: string, ...values: readonly string[]): string =>
  `  ${what.padEnd(34)} ${values.map((value) => value.padStart(14)).join('')}`.trimEnd();
const both = (what: string, of: (measured: typeof one) => string): string => row(what, of(one), of(four));
const isWithin = [one, four].every(({ most }) => most.plans <= bounds.plans && most.calls <= bounds.calls);
const verdict = (isRight: boolean): string => (isRight ? 'ok' : 'NOT SO');
console.log(
  [
    `${plans} plans, ${latencyMs} ms of latency per call, one plan at a time in a worker (${setting()})`,
    '',
    both('workers', ({ workers }) => String(workers)),
    both('took', ({ tookMs }) => `${(tookMs / 1000).toFixed(1)} s`),
    both('plans a minute', ({ tookMs }) => (plans / (tookMs / 60_000)).toFixed(1)),
    both('plans at once, at most', ({ most }) => `${most.plans}`),
    both('calls at once, at most', ({ most }) => `${most.calls}`),
    both('calls a plan', ({ requests }) => (requests / plans).toFixed(1)),
    both('commits a plan', ({ commits }) => (commits / plans).toFixed(1)),
    both('KB a plan in the database', ({ bytes }) => (bytes / plans / 1000).toFixed(1)),
    both('connections to the database, at most', ({ most }) => `${most.connections}`),
    both('put in, plans a second', ({ putMs }) => (plans / (putMs / 1000)).toFixed(1)),
    '',
    `  the queue alone, ${waiting.toLocaleString('en')} plans in it, one after another, median:`,
    row('put one in', `${queue.putMs.toFixed(1)} ms`),
    row('take one', `${queue.takeMs.toFixed(1)} ms`),
    row('ask how far all are', `${queue.standingsMs.toFixed(1)} ms`),
    row('a place of a call, there and back', `${queue.oneMs.toFixed(1)} ms`),
    row('the same, 8 workers at once', `${queue.permitsASecond.toFixed(0)} a second`),
    '',
    `  ${many} workers ÷ ${few}    ${ratio.toFixed(2)}   (at least ${bounds.ratio})   ${verdict(ratio >= bounds.ratio)}`,
    `  each of them once    ${four.counts.join(' ')}   ${verdict(isOnce)}`,
    `  limits never passed  (${bounds.plans} plans, ${bounds.calls} calls)   ${verdict(isWithin)}`,
  ].join('\n'),
);
if (ratio < bounds.ratio || !isOnce || !isWithin) process.exitCode = 1;
