// npm run bench:change: what changing a dataflow costs on a platform that takes 100 ms for every call, beside the
// critical path of its requests. The requests are counted from the emulator's log.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshFolder } from '../test/helpers/folders.ts';
import { median, setting } from './median.mjs';

const latencyMs = 100;
const rounds = Number(process.argv[2] ?? 9);
const root = fileURLToPath(new URL('..', import.meta.url));
const cli = path.join(root, 'dist', 'cli.js');
const folder = freshFolder();
const log = path.join(folder, 'requests.ndjson');
const plan = JSON.parse(readFileSync(path.join(root, 'examples', 'plans', 's3.plan.json'), 'utf8'));
const file = path.join(folder, 'bench.plan.json');

const emulator = spawn(
  process.execPath,
  [cli, 'emulator', '--json', '--port', '0', '--latency', String(latencyMs), '--log', log],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const { url } = JSON.parse(
  await new Promise((resolve) => emulator.stdout.setEncoding('utf8').once('data', resolve)),
);

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

/** Applies the plan; returns the time from its first event to its result, and the result. */
function apply() {
  writeFileSync(file, JSON.stringify(plan));
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [cli, 'apply', file, '--yes', '--json', ...(plan.flow === undefined ? [] : ['--prune'])],
      { env },
    );
    let rest = '';
    let startedMs;
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      startedMs ??= performance.now();
      rest += chunk;
    });
    child.once('close', (code) => {
      const last = JSON.parse(rest.trim().split('\n').at(-1));
      if (code !== 0 || last.outcome !== 'verified') reject(new Error(`apply ended with ${code}: ${rest}`));
      else resolve({ ms: performance.now() - startedMs, flowId: last.flowId });
    });
  });
}

plan.flow = (await apply()).flowId;
const [first, second] = plan.segments;
const totals = [];
let requests = [];
for (let round = -1; round < rounds; round++) {
  // No round is as the one before: a segment gets another hour, another one comes or goes.
  const isEven = round % 2 === 0;
  first.schedule.startTime = isEven ? '06:00' : '18:00';
  plan.segments = isEven ? [first, second] : [first];
  const before = readLog().length;
  const { ms } = await apply();
  requests = readLog().slice(before);
  if (round >= 0) totals.push(ms);
}
emulator.kill();

const names = requests.map(
  ({ method, path: at }) => `${method} ${at.replace(/.*flowservice/, '').replace(/[0-9a-f-]{36}/, '{id}')}`,
);
const patchedAt = requests.findIndex(({ method }) => method === 'PATCH');
const reading = requests.slice(patchedAt + 1);
// What has to wait for what; what is new is looked at beside the storage location.
const onPath = [
  'GET /flows/{id}',
  'GET /targetConnections/{id} ∥ what is new',
  'PATCH /flows/{id}',
  'GET /flows/{id}',
];
const reads = onPath.length + reading.length - 1;
const idleMs = reading
  .slice(1)
  .reduce((sum, read, index) => sum + (read.startedMs - reading[index].endedMs), 0);
const criticalMs = reads * latencyMs + idleMs;
const ms = median(totals);
const ratio = ms / criticalMs;

console.log(`A change with ${latencyMs} ms of latency per call, median of ${rounds} (${setting()})\n`);
console.log(`  on the critical path ${onPath.length} calls: ${onPath.join(', ')}`);
console.log(
  `  calls that were made              ${names.length}  (${reading.length} reads until the change was in)`,
);
console.log(
  `  critical path                     ${criticalMs.toFixed(0).padStart(5)} ms   ${reads} calls and ${idleMs.toFixed(0)} ms between reads`,
);
console.log(`  change, first event to result     ${ms.toFixed(0).padStart(5)} ms`);
console.log(
  `\n  change ÷ critical path            ${ratio.toFixed(2)}   (at most 1.15)   ${ratio <= 1.15 ? 'ok' : 'TOO SLOW'}`,
);

function readLog() {
  try {
    return readFileSync(log, 'utf8').trim().split('\n').filter(Boolean).map(JSON.parse);
  } catch {
    return [];
  }
}
