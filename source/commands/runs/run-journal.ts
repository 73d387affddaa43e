import { randomBytes } from 'node:crypto';
import type { Plan } from '../../activation/plan.ts';
import type { ApplyServices } from '../../apply/services.ts';
import { openJournal, type OpenJournal } from '../../apply/journal-file.ts';
import { noJournal } from '../../apply/journal.ts';
import { stateFolder, whoIsThere } from '../../settings/state-folder.ts';
import { type Connected, placeOf } from '../connect/connect.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A short id that nobody has to type twice: 8 hexadecimal digits. */
export const newRun = (): string => randomBytes(4).toString('hex');

/** A rehearsal on the embedded emulator leaves nothing that could be finished or undone. */
const rehearsal: OpenJournal = { ...noJournal, close: () => Promise.resolve() };

/**
 * Begins the journal of an apply. Nothing is sent before this has succeeded.
 *
 * @throws JournalError when the state folder cannot be written.
 */
export async function beginJournal(
  run: string,
  plan: Plan,
  { client, isEmulator }: Pick<Connected, 'client' | 'isEmulator'>,
  env: Environment,
): Promise<OpenJournal> {
  if (isEmulator) return rehearsal;
  const place = placeOf({ client });
  const journal = await openJournal(stateFolder(env), run, Date.now);
  await journal.note({ kind: 'begun', version: 1, run, plan, place, who: whoIsThere(env) });
  return journal;
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

/** For tests that cannot wait ten seconds for every doubt: `FERRY_DOUBT_MS`. */
export function patience(env: Environment): { doubtMs?: number; retryBaseMs?: number } {
  const doubtMs = Number(env['FERRY_DOUBT_MS'] ?? NaN);
  return doubtMs >= 0 ? { doubtMs, retryBaseMs: 10 } : {};
}
