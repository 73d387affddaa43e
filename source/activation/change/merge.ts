import type { Activation, Item, Known, List, Members, Segment } from '../activation.ts';
import { type Compared, textOf } from '../difference.ts';
import { byOccurrence, nameOfItem, nameOfSegment } from './occurrence.ts';
import { isObject } from '../plan/json-path.ts';
import { settingNames, type Settings, shownSettings } from '../settings.ts';
import { beyondSegment, isUntouchedItem, isUntouchedSegment } from './untouched.ts';

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

type Merge =
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
