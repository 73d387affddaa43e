import { type FlowRow, sortedBy } from '../activation/flow-table.ts';
import type { ListRow } from '../activation/run-table.ts';
import type { Unsaid } from '../activation/sayable.ts';
import type { Look } from '../activation/watch/since-last.ts';
import type { FlowWatch } from '../activation/watch/watch.ts';
import type { Limits } from '../activation/watch/watched.ts';
import type { Exporting } from '../apply/events.ts';
import type { Connection } from '../flow-service/connections.ts';
import type { JsonSchema } from '../flow-service/json-schema.ts';
import type { Namespace } from '../flow-service/namespaces.ts';
import type { Sandbox } from '../flow-service/sandboxes.ts';
import type { Segment, SegmentPage } from '../flow-service/segments.ts';
import type { ConnectionSpec, FlowSpec } from '../flow-service/specs.ts';
import type { Draft, PlatformKind } from '../wizard/draft.ts';

/** Which platform and sandbox data is read from; the cache goes by it. */
export interface Place {
  readonly platform: PlatformKind;
  readonly sandbox: string;
}

/** Where remote data comes from; handed in, screens have no client of their own. */
export interface RemoteSources {
  sandboxes(place: Place, signal: AbortSignal): Promise<Sandbox[]>;
  destinations(place: Place, signal: AbortSignal): Promise<OfferedDestinations>;
  sources(place: Place, signal: AbortSignal): Promise<OfferedSources>;
  /** Dataflows to destinations in the sandbox. */
  flowCount(place: Place, signal: AbortSignal): Promise<number>;
  /** Dataflows to batch destinations in the sandbox, page by page. */
  flows(place: Place, signal: AbortSignal): AsyncIterable<readonly FlowRow[]>;
  /** One of them, to be looked at and changed. */
  flow(place: Place, signal: AbortSignal, id: string): Promise<OpenedFlow>;
  /** Runs of the last 24 h, of one dataflow or of all: another round with each call, which reads what can have changed. */
  runs(place: Place, signal: AbortSignal, flowId: string): Promise<RunsRound>;
  /** How one dataflow stands, or all of them: read anew with each call. */
  status(place: Place, signal: AbortSignal, flowId: string): Promise<StatusRound>;
  /** Which of those that store where a dataflow does are exporting right now. */
  exporting(place: Place, signal: AbortSignal, id: string): Promise<Exports>;
  unionSchema(place: Place, signal: AbortSignal): Promise<JsonSchema>;
  namespaces(place: Place, signal: AbortSignal): Promise<readonly Namespace[]>;
  segments(place: Place, signal: AbortSignal): AsyncIterable<SegmentPage>;
  /** When some segments were made. @param ids - Side by side, with a blank between. */
  madeMs(place: Place, signal: AbortSignal, ids: string): Promise<MadeMs>;
  /** Plans in the folder that the person is in. */
  plans(): Promise<readonly OfferedPlan[]>;
}

/** What a platform has. */
export type PlatformSources = Omit<RemoteSources, 'plans'>;

/** A plan that can be opened, as a draft, or why it cannot. */
export type OfferedPlan = { readonly file: string } & (
  | { readonly kind: 'plan'; readonly draft: Draft }
  | { readonly kind: 'unusable'; readonly why: string }
);

/** A dataflow as it was read a moment ago. */
export interface OpenedFlow {
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  /** The draft that changes it, with what a plan cannot hold of it; or why the wizard cannot. */
  readonly reading:
    | { readonly kind: 'draft'; readonly draft: Draft; readonly unsaid?: readonly Unsaid[] }
    | { readonly kind: 'unusable'; readonly why: string };
}

/** When segments were made, epoch milliseconds by id; of those that say so. */
export type MadeMs = ReadonlyMap<string, number>;

/** Exports under way; nothing where that could not be looked at. */
export interface Exports {
  readonly exporting: readonly Exporting[] | undefined;
}

/** What there is to connect to; accounts and flow specs are empty where they may not be read. */
export interface OfferedDestinations {
  readonly specs: readonly ConnectionSpec[];
  readonly flowSpecs: readonly FlowSpec[];
  /** Base connections of all destinations. */
  readonly accounts: readonly Connection[];
}

