import type { RunState } from '../../apply/journal/run-state.ts';
import type { RunHolder, RunStore } from '../../apply/journal/run-store.ts';
import { type PlanRun, rollback, type RollbackEvent } from '../../apply/undo/rollback.ts';
import type { Connected } from '../connect/open-client.ts';
import { requireRight, rightFor } from '../console/rights.ts';
import type { Restriction, Streams } from '../console/streams.ts';
import { audit, type NotKept } from './record-run.ts';
import { holdFirst, patience } from './run-journal.ts';

/** A run to be taken back, which somebody has confirmed. */
export interface Undoing extends Pick<Streams, 'env'> {
  readonly run: string;
  readonly connected: Connected;
  readonly restriction: Restriction | undefined;
  readonly runs: RunStore;
  /** Told who held the run, when that one has died. */
  readonly onTakeOver?: (holder: RunHolder) => void;
  /** Told that what keeps the journal is away and is waited for, at most so many milliseconds. */
  readonly onAway?: (mostMs: number) => void;
  /** First interrupt: the call under way is finished, no other is begun. */
  readonly stop: AbortSignal;
  /** Second interrupt: the call under way is given up. */
  readonly abort: AbortSignal;
}

/** What happens, and of which run. */
export interface UndoStep {
  readonly event: RollbackEvent;
  readonly of: PlanRun;
}

/**
 * Takes a run back to its end, whoever asked for it: a command, or the wizard. Holds its journal meanwhile, and keeps
 * the audit line; what cannot be kept of that is given to `notKept`, and the result stands.
 *
 * @throws JournalError, JournalDamagedError, RunHeldError, NotPermittedError: before anything was sent
 */
export async function* performUndo(
  { run, connected, restriction, runs, onTakeOver, onAway, env, stop, abort }: Undoing,
  notKept: (one: NotKept) => void,
): AsyncGenerator<UndoStep> {
  const journal = await holdFirst(stop, () => runs.open(run, { onTakeOver, onAway, stop }));
  try {
    // Read only now: what was noted by a holder that has died meanwhile counts.
    const of = planRun(await runs.read(run));
    requireRight(rightFor(of.plan), restriction);
    const { client } = connected;
    let result: string | undefined;
    for await (const event of rollback(of, { client, journal, stop, abort, ...patience(env) })) {
      if (event.kind === 'result') result = event.outcome;
      yield { event, of };
    }
    const told = connected.isEmulator ? [] : await audit(env, { act: 'rollback', run, ...of.place, result });
    told.forEach(notKept);
  } finally {
    await journal.close();
  }
}

function planRun(state: RunState | undefined): PlanRun {
  if (state?.plan) return state;
  throw new Error('a run has changed what it is about');
}
