// npm run bench:keys: from a key press to the drawn frame, and the bytes it costs, on the list of segments
// in a pseudo-terminal of 80 × 24: with 100 segments and with 100,000.
import { startEmulator } from '../source/emulator/server.ts';
import { keys } from '../test/helpers/keys.ts';
import { openTerminal, type Terminal } from '../test/helpers/pseudo-terminal.ts';
import { choose, journeys, questions, walkToSegments } from '../test/helpers/walk.ts';
import { setting } from './median.mjs';

const sizes = [100, 100_000];
const rounds = Number(process.argv[2] ?? 6);
/** Nothing more is drawn of a frame after this, milliseconds. */
const quietMs = 250;

const typed: readonly [string, readonly string[]][] = [
  ['typed letter', [...'mountain']],
  ['backspace', Array.from({ length: 8 }, () => keys.backspace)],
  ['Chinese', ['台', '北', keys.backspace, keys.backspace]],
  ['cursor', [keys.down, keys.down, keys.up, keys.pageDown, keys.pageUp, keys.end, keys.home]],
  ['space', [keys.space, keys.space]],
];

interface Press {
  what: string;
  ms: number;
  bytes: number;
}

/** A key that draws nothing would be waited for in vain: every one here draws, but on a busy machine late. */
const latestMs = 5_000;

/** Presses a key and waits for its frame, until nothing more is drawn because of it. */
async function press(terminal: Terminal, what: string, key: string): Promise<Press> {
  const before = terminal.bytes().length;
  const startedMs = performance.now();
  let lastMs = startedMs;
  let seen = before;
  terminal.write(key);
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = performance.now();
    const length = terminal.bytes().length;
    if (length > seen) {
      seen = length;
      lastMs = now;
    }
    if (seen > before ? now - lastMs > quietMs : now - startedMs > latestMs) break;
  }
  return { what, ms: lastMs - startedMs, bytes: Buffer.byteLength(terminal.bytes().slice(before)) };
}

function p95(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? 0;
}

async function measure(segments: number): Promise<Press[]> {
  const emulator = await startEmulator({ segments });
  const terminal = openTerminal({
    env: {
      FERRY_API_URL: emulator.url,
      FERRY_ACCESS_TOKEN: 'token',
      FERRY_API_KEY: 'key',
      FERRY_ORG_ID: '5555467B5D8013E50A494220@AdobeOrg',
      FERRY_SANDBOX: 'dev',
    },
  });
  const answers = journeys['Adobe Campaign'];
  if (!answers) throw new Error('no answers');
  await terminal.waitFor('Where do you want to work?');
  await choose(terminal, 'Your organisation');
  await walkToSegments(terminal, answers);
  await terminal.waitFor(questions.segments);
  const total = segments.toLocaleString('en');
  for (;;) {
    const isThere = await terminal.waitFor(`${total} in total`).then(
      () => true,
      () => false,
    );
    if (isThere) break;
  }
  const presses: Press[] = [];
  for (let round = -1; round < rounds; round++) {
    for (const [what, all] of typed) {
      for (const key of all) {
        const one = await press(terminal, what, key);
        if (round >= 0) presses.push(one);
      }
    }
  }
  terminal.kill('SIGKILL');
  await terminal.ended;
  await emulator.close();
  return presses;
}

console.log(`From a key press to the last byte of its frame, 80 × 24 (${setting()})\n`);
const results = new Map<number, Press[]>();
for (const size of sizes) results.set(size, await measure(size));
for (const [size, presses] of results) {
  console.log(`  ${size.toLocaleString('en')} segments`);
  for (const [what] of typed) {
    const own = presses.filter((one) => one.what === what);
    const ms = own.map((one) => one.ms);
    const bytes = own.map((one) => one.bytes);
    console.log(
      `    ${what.padEnd(14)} p95 ${p95(ms).toFixed(1).padStart(6)} ms   at most ${String(Math.max(...bytes)).padStart(5)} bytes`,
    );
  }
}
const [few = [], many = []] = sizes.map((size) => results.get(size) ?? []);
const more = p95(many.map((one) => one.ms)) - p95(few.map((one) => one.ms));
const most = Math.max(...[...few, ...many].map((one) => one.bytes));
const p95Bytes = p95([...few, ...many].map((one) => one.bytes));
console.log(
  `\n  p95 with 100,000 − p95 with 100   ${more.toFixed(1)} ms   (at most 16)     ${more <= 16 ? 'ok' : 'TOO SLOW'}`,
);
console.log(
  `  bytes a key, p95 and most         ${p95Bytes}, ${most}   (at most 1,024)   ${most <= 1024 ? 'ok' : 'TOO MANY'}`,
);
