import { own } from '../../activation/own.ts';
import type { AuthParams, Plan } from '../../activation/plan/plan.ts';
import type { Extras } from '../../activation/change/patch.ts';
import type { ResolvedParams } from '../../activation/requests.ts';
import { hasSecret } from '../../activation/plan/secret-reference.ts';
import type { ApplyEvent } from '../../apply/events.ts';
import type { Journal, JournalNote } from '../../apply/journal/journal.ts';
import type { Errand } from '../../apply/journal/errands.ts';
import { runNotes } from '../../apply/journal/run-notes.ts';
import { type Credentials, runErrand } from '../../apply/errand/errand.ts';
import { execute } from '../../apply/execute.ts';
import type { ApplyServices } from '../../apply/services.ts';
import type { RunHolder, RunStore } from '../../apply/journal/run-store.ts';
import { knowSecret } from '../../flow-service/secrets/known-secrets.ts';
import { whoIsThere } from '../../settings/state-folder.ts';
import { JournalError } from '../../state/errors.ts';
import { type Connected, placeOf } from '../connect/open-client.ts';
import { requireRight, rightFor, rightForErrand } from '../console/rights.ts';
import type { Restriction, Streams } from '../console/streams.ts';
import { asOnlyMaker } from './once-only.ts';
import { audit, keepRecord, type Kept, type NotKept } from './record-run.ts';
import { dieAt, holdFirst, patience } from './run-journal.ts';

/** A run to be held while it is performed. */
interface Holding extends Pick<Streams, 'env'> {
  connected: Connected;
  /** The console that it is done in, where that is a restricted one. */
  restriction: Restriction | undefined;
  /** A new one is begun; one that has a journal goes on where that ends. */
  run: string;
  runs: RunStore;
  /** Told who held the run, when that one has died. */
  onTakeOver?: (holder: RunHolder) => void;
  /** Told that what keeps the journal is away and is waited for, at most so many milliseconds. */
  onAway?: (mostMs: number) => void;
  /** Told who makes the same just now, and is waited for. */
  onWait?: (holder: RunHolder) => void;
  /** First interrupt: the call under way is finished, no other is begun. */
  stop: AbortSignal;
  /** Second interrupt: the call under way is given up. */
  abort: AbortSignal;
}

/** A plan to be applied, and the words and signs of its receipt. */
export interface Performing extends Holding, Pick<Streams, 'text' | 'glyphs'> {
  plan: Plan;
  authParams: ResolvedParams;
  /** What such plans had made when it was asked whether to make another; nothing where that was not asked. */
  known?: readonly string[] | undefined;
  /** Whether one of its name and place that somebody else makes meanwhile is told. @default where it was asked */
  isOnly?: boolean | undefined;
  /** What becomes of what a dataflow holds and the plan does not. @default 'keep' */
  extras?: Extras | undefined;
  /** What the dataflow held when the plan was written: what others have changed since stays. */
  since?: Plan | undefined;
  /** What is to name the dataflow once it is made and read back. */
  binding?: Binding | undefined;
  /** Shows a change, and asks for it. */
  approve?: ApplyServices['approve'];
}

/** A file of a plan, by its whole path, and how it comes to name a dataflow. */
export interface Binding {
  readonly file: string;
  readonly write: (flowId: string) => Promise<unknown>;
}

export interface Performed {
  result: Extract<ApplyEvent, { kind: 'result' }>;
  /** The first failure: the others follow from it. */
  failure: unknown;
  kept: Kept;
}

/**
 * Performs a run of a plan to its end, whoever asked for it: a command, a folder of plans, the wizard. Holds its
 * journal meanwhile, tells every event but the last, and keeps receipt and audit line. Nothing is sent before the
 * journal has begun; a run that has sent nothing leaves none.
 *
 * @throws JournalError, JournalDamagedError, RunHeldError, NotPermittedError, Stop (3) where it was made meanwhile:
 *   before anything was sent
 */
export function performRun(performing: Performing, onEvent: (event: ApplyEvent) => void): Promise<Performed> {
  const { plan, authParams, connected, run, env, text, glyphs, approve, extras, since } = performing;
  knowSecretsOf(plan.destination.auth?.params ?? {}, authParams);
  return asOnlyMaker(performing, connected, performing, () =>
    hold(
      performing,
      {
        plan,
        ...(extras === 'prune' ? { isPruned: true } : {}),
        ...(since ? { since } : {}),
        ...(performing.binding ? { bind: performing.binding.file } : {}),
      },
      (services) =>
        execute(plan, {
          ...services,
          authParams,
          elsewhere: connected.elsewhere,
          isOnly: performing.isOnly ?? performing.known !== undefined,
          ...(extras ? { extras } : {}),
          since,
          ...(approve ? { approve } : {}),
        }),
      (events, result) => keepRecord({ plan, run, connected, events, result, env, text, glyphs }),
      onEvent,
      performing.binding,
    ),
  );
}

