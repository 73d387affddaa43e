import {
  type Emulator,
  type EmulatorOptions,
  type RequestEntry,
  startEmulator,
} from '../../source/emulator/server.ts';
import { endWithTest } from './scope.ts';

/** An emulator that ends with the test at the latest. */
export async function emulatorWith(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  endWithTest(() => emulator.close());
  return emulator;
}

/** Dataflows of which nothing is due, on a clock that the test sets: it stands at 26 Nov 2026, 09:00 UTC, or where told. */
export async function quietEmulator(
  options: EmulatorOptions = {},
  startMs = Date.UTC(2026, 10, 26, 9),
): Promise<{ readonly clock: { ms: number }; readonly emulator: Emulator }> {
  const clock = { ms: startMs };
  const quiet = { flows: 6, segments: 200, runFaults: ['*=none'], now: () => clock.ms };
  return { clock, emulator: await emulatorWith({ ...quiet, ...options }) };
}

/** The most requests that were under way at once. */
export function mostAtOnce(requests: readonly Pick<RequestEntry, 'startedMs' | 'endedMs'>[]): number {
  const steps = requests.flatMap(({ startedMs, endedMs }) => [
    { atMs: startedMs, by: 1 },
    { atMs: endedMs, by: -1 },
  ]);
  let [now, most] = [0, 0];
  // In one millisecond the one that ends makes room for the one that begins.
  for (const { by } of steps.toSorted((a, b) => a.atMs - b.atMs || a.by - b.by)) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}

/** Where nobody listens. A port that has been given back may be another test's by now; this one is never given. */
export const nobody = { url: 'http://127.0.0.1:4', host: '127.0.0.1:4' } as const;
