import type { CreateStep, DocumentStep } from '../../activation/steps.ts';
import type { Collection, FlowService } from '../../flow-service/client.ts';
import { isFlowServiceError } from '../../flow-service/errors.ts';
import type { Journal } from '../journal/journal.ts';
import { markerOf } from '../marker.ts';
import { isProvenUndone } from '../once/doubt.ts';
import { UnmarkedError } from '../once/likeness.ts';
import type { PlanRun, RollbackServices } from './rollback.ts';
import type { Keeping, RollbackEvent } from './undo-events.ts';

/**
 * An undo under way: what is gone and what stays, whether it may go on, and what it has come to in the end. Whatever is
 * told of it is told here.
 */
export class Undoing {
  readonly state: PlanRun;
  readonly services: RollbackServices;
  /** Milliseconds that only ever grow. */
  readonly clock: () => number;
  /** What it takes to look for something of the run. */
  readonly search: {
    readonly client: FlowService;
    readonly marker: string;
    readonly clock: () => number;
    readonly stop: AbortSignal | undefined;
    readonly abort: AbortSignal | undefined;
  };
  readonly journal: Journal;
  readonly gone = new Set<string>();
  readonly kept = new Set<string>();
  /** Whether nothing of the run can be where nobody has seen it. */
  isLookedThrough = true;
  readonly #tell: (event: RollbackEvent) => void;
  #hasUndone = false;
  #isReopened = false;
  #isBroken = false;
  #left = 0;
  readonly #unread = new Set<Collection>();

  constructor(state: PlanRun, services: RollbackServices, tell: (event: RollbackEvent) => void) {
    const { client, stop, abort, clock = () => performance.now() } = services;
    this.state = state;
    this.services = services;
    this.clock = clock;
    this.search = { client, marker: markerOf(state.run), clock, stop, abort };
    this.#tell = tell;
    this.journal = {
      note: (note) => {
        this.#hasUndone ||= note.kind === 'removed' || note.kind === 'restored' || note.kind === 'doubtful';
        this.#isReopened ||= note.kind === 'intent';
        return services.journal.note(note);
      },
    };
  }

  mayGoOn(): boolean {
    return !this.#isBroken && this.services.stop?.aborted !== true;
  }

  tell(event: RollbackEvent): void {
    if (event.kind === 'left') this.#left++;
    this.#tell(event);
  }

  async removed(
    step: CreateStep,
    id: string,
    facts: { wasGone: boolean; isSecond?: boolean },
  ): Promise<void> {
    this.gone.add(id);
    await this.journal.note({ kind: 'removed', step, id });
    this.tell({ kind: 'removed', step, id, ...facts });
  }

  keep(step: CreateStep, id: string, keeping: Keeping = { reason: 'notTried', why: '' }): void {
    // Whatever was accepted may have gone by now.
    this.#hasUndone ||= keeping.reason === 'notGone' || keeping.reason === 'interrupted';
    this.kept.add(id);
    this.tell({ kind: 'kept', step, id, ...keeping });
  }

  leave(step: DocumentStep, id: string): void {
    this.tell({ kind: 'left', step, id });
  }

  /** @throws the error itself when it is none that may be told. */
  fail(step: CreateStep, id: string, error: unknown): void {
    const isUnmarked = error instanceof UnmarkedError;
    if (!isUnmarked && !isFlowServiceError(error)) throw error;
    if (id !== '') this.kept.add(id);
    this.#hasUndone ||= !isUnmarked && error.method === 'DELETE' && !isProvenUndone(error);
    this.tell({ kind: 'failed', step, id, error });
    if (isUnmarked) return;
    // Only a refusal or a list may be about this one; whoever has no token or no connection gets no further.
    if (error.kind === 'incomplete') return;
    if (error.kind !== 'refused' || error.status === 401) this.#isBroken = true;
  }

  /** A look that failed: something of the run may be where nobody has seen it. @throws like `fail` */
  failToLook(step: CreateStep, error: unknown): void {
    this.isLookedThrough = false;
    this.fail(step, '', error);
  }

  /** The same of a list, which is told once. @throws like `fail` */
  failToList(collection: Collection, step: CreateStep, error: unknown): void {
    this.isLookedThrough = false;
    if (this.#unread.has(collection)) return;
    this.#unread.add(collection);
    this.fail(step, '', error);
  }

  /** @param count - How many objects stay. @param notBack - How many of them are not as they were. */
  async end(isUndone: boolean, count: number, notBack = 0): Promise<void> {
    const { outcome: before } = this.state;
    const outcome = isUndone ? 'rolledBack' : this.#hasUndone ? 'partlyRolledBack' : 'notRolledBack';
    if (outcome !== 'notRolledBack') await this.journal.note({ kind: 'ended', outcome });
    // What was asked for and refused leaves the run as it was.
    else if (this.#isReopened && before) await this.journal.note({ kind: 'ended', outcome: before });
    const parts = {
      ...(notBack === 0 ? {} : { notBack }),
      ...(this.#left === 0 ? {} : { left: this.#left }),
    };
    this.tell({ kind: 'result', outcome, kept: count, ...parts });
  }
}