/** Something to be done with what is there, and how it is told. */
export interface PerformingErrand extends Holding {
  errand: Errand;
  credentials?: Credentials | undefined;
}

/** Performs an errand to its end, as `performRun` does a plan; it has no receipt. @throws as `performRun` */
export function performErrand(
  performing: PerformingErrand,
  onEvent: (event: ApplyEvent) => void,
): Promise<Performed> {
  const { errand, credentials, connected, run, env } = performing;
  return hold(
    performing,
    { errand },
    (services) => runErrand(errand, { ...services, authParams: {} }, credentials),
    async (_, result) => {
      const about = {
        ...placeOf(connected),
        ...errand,
        kind: undefined,
        connections: undefined,
        encryption: undefined,
      };
      const act = { act: errand.kind, run, ...about, result: result.outcome };
      return { notKept: connected.isEmulator ? [] : await audit(env, act) };
    },
    onEvent,
  );
}

async function hold(
  { connected, restriction, run, runs, onTakeOver, onAway, env, stop, abort }: Holding,
  about: Pick<Extract<JournalNote, { kind: 'begun' }>, 'plan' | 'errand' | 'isPruned' | 'since' | 'bind'>,
  start: (services: Omit<ApplyServices, 'authParams'>) => AsyncGenerator<ApplyEvent>,
  keep: (events: readonly ApplyEvent[], result: Performed['result']) => Promise<Kept>,
  onEvent: (event: ApplyEvent) => void,
  binding?: Binding,
): Promise<Performed> {
  const { plan, errand } = about;
  const right = errand ? rightForErrand(errand) : plan && rightFor(plan);
  if (right) requireRight(right, restriction);
  const held = await holdFirst(stop, () => runs.open(run, { onTakeOver, onAway, stop }));
  const notKept: NotKept[] = [];
  // Until it is known what earlier attempts did, nothing is forgotten.
  let isLeft = (): boolean => true;
  try {
    // Read only now: what was noted by a holder that has died meanwhile counts.
    const earlier = await runs.read(run);
    // Asked beside what is looked at before the first write, not between the two.
    const production = earlier ? Promise.resolve({}) : productionOf(connected);
    const begun = async (): Promise<JournalNote> => {
      const place = { ...placeOf(connected), ...(await production) };
      return { kind: 'begun', version: 1, run, ...about, place, who: whoIsThere(env) };
    };
    const notes = runNotes(endingAnyway(held, notKept), earlier ? undefined : begun);
    const { journal } = notes;
    isLeft = notes.hasSent;
    const checkpoint = dieAt(env);
    const events: ApplyEvent[] = [];
    let failure: unknown;
    const happening = start({
      client: connected.client,
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
      const result = isLeft() ? event : { ...event, isUnsent: true as const };
      const kept = await keep(events, result);
      if (binding && result.report && result.flowId !== undefined) {
        await binding.write(result.flowId);
        await held.note({ kind: 'bound' });
      }
      return { result, failure, kept: { ...kept, notKept: [...notKept, ...kept.notKept] } };
    }
    throw new Error('an apply ended without a result');
  } finally {
    await held.close();
    if (!isLeft()) await runs.forget(run).catch(() => undefined);
  }
}

/** The last note of a run says what is known already: where it cannot be kept, what was done stands. */
function endingAnyway(journal: Journal, notKept: NotKept[]): Journal {
  return {
    async note(note) {
      try {
        await journal.note(note);
      } catch (error) {
        if (note.kind !== 'ended' || !(error instanceof JournalError)) throw error;
        notKept.push({ what: 'journal', folder: error.folder, code: error.code });
      }
    },
  };
}

/** Whether a run is in production, for whoever is offered to finish it; nothing where nobody can say. */
async function productionOf(connected: Connected): Promise<{ isProduction?: boolean }> {
  if (connected.isEmulator) return {};
  return connected.isProduction().then(
    (isProduction) => (isProduction === undefined ? {} : { isProduction }),
    () => ({}),
  );
}

/** What a plan names as a secret must not be shown when a server repeats it. */
export function knowSecretsOf(named: AuthParams, resolved: ResolvedParams): void {
  for (const [name, value] of Object.entries(named)) {
    const held = own(resolved, name);
    if (typeof held === 'string' && hasSecret(value)) {
      knowSecret(held);
      if (value.encoding === 'base64') knowSecret(Buffer.from(held, 'base64').toString('utf8'));
    } else if (typeof value === 'object' && typeof held === 'object' && !hasSecret(value)) {
      knowSecretsOf(value, held);
    }
  }
}
