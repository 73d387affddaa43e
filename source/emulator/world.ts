import type { Settings } from './options.ts';
import { exportable, specialPaths } from './seed/union-schema.ts';
import { RunBook } from './runs/run-book.ts';
import { fillWithFlows } from './seed/flows.ts';
import { type SeedSegment, seedSegments } from './seed/segments.ts';
import { isObject } from './rules/params.ts';
import { hasColumns } from './rules/profile-mapping.ts';
import { isNewerCard, newerCards, replacedCards } from './specs/cards.ts';
import { flowSpecs } from './specs/flow-specs.ts';
import { legacyDestinations } from './specs/legacy-destinations.ts';
import { otherSpecs } from './specs/other-specs.ts';
import { type Entity, type JsonObject, type Scope, Store } from './store.ts';

/** Everything an emulator knows: what it was born with, and what was made since. */
export interface World {
  readonly settings: Settings;
  readonly store: Store;
  readonly book: RunBook;
  readonly connectionSpecs: ReadonlyMap<string, JsonObject>;
  readonly flowSpecs: ReadonlyMap<string, JsonObject>;
  /** Newest first, made when first asked for. */
  segments(): readonly SeedSegment[];
  isSegment(id: string): boolean;
  isAttribute(path: string): boolean;
}

/** A dataflow to a card of today without columns exports nothing. @see cards.md, section 11 (7) */
function isSound(flow: Entity, store: Store, scope: Scope): boolean {
  const [id] = Array.isArray(flow['targetConnectionIds']) ? flow['targetConnectionIds'] : [];
  const spec = store.get(scope, 'targetConnections', String(id))?.['connectionSpec'];
  return !isObject(spec) || !isNewerCard(spec['id']) || hasColumns(flow, store, scope);
}

export function createWorld(settings: Settings): World {
  const byId = (list: readonly JsonObject[]): Map<string, JsonObject> =>
    new Map(list.map((one) => [String(one['id']), one]));
  let segments: SeedSegment[] | undefined;
  let ids: Set<string> | undefined;
  let paths: Set<string> | undefined;
  const all = (): SeedSegment[] =>
    (segments ??= seedSegments(settings.segments, settings.now()).sort((a, b) => b.createdMs - a.createdMs));
  const connectionSpecs = byId([
    ...otherSpecs(),
    ...legacyDestinations(settings.acceptCloudStorage),
    ...settings.connectionSpecs,
  ]);
  const lost = { both: [], migrated: replacedCards, legacy: newerCards }[settings.organisation];
  for (const id of lost) connectionSpecs.delete(id);
  const leadsSomewhere = ({ targetConnectionSpecIds: targets }: JsonObject): boolean =>
    !Array.isArray(targets) || !targets.every((id) => lost.some((one) => one === id));
  const store = new Store(settings, (scope, shelves) => {
    const { flowsIn = scope.sandbox } = settings;
    if (scope.sandbox === flowsIn) fillWithFlows(shelves, scope, settings, all);
  });
  return {
    settings,
    store,
    book: new RunBook(settings, store, (flow, scope) => isSound(flow, store, scope)),
    connectionSpecs,
    flowSpecs: byId([...flowSpecs.filter(leadsSomewhere), ...settings.flowSpecs]),
    segments: all,
    isSegment: (id) => (ids ??= new Set(all().map((one) => one.id))).has(id.toLowerCase()),
    isAttribute: (path) => (paths ??= new Set(exportable())).has(path) || specialPaths.test(path),
  };
}
