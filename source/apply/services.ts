import type { Extras } from '../activation/change/patch.ts';
import type { Plan } from '../activation/plan/plan.ts';
import type { ResolvedParams } from '../activation/requests.ts';
import type { FlowService } from '../flow-service/client.ts';
import type { DifferenceEvent } from './events.ts';
import type { Journal, WriteStep } from './journal/journal.ts';
import type { RunState } from './journal/run-state.ts';

/** Where a run can be made to die, for tests. */
export type Checkpoint = 'intended' | 'sent' | 'answered';

export interface ApplyServices {
  client: FlowService;
  /** Auth params with the secrets in clear. */
  authParams: ResolvedParams;
  /** Short id of this run; every object carries it in its description. */
  run: string;
  /** Milliseconds that only ever grow. */
  clock: () => number;
  /** Takes every write before it is sent and after it is answered. @default nothing is noted */
  journal?: Journal;
  /** What earlier attempts of this run did. */
  earlier?: Pick<
    RunState,
    | 'made'
    | 'doubts'
    | 'lastWords'
    | 'sent'
    | 'hadDoubt'
    | 'patched'
    | 'found'
    | 'isPruned'
    | 'since'
    | 'named'
    | 'over'
    | 'exported'
    | 'askedJob'
  >;
  /** No other of its name and place is wanted: one that somebody else makes meanwhile is told. */
  isOnly?: boolean;
  /** What becomes of what a dataflow holds and the plan does not. @default 'keep' */
  extras?: Extras;
  /** What the dataflow held when the plan was written: what others have changed since stays. */
  since?: Plan | undefined;
  /**
   * Asked before a change is sent, by whoever shows it.
   *
   * @default it is sent, unless it empties the dataflow
   */
  approve?: (change: DifferenceEvent) => Promise<boolean>;
  /** Names of other sandboxes that have a dataflow. @default nobody looks there */
  elsewhere?: (flowId: string) => Promise<readonly string[]>;
  /** First interrupt: the call under way is finished, no other is begun. */
  stop?: AbortSignal;
  /** Second interrupt: the call under way is given up. */
  abort?: AbortSignal;
  /** Longest wait for the platform to take the change in, milliseconds. */
  settleMs?: number;
  /** How long a write without a proven end may still turn up, milliseconds. */
  doubtMs?: number;
  /** How long something that was made may not be read yet, milliseconds. */
  unseenMs?: number;
  /** First pause before a write is tried again, milliseconds; it doubles. */
  retryBaseMs?: number;
  /** Longest wait until a removed object is gone, milliseconds. */
  goneMs?: number;
  checkpoint?: (point: Checkpoint, step: WriteStep | 'read' | 'settle') => void | Promise<void>;
}
