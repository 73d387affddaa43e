import { isDeepStrictEqual } from 'node:util';
import type { Activation, Item, Known, List, Members, Segment } from './activation.ts';
import { namespaceOf } from './content/columns.ts';
import type { StoredLine } from './content/mapping-set.ts';
import { type Compared, difference, isOfAccount, textOf } from './difference.ts';
import type { Extras } from './patch.ts';
import { isObject } from './plan/json-path.ts';
import { untold } from './sayable.ts';
import { identityNames, settingNames, type Settings, shownSettings, withSettings } from './settings.ts';

/** One thing of which three say something else: what there was, what somebody else made of it, what is wanted. */
export interface Conflict {
  readonly part: Compared['part'];
  /** The id of a segment, the path of a column, the name of a member. */
  readonly subject: string;
  /** The member of a segment. */
  readonly member?: string | undefined;
  /** Name of the segment, for people. */
  readonly name?: string | undefined;
  readonly before?: string | undefined;
  readonly theirs?: string | undefined;
  readonly yours?: string | undefined;
}

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

export const nameOfSegment = ({ id }: Segment): string => id.toLowerCase();
const nameOfItem = ({ name }: Item): string => name;

/** Each by its name and how often that was before: something may stand in a list twice. */
export function byOccurrence<Of>({ items }: List<Of>, nameOf: (one: Of) => string): Map<string, Of> {
  const seen = new Map<string, number>();
  return new Map(
    items.map((one) => {
      const name = nameOf(one);
      const count = seen.get(name) ?? 0;
      seen.set(name, count + 1);
      return [`${name} ${count}`, one];
    }),
  );
}

export type Merge =
  | { readonly kind: 'merged'; readonly activation: Activation }
  | { readonly kind: 'conflict'; readonly conflicts: readonly Conflict[] };

/**
 * What comes of two changes of one dataflow: of theirs everything that you did not touch, of yours everything that
 * they did not touch. Where both touched the same and do not agree, there is none.
 *
 * @param before - What both began with.
 * @param theirs - What is there now.
 * @param yours - What it was to become.
 * @throws Nothing.
 */
