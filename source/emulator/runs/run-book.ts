import type { Settings } from '../options.ts';
import { type Entity, type Scope, seededClient, type Store } from '../store.ts';
import { askedOf, endEra, noteAsked, outcomesOf } from './export-log.ts';
import { type PlannedRun, planRuns } from './plan-runs.ts';
import { type Course, parseRunFault, type Planned, usualCourse } from './run-faults.ts';

const dayMs = 86_400_000;

interface Book {
  readonly etag: string;
  readonly asked: number;
  readonly isSound: boolean;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly runs: readonly PlannedRun[];
}

/** What every dataflow has exported: worked out from its schedules, the same every time. */
export class RunBook {
  readonly #settings: Settings;
  readonly #store: Store;
  readonly #isSound: (flow: Entity, scope: Scope) => boolean;
  readonly #courseOf: (planned: Planned) => Course;
  /** Whether the evaluation that ends then is to end well. */
  readonly isEvaluated: (endMs: number) => boolean;
  /** From then on exports are really written, epoch milliseconds. */
  readonly #deliversFromMs: number;
  readonly #books = new WeakMap<Entity, Book>();
  /** Dataflows that are gone; their runs are still told. @see manage.md, section 10 (11) */
  readonly #gone = new Map<string, Entity[]>();

  /** @throws EmulatorStartError for a rule that cannot be read */
  constructor(settings: Settings, store: Store, isSound: (flow: Entity, scope: Scope) => boolean) {
    this.#settings = settings;
    this.#store = store;
    this.#isSound = isSound;
    const startMs = settings.now();
    this.#deliversFromMs = settings.deliver ? startMs : Infinity;
    const faults = settings.runFaults.map((text) => parseRunFault(text, startMs));
    this.isEvaluated = (endMs) => !faults.some((one) => one.hitsEvaluation(endMs));
    this.#courseOf = (planned) =>
      faults.length === 0 ? usualCourse(planned) : (faults.find((one) => one.hits(planned))?.course ?? {});
  }

  /** The runs of a sandbox that there are by now, no longer ago than they are kept. */
  runs(scope: Scope, isMeant: (flow: Entity) => boolean = () => true): PlannedRun[] {
    const nowMs = this.#settings.now();
    const flows = [...this.#store.all(scope, 'flows'), ...(this.#gone.get(keyOf(scope)) ?? [])];
    return flows.filter(isMeant).flatMap((flow) =>
      this.#planned(flow, scope, nowMs)
        .filter((run) => this.#isKept(run, nowMs))
        .map((run) => this.#asWritten(run)),
    );
  }

  /** Those whose files are to be written by now, and nobody knows yet what became of them. */
  due(scope: Scope): PlannedRun[] {
    const nowMs = this.#settings.now();
    return this.runs(scope, isOurs).filter((run) => run.endedMs === Infinity && nowMs >= run.writtenMs);
  }

  /** The one that began last. */
  last(flow: Entity, scope: Scope): PlannedRun | undefined {
    const nowMs = this.#settings.now();
    let last: PlannedRun | undefined;
    // Each dataflow of a list is asked for it, and may have thousands.
    for (const run of this.#planned(flow, scope, nowMs))
      if (this.#isKept(run, nowMs) && run.startedMs <= nowMs && run.startedMs >= (last?.startedMs ?? 0))
        last = run;
    return last && this.#asWritten(last);
  }

  /** Before a dataflow is changed: what it has exported stays as it was. */
  close(flow: Entity, scope: Scope): void {
    endEra(flow, this.#settings.now(), this.#isSound(flow, scope));
  }

  /** Exports at once. @returns The runs, in the order of the segments. */
  ask(flow: Entity, scope: Scope, segments: readonly string[]): PlannedRun[] {
    const atMs = this.#settings.now();
    noteAsked(
      flow,
      segments.map((segment) => ({ segment, atMs })),
    );
    const planned = this.#planned(flow, scope, atMs);
    return segments.flatMap(
      (id) =>
        planned.find(({ segmentId, slotMs, isAsked }) => isAsked && segmentId === id && slotMs === atMs) ??
        [],
    );
  }

  bury(flow: Entity, scope: Scope): void {
    this.close(flow, scope);
    flow.state = 'disabled';
    this.#gone.set(keyOf(scope), [...(this.#gone.get(keyOf(scope)) ?? []), flow]);
  }

  /** Whether it is there by now, no longer ago than runs are kept. */
  #isKept({ createdMs }: PlannedRun, nowMs: number): boolean {
    return createdMs <= nowMs && createdMs >= nowMs - this.#settings.keepRunsDays * dayMs;
  }

  /** A run whose files are really written lasts until they are. */
  #asWritten(run: PlannedRun): PlannedRun {
    const outcome = outcomesOf(run.flow)[run.id];
    if (outcome) {
      const { endedMs, bytes, isFailed } = outcome;
      return { ...run, endedMs, bytes, course: isFailed ? { ...run.course, status: 'failed' } : run.course };
    }
    const isWritten = run.startedMs >= this.#deliversFromMs && isOurs(run.flow);
    return isWritten && run.course.status === undefined ? { ...run, endedMs: Infinity } : run;
  }

  #planned(flow: Entity, scope: Scope, nowMs: number): readonly PlannedRun[] {
    const [isSound, asked, { etag }] = [this.#isSound(flow, scope), askedOf(flow).length, flow];
    const known = this.#books.get(flow);
    const isKept =
      known?.etag === etag && known.asked === asked && known.isSound === isSound && nowMs < known.untilMs;
    if (isKept && nowMs >= known.fromMs) return known.runs;
    // A day more on either side: it holds for a while.
    const [fromMs, untilMs] = [nowMs - (this.#settings.keepRunsDays + 1) * dayMs, nowMs + dayMs];
    const runs = planRuns(flow, { fromMs, untilMs, isSound }, this.#courseOf, this.isEvaluated);
    this.#books.set(flow, { etag, asked, isSound, fromMs: nowMs, untilMs, runs });
    return runs;
  }
}

/** What others have made before leads to places that are made up. */
const isOurs = ({ createdClient }: Entity): boolean => createdClient !== seededClient;

const keyOf = ({ orgId, sandbox }: Scope): string => `${orgId} ${sandbox}`;
