import type { Activation, Item, Known, List, Members, Segment } from '../activation.ts';
import { namespaceOf } from '../content/columns.ts';
import type { StoredLine } from '../content/mapping-set.ts';
import { textOf } from '../difference.ts';
import { byOccurrence, nameOfItem, nameOfSegment } from './occurrence.ts';
import type { Extras } from './patch.ts';
import { isObject } from '../plan/json-path.ts';
import { untold } from '../sayable.ts';

/**
 * What a dataflow is to become: what is wanted, and of what was found whatever nobody speaks of and, unless it is
 * pruned, whatever nobody wants. What no plan leaves out stays in any case.
 */
export function aim(wanted: Activation, found: Activation, extras: Extras): Activation {
  const { segments, location } = wanted;
  const foundSegments = byOccurrence(found.segments, nameOfSegment);
  const wantedSegments = byOccurrence(segments, nameOfSegment);
  const left = untold(found, wanted);
  const keeps = (one: Segment | Item): boolean => extras === 'keep' || left.has(one);
  const coming = wanted.columns.items.filter((one) =>
    found.columns.items.every(({ name }) => name !== one.name),
  );
  return {
    ...found,
    name: spoken(wanted.name, found.name),
    description:
      wanted.description.kind === 'known' && (wanted.description.value !== undefined || extras === 'prune')
        ? wanted.description
        : found.description,
    account: spoken(wanted.account, found.account),
    location:
      location.kind === 'known' && found.location.kind === 'known'
        ? { kind: 'known', value: withMembers(found.location.value, location.value, extras) }
        : found.location.kind === 'unread'
          ? location
          : found.location,
    segments: {
      ...found.segments,
      items: [
        ...[...foundSegments].flatMap(([key, held]) => {
          const after = wantedSegments.get(key);
          return after ? [asWanted(held, after)] : keeps(held) ? [held] : [];
        }),
        ...[...wantedSegments].flatMap(([key, after]) => (foundSegments.has(key) ? [] : [after])),
      ],
    },
    columns: joined(
      wanted.columns,
      found.columns,
      (one) => keeps(one) && !isReplaced(one, left.has(one) ? { coming } : wanted.columns),
    ),
    mandatory: joined(wanted.mandatory, found.mandatory, keeps),
    keys: joined(wanted.keys, found.keys, keeps),
    document: { kind: 'unknown' },
  };
}

/**
 * Whether a column of a mapping set makes room for one that is wanted: the same source under another name, another source
 * under the same name, or another identity, of which a dataflow has one.
 *
 * @see cards.md, section 5.2
 */
function isReplaced({ value }: Item, by: Pick<List<Item>, 'items'> | { coming: readonly Item[] }): boolean {
  const line = value as Partial<StoredLine> | undefined;
  const isIdentity = namespaceOf(line?.source ?? '') !== undefined;
  // What nobody could say stays beside whatever it stood beside.
  const isUnsaid = 'coming' in by;
  return (isUnsaid ? by.coming : by.items).some((one) => {
    const { source, destination } = one.value as Partial<StoredLine>;
    if (source === undefined || line?.source === undefined) return false;
    return (
      (!isUnsaid && source === line.source) ||
      destination === line.destination ||
      (isIdentity && namespaceOf(source) !== undefined)
    );
  });
}

const spoken = <Value>(wanted: Known<Value>, found: Known<Value>): Known<Value> =>
  wanted.kind === 'known' ? wanted : found;

/** A segment that is there, exported as it is wanted. Who it is may be told by the platform of its own accord. */
function asWanted(held: Segment, wanted: Segment): Segment {
  const isRead = wanted.raw !== undefined;
  return {
    ...held,
    type: wanted.type,
    namespace: wanted.namespace ?? (isRead ? undefined : held.namespace),
    systemSegmentId: wanted.systemSegmentId ?? (isRead ? undefined : held.systemSegmentId),
    settings: wanted.settings,
  };
}

/** In the order that is wanted. What is kept of the others stands where it stood, unless that order moves it. */
function joined(wanted: List<Item>, found: List<Item>, keeps: (item: Item) => boolean): List<Item> {
  const [asked, there] = [byOccurrence(wanted, nameOfItem), byOccurrence(found, nameOfItem)];
  const kept = [...there].flatMap(([key, item]) => (!asked.has(key) && keeps(item) ? [key] : []));
  const stays = [...there.keys()].filter((key) => asked.has(key) || kept.includes(key));
  const comes = [...asked.keys()].filter((key) => !there.has(key));
  const comesOut = [...stays, ...comes].filter((key) => asked.has(key));
  const wish = [...asked.keys()];
  const isInOrder = comesOut.every((key, index) => key === wish[index]);
  const order = isInOrder ? [...stays, ...comes] : [...wish, ...kept];
  return { ...found, items: order.flatMap((key) => there.get(key) ?? asked.get(key) ?? []) };
}

/** Members as they are wanted, of every depth; a value that reads the same stays as it was found. */
function withMembers(found: Members, wanted: Members, extras: Extras): Members {
  const all = Object.entries(wanted).map(([name, after]) => {
    const before = Object.hasOwn(found, name) ? found[name] : undefined;
    if (isObject(before) && isObject(after)) return [name, withMembers(before, after, extras)];
    return [name, before !== undefined && textOf(before) === textOf(after) ? before : after];
  });
  return { ...(extras === 'keep' ? found : {}), ...(Object.fromEntries(all) as Members) };
}

/**
 * Whether a change takes so much out of a dataflow that it may be a mistake: every segment, or more than half and
 * at least five.
 */
export function empties(aimed: Activation, found: Activation): boolean {
  const stays = new Set(aimed.segments.items.map(nameOfSegment));
  const { items } = found.segments;
  const leaving = items.filter((one) => !stays.has(nameOfSegment(one))).length;
  return items.length > 0 && (leaving === items.length || (leaving >= 5 && leaving > items.length / 2));
}