export function merge(before: Activation, theirs: Activation, yours: Activation): Merge {
  const conflicts: Conflict[] = [];

  function one(
    about: Omit<Conflict, 'before' | 'theirs' | 'yours'>,
    texts: Three<string | undefined>,
  ): 'theirs' | 'yours' {
    if (texts.yours === texts.before || texts.yours === texts.theirs) return 'theirs';
    if (texts.theirs !== texts.before) conflicts.push({ ...about, ...texts });
    return 'yours';
  }

  function simple(part: 'name' | 'description' | 'account'): Known<string | undefined> {
    const [was, is, shall] = [before[part], theirs[part], yours[part]];
    if (was.kind !== 'known' || is.kind !== 'known' || shall.kind !== 'known') return is;
    const texts = { before: was.value, theirs: is.value, yours: shall.value };
    return one({ part, subject: part }, texts) === 'theirs' ? is : shall;
  }

  function members(at: string, was: Members, is: Members, shall: Members): Members {
    const names = [...new Set([...Object.keys(is), ...Object.keys(shall), ...Object.keys(was)])];
    return Object.fromEntries(
      names.flatMap((name): [string, unknown][] => {
        const [old, now, then] = [was, is, shall].map((held) =>
          Object.hasOwn(held, name) ? held[name] : undefined,
        );
        if (isObject(old) && isObject(now) && isObject(then))
          return [[name, members(`${at}.${name}`, old, now, then)]];
        const texts = { before: textOf(old), theirs: textOf(now), yours: textOf(then) };
        const value = one({ part: 'location', subject: `${at}.${name}` }, texts) === 'theirs' ? now : then;
        return value === undefined ? [] : [[name, value]];
      }),
    );
  }

  function segment(was: Segment, is: Segment, shall: Segment): Segment {
    const about = { part: 'segment', subject: is.id, name: is.name ?? is.id } as const;
    const member = (name: string, read: (held: Segment) => string | undefined): string | undefined => {
      const texts = { before: read(was), theirs: read(is), yours: read(shall) };
      return texts[one({ ...about, member: name }, texts)];
    };
    const settings = settingNames.flatMap((name) => {
      const value = member(name, (held) => held.settings[name]);
      return value === undefined ? [] : [[name, value]];
    });
    return {
      ...is,
      type: member('type', (held) => held.type) ?? is.type,
      namespace: member('namespace', (held) => held.namespace),
      systemSegmentId: member('systemSegmentId', (held) => held.systemSegmentId),
      settings: Object.fromEntries(settings) as Settings,
    };
  }

  /** Presence of each; where all three have it, `both` says how. */
  function list<Of>(
    lists: Three<List<Of>>,
    part: Conflict['part'],
    { nameOf, labelOf, textOfOne, beyondOf, isUntouched, both }: Kind<Of>,
  ): List<Of> {
    const was = byOccurrence(lists.before, nameOf);
    const is = byOccurrence(lists.theirs, nameOf);
    const shall = byOccurrence(lists.yours, nameOf);
    const clash = (key: string): void => {
      const [old, now, then] = [was.get(key), is.get(key), shall.get(key)];
      // What reads the same is another thing by what no plan says.
      const isAlike = old !== undefined && now !== undefined && textOfOne(old) === textOfOne(now);
      const said = (held: Of | undefined): string | undefined =>
        held && (isAlike ? JSON.stringify(beyondOf(held) ?? {}) : textOfOne(held));
      const named = now ?? then ?? old;
      conflicts.push({
        part,
        subject: named ? nameOf(named) : key,
        name: named && labelOf?.(named),
        before: said(old),
        theirs: said(now),
        yours: said(then),
      });
    };
    const stays = [...is].flatMap(([key, now]) => {
      const [old, then] = [was.get(key), shall.get(key)];
      if (old && then) return [both(old, now, then)];
      // Both have brought it, or you have taken out what they changed.
      const isOther = textOfOne(now) !== textOfOne(then ?? old ?? now);
      if (isOther || (!then && old && !isUntouched(old, now))) clash(key);
      return then !== undefined || old === undefined ? [now] : [];
    });
    const comes = [...shall].flatMap(([key, then]) => {
      if (is.has(key)) return [];
      const old = was.get(key);
      if (old === undefined) return [then];
      // They have taken it out: that stands, unless you have changed it.
      if (textOfOne(old) !== textOfOne(then)) clash(key);
      return [];
    });
    return { ...lists.theirs, items: [...stays, ...comes] };
  }

  const items = (part: 'column' | 'mandatory' | 'key', lists: Three<List<Item>>): List<Item> =>
    list(lists, part, {
      nameOf: nameOfItem,
      textOfOne: nameOfItem,
      beyondOf: ({ value }) => value,
      // A line of a set is another one in each version.
      isUntouched: (old, now) => (part === 'column' && theirs.hasSet) || isUntouchedItem(old, now),
      both: (_, now) => now,
    });

  /** An order of yours holds only for the columns that you saw. */
  function columns(): List<Item> {
    const lists = { before: before.columns, theirs: theirs.columns, yours: yours.columns };
    if (lists.theirs.isUnread === true) return lists.theirs;
    const all = items('column', lists);
    const texts = {
      before: namesOf(lists.before),
      theirs: namesOf(lists.theirs),
      yours: namesOf(lists.yours),
    };
    // What coming and going alone would bring is no order of yours.
    if (namesOf(items('column', { ...lists, theirs: lists.before })) === texts.yours) return all;
    if (one({ part: 'column', subject: '$.attributes.selected' }, texts) === 'theirs') return all;
    const there = byOccurrence(lists.theirs, nameOfItem);
    const ordered = byOccurrence(lists.yours, nameOfItem);
    return { ...lists.theirs, items: [...ordered].map(([key, item]) => there.get(key) ?? item) };
  }

  const [was, is, shall] = [before.location, theirs.location, yours.location];
  const activation: Activation = {
    ...theirs,
    name: simple('name') as Known<string>,
    description: simple('description'),
    account: simple('account') as Known<string>,
    location:
      was.kind === 'known' && is.kind === 'known' && shall.kind === 'known'
        ? { kind: 'known', value: members('destination.location', was.value, is.value, shall.value) }
        : is,
    segments: list({ before: before.segments, theirs: theirs.segments, yours: yours.segments }, 'segment', {
      nameOf: nameOfSegment,
      labelOf: ({ name, id }) => name ?? id,
      textOfOne: textOfSegment,
      beyondOf: beyondSegment,
      isUntouched: isUntouchedSegment,
      both: segment,
    }),
    columns: columns(),
    mandatory: items('mandatory', {
      before: before.mandatory,
      theirs: theirs.mandatory,
      yours: yours.mandatory,
    }),
    keys: items('key', { before: before.keys, theirs: theirs.keys, yours: yours.keys }),
  };
  return conflicts.length > 0 ? { kind: 'conflict', conflicts } : { kind: 'merged', activation };
}

