import type { AskedEncryption } from '../../activation/content/encryption.ts';
import type { ObjectStep } from '../../activation/steps.ts';

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

/** Of what an errand is: dataflows, or an account. */
export function idsOf(errand: Errand): string[] {
  if (errand.kind === 'export') return errand.flows.map(({ flowId }) => flowId);
  return ['flowId' in errand ? errand.flowId : errand.accountId];
}
