// What the benches of a slow platform share: an emulator that takes 100 ms for every call and keeps a log of them,
// an apply against it, and the critical path of its requests.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshFolder } from '../test/helpers/folders.ts';
import { median, setting } from './median.mjs';

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
  FERRY_API_URL: url,
  FERRY_ACCESS_TOKEN: 'token',
  FERRY_API_KEY: 'key',
  FERRY_ORG_ID: '5555467B5D8013E50A494220@AdobeOrg',
  FERRY_STATE_DIR: path.join(folder, 'state'),
  S3_SECRET_KEY: 'A'.repeat(40),
};

/** Applies a plan; returns the time from its first event to its result, its dataflow, and its requests. */
export function apply(plan, ...flags) {
  writeFileSync(file, JSON.stringify(plan));
  const before = readLog().length;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'apply', file, '--yes', '--json', ...flags], { env });
    let said = '';
    let startedMs;
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      startedMs ??= performance.now();
      said += chunk;
    });
    child.once('close', (code) => {
      const last = JSON.parse(said.trim().split('\n').at(-1));
      if (code !== 0 || last.outcome !== 'verified') reject(new Error(`apply ended with ${code}: ${said}`));
      else
        resolve({
          ms: performance.now() - startedMs,
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
 * Prints what an apply took beside its critical path.
 *
 * @param what - `apply`, `change`.
 * @param onPath - The calls that wait for each other, with one read behind the PATCH.
 * @param applied - What the rounds came to; the calls are those of the last.
 * @param notes - Lines before the figures.
 */
export function tell(what, onPath, applied, notes) {
  const { requests } = applied.at(-1);
  // Waiting for the platform to take a change in is not the client's to shorten; every read of it counts.
  const reading = requests.slice(requests.findIndex(({ method }) => method === 'PATCH') + 1);
  const reads = onPath.length + reading.length - 1;
  const idleMs = reading
    .slice(1)
    .reduce((sum, read, index) => sum + (read.startedMs - reading[index].endedMs), 0);
  const criticalMs = reads * latencyMs + idleMs;
  const ms = median(applied.map((one) => one.ms));
  const ratio = ms / criticalMs;
  const row = (label, said) => console.log(`  ${label.padEnd(34)}${said}`);
  const inMs = (given) => `${given.toFixed(0).padStart(4)} ms`;
  const { length } = applied;
  console.log(`With ${latencyMs} ms of latency per call, median of ${length} (${setting()}): ${what}\n`);
  for (const note of notes) console.log(`  ${note}`);
  console.log(`  on the critical path ${onPath.length} calls: ${onPath.join(', ')}\n`);
  row('calls that were made', `${requests.length}  (${reading.length} reads until the change was in)`);
  row('critical path', `${inMs(criticalMs)}   ${reads} calls and ${idleMs.toFixed(0)} ms between reads`);
  row(`${what}, first event to result`, inMs(ms));
  console.log();
  row(
    `${what} ÷ critical path`,
    `${ratio.toFixed(2)}   (at most 1.15)   ${ratio <= 1.15 ? 'ok' : 'TOO SLOW'}`,
  );
}
