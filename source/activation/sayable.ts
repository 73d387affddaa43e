import { type Activation, type Item, type Segment, segmentType } from './activation.ts';
import { type Column, columnName, columnProblems, givenOf, namespaceOf } from './content/columns.ts';
import { attributeProblems, isExpression } from './content/profile-attributes.ts';
import { templateProblems } from './content/filename-template.ts';
import { scheduleProblems } from './content/schedule.ts';
import { withoutHidden } from './plan/escaped-json.ts';
import type { CardKind } from './spec/catalog.ts';
import type { Compared } from './difference.ts';
import { jsonPath } from './plan/json-path.ts';
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

/** Something of a dataflow that no plan can say: it stays as it is, whatever is changed. */
export interface Unsaid {
  readonly what:
    | 'transformation'
    | 'member'
    | 'segment'
    | 'column'
    | 'mandatory'
    | 'key'
    | 'marketing'
    | 'set';
  readonly subject: string;
  /** In how many places, where it is in several. */
  readonly count: number;
  /** JSON path of the first of them in the dataflow. */
  readonly path: string;
}

/** What of a dataflow a plan can say. */
interface Sayable {
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
    say: (item: Of, before: readonly Said[]) => Said | undefined,
  ): Said[] => {
    const all = new Map<string, Said>();
    for (const item of items) {
      const name = nameOf(item);
      const one = all.has(name) ? undefined : say(item, [...all.values()]);
      if (one !== undefined && isVisible(one)) all.set(name, one);
      else (all.has(name) ? again : beyond).add(item);
    }
    return [...all.values()];
  };
  const isSound = (some: Partial<Plan['attributes']>): boolean =>
    attributeProblems({ selected: [], mandatory: [], deduplication: [], ...some }, found.hasSet).every(
      ({ id }) => id === 'attributes.none',
    );
  const kind = found.hasSet ? 'newer' : 'older';
  const segments = said(found.segments.items, (one) => saidSegment(one, kind, found.takesRare));
  const selected = said<Item, Selected>(found.columns.items, ({ name, selected: one = name }, before) =>
    isSound({ selected: [one] }) && !(found.hasSet && clashes(one, before)) ? one : undefined,
  );
  const paths = selected.map(attributeOf);
  // A card of today has an identity by its namespace there.
  const columns = new Set([
    ...paths,
    ...(found.hasSet ? paths.flatMap((path) => namespaceOf(path) ?? []) : []),
  ]);
  // There what is computed is neither mandatory nor a key, and the path of an identity would be said for its namespace.
  const isOther = (name: string): boolean => isExpression(name) || namespaceOf(name) !== undefined;
  const isColumn = (name: string): boolean => columns.has(name) && !(found.hasSet && isOther(name));
  const mandatory = said(found.mandatory.items, ({ name }) => (isColumn(name) ? name : undefined));
  const deduplication = said<Item, DeduplicationKey>(found.keys.items, ({ name }, before) => {
    const key = saidKey(name);
    if (key && found.hasSet && !isColumn(keyName(key))) return undefined;
    return key && isSound({ selected, deduplication: [...before, key] }) ? key : undefined;
  });
  return { segments, attributes: { selected, mandatory, deduplication }, beyond, again };
}

/**
 * What is there and not left out by whoever wrote the plan: it is beyond every plan, or stands there once more, and a
 * plan that names it says it once. A segment is to be there exactly once: a second selector of it is left out.
 *
 * @see flow-service.md, section 5.6 (1)
 */
export function untold(found: Activation, wanted: Activation): ReadonlySet<Segment | Item> {
  const { beyond, again } = sayable(found);
  const told = (['segments', 'columns', 'mandatory', 'keys'] as const).flatMap((list) => {
    const named = new Set(wanted[list].items.map(nameOf));
    const isOnce = (one: Segment | Item): boolean => 'type' in one && one.type === segmentType;
    return found[list].items.filter((one) => again.has(one) && named.has(nameOf(one)) && !isOnce(one));
  });
  return new Set([...beyond, ...told]);
}

/** Of what a dataflow holds, whatever is among some of it. */
export function unsaidItems(found: Activation, some: ReadonlySet<Segment | Item>): Unsaid[] {
  const lists = {
    segment: found.segments,
    column: found.columns,
    mandatory: found.mandatory,
    key: found.keys,
  };
  return Object.entries(lists).flatMap(([what, { items: held }]) =>
    held
      .filter((item) => some.has(item))
      .map((item): Unsaid => ({
        what: what as keyof typeof lists,
        subject: item.name ?? ('id' in item ? item.id : ''),
        count: 1,
        path: jsonPath(item.at),
      })),
  );
}

/**
 * What stands beside everything that a plan says, and no plan can say: it stays, whatever is pruned.
 *
 * @param compared - What was found, with renames not yet told as such.
 */
export function besidePlan(
  found: Activation,
  compared: readonly Compared[],
  beyond: ReturnType<typeof isBeyond>,
): Unsaid[] {
  const beside = compared.flatMap((one) =>
    beyond(one) && 'of' in one && one.of.before !== undefined ? [one.of.before] : [],
  );
  return unsaidItems(found, new Set(beside));
}

function columnOf(one: Selected): Column {
  const path = attributeOf(one);
  return { path, column: givenOf(one) ?? columnName(path) };
}

/** Whether a column cannot stand in a plan beside those before it. @see columnProblems */
function clashes(one: Selected, before: readonly Selected[]): boolean {
  const { path, column } = columnOf(one);
  const isIdentity = namespaceOf(path) !== undefined;
  const own = columnProblems({ selected: [{ path, column }], mandatory: [], deduplication: [] });
  return (
    own.length > 0 ||
    before
      .map(columnOf)
      .some(
        (other) =>
          other.path === path ||
          other.column === column ||
          (isIdentity && namespaceOf(other.path) !== undefined),
      )
  );
}

/** Whether all of it can be seen, but for a name that is only a copy: with a mark in it, it is another one. */
function isVisible(said: unknown): boolean {
  if (typeof said === 'string') return withoutHidden(said) === said && !said.includes('\ufffd');
  if (typeof said !== 'object' || said === null) return true;
  return Object.entries(said).every(([member, value]) => member === 'name' || isVisible(value));
}

/** Each of a list by its name: ids are the same in any case of letters. */
const nameOf = (one: Segment | Item): string => ('id' in one ? one.id.toLowerCase() : one.name);

/** Tells of a finding whether it is about something that no plan leaves out; a member of what a plan names is none. */
export function isBeyond(found: Activation, wanted: Activation): (one: Compared) => boolean {
  const all = untold(found, wanted);
  return (one) =>
    one.kind === 'extra' &&
    'of' in one &&
    one.member === undefined &&
    one.of.before !== undefined &&
    all.has(one.of.before);
}

function saidSegment(segment: Segment, kind: CardKind, takesRare: boolean): PlanSegment | undefined {
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
    ...scheduleProblems(one.exportMode, one.schedule, '$', takesRare),
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