interface Three<Of> {
  readonly before: Of;
  readonly theirs: Of;
  readonly yours: Of;
}

interface Kind<Of> {
  readonly nameOf: (one: Of) => string;
  readonly labelOf?: (one: Of) => string;
  /** Two that read the same are the same. */
  readonly textOfOne: (one: Of) => string;
  /** What else stands there. */
  readonly beyondOf: (one: Of) => unknown;
  /** Whether nobody has put anything else beside what was seen: whoever takes it out must have seen that. */
  readonly isUntouched: (seen: Of, now: Of) => boolean;
  readonly both: (before: Of, theirs: Of, yours: Of) => Of;
}

const namesOf = ({ items }: List<Item>): string => items.map(nameOfItem).join(', ');

const textOfSegment = ({ type, namespace, systemSegmentId, settings }: Segment): string =>
  [type, namespace, systemSegmentId, ...shownSettings.map((name) => settings[name])]
    .filter((one) => one !== undefined)
    .join(', ');

/** What the platform says of a selector of its own accord: as it comes, and at each change. @see manage.md, section 2.4 */
const ofPlatform: readonly string[] = ['createTime', 'description'];
const touched = 'updateTime';

/** Members of a selector that no plan knows. */
function beyondSegment({ raw }: Segment): Members | undefined {
  if (!isObject(raw)) return undefined;
  const { value, ...others } = raw;
  const unsaid = withSettings(isObject(value) ? value : {}, {});
  const known: readonly string[] = ['type', ...identityNames, touched];
  const isSaying = (one: unknown): boolean =>
    one !== null && !(isObject(one) && Object.keys(one).length === 0);
  const held = Object.entries({ ...others, ...unsaid });
  return Object.fromEntries(held.filter(([name, one]) => !known.includes(name) && isSaying(one)));
}

/**
 * Whether a selector holds nothing else, beside what a plan says, than when it was seen; one that was only sent, no
 * more than the platform puts there.
 */
export function isUntouchedSegment(seen: Segment, now: Segment): boolean {
  const [before, after] = [beyondSegment(seen), beyondSegment(now)];
  if (before) return isDeepStrictEqual(before, after);
  return Object.keys(after ?? {}).every((name) => ofPlatform.includes(name));
}

/** The same of a column or a key; of one that was only sent nothing is known. */
export const isUntouchedItem = (seen: Item, now: Item): boolean =>
  seen.value === undefined || isDeepStrictEqual(seen.value, now.value);

/**
 * What still has to be done for a dataflow to be what it was to become: of its findings those that a patch, or a
 * change of its storage location, is about.
 */
export const open = (aimed: Activation, found: Activation): Compared[] =>
  difference(aimed, found).filter(isOpen);

/** Whether a finding is one that is still to be done. */
export const isOpen = (one: Compared): boolean => one.kind !== 'same' && isChangeable(one);

function isChangeable(one: Compared): boolean {
  switch (one.part) {
    case 'state':
    case 'link':
    case 'document':
      return false;
    case 'segment':
      return one.member !== 'name' && one.member !== 'id';
    default:
      return !isOfAccount(one);
  }
}

/**
 * Whether a dataflow holds a change: everything that the change is about is as it was to become, whatever else has
 * become of the dataflow. What cannot be read holds nothing.
 */
export const holds = (change: readonly Compared[], aimed: Activation, now: Activation): boolean =>
  notHeld(change, aimed, now).length === 0;

/** What a change is about and is not as it was to become. */
export function notHeld(change: readonly Compared[], aimed: Activation, now: Activation): Compared[] {
  const ours = new Set(change.flatMap(keysOf));
  const parts = new Set(change.map(({ part }) => part));
  return open(aimed, now).filter((one) =>
    one.kind === 'unread' ? parts.has(one.part) : keysOf(one).some((key) => ours.has(key)),
  );
}

/** What a finding is about; one about a whole segment is about each of its members. */
function keysOf(one: Compared): string[] {
  const { part, subject, kind } = one;
  const about = `${part} ${subject.toLowerCase()} `;
  if (part !== 'segment') return [`${about}${kind === 'reordered' ? 'order' : ''}`];
  return one.member === undefined
    ? [about, ...['type', 'namespace', 'systemSegmentId', ...settingNames].map((name) => `${about}${name}`)]
    : [`${about}${one.member}`];
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
