import { escapedJson } from '../../activation/plan/escaped-json.ts';
import { createHash } from 'node:crypto';
import type { ReadSet } from '../../activation/activation.ts';
import { parseExactly } from '../../ground/exact-json.ts';
import { withoutMark } from '../../ground/read-file.ts';
import type { NamedSet } from '../../activation/patch.ts';
import type { AskedEncryption } from '../../activation/content/encryption.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { type CreateStep, type DocumentStep, idOfStep } from '../../activation/steps.ts';
import type { Connection } from '../../flow-service/connections.ts';
import type { MadeObjects } from '../events.ts';
import type { SteadyMoment } from './steady.ts';

/** The writes of an apply: what is noted before it is sent. */
export type WriteStep = CreateStep | 'remove' | 'export' | PatchStep;

/**
 * Writes to what is there: a new dataflow is filled, one that is there is changed, and so is where it stores. `columns`:
 * its mapping set gets its next version.
 */
export type PatchStep =
  | 'activate'
  | 'change'
  | 'location'
  | 'columns'
  | 'enable'
  | 'disable'
  | 'credentials'
  | 'encryption';

/** Something that was removed, or is to be. */
export interface RemovedObject {
  readonly step: ObjectStep;
  readonly id: string;
}

/** What a run is about that applies no plan. */
export type Errand =
  | { readonly kind: 'enable' | 'disable'; readonly flowId: string; readonly name: string }
  | {
      readonly kind: 'remove';
      readonly flowId: string;
      readonly name: string;
      /** Those of its connections that are to go too, in their order. */
      readonly connections: readonly RemovedObject[];
    }
  /** It holds no secret, so whoever finishes it asks for them. */
  | { readonly kind: 'credentials'; readonly accountId: string; readonly name: string }
  | {
      readonly kind: 'encryption';
      readonly accountId: string;
      readonly name: string;
      /** With a public key, which is no secret. */
      readonly encryption: AskedEncryption;
    }
  | {
      readonly kind: 'export';
      /** Of all of its dataflows. */
      readonly name: string;
      readonly flows: readonly ExportOf[];
    };

/** Segments of a dataflow that are to be exported at once. */
export interface ExportOf {
  readonly flowId: string;
  readonly name: string;
  readonly segments: readonly string[];
}

/** A segment of a dataflow. */
export interface ExportPair {
  readonly flowId: string;
  readonly segmentId: string;
}

/** A call that exports, before it is sent. */
export interface AskedJob {
  /** Counted from 0. */
  readonly job: number;
  /** By the platform's clock, epoch milliseconds. */
  readonly atMs: number;
  readonly of: readonly ExportPair[];
}

/** What came of a call that exports. `isFound`: its runs were looked for; one of the schedule may be among them. */
export interface ExportedJob {
  readonly runs: readonly ExportedRun[];
  readonly isFound: boolean;
}

/** An export that was taken. `isEarlier`: it was under way before it was asked for, and may be one of the schedule. */
export interface ExportedRun extends ExportPair {
  readonly runId?: string | undefined;
  readonly isEarlier?: true;
}

/** What is made in the Flow Service, with the marker of its run in its description. */
export type ObjectStep = Exclude<CreateStep, DocumentStep>;

/** Where a run writes. */
export interface RunPlace {
  readonly apiUrl: string;
  readonly orgId: string;
  readonly sandbox: string;
  /** Whether the sandbox is a production one; nothing where nobody could say. */
  readonly isProduction?: boolean | undefined;
}

/** Who did it, as far as the machine knows. */
export interface Who {
  readonly user: string;
  readonly sudoUser?: string | undefined;
  /** Address of the SSH client. */
  readonly sshClient?: string | undefined;
}

export type RunOutcome = 'verified' | 'mismatch' | 'rolledBack' | 'partlyRolledBack';

/** A dataflow, and where it stores, as they were read. */
export interface Found {
  /** The whole of it, as it came. */
  readonly flow: unknown;
  readonly target?:
    | Pick<Connection, 'id' | 'baseConnectionId' | 'connectionSpec' | 'params' | 'etag'>
    | undefined;
  /** The mapping set that it names, in that version. */
  readonly set?: ReadSet | undefined;
}

/** What a change writes to: the dataflow, and where it stores. */
export type ChangeStep = Extract<PatchStep, 'change' | 'location'>;

/** Whose doing a change is that shows although it was refused. */
export type Whose = 'own' | 'theirs' | 'unknown';