/** What there is on the side of Profile Store. */
export interface OfferedSources {
  readonly connections: readonly Connection[];
  readonly sourceConnections: readonly Connection[];
}

/** All segments so far. */
export interface SegmentList {
  readonly segments: readonly Segment[];
  readonly isComplete: boolean;
  /** It ended before all that it promised: what is not in it may be there. */
  readonly isCut: boolean;
}

/** All dataflows so far. */
export interface FlowList {
  readonly flows: readonly FlowRow[];
  readonly isComplete: boolean;
  /** When the last reading of them ended, epoch milliseconds of the platform's clock. */
  readonly readMs: number;
  /** How far that clock is ahead of this one, milliseconds. */
  readonly offsetMs: number;
  /** Why a later reading of them failed; they are as old as they say. */
  readonly error?: unknown;
}

/** What a round took. */
interface ReadRound {
  /** When the round ended, epoch milliseconds of the platform's clock. */
  readonly readMs: number;
  /** How far that clock is ahead of this one, milliseconds. */
  readonly offsetMs: number;
  /** Requests that it took. */
  readonly calls: number;
}

/** The runs of the last 24 h, and the exports that have none. */
export interface RunsRound extends ReadRound {
  readonly rows: readonly ListRow[];
  /** The dataflow that they are of is not there any more. */
  readonly isGone: boolean;
}

/** The last whole round. */
export interface RunList extends RunsRound {
  /** Why a later one failed. */
  readonly error?: unknown;
}

/** How dataflows stand, by the rule of `ferry status`. */
export interface StatusRound extends ReadRound {
  readonly watched: readonly FlowWatch[];
  readonly limits: Limits;
  /** What this person saw when they last looked; of all dataflows only. */
  readonly before?: Look | undefined;
  /** Some of it could not be read. */
  readonly isCut: boolean;
}

/** The last whole round. */
export interface StatusReading extends StatusRound {
  /** Why a later one failed. */
  readonly error?: unknown;
}

export interface RemoteValues {
  sandboxes: Sandbox[];
  destinations: OfferedDestinations;
  sources: OfferedSources;
  flowCount: number;
  flows: FlowList;
  flow: OpenedFlow;
  runs: RunList;
  status: StatusReading;
  exporting: Exports;
  unionSchema: JsonSchema;
  namespaces: readonly Namespace[];
  segments: SegmentList;
  madeMs: MadeMs;
  plans: readonly OfferedPlan[];
}
export type RemoteName = keyof RemoteValues;

export type Remote<Value> =
  | { kind: 'loading' }
  | { kind: 'ready'; value: Value }
  | { kind: 'failed'; error: unknown; retry: () => void };

/** Growing lists are drawn at most this often, milliseconds: the longer, the more each drawing costs and throws away. */
const publishEveryMs = (length: number): number => 150 + length / 200;

/**
 * Remote data, kept by what it depends on. Lives outside React: a page that is left and entered again
 * finds what it had.
 */
export class RemoteCache {
  readonly #sources: RemoteSources;
  readonly #now: () => number;
  readonly #entries = new Map<string, Remote<unknown>>();
  readonly #listeners = new Set<() => void>();
  readonly #refreshing = new Set<string>();
  readonly #abort = new AbortController();

