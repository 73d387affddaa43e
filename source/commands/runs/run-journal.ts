import { randomBytes } from 'node:crypto';
import { memoryRuns, type RunStore } from '../../apply/journal/run-store.ts';
import type { ApplyServices } from '../../apply/services.ts';
import type { Connected } from '../connect/open-client.ts';
import { JournalError } from '../../state/errors.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import { keptState } from '../state/kept-state.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A short id that nobody has to type twice: 8 hexadecimal digits. */
export const newRun = (): string => randomBytes(4).toString('hex');

/** Where the runs on a platform are kept: those on the embedded emulator only as long as it lives. */
export function runsOn({ isEmulator }: Pick<Connected, 'isEmulator'>, env: Environment): RunStore {
  return isEmulator ? memoryRuns(Date.now) : keptState(env).runs;
}

/**
 * What must be held before anything is sent. Whoever interrupts while what keeps it is away has left.
 *
 * @throws Stop (130); whatever `hold` throws
 */
export async function holdFirst<Of>(stop: AbortSignal, hold: () => Promise<Of>): Promise<Of> {
  try {
    return await hold();
  } catch (error) {
    if (stop.aborted && error instanceof JournalError && error.keeper === 'database')
      throw new Stop(exitCode.interrupted, (text) => text('command.left'));
    throw error;
  }
}

/**
 * The switch that makes a run die at a named point, for tests: `FERRY_DIE_AT=sent:flow`. There is no way
 * back from it, as there is none from a power cut.
 */
export function dieAt(env: Environment): ApplyServices['checkpoint'] {
  const wanted = env['FERRY_DIE_AT'];
  if (wanted === undefined || wanted === '') return undefined;
  return (point, step) => {
    if (`${point}:${step}` !== wanted) return;
    // A request that was handed over needs a moment to be on the wire.
    if (point === 'sent') setTimeout(() => process.kill(process.pid, 'SIGKILL'), 60);
    else process.kill(process.pid, 'SIGKILL');
  };
}

/** For tests that cannot wait a minute for every doubt: `FERRY_DOUBT_MS`. */
export function patience(env: Environment): { doubtMs?: number; retryBaseMs?: number } {
  const doubtMs = Number(env['FERRY_DOUBT_MS'] ?? NaN);
  return doubtMs >= 0 ? { doubtMs, retryBaseMs: 10 } : {};
}
