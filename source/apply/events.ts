import type { Finding } from '../activation/findings/findings.ts';
import type { Change, Rescheduled } from '../activation/change/changes.ts';
import type { Report } from '../activation/report.ts';
import type { DocumentStep, MadeId, RequestStep, ObjectStep } from '../activation/steps.ts';
import type { PatchOperation } from '../flow-service/flows.ts';
import type { ChangePart } from './live/changed-so-far.ts';

/** The steps a person sees: the requests, and the look-ups and the waiting between them. */
export type ApplyStep =
  | RequestStep
  | 'check'
  | 'flow-spec'
  | 'read'
  | 'location'
  | 'columns'
  | 'change'
  | 'settle'
  | 'single'
  | 'enable'
  | 'disable'
  | 'credentials'
  | 'encryption'
  | 'export'
  | `remove-${ObjectStep}`;

/** In the order in which they are shown; the two chains run side by side. */
export const applySteps: readonly ApplyStep[] = [
  'check',
  'source-base-connection',
  'source-connection',
  'target-base-connection',
  'target-connection',
  'input-schema',
  'output-schema',
  'mapping-set',
  'flow-spec',
  'flow',
  'read',
  'activate',
  'location',
  'columns',
  'change',
  'settle',
  'single',
  'validate',
];

/** Everything that was made, by the name it has in later requests. */
export type MadeObjects = Partial<Record<MadeId, string>>;

/** How an apply ended. @see cli.md, "apply --json" */
export type Outcome = 'verified' | 'mismatch' | 'failed' | 'interrupted';

/** What is about to be changed, told before the first write, or what is not, told instead of one. */
export interface DifferenceEvent {
  readonly kind: 'difference';
  readonly flowId: string;
  /** The dataflow as it is called now. */
  readonly name: string;
  readonly differences: readonly Change[];
  /** Segments that are to be exported at other times. */
  readonly schedules: readonly Rescheduled[];
  /** The requests that are about to be sent, in their order. */
  readonly requests: readonly ChangeRequest[];
  /** Other dataflows that store where this one does, and are changed with it. */
  readonly alsoReaches: readonly { readonly id: string; readonly name?: string | undefined }[];
  /** Dataflows that store there and are exporting right now; nothing where that could not be looked at. */
  readonly exporting: readonly Exporting[] | undefined;
  /** Every segment goes, or more than half and at least five. */
  readonly isEmptying: boolean;
  /** The account that it stores with, where it is told. */
  readonly accountId?: string | undefined;
  /** The mapping set that it names and that is gone, with its version. */
  readonly lostSet?: string | undefined;
}

/** A dataflow with an export under way. @see manage.md, section 3.1 */
export interface Exporting {
  readonly id: string;
  /** When the oldest of its runs that have not ended began, milliseconds UTC. */
  readonly sinceMs?: number | undefined;
}

/** What is about to be sent. */
export type ChangeRequest = PatchRequest | DocumentRequest;

export interface PatchRequest {
  readonly step: 'location' | 'change';
  readonly method: 'PATCH';
  readonly path: string;
  /** Nothing where it did not say which version it is: then it is not sent. */
  readonly etag: string | undefined;
  readonly body: readonly PatchOperation[];
}

/** What is made in the service that keeps columns, which has no etags. */
export interface DocumentRequest {
  readonly step: DocumentStep | 'columns';
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: object;
}

/**
 * What happens while a plan is applied. The screen draws these as a checklist, a command prints them.
 * `ms` are elapsed milliseconds of the step.
 */
export type ApplyEvent =
  | { kind: 'started'; step: ApplyStep }
  /** `isEarlier`: an earlier attempt of this run did it. `isReused`: it was there before, and is not this run's. */
  | {
      kind: 'succeeded';
      step: ApplyStep;
      ms: number;
      id?: string;
      requestId?: string;
      isEarlier?: boolean;
      isReused?: boolean;
    }
  | { kind: 'retrying'; step: ApplyStep; attempt: number; afterMs: number; why: string }
  /**
   * `doubt`: nobody knows whether it was done, as `attempt` was answered with `why`; without those an earlier attempt
   * of the run left it. `unseen`: it was made, and is not read yet. `busy`: the platform is at it.
   */
  | { kind: 'waiting'; step: ApplyStep; about: 'doubt'; mostMs: number; attempt?: number; why?: string }
  | { kind: 'waiting'; step: ApplyStep; about: 'unseen' | 'busy' | 'gone'; mostMs: number }
  | DifferenceEvent
  | { kind: 'waiting'; step: 'settle'; about?: undefined; status?: string; percentCompleted?: number }
  /** Something to know; nothing is wrong. */
  | { kind: 'finding'; step: 'check'; finding: Finding }
  | { kind: 'failed'; step: ApplyStep; ms: number; error: unknown }
  /** `isUnsent`: nothing has left for the platform, so there is nothing to finish. */
  | {
      kind: 'result';
      outcome: Outcome;
      run: string;
      made: MadeObjects;
      flowId?: string;
      report?: Report;
      isUnsent?: true;
      /** Of a change that did not come to its end: what became of each of its writes. */
      changes?: readonly ChangePart[];
      /** Somebody else has made one of its name and place meanwhile. */
      isTwin?: boolean;
    };
