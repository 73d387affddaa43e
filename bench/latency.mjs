// What the benches of a slow platform share: an emulator that takes 100 ms for every call and keeps a log of them,
// an apply against it, and the critical path of its requests.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshFolder } from '../test/helpers/folders.ts';
import { median, setting } from './median.mjs';
import { signedIn } from './signed-in.ts';

const latencyMs = 100;
const root = fileURLToPath(new URL('..', import.meta.url));
const cli = path.join(root, 'dist', 'cli.js');

export const rounds = Number(process.argv[2] ?? 9);
export const examplePlan = JSON.parse(
  readFileSync(path.join(root, 'examples', 'plans', 's3.plan.json'), 'utf8'),
);
const folder = freshFolder();
const file = path.join(folder, 'bench.plan.json');
const log = path.join(folder, 'requests.ndjson');

const emulator = spawn(
  process.execPath,
  [cli, 'emulator', '--json', '--port', '0', '--latency', String(latencyMs), '--log', log],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
// Also where an apply fails: an emulator that nobody ends keeps its pipes open.
process.on('exit', () => emulator.kill());
const { url } = JSON.parse(
  await new Promise((resolve) => emulator.stdout.setEncoding('utf8').once('data', resolve)),
);
// Nothing waits for it.
emulator.unref();
emulator.stdout.destroy();

const env = {
  PATH: process.env.PATH,
  HOME: folder,
  ...signedIn(url),
  FERRY_STATE_DIR: path.join(folder, 'state'),
  S3_SECRET_KEY: 'A'.repeat(40),
  S3_SECRET: 'A'.repeat(40),
};

/** Applies a plan; returns the time from its first event to its result, its dataflow, and its requests. */
export function apply(plan, ...flags) {
  writeFileSync(file, JSON.stringify(plan));
  const before = readLog().length;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'apply', file, '--yes', '--json', ...flags], { env });
    let said = '';
    let startedMs;
    let endedMs;
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      endedMs = performance.now();
      startedMs ??= endedMs;
      said += chunk;
    });
    child.once('close', (code) => {
      const last = JSON.parse(said.trim().split('\n').at(-1));
      if (code !== 0 || last.outcome !== 'verified') reject(new Error(`apply ended with ${code}: ${said}`));
      else
        resolve({
          ms: endedMs - startedMs,
          flowId: last.flowId,
          requests: readLog().slice(before),
        });
    });
  });
}

function readLog() {
  try {
    return readFileSync(log, 'utf8').trim().split('\n').filter(Boolean).map(JSON.parse);
  } catch {
    return [];
  }
}

/**
 * Prints what an apply took beside its critical path, each round beside its own.
 *
 * @param what - `apply`, `change`.
 * @param onPath - The calls that wait for each other, with one read behind the PATCH.
 * @param applied - What the rounds came to.
 * @param notes - Lines before the figures.
 */
export function tell(what, onPath, applied, notes) {
  const measured = applied.map(({ ms, requests }) => ({ ms, ...pathOf(requests, onPath.length) }));
  const of = (name) => measured.map((one) => one[name]);
  const ratios = measured.map(({ ms, criticalMs }) => ms / criticalMs);
  const ratio = median(ratios);
  const row = (label, said) => console.log(`  ${label.padEnd(34)}${said}`);
  const inMs = (given) => `${given.toFixed(0).padStart(4)} ms`;
  const calls = [...new Set([Math.min(...of('calls')), Math.max(...of('calls'))])].join(' to ');
  console.log(
    `With ${latencyMs} ms of latency per call, median of ${applied.length} (${setting()}): ${what}\n`,
  );
  for (const note of notes) console.log(`  ${note}`);
  console.log(`  on the critical path ${onPath.length} calls: ${onPath.join(', ')}\n`);
  row('calls that were made', `${calls}  (${median(of('reads'))} reads until the change was in)`);
  row(
    'critical path',
    `${inMs(median(of('criticalMs')))}   ${inMs(median(of('idleMs')))} of it between reads`,
  );
  row(`${what}, first event to result`, inMs(median(of('ms'))));
  console.log();
  row(
    `${what} ÷ critical path`,
    `${ratio.toFixed(2)}   (at most 1.15; best ${Math.min(...ratios).toFixed(2)})   ${ratio <= 1.15 ? 'ok' : 'TOO SLOW'}`,
  );
}

/** What had to wait for what: waiting for the platform is not the client's to shorten; every read of it counts. */
function pathOf(requests, calls) {
  const reading = requests.slice(requests.findIndex(({ method }) => method === 'PATCH') + 1);
  const idleMs = reading
    .slice(1)
    .reduce((sum, read, index) => sum + (read.startedMs - reading[index].endedMs), 0);
  const criticalMs = (calls + reading.length - 1) * latencyMs + idleMs;
  return { calls: requests.length, reads: reading.length, idleMs, criticalMs };
}
