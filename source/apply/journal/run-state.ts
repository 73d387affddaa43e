import type { NamedSet } from '../../activation/change/patch.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { type CreateStep, idOfStep } from '../../activation/steps.ts';
import type { MadeObjects } from '../events.ts';
import type { AskedJob, Errand, ExportedJob } from './errands.ts';
import type { Found, JournalEntry, PatchStep, RunOutcome, RunPlace, Who, WriteStep } from './journal.ts';
import type { SteadyMoment } from './steady.ts';

/** Nobody knows whether a write was done. `since`: the last word about it, where there was one. */
export interface Doubt {
  readonly since?: SteadyMoment | undefined;
}

/** The last that is known of a write of which nobody has said that it was done. */
export interface LastWord {
  readonly kind: 'intent' | 'doubtful' | 'refused';
  readonly since?: SteadyMoment | undefined;
  /** Epoch milliseconds, by a clock that may have been set. */
  readonly atMs: number;
}

/** What is known of a run from its journal. */
export type RunState = KnownRun &
  (
    | { readonly plan: Plan; readonly errand?: undefined }
    | { readonly plan?: undefined; readonly errand: Errand }
  );

interface KnownRun {
  readonly run: string;
  readonly place: RunPlace;
  readonly who: Who;
  /** Epoch milliseconds. */
  readonly begunMs: number;
  readonly made: MadeObjects;
  /** When it was made, epoch milliseconds. */
  readonly madeMs: Partial<Record<CreateStep, number>>;
  /** The same by a clock that nobody can set. */
  readonly madeSince?: Partial<Record<CreateStep, SteadyMoment | undefined>>;
  /** Writes of which nobody knows whether they were done. */
  readonly doubts: Partial<Record<WriteStep, Doubt>>;
  /** The last word about each write that is not known to be done, but for what never left. */
  readonly lastWords?: Partial<Record<WriteStep, LastWord>>;
  /** Everything that was ever sent. */
  readonly sent: ReadonlySet<WriteStep>;
  /**
   * All that there can be to undo: what was sent, also what was refused, since a service may act and refuse; not what
   * was found as it was wanted after that.
   */
  readonly written: ReadonlySet<WriteStep>;
  /** What was sent and refused, and then found as it was wanted: nobody can tell whose it is. */
  readonly unowned?: ReadonlySet<WriteStep>;
  /** The version of its mapping set that the patch of the dataflow names. */
  readonly named?: NamedSet | undefined;
  /** The version that was made for it. */
  readonly madeVersion?: NamedSet | undefined;
  /** At some time nobody knew whether something was done: there may be two of it. */
  readonly hadDoubt: boolean;
  /** Patches that are surely in. */
  readonly patched: ReadonlySet<PatchStep>;
  /** What a change began with; nothing for a run that makes something. */
  readonly found: Found | undefined;
  /** What a patch came over, where that is something else than was found. */
  readonly over?: Partial<Found>;
  /** What had become of the dataflow when it was read back. */
  readonly became?: unknown;
  /** When a patch was answered. */
  readonly patchedSince?: Partial<Record<PatchStep, SteadyMoment | undefined>>;
  readonly isPruned: boolean;
  readonly since?: Plan | undefined;
  /** What was taken of an export, call by call. */
  readonly exported?: ReadonlyMap<number, ExportedJob>;
  /** The call that was sent last. */
  readonly askedJob?: AskedJob | undefined;
  /** The file that is still to name the dataflow. */
  readonly toBind?: string | undefined;
  /** Nothing while it is unfinished. */
  readonly outcome: RunOutcome | undefined;
}

