import type { ReadSet } from '../../activation/linked-set.ts';
import type { NamedSet } from '../../activation/change/patch.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import type { CreateStep } from '../../activation/steps.ts';
import type { Connection } from '../../flow-service/connections.ts';
import type { AskedJob, Errand, ExportedRun } from './errands.ts';
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

/** Takes the notes of a run; an entry is on the disk when the promise resolves. */
export interface Journal {
  note(note: JournalNote): Promise<void>;
}

/** Forgets everything, where nobody will ask. */
export const noJournal: Journal = { note: () => Promise.resolve() };
