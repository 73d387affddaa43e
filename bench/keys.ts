// npm run bench:keys: from a key press to the drawn frame, and the bytes it costs, in a pseudo-terminal of 80 × 24: on
// the list of segments with 100 and with 100,000, and on the tables of dataflows and of their runs, with a few and with
// 100 dataflows of 120 segments. `npm run bench:keys -- 6 runs` measures only one of them.
import { type EmulatorOptions, startEmulator } from '../source/emulator/server.ts';
import { keys } from '../test/helpers/keys.ts';
import { openTerminal, type Terminal } from '../test/helpers/pseudo-terminal.ts';
import { choose, journeys, questions, walkToSegments } from '../test/helpers/walk.ts';
import { quantile, setting } from './median.mjs';
import { signedIn } from './signed-in.ts';

const rounds = Number(process.argv[2] ?? 6);
const only = process.argv[3];
/** Nothing more is drawn of a frame after this, milliseconds. */
const quietMs = 250;

type Typed = readonly (readonly [string, readonly string[]])[];

const typed: Typed = [
  ['typed letter', [...'mountain']],
  ['backspace', Array.from({ length: 8 }, () => keys.backspace)],
  ['Chinese', ['台', '北', keys.backspace, keys.backspace]],
  ['cursor', [keys.down, keys.down, keys.up, keys.pageDown, keys.pageUp, keys.end, keys.home]],
];

/** A list, with little and with much in it: each has more than a screenful, or a page key would have less to draw there. */
interface Table {
  readonly name: string;
  readonly sizes: readonly [Size, Size];
  readonly typed: Typed;
  /** The key that keeps it from reading by itself. */
  readonly hold?: string;
  readonly walk: (terminal: Terminal) => Promise<unknown>;
}

interface Size {
  readonly what: string;
  readonly emulator: EmulatorOptions;
  /** The list is whole. */
  readonly whole: string | RegExp;
}

const nowMs = Date.UTC(2026, 10, 26, 13, 34);
const dataflows = (flows: number, segmentsPerFlow: number): EmulatorOptions => ({
  flows,
  segmentsPerFlow,
  now: () => nowMs,
  keepRunsDays: 3,
});

async function toHome(terminal: Terminal): Promise<void> {
  await choose(terminal, 'dev');
  await terminal.waitFor(questions.home);
  // How all of them stand is read by then: a bench that answers that as well would be measured with it.
  await patiently(terminal, /Nothing is late|Exports now/);
}

/** Waits for what takes longer than a test would wait. */
async function patiently(terminal: Terminal, wanted: string | RegExp): Promise<void> {
  for (;;) {
    const isThere = await terminal.waitFor(wanted).then(
      () => true,
      () => false,
    );
    if (isThere) return;
  }
}

const tables: readonly Table[] = [
  {
    name: 'segments',
    typed: [...typed, ['space', [keys.space, keys.space]]],
    sizes: [
      { what: '100 segments', emulator: { segments: 100 }, whole: '100 in total' },
      { what: '100,000 segments', emulator: { segments: 100_000 }, whole: '100,000 in total' },
    ],
    walk: (terminal) => walkToSegments(terminal, journeys['Adobe Campaign'] ?? never()),
  },
  {
    name: 'dataflows',
    typed,
    hold: keys.ctrl('z'),
    sizes: [
      { what: '25 dataflows', emulator: dataflows(30, 1), whole: /\d\d in total/ },
      { what: '100 dataflows of 120 segments', emulator: dataflows(125, 120), whole: /\d\d\d in total/ },
    ],
    async walk(terminal) {
      await toHome(terminal);
      await choose(terminal, 'Dataflows');
    },
  },
  {
    name: 'runs',
    hold: 'z',
    typed: typed.filter(([what]) => what === 'cursor'),
    sizes: [
      { what: 'runs of 6 dataflows', emulator: dataflows(6, 12), whole: /\d\d runs · / },
      { what: 'runs of 100 dataflows', emulator: dataflows(125, 120), whole: /\d\d,\d\d\d runs · / },
    ],
    async walk(terminal) {
      await toHome(terminal);
      await choose(terminal, 'Runs of');
    },
  },
];

function never(): never {
  throw new Error('no answers');
}

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

const p95 = (numbers: readonly number[]): number => quantile(numbers, 0.95);

async function measure(table: Table, size: Size): Promise<Press[]> {
  const emulator = await startEmulator(size.emulator);
  const terminal = openTerminal({
    env: signedIn(emulator.url),
  });
  await terminal.waitFor('Where do you want to work?');
  await choose(terminal, 'Your organisation');
  await table.walk(terminal);
  await patiently(terminal, size.whole);
  // The emulator is in this process: a round that comes meanwhile would be measured as well.
  if (table.hold !== undefined) await terminal.press(table.hold, 'held since');
  const presses: Press[] = [];
  for (let round = -1; round < rounds; round++) {
    for (const [what, all] of table.typed) {
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

console.log(`From a key press to the last byte of its frame, 80 × 24 (${setting()})`);
for (const table of tables) {
  if (only !== undefined && table.name !== only) continue;
  console.log('');
  const results: Press[][] = [];
  for (const size of table.sizes) {
    const presses = await measure(table, size);
    results.push(presses);
    console.log(`  ${size.what}`);
    for (const [what] of table.typed) {
      const own = presses.filter((one) => one.what === what);
      const ms = own.map((one) => one.ms);
      const bytes = own.map((one) => one.bytes);
      console.log(
        `    ${what.padEnd(14)} p95 ${p95(ms).toFixed(1).padStart(6)} ms   at most ${String(Math.max(...bytes)).padStart(5)} bytes`,
      );
    }
  }
  const [few = [], many = []] = results;
  const more = p95(many.map((one) => one.ms)) - p95(few.map((one) => one.ms));
  const most = Math.max(...[...few, ...many].map((one) => one.bytes));
  const p95Bytes = p95([...few, ...many].map((one) => one.bytes));
  console.log(
    `    p95 with many − p95 with few      ${more.toFixed(1)} ms   (at most 16)     ${more <= 16 ? 'ok' : 'TOO SLOW'}`,
  );
  console.log(
    `    bytes a key, p95 and most         ${p95Bytes}, ${most}   (at most 1,024)   ${most <= 1024 ? 'ok' : 'TOO MANY'}`,
  );
}
