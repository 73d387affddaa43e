import type { Connection } from '../flow-service/connections.ts';
import type { JsonSchema } from '../flow-service/json-schema.ts';
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
  unionSchema(place: Place, signal: AbortSignal): Promise<JsonSchema>;
  segments(place: Place, signal: AbortSignal): AsyncIterable<SegmentPage>;
  /** Plans in the folder that the person is in. */
  plans(): Promise<readonly OfferedPlan[]>;
}

/** What a platform has. */
export type PlatformSources = Omit<RemoteSources, 'plans'>;

/** A plan that can be opened, as a draft, or why it cannot. */
export type OfferedPlan = { readonly file: string } & (
  { readonly kind: 'plan'; readonly draft: Draft } | { readonly kind: 'unusable'; readonly why: string }
);

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

export interface RemoteValues {
  sandboxes: Sandbox[];
  destinations: OfferedDestinations;
  sources: OfferedSources;
  flowCount: number;
  unionSchema: JsonSchema;
  segments: SegmentList;
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
  readonly #entries = new Map<string, Remote<unknown>>();
  readonly #listeners = new Set<() => void>();
  readonly #abort = new AbortController();

  constructor(sources: RemoteSources) {
    this.#sources = sources;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What is known now; asks when nothing is. */
  read<Name extends RemoteName>(name: Name, place: Place): Remote<RemoteValues[Name]> {
    const key = `${name} ${place.platform} ${name === 'sandboxes' ? '' : place.sandbox}`;
    const known = this.#entries.get(key);
    if (known) return known as Remote<RemoteValues[Name]>;
    const loading: Remote<RemoteValues[Name]> = { kind: 'loading' };
    this.#entries.set(key, loading);
    void this.#load(name, place, key);
    return loading;
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

  async #load(name: RemoteName, place: Place, key: string): Promise<void> {
    const { signal } = this.#abort;
    try {
      if (name === 'segments') await this.#loadSegments(place, key);
      else this.#set(key, { kind: 'ready', value: await this.#sources[name](place, signal) });
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
}
