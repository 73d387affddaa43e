import type { CreateStep, DocumentStep } from '../../activation/steps.ts';
import type { RunOutcome } from '../journal/journal.ts';
import type { Removal, RemovalEvent } from './remove.ts';

/**
 * Why an object stays. `notTried`: something before it stood in the way. `notTaken`: the platform has not put it back.
 * `unowned`: it was refused and then found as it was wanted, nobody knows by whom. `notSeen`: what was sent does not
 * show, and may still come. `used`: something else stands on it. `changed`: others have put something into it.
 * `notLooked`: nobody knows what stands on it.
 */
type KeptReason =
  | Extract<Removal, { kind: 'stays' }>['reason']
  | 'notTried'
  | 'notTaken'
  | 'notSeen'
  | 'unowned'
  | 'used'
  | 'changed'
  | 'notLooked';

/** Why an object stays, with what uses it or what others have put into it. */
export interface Keeping {
  readonly reason: KeptReason;
  readonly why: string;
}

/** The dataflow, and where it stores. */
type Restored = 'change' | 'location';

/** What an undo is told of. `columns`: the next version of a mapping set, which nobody can remove. */
type UndoStep = CreateStep | Restored | 'columns';
type Step = { step: UndoStep };

/**
 * What happens while a run is undone. `why` is what the platform says about an object that stays, what uses it, or
 * what others have put into it. `isSecond`: it carries the marker of the run, and the journal does not know it.
 */
export type RollbackEvent =
  | { kind: 'removed'; step: CreateStep; id: string; wasGone: boolean; isSecond?: boolean }
  | { kind: 'absent'; step: CreateStep }
  /** The platform offers nobody to remove it, or a version of it alone; nothing exports through it. */
  | { kind: 'left'; step: DocumentStep | 'columns'; id: string }
  /** What was there before a change is there again. */
  | { kind: 'restored'; step: Restored; id: string }
  | ({ kind: 'kept'; step: UndoStep; id: string } & Keeping)
  /** Without an id: the collection could not be looked through. */
  | { kind: 'failed'; step: UndoStep; id: string; error: unknown }
  | (RemovalEvent & Step & { id: string })
  | (Step & { kind: 'waiting'; about: 'doubt' | 'busy'; mostMs: number; id?: string | undefined })
  | {
      kind: 'result';
      /** `notRolledBack`: it was refused before anything was undone, and the run is what it was. */
      outcome: Extract<RunOutcome, 'rolledBack' | 'partlyRolledBack'> | 'notRolledBack';
      kept: number;
      /** How many of the dataflow and its storage location are not as they were. */
      notBack?: number;
      left?: number;
    };