/** Folds a journal into what is known; nothing for one that does not begin. */
export function foldJournal(entries: readonly JournalEntry[]): RunState | undefined {
  const [begun] = entries;
  if (begun?.kind !== 'begun') return undefined;
  const made: MadeObjects = {};
  const madeMs: Partial<Record<CreateStep, number>> = {};
  const madeSince: Partial<Record<CreateStep, SteadyMoment | undefined>> = {};
  const sent = new Set<WriteStep>();
  const written = new Set<WriteStep>();
  const unowned = new Set<WriteStep>();
  let named: NamedSet | undefined;
  let madeVersion: NamedSet | undefined;
  let hadDoubt = false;
  const doubts: Partial<Record<WriteStep, Doubt>> = {};
  const patched = new Set<PatchStep>();
  let found: Found | undefined;
  let over: Partial<Found> = {};
  let became: unknown;
  const patchedSince: Partial<Record<PatchStep, SteadyMoment | undefined>> = {};
  /** Patches of which one may be in already. */
  const mayBeIn = new Set<WriteStep>();
  const exported = new Map<number, ExportedJob>();
  let askedJob: AskedJob | undefined;
  let outcome: RunOutcome | undefined;
  let toBind = begun.bind;
  for (const entry of entries) {
    switch (entry.kind) {
      case 'begun':
        break;
      case 'bound':
        toBind = undefined;
        break;
      case 'intent':
      case 'doubtful':
        // An intent upon an open one: the one before ended nobody knows how.
        if (entry.kind === 'doubtful' || doubts[entry.step] !== undefined) {
          hadDoubt = true;
          mayBeIn.add(entry.step);
        }
        written.add(entry.step);
        unowned.delete(entry.step);
        sent.add(entry.step);
        // A change that is in is only written to again to be taken back.
        patched.delete(entry.step as PatchStep);
        doubts[entry.step] = entry.kind === 'doubtful' ? { since: entry.steady } : {};
        if (entry.kind === 'intent') askedJob = entry.asked;
        outcome = undefined;
        break;
      case 'exported':
        exported.set(entry.job, { runs: entry.runs, isFound: entry.isFound === true });
        Reflect.deleteProperty(doubts, 'export');
        break;
      case 'made':
        made[idOfStep[entry.step]] = entry.id;
        madeMs[entry.step] = Date.parse(entry.at);
        madeSince[entry.step] = entry.steady;
        hadDoubt ||= entry.isFound === true;
        Reflect.deleteProperty(doubts, entry.step);
        break;
      case 'patched': {
        const step = entry.step ?? 'activate';
        patched.add(step);
        // Without an open one it was found as it was wanted, and somebody else has made it so, unless it was refused
        // after it was acted upon.
        if (doubts[step] === undefined && entry.whose !== 'own') {
          written.delete(step);
          if (entry.whose === 'unknown') unowned.add(step);
        }
        mayBeIn.add(step);
        patchedSince[step] = entry.steady;
        Reflect.deleteProperty(doubts, step);
        break;
      }
      case 'restored':
        patched.delete(entry.step);
        mayBeIn.delete(entry.step);
        if (entry.step === 'change') became = undefined;
        Reflect.deleteProperty(doubts, entry.step);
        break;
      case 'found':
        // What a later attempt finds is what the first one has made of it.
        found ??= { flow: entry.flow, target: entry.target, set: entry.set };
        break;
      case 'over':
        // Once something of ours may be in, what is read shows it.
        if (doubts[entry.step] !== undefined || mayBeIn.has(entry.step)) break;
        over = entry.step === 'change' ? { ...over, flow: entry.flow } : { ...over, target: entry.target };
        break;
      case 'named':
        if (entry.isFound !== true) madeVersion ??= entry.set;
        if (doubts.change === undefined && !mayBeIn.has('change')) named = entry.set;
        break;
      case 'refused':
      case 'absent':
        hadDoubt ||= entry.kind === 'absent';
        Reflect.deleteProperty(doubts, entry.step);
        break;
      case 'removed':
        // A second one that was removed leaves the first.
        Reflect.deleteProperty(doubts, 'remove');
        if (made[idOfStep[entry.step]] !== entry.id) break;
        Reflect.deleteProperty(made, idOfStep[entry.step]);
        // What was put into a dataflow is gone with it.
        if (entry.step === 'flow') patched.clear();
        break;
      case 'ended':
        outcome = entry.outcome;
        became = entry.became ?? became;
        break;
    }
  }
  const { run, plan, errand, place, who } = begun;
  if (!plan && !errand) return undefined;
  const begunMs = Date.parse(begun.at);
  hadDoubt ||= Object.keys(doubts).length > 0;
  const known = { run, place, who, begunMs, made, madeMs, doubts, sent, hadDoubt, patched, outcome };
  const all = {
    ...known,
    found,
    over,
    written,
    unowned,
    named,
    madeVersion,
    became,
    lastWords: lastWordsOf(entries),
    patchedSince,
    madeSince,
    isPruned: begun.isPruned === true,
    since: begun.since,
    exported,
    askedJob,
    toBind,
  };
  return plan ? { ...all, plan } : errand && { ...all, errand };
}

function lastWordsOf(entries: readonly JournalEntry[]): Partial<Record<WriteStep, LastWord>> {
  const words: Partial<Record<WriteStep, LastWord>> = {};
  for (const entry of entries) {
    if (!('step' in entry) || entry.step === undefined || entry.kind === 'over') continue;
    const { kind, step, steady: since, at } = entry;
    // The platform's answers are told by their status: what never left has no other.
    const isOpen =
      kind === 'intent' || kind === 'doubtful' || (kind === 'refused' && /^\d+$/.test(entry.why));
    if (isOpen) words[step] = { kind, since, atMs: Date.parse(at) };
    else Reflect.deleteProperty(words, step);
  }
  return words;
}

/** What a run is called: its plan, or the dataflow or account of its errand. */
export const nameOf = ({ plan, errand }: RunState): string => plan?.name ?? errand?.name ?? '';
