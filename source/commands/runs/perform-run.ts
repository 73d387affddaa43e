import type { Plan } from '../../activation/plan.ts';
import type { ResolvedParams } from '../../activation/requests.ts';
import type { ApplyEvent } from '../../apply/events.ts';
import { execute } from '../../apply/execute.ts';
import type { Journal, RunState } from '../../apply/journal.ts';
import type { Connected } from '../connect/connect.ts';
import { keepRecord } from './record-run.ts';
import { dieAt, patience } from './run-journal.ts';
import type { Streams } from '../console/streams.ts';

/** An apply, and the words and signs of its receipt. */
export interface Performing extends Pick<Streams, 'env' | 'text' | 'glyphs'> {
  plan: Plan;
  authParams: ResolvedParams;
  connected: Connected;
  run: string;
  journal: Journal;
  /** What earlier attempts of this run did. */
  earlier?: RunState;
  stop: AbortSignal;
  abort: AbortSignal;
}

export interface Performed {
  result: Extract<ApplyEvent, { kind: 'result' }>;
  /** The first failure: the others follow from it. */
  failure: unknown;
  /** Place of the receipt; nothing when there is none. */
  receipt: string | undefined;
}

/** Applies a plan to its end, tells every event but the last, and keeps receipt and audit line. */
export async function performRun(
  performing: Performing,
  onEvent: (event: ApplyEvent) => void,
): Promise<Performed> {
  const { plan, authParams, connected, run, journal, earlier, env, text, glyphs, stop, abort } = performing;
  const checkpoint = dieAt(env);
  const events: ApplyEvent[] = [];
  let failure: unknown;
  const happening = execute(plan, {
    client: connected.client,
    authParams,
    run,
    clock: () => performance.now(),
    journal,
    ...(earlier ? { earlier } : {}),
    ...(checkpoint ? { checkpoint } : {}),
    ...patience(env),
    stop,
    abort,
  });
  for await (const event of happening) {
    events.push(event);
    if (event.kind === 'failed') failure ??= event.error;
    if (event.kind !== 'result') {
      onEvent(event);
      continue;
    }
    const receipt = await keepRecord({ plan, run, connected, events, result: event, env, text, glyphs });
    return { result: event, failure, receipt };
  }
  throw new Error('an apply ended without a result');
}