/** One line of a journal, without its time. It holds no secret: a plan has none. */
export type JournalNote =
  | {
      kind: 'begun';
      version: 1;
      run: string;
      /** None where it is about an errand. */
      plan?: Plan;
      errand?: Errand;
      place: RunPlace;
      who: Who;
      /** Whether what a dataflow holds and the plan does not goes too. */
      isPruned?: boolean;
      /** The file, by its whole path, that is to name the dataflow once it is made. */
      bind?: string;
      /** What the dataflow held when the plan was written; what others have changed since stays. */
      since?: Plan;
    }
  /** What there was before a change, for putting it back. */
  | ({ kind: 'found' } & Found)
  /** What the next patch of a change is sent over, where others have changed that since it was found. */
  | ({ kind: 'over'; step: ChangeStep } & Partial<Found>)
  /**
   * The version of a mapping set that the next patch of a dataflow names. `isFound`: it was there already, and this run
   * has not made it.
   */
  | { kind: 'named'; set: NamedSet; isFound?: boolean }
  /** Before sending. */
  | { kind: 'intent'; step: WriteStep; asked?: AskedJob }
  /** A call that exports was taken. `isFound`: its runs were looked for, because nobody knew. */
  | { kind: 'exported'; job: number; runs: readonly ExportedRun[]; isFound?: true }
  /** `isFound`: it was looked for, because nobody knew. */
  | { kind: 'made'; step: CreateStep; id: string; requestId?: string | undefined; isFound?: boolean }
  /**
   * Without a step: a new dataflow was filled. `whose`: it was sent, and later found as it was wanted.
   */
  | { kind: 'patched'; step?: PatchStep; requestId?: string | undefined; whose?: Whose }
  /** What a change had found is there again. */
  | { kind: 'restored'; step: PatchStep; requestId?: string | undefined }
  /** Surely not done. */
  | { kind: 'refused'; step: WriteStep; why: string }
  /** Nobody knows whether it was done. */
  | { kind: 'doubtful'; step: WriteStep; why: string }
  /** Looked for and not there. */
  | { kind: 'absent'; step: CreateStep }
  | { kind: 'removed'; step: CreateStep; id: string }
  /** What was to be said in the file of its plan was said there, or cannot be. */
  | { kind: 'bound' }
  /** `became`: the dataflow as it was read back, the whole of it. */
  | { kind: 'ended'; outcome: RunOutcome; became?: unknown };

/**
 * A line with its moment: ISO 8601, UTC. `steady`: the same by a clock that nobody can set, where it will be asked how
 * long ago it was.
 */
export type JournalEntry = JournalNote & { at: string; steady?: SteadyMoment };

/** A line in the middle says something else than was written. */
export class JournalDamagedError extends Error {
  override readonly name = 'JournalDamagedError';
  readonly kind = 'journalDamaged';
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  constructor(file: string, line: number) {
    super(`${file}: line ${line} is damaged`);
    this.file = file;
    this.line = line;
  }
}

const sumOf = (json: string): string => createHash('sha256').update(json).digest('hex').slice(0, 16);

/** An entry as a line of NDJSON, with a checksum over everything else. */
export function encodeEntry(entry: JournalEntry): string {
  return `${escapedJson({ ...entry, sum: sumOf(JSON.stringify(entry)) })}\n`;
}

export interface DecodedJournal {
  entries: JournalEntry[];
  isTorn: boolean;
  /** Where the last good line ends in the file, bytes: whoever cuts a torn line cuts there. */
  goodBytes: number;
}

/**
 * The entries of a journal. A last line that is not whole was being written when something died: it is
 * left out.
 *
 * @throws JournalDamagedError for a line before it.
 */
export function decodeJournal(text: string, file: string): DecodedJournal {
  const bare = withoutMark(text);
  const lines = bare.split('\n');
  const last = lines.pop() ?? '';
  const entries = lines.map((line, at) => {
    const entry = decodeLine(line);
    if (!entry && !(at === lines.length - 1 && last === '')) throw new JournalDamagedError(file, at + 1);
    return entry;
  });
  const whole = entries.filter((entry) => entry !== undefined);
  const goodBytes = Buffer.byteLength(
    text.slice(0, text.length - bare.length) +
      lines
        .slice(0, whole.length)
        .map((line) => `${line}\n`)
        .join(''),
  );
  return { entries: whole, isTorn: last !== '' || whole.length < entries.length, goodBytes };
}

function decodeLine(line: string): JournalEntry | undefined {
  try {
    const { sum, ...entry } = parseExactly(line) as JournalEntry & { sum: string };
    return sum === sumOf(JSON.stringify(entry)) ? (entry as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}

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
  const lastWords: Partial<Record<WriteStep, LastWord>> = {};
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
    if ('step' in entry && entry.step !== undefined) {
      if (entry.kind === 'intent' || entry.kind === 'doubtful' || entry.kind === 'refused') {
        // The platform's answers are told by their status: what never left has no other.
        if (entry.kind === 'refused' && !/^\d+$/.test(entry.why))
          Reflect.deleteProperty(lastWords, entry.step);
        else lastWords[entry.step] = { kind: entry.kind, since: entry.steady, atMs: Date.parse(entry.at) };
      } else if (entry.kind !== 'over') Reflect.deleteProperty(lastWords, entry.step);
    }
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
      case 'patched':
        patched.add(entry.step ?? 'activate');
        // Without an open one it was found as it was wanted, and somebody else has made it so, unless it was refused
        // after it was acted upon.
        if (doubts[entry.step ?? 'activate'] === undefined && entry.whose !== 'own') {
          written.delete(entry.step ?? 'activate');
          if (entry.whose === 'unknown') unowned.add(entry.step ?? 'activate');
        }
        mayBeIn.add(entry.step ?? 'activate');
        patchedSince[entry.step ?? 'activate'] = entry.steady;
        Reflect.deleteProperty(doubts, entry.step ?? 'activate');
        break;
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
    lastWords,
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

/** What a run is called: its plan, or the dataflow or account of its errand. */
export const nameOf = ({ plan, errand }: RunState): string => plan?.name ?? errand?.name ?? '';

/** Of what an errand is: dataflows, or an account. */
export function idsOf(errand: Errand): string[] {
  if (errand.kind === 'export') return errand.flows.map(({ flowId }) => flowId);
  return ['flowId' in errand ? errand.flowId : errand.accountId];
}

/** Takes the notes of a run; an entry is on the disk when the promise resolves. */
export interface Journal {
  note(note: JournalNote): Promise<void>;
}

/** Forgets everything, where nobody will ask. */
export const noJournal: Journal = { note: () => Promise.resolve() };