  /** @param now - Epoch milliseconds. */
  constructor(sources: RemoteSources, now: () => number = Date.now) {
    this.#sources = sources;
    this.#now = now;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What is known now; asks when nothing is. @param about - The id of what is meant, where there are several. */
  read<Name extends RemoteName>(name: Name, place: Place, about = ''): Remote<RemoteValues[Name]> {
    const key = keyOf(name, place, about);
    const known = this.#entries.get(key);
    if (known) return known as Remote<RemoteValues[Name]>;
    const loading: Remote<RemoteValues[Name]> = { kind: 'loading' };
    this.#entries.set(key, loading);
    void this.#load(name, place, key, about);
    return loading;
  }

  /** Asks for the dataflows anew; what is known of them stays until all of them have come. */
  async refreshFlows(place: Place): Promise<void> {
    const key = keyOf('flows', place, '');
    const known = this.#entries.get(key) as Remote<FlowList> | undefined;
    if (known?.kind === 'ready' && known.value.isComplete && !this.#refreshing.has(key))
      await this.#load('flows', place, key, '');
  }

  /** One more round, one at a time; what is known stays where it fails, and says why. */
  async refresh(name: 'runs' | 'status', place: Place, flowId: string): Promise<void> {
    const key = keyOf(name, place, flowId);
    const known = this.#entries.get(key) as Remote<RunList | StatusReading> | undefined;
    if (known?.kind !== 'ready' || this.#refreshing.has(key)) return;
    this.#refreshing.add(key);
    try {
      const value = await this.#sources[name](place, this.#abort.signal, flowId);
      this.#set(key, { kind: 'ready', value });
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#set(key, { kind: 'ready', value: { ...known.value, error } });
    } finally {
      this.#refreshing.delete(key);
    }
  }

  /** Asks anew what a dataflow exports right now; what is known of that stays until the answer has come. */
  async refreshExporting(place: Place, id: string): Promise<void> {
    const key = keyOf('exporting', place, id);
    if (this.#entries.get(key)?.kind === 'loading' || this.#refreshing.has(key)) return;
    this.#refreshing.add(key);
    await this.#load('exporting', place, key, id).finally(() => this.#refreshing.delete(key));
  }

  /** Everything is asked for anew, for instance with another sign-in. */
  forget(): void {
    this.#entries.clear();
    for (const listener of this.#listeners) listener();
  }

  close(): void {
    this.#abort.abort();
  }

  #set(key: string, value: Remote<unknown>): void {
    this.#entries.set(key, value);
    for (const listener of this.#listeners) listener();
  }

  async #load(name: RemoteName, place: Place, key: string, about: string): Promise<void> {
    const { signal } = this.#abort;
    try {
      if (name === 'segments') await this.#loadSegments(place, key);
      else if (name === 'flows') await this.#loadFlows(place, key);
      else this.#set(key, { kind: 'ready', value: await this.#sources[name](place, signal, about) });
    } catch (error) {
      if (signal.aborted) return;
      const retry = (): void => {
        this.#entries.delete(key);
        for (const listener of this.#listeners) listener();
      };
      this.#set(key, { kind: 'failed', error, retry });
    }
  }

  /** Pages are shown as they come; the first one at once. */
  async #loadSegments(place: Place, key: string): Promise<void> {
    const segments: Segment[] = [];
    let isCut = false;
    let publishedAt = -Infinity;
    for await (const page of this.#sources.segments(place, this.#abort.signal)) {
      segments.push(...page.segments);
      isCut ||= page.isCut === true;
      if (performance.now() - publishedAt < publishEveryMs(segments.length)) continue;
      publishedAt = performance.now();
      this.#set(key, { kind: 'ready', value: { segments: [...segments], isComplete: false, isCut } });
    }
    this.#set(key, { kind: 'ready', value: { segments, isComplete: true, isCut } });
  }

  /** By the clock of the platform, which the rows know. */
  #readAt(flows: readonly FlowRow[]): Pick<FlowList, 'readMs' | 'offsetMs'> {
    const nowMs = this.#now();
    const readMs = flows.at(-1)?.atMs ?? nowMs;
    return { readMs, offsetMs: readMs - nowMs };
  }

  /** Pages are shown as they come the first time; later, only a whole reading takes the place of an earlier one. */
  async #loadFlows(place: Place, key: string): Promise<void> {
    const known = this.#entries.get(key) as Remote<FlowList> | undefined;
    const before = known?.kind === 'ready' ? known.value : undefined;
    const flows: FlowRow[] = [];
    this.#refreshing.add(key);
    try {
      for await (const page of this.#sources.flows(place, this.#abort.signal)) {
        flows.push(...page);
        if (before === undefined)
          this.#set(key, {
            kind: 'ready',
            value: { flows: [...flows], isComplete: false, ...this.#readAt(flows) },
          });
      }
      this.#set(key, {
        kind: 'ready',
        value: { flows: sortedBy('changed', flows), isComplete: true, ...this.#readAt(flows) },
      });
    } catch (error) {
      if (before === undefined || this.#abort.signal.aborted) throw error;
      this.#set(key, { kind: 'ready', value: { ...before, error } });
    } finally {
      this.#refreshing.delete(key);
    }
  }
}

const keyOf = (name: RemoteName, { platform, sandbox }: Place, about: string): string =>
  [name, platform, name === 'sandboxes' ? '' : sandbox, about].join(' ');
