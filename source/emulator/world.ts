import type { Settings } from './options.ts';
import { exportable, specialPaths } from './seed/union-schema.ts';
import { fillWithFlows } from './seed/flows.ts';
import { type SeedSegment, seedSegments } from './seed/segments.ts';
import { newerCards, replacedCards } from './specs/cards.ts';
import { flowSpecs } from './specs/flow-specs.ts';
import { legacyDestinations } from './specs/legacy-destinations.ts';
import { otherSpecs } from './specs/other-specs.ts';
import { type JsonObject, Store } from './store.ts';

/** Everything an emulator knows: what it was born with, and what was made since. */
export interface World {
  readonly settings: Settings;
  readonly store: Store;
  readonly connectionSpecs: ReadonlyMap<string, JsonObject>;
  readonly flowSpecs: ReadonlyMap<string, JsonObject>;
  /** Newest first, made when first asked for. */
  segments(): readonly SeedSegment[];
  isSegment(id: string): boolean;
  isAttribute(path: string): boolean;
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
  return {
    settings,
    store: new Store(settings, (scope, store) => {
      const { flowsIn = scope.sandbox } = settings;
      if (scope.sandbox === flowsIn) fillWithFlows(store, scope, settings, all);
    }),
    connectionSpecs,
    flowSpecs: byId([...flowSpecs.filter(leadsSomewhere), ...settings.flowSpecs]),
    segments: all,
    isSegment: (id) => (ids ??= new Set(all().map((one) => one.id))).has(id.toLowerCase()),
    isAttribute: (path) => (paths ??= new Set(exportable())).has(path) || specialPaths.test(path),
  };
}
