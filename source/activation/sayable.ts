import { type Activation, type Item, type Segment, segmentType } from './activation.ts';
import { namespaceOf } from './content/columns.ts';
import { attributeProblems } from './content/profile-attributes.ts';
import { templateProblems } from './content/filename-template.ts';
import { scheduleProblems } from './content/schedule.ts';
import type { Compared } from './difference.ts';
import {
  attributeOf,
  keyName,
  type DeduplicationKey,
  type Plan,
  planSchema,
  type PlanSegment,
  type Selected,
} from './plan/plan.ts';
import { withSettings } from './settings.ts';

/** What of a dataflow a plan can say. */
export interface Sayable {
  readonly segments: readonly PlanSegment[];
  readonly attributes: Plan['attributes'];
  /** What it cannot: of another type, or against the rules of a plan. Nobody who follows a plan touches it. */
  readonly beyond: ReadonlySet<Segment | Item>;
  /** What stands there once more: a plan says it once. */
  readonly again: ReadonlySet<Segment | Item>;
}

/**
 * What of a dataflow a plan can say, and what is beyond every plan.
 *
 * @throws Nothing.
 * @see flow-service.md, sections 5.1 to 5.5
 */
export function sayable(found: Activation): Sayable {
  const beyond = new Set<Segment | Item>();
  const again = new Set<Segment | Item>();
  /** What can be said of a list, each by its name once. */
  const said = <Of extends Segment | Item, Said>(
    items: readonly Of[],
    nameOf: (item: Of) => string,
    say: (item: Of, before: readonly Said[]) => Said | undefined,
  ): Said[] => {
    const all = new Map<string, Said>();
    for (const item of items) {
      const name = nameOf(item);
      const one = all.has(name) ? undefined : say(item, [...all.values()]);
      if (one !== undefined) all.set(name, one);
      else (all.has(name) ? again : beyond).add(item);
    }
    return [...all.values()];
  };
  const nameOf = ({ name }: Item): string => name;
  const isSound = (some: Partial<Plan['attributes']>): boolean =>
    attributeProblems({ selected: [], mandatory: [], deduplication: [], ...some }).every(
      ({ id }) => id === 'attributes.none',
    );
  const kind = found.hasSet ? 'newer' : 'older';
  const segments = said(
    found.segments.items,
    ({ id }) => id.toLowerCase(),
    (one) => saidSegment(one, kind),
  );
  const selected = said<Item, Selected>(found.columns.items, nameOf, ({ name, selected: one = name }) =>
    isSound({ selected: [one] }) ? one : undefined,
  );
  const paths = selected.map(attributeOf);
  // A card of today has an identity by its namespace there.
  const columns = new Set([
    ...paths,
    ...(found.hasSet ? paths.flatMap((path) => namespaceOf(path) ?? []) : []),
  ]);
  const mandatory = said(found.mandatory.items, nameOf, ({ name }) => (columns.has(name) ? name : undefined));
  const deduplication = said<Item, DeduplicationKey>(found.keys.items, nameOf, ({ name }, before) => {
    const key = saidKey(name);
    if (key && found.hasSet && !columns.has(keyName(key))) return undefined;
    return key && isSound({ selected, deduplication: [...before, key] }) ? key : undefined;
  });
  return { segments, attributes: { selected, mandatory, deduplication }, beyond, again };
}

/** Tells of a finding whether it is about something there that is beyond every plan. */
export function isBeyond(found: Activation): (one: Compared) => boolean {
  const { beyond } = sayable(found);
  return (one) =>
    one.kind === 'extra' && 'of' in one && one.of.before !== undefined && beyond.has(one.of.before);
}

function saidSegment(segment: Segment, kind: 'older' | 'newer'): PlanSegment | undefined {
  const { type, id, systemSegmentId, namespace, name, settings } = segment;
  if (type !== segmentType) return undefined;
  const identity = Object.entries({ id, systemSegmentId, namespace, name }).filter(([, value]) => value);
  const { data } = planSchema.shape.segments.safeParse([
    withSettings(Object.fromEntries(identity) as object, settings),
  ]);
  const [one] = data ?? [];
  if (!one) return undefined;
  const problems = [
    ...templateProblems(one.filenameTemplate, '$', kind),
    ...scheduleProblems(one.exportMode, one.schedule, '$'),
  ];
  return problems.length === 0 ? one : undefined;
}

/** `ATTRIBUTE personalEmail.address` as a plan has it. */
function saidKey(name: string): DeduplicationKey | undefined {
  const [, fieldType, of = ''] = /^(ATTRIBUTE|IDENTITY) (.+)$/.exec(name) ?? [];
  if (fieldType === undefined) return undefined;
  return fieldType === 'ATTRIBUTE'
    ? { fieldType: 'ATTRIBUTE', attributePath: of }
    : { fieldType: 'IDENTITY', identityNamespace: of };
}
