import type { Plan } from '../activation/plan/plan.ts';
import type { ApplyEvent, ApplyStep, MadeObjects } from './events.ts';
import type { Journal } from './journal/journal.ts';
import type { ApplyServices } from './services.ts';
import { Stopped } from './stopped.ts';

/** The steps of an apply, told as they begin and end. */
export interface Steps {
  tell: (event: ApplyEvent) => void;
  /** Whether another call may be begun. */
  mayGoOn: () => boolean;
  /**
   * Does one step. The first that fails lets nothing else begin.
   *
   * @param facts - What is told of its answer.
   * @throws Stopped when it may not begin; otherwise whatever the call throws.
   */
  step: <Answer>(
    name: ApplyStep,
    call: () => Promise<Answer>,
    facts?: (answer: Answer) => { id?: string; requestId?: string; isReused?: boolean },
  ) => Promise<Answer>;
}

/** An apply under way: what its parts (establish, change, prove) work with. */
export interface Applying extends Working {
  plan: Plan;
}

/** A run under way, whatever it is about. */
export interface Working extends ApplyServices, Steps {
  journal: Journal;
  /** The marker in the description of everything that is made. */
  marker: string;
  /** Whether at some time nobody knew if a write was done. */
  doubts: { isAny: boolean };
  /** Everything that was made so far, by earlier attempts too. */
  made: MadeObjects;
}

/** Begins to count: as long as nothing failed and nobody said stop, steps may begin. */
export function beginSteps(
  { clock, stop }: Pick<ApplyServices, 'clock' | 'stop'>,
  tell: Steps['tell'],
): Steps {
  // One chain's failure lets the other finish the call it is in, and no more.
  let isBroken = false;
  const mayGoOn = (): boolean => stop?.aborted !== true && !isBroken;
  return {
    tell,
    mayGoOn,
    async step(name, call, facts) {
      if (!mayGoOn()) throw new Stopped();
      const startedAt = clock();
      tell({ kind: 'started', step: name });
      try {
        const answer = await call();
        tell({ kind: 'succeeded', step: name, ms: clock() - startedAt, ...facts?.(answer) });
        return answer;
      } catch (error) {
        if (!(error instanceof Stopped)) {
          isBroken = true;
          tell({ kind: 'failed', step: name, ms: clock() - startedAt, error });
        }
        throw error;
      }
    },
  };
}

/** Looks before the first write; only told when something does not fit, or is good to know. */
export async function untold<Answer>(
  { tell, clock, mayGoOn }: Pick<Applying, 'tell' | 'clock' | 'mayGoOn'>,
  look: () => Promise<Answer>,
): Promise<Answer> {
  if (!mayGoOn()) throw new Stopped();
  const startedAt = clock();
  try {
    return await look();
  } catch (error) {
    if (error instanceof Stopped) throw error;
    tell({ kind: 'started', step: 'check' });
    tell({ kind: 'failed', step: 'check', ms: clock() - startedAt, error });
    throw error;
  }
}

/** Waits for all, then throws the first real failure, so that no chain is left running unseen. */
export async function allSettledOrThrow<Results extends readonly Promise<unknown>[]>(
  promises: Results,
): Promise<{ -readonly [K in keyof Results]: Awaited<Results[K]> }> {
  const settled = await Promise.allSettled(promises);
  const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const worst = failures.find((error) => !(error instanceof Stopped)) ?? failures[0];
  if (worst !== undefined) throw worst;
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : undefined)) as {
    -readonly [K in keyof Results]: Awaited<Results[K]>;
  };
}

/** What is told of the answer to a write. */
export const requestOf = ({ requestId }: { requestId?: string | undefined }): { requestId?: string } =>
  requestId === undefined ? {} : { requestId };
