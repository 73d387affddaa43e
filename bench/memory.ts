// npm run bench:memory: resident memory of the built program in a pseudo-terminal, with 1,204 and with 100,000
// segments, beside an Ink program that draws one line and waits. The emulator is a process of its own, so that
// only the client is weighed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bundle } from '../scripts/build.mjs';
import { builtProgram, cleanEnv, openTerminal, type Terminal } from '../test/helpers/pseudo-terminal.ts';
import { choose, journeys, questions, walkToSegments } from '../test/helpers/walk.ts';
import { setting } from './median.mjs';
import { signedIn } from './signed-in.ts';

const sizes = [1204, 100_000];
/** How long a program is left alone before it counts as settled, milliseconds. */
const settleMs = 15_000;
/** Resident memory at most, MB of 1,000,000 bytes. */
const bounds = { peak: 250, settled: 180, list: 150 };

interface Weight {
  /** The most that was resident, and what is after a while without a key; MB. */
  readonly peak: number;
  readonly settled: number;
}

/** `VmHWM` and `VmRSS` of a process, MB of 1,000,000 bytes; nothing once it has ended. */
function weigh(pid: number): Weight | undefined {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return undefined;
  }
  const mb = (name: string): number => {
    const kib = new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1];
    return kib === undefined ? Number.NaN : (Number(kib) * 1024) / 1e6;
  };
  // A process that has ended and was not waited for yet still has a status, without its memory.
  return status.includes('VmHWM') ? { peak: mb('VmHWM'), settled: mb('VmRSS') } : undefined;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function settled(terminal: Terminal): Promise<Weight> {
  await pause(settleMs);
  const weight = weigh(terminal.pid);
  terminal.kill('SIGKILL');
  await terminal.ended;
  if (!weight) throw new Error(`It ended. The screen:\n${terminal.screen()}`);
  return weight;
}

/** The emulator in a process of its own, and the environment that leads to it. */
async function serve(segments: number): Promise<{ env: Record<string, string>; stop(): Promise<void> }> {
  const server = spawn(
    process.execPath,
    [builtProgram, 'emulator', '--segments', String(segments), '--port', '0', '--json'],
    { env: cleanEnv(), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return {
    env: signedIn(url),
    async stop() {
      server.kill();
      await once(server, 'exit');
    },
  };
}

async function weighWizard(segments: number): Promise<Weight> {
  const { env, stop } = await serve(segments);
  const terminal = openTerminal({ env });
  const answers = journeys['Adobe Campaign'];
  if (!answers) throw new Error('no answers');
  await terminal.waitFor('Where do you want to work?');
  await choose(terminal, 'Your organisation');
  await walkToSegments(terminal, answers);
  await terminal.waitFor(questions.segments);
  const all = `${segments.toLocaleString('en')} in total`;
  while (!terminal.screen().includes(all) || terminal.screen().includes('Reading')) {
    if (weigh(terminal.pid) === undefined) throw new Error(`It ended. The screen:\n${terminal.screen()}`);
    await pause(50);
  }
  const weight = await settled(terminal);
  await stop();
  return weight;
}

/** A list ends by itself: what counts is the most it ever held. */
async function weighList(segments: number): Promise<Weight> {
  const { env, stop } = await serve(segments);
  const list = openTerminal({ env, args: ['list', 'segments', '--json'] });
  let last = weigh(list.pid);
  for (let now = last; now; now = weigh(list.pid)) {
    last = now;
    await pause(5);
  }
  const code = await list.ended;
  await stop();
  if (!last || code !== 0) throw new Error(`list ended with ${code}:\n${list.screen()}`);
  return last;
}

async function weighBareInk(): Promise<Weight> {
  // Inside the project, so that Node knows from package.json that these files are modules.
  const here = fileURLToPath(new URL('.', import.meta.url));
  const outdir = path.join(here, 'build', 'waiting-ink');
  await bundle({ outdir, input: { ink: path.join(here, 'memory', 'waiting-ink.tsx') } });
  const terminal = openTerminal({ command: [process.execPath, path.join(outdir, 'ink.js')] });
  await terminal.waitFor('hello from ink');
  return settled(terminal);
}

console.log(`Resident memory in a pseudo-terminal of 80 × 24, MB of 1,000,000 bytes (${setting()})\n`);
console.log(`  ${''.padEnd(44)}   peak  settled`);
const failures: string[] = [];
function print(what: string, { peak, settled }: Weight, most: Partial<Weight> = {}): void {
  const isOver = peak > (most.peak ?? Infinity) || settled > (most.settled ?? Infinity);
  const bound = [most.peak, most.settled].filter((one) => one !== undefined).join(', ');
  const left = most.settled === undefined && most.peak !== undefined ? '' : settled.toFixed(0);
  console.log(
    `  ${what.padEnd(44)}${peak.toFixed(0).padStart(7)}${left.padStart(9)}${
      bound === '' ? '' : `   (at most ${bound})   ${isOver ? 'TOO HEAVY' : 'ok'}`
    }`,
  );
  if (isOver) failures.push(what);
}
print('bare Ink <Text>, waiting', await weighBareInk());
for (const size of sizes) {
  const many = size.toLocaleString('en');
  print(`wizard, list of ${many} segments`, await weighWizard(size), {
    peak: bounds.peak,
    settled: bounds.settled,
  });
  print(`list segments --json, ${many} segments`, await weighList(size), { peak: bounds.list });
}
if (failures.length > 0) process.exitCode = 1;
