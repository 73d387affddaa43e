// npm run bench:apply: what an apply costs on a platform that takes 100 ms for every call, beside the
// critical path of its requests. The requests are counted from the emulator's log.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshFolder } from '../test/helpers/folders.ts';
import { median, setting } from './median.mjs';

const latencyMs = 100;
const rounds = Number(process.argv[2] ?? 9);
const root = fileURLToPath(new URL('..', import.meta.url));
const cli = path.join(root, 'dist', 'cli.js');
const plan = path.join(root, 'examples', 'plans', 's3.plan.json');
const folder = freshFolder();
const log = path.join(folder, 'requests.ndjson');

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

/** Runs one apply; returns the time from its first event to its result. */
function apply() {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, 'apply', plan, '--yes', '--json'], { env });
    let rest = '';
    let startedMs;
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      startedMs ??= performance.now();
      rest += chunk;
    });
    child.once('close', (code) => {
      const last = JSON.parse(rest.trim().split('\n').at(-1));
      if (code !== 0 || last.outcome !== 'verified') reject(new Error(`apply ended with ${code}: ${rest}`));
      else resolve({ ms: performance.now() - startedMs, events: rest.trim().split('\n').map(JSON.parse) });
    });
  });
}

const totals = [];
let requests = [];
for (let round = -1; round < rounds; round++) {
  const before = readLog().length;
  const { ms } = await apply();
  requests = readLog().slice(before);
  if (round < 0) continue;
  const startMs = Math.min(...requests.map((one) => one.startedMs));
  const endMs = Math.max(...requests.map((one) => one.endedMs));
  totals.push({ ms, wireMs: endMs - startMs });
}
emulator.kill();
const names = requests.map(
  ({ method, path: at }) => `${method} ${at.replace(/.*flowservice/, '').replace(/[0-9a-f-]{36}/, '{id}')}`,
);
const settleReads = names.filter((name) => name === 'GET /flows/{id}').length - 1;

// What has to wait for what: two chains of two, then flow, read, patch, and the read that proves.
const path8 = [
  'POST /connections',
  'POST /sourceConnections',
  'POST /connections',
  'POST /targetConnections',
  'POST /flows',
  'GET /flows/{id}',
  'PATCH /flows/{id}',
  'GET /flows/{id}',
];
const onPath = [
  'POST /connections ∥ POST /connections',
  'POST /sourceConnections ∥ POST /targetConnections',
  'POST /flows',
  'GET /flows/{id}',
  'PATCH /flows/{id}',
  'GET /flows/{id}',
];
const ms = median(totals.map((one) => one.ms));
// Waiting for the platform to take a change in is not the client's to shorten; every read of it counts.
const reads = onPath.length + settleReads - 1;
const idleMs = waitedBetweenReads();
const criticalMs = reads * latencyMs + idleMs;

console.log(`An apply with ${latencyMs} ms of latency per call, median of ${rounds} (${setting()})\n`);
console.log(`  one after another    ${path8.length} calls: ${path8.join(', ')}`);
console.log(`  on the critical path ${onPath.length} calls: ${onPath.join(', ')}`);
console.log(`  that is ${path8.length - onPath.length} fewer\n`);
console.log(
  `  calls that were made              ${names.length}  (${settleReads} reads until the change was in)`,
);
console.log(
  `  critical path                     ${criticalMs.toFixed(0).padStart(5)} ms   ${reads} calls and ${idleMs.toFixed(0)} ms between reads`,
);
console.log(`  apply, first event to result      ${ms.toFixed(0).padStart(5)} ms`);
const ratio = ms / criticalMs;
console.log(
  `\n  apply ÷ critical path             ${ratio.toFixed(2)}   (at most 1.15)   ${ratio <= 1.15 ? 'ok' : 'TOO SLOW'}`,
);

function readLog() {
  try {
    return readFileSync(log, 'utf8').trim().split('\n').filter(Boolean).map(JSON.parse);
  } catch {
    return [];
  }
}

/** Pauses of the last run between the end of a read and the begin of the next one, in milliseconds. */
function waitedBetweenReads() {
  const patchedAt = requests.findIndex(({ method }) => method === 'PATCH');
  const reading = requests.slice(patchedAt + 1);
  return reading.slice(1).reduce((sum, read, index) => sum + (read.startedMs - reading[index].endedMs), 0);
}
