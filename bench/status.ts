// npm run bench:status: `ferry status` over 100 dataflows with 120 segments each and 50,000 runs: the calls it says that
// it made beside those that came, its memory, and how long it took; and `ferry runs` over a day of them. The emulator is
// in the process of the bench, so that only the client is weighed. That no more than four calls are under way at once is
// held by a test (test/commands/status/read-status.test.ts).
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { startEmulator } from '../source/emulator/server.ts';
import { builtProgram, cleanEnv } from '../test/helpers/pseudo-terminal.ts';
import { setting } from './median.mjs';
import { signedIn } from './signed-in.ts';

const [flows, segmentsPerFlow] = [Number(process.argv[2] ?? 125), 120];
/** Resident memory at most, MB of 1,000,000 bytes. */
const bounds = { peak: 200 };
const nowMs = Date.UTC(2026, 10, 26, 13, 34);

const emulator = await startEmulator({
  flows,
  segmentsPerFlow,
  now: () => nowMs,
  // Long enough for what is read; longer ago only the emulator would have to look through it.
  keepRunsDays: 3,
  runFaults: ['Loyalty to SFTP/*=missing@2026-11-26T12', 'Newsletter/*=failed@2026-11-26T12'],
});

/** The most that was resident of a process while it lived, MB. */
function peakOf(pid: number): number {
  try {
    const kib = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return (Number(kib ?? 0) * 1024) / 1e6;
  } catch {
    return 0;
  }
}

async function measure(command: readonly string[]) {
  const before = emulator.requests.length;
  const startedMs = performance.now();
  const child = spawn(process.execPath, [builtProgram, ...command], {
    env: cleanEnv(signedIn(emulator.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let peak = 0;
  const weighing = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid ?? 0));
  }, 20);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  clearInterval(weighing);
  return { said, peak, tookMs: performance.now() - startedMs, requests: emulator.requests.slice(before) };
}

const { said, peak, tookMs, requests } = await measure(['status', '--json']);
const status = JSON.parse(said) as {
  calls: number;
  dataflows: number;
  isComplete: boolean;
  counts: Record<string, number>;
  flows: { segments: number }[];
};
const segments = status.flows.reduce((sum, one) => sum + one.segments, 0);
const runs = await measure(['runs', '--since', '24h', '--json']);
const listed = JSON.parse(runs.said) as { runs: unknown[] };
await emulator.close();

const verdict = (isRight: boolean): string => (isRight ? 'ok' : 'TOO MUCH');
const row = (what: string, value: string, bound: string, isRight: boolean): string =>
  `  ${what.padEnd(46)} ${value.padStart(8)}   ${bound.padEnd(20)} ${verdict(isRight)}`;
const mb = (value: number): string => `${Math.round(value)} MB`;
console.log(
  [
    `ferry status over ${status.dataflows} dataflows with ${segments.toLocaleString('en')} segments (${setting()})`,
    '',
    row(
      'calls, said and made',
      `${status.calls}/${requests.length}`,
      '(the same)',
      status.calls === requests.length,
    ),
    row('memory at the peak', mb(peak), `(at most ${bounds.peak} MB)`, peak <= bounds.peak),
    row(
      `runs --since 24h --json, ${listed.runs.length.toLocaleString('en')} runs`,
      mb(runs.peak),
      `(at most ${bounds.peak} MB)`,
      runs.peak <= bounds.peak,
    ),
    '',
    `  found: ${JSON.stringify(status.counts)}; ${(tookMs / 1000).toFixed(1)} s, most of it the emulator's`,
  ].join('\n'),
);
if (peak > bounds.peak || runs.peak > bounds.peak || status.calls !== requests.length) process.exitCode = 1;
