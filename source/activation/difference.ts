import type { Activation, Item, Known, List, Members, Segment } from './activation.ts';
import { type At, isObject, jsonPath } from './plan/json-path.ts';
import { withMarker } from './marker.ts';
import { sameId } from './same-id.ts';
import { type Identity, identityNames, placeOf, type SettingName, shownSettings } from './settings.ts';

/** How one thing that is wanted stands to what was found. `unread`: it was looked for, and nobody could read it. */
export type Kind = 'same' | 'changed' | 'missing' | 'extra' | 'reordered' | 'unread';

export interface Pair<Of> {
  readonly before?: Of | undefined;
  readonly after?: Of | undefined;
}

interface Facts {
  readonly kind: Kind;
  /** What it is about: the id of a segment, the path of a column, the name of a member. */
  readonly subject: string;
  /** What was found, in words of the platform. */
  readonly before?: string | undefined;
  /** What is wanted. */
  readonly after?: string | undefined;
  /** JSON paths in what was found and in what is wanted, also of what should stand there. */
  readonly place: { readonly before: string; readonly after: string };
}

/** A finding about one part each, so that a part tells what else is known. */
type About<Part, More = unknown> = Part extends string ? Facts & { readonly part: Part } & More : never;

/** One thing that was held against another: a finding, and where it stands on both sides. */
export type Compared =
  | About<Exclude<Simple, 'location'>>
  // `param`: as it stands on both sides, at its place among the params; nothing where it is about all of them.
  | About<'location', { readonly param?: Pair<Item> }>
  // Nothing in `member` where it is about the segment being there at all.
  | About<'segment', { readonly member?: SegmentMember | undefined; readonly of: Pair<Segment> }>
  // Something in `member` where a column was told as one that only changed: its name, or where it comes from.
  | About<ListPart, { readonly member?: 'column' | 'path' | undefined; readonly of: Pair<Item> }>;

type Simple =
  | 'name'
  | 'description'
  | 'state'
  | 'link'
  | 'account'
  | 'encryption'
  | 'signIn'
  | 'location'
  | 'document';
type SegmentMember = SettingName | keyof Identity | 'type';
type ListPart = 'column' | 'mandatory' | 'key';

/** Whether it is the account's, and reaches whatever else stores with it: it is told, and never sent with a dataflow. */
export const isOfAccount = ({ part }: Compared): boolean => part === 'encryption' || part === 'signIn';

/**
 * What has to be done to `found` to get `wanted`, and what is the same already: the only differ of the house.
 *
 * Segments are the same when their ids are; their order does not count, that of columns does, and is a finding
 * of its own. What is unknown on one side is not compared, nor is a link that nobody asks for; what is wanted and could
 * not be read is a finding, never the same.
 *
 * @throws Nothing.
 * @see flow-service.md, section 5.6
 */
export function difference(wanted: Activation, found: Activation): Compared[] {
  return [
    ...ifKnown(found.name, wanted.name, (before, after) => one('name', ['name'], before, after)),
    ...ifKnown(found.description, wanted.description, (before, after) => {
      // One that is too long beside the marker was cut.
      const isCut = withMarker(before, found.marker) === withMarker(after, found.marker);
      return one('description', ['description'], before, isCut ? before : after);
    }),
    ...ifKnown(found.document, wanted.document, (before, after) => members('document', [], before, after)),
    ...ifKnown(found.account, wanted.account, (before, after) =>
      one('account', ['destination', 'baseConnectionId'], alike(before, after), after),
    ),
    ...ifKnown(found.encryption, wanted.encryption, (before, after) => [
      ...one('encryption', [...encryptionAt, 'algorithm'], before?.algorithm, after?.algorithm),
      // A key that is not said is not known to be another.
      ...(before && (before.key === undefined || after?.key === undefined)
        ? []
        : one('encryption', [...encryptionAt, 'publicKey'], before?.key, after?.key)),
    ]),
    ...ifKnown(found.signInMethod, wanted.signInMethod, (before, after) =>
      one('signIn', ['destination', 'auth', 'specName'], alike(before, after), after),
    ),
    // What only one of the two says may be what the other does not read back.
    ...ifKnown(found.signIn, wanted.signIn, (before, after) =>
      members('signIn', ['destination', 'auth', 'params'], before, after).filter(
        (one) => one.before !== undefined && one.after !== undefined,
      ),
    ),
    ...ifKnown(found.location, wanted.location, (before, after) =>
      leavesOf(before, after).flatMap((param): Compared[] => {
        const at = ['destination', 'location', ...param.way];
        const side = (of: Item | undefined): Held => ({ text: textOf(of?.value), at });
        const { before, after } = param;
        return held(
          { part: 'location', subject: at.join('.'), param: { before, after } },
          side(before),
          side(after),
        );
      }),
    ),
    ...unread('account', ['destination', 'baseConnectionId'], found.account, wanted.account),
    ...unread('location', ['destination', 'location'], found.location, wanted.location),
    ...segments(found.segments, wanted.segments),
    ...(found.columns.isUnread === true || wanted.columns.isUnread === true
      ? []
      : lists('column', found.columns, wanted.columns)),
    ...lists('mandatory', found.mandatory, wanted.mandatory),
    ...lists('key', found.keys, wanted.keys),
    ...ifKnown(found.state, wanted.state, (before, after) => one('state', ['state'], before, after)),
    ...Object.entries(wanted.links).flatMap(([name, after]) =>
      one('link', name.split('.'), alike(found.links[name as keyof typeof found.links], after), after),
    ),
  ];
}

const encryptionAt: At = ['destination', 'encryption'];

/** The id or name that was found, as it is wanted where it is the same one: both are written in any case of letters. */
const alike = (found: string | undefined, wanted: string | undefined): string | undefined =>
  found !== undefined && wanted !== undefined && sameId(found, wanted) ? wanted : found;

function ifKnown<Value>(
  before: Known<Value>,
  after: Known<Value>,
  compare: (before: Value, after: Value) => Compared[],
): Compared[] {
  return before.kind === 'known' && after.kind === 'known' ? compare(before.value, after.value) : [];
}

function unread(part: Simple, at: At, found: Known<unknown>, wanted: Known<unknown>): Compared[] {
  if (found.kind !== 'unread' || wanted.kind !== 'known') return [];
  const { value } = wanted;
  if (isObject(value) && Object.keys(value).length === 0) return [];
  const place = jsonPath(at);
  return [
    {
      part,
      subject: at.join('.'),
      kind: 'unread',
      after: textOf(value),
      place: { before: place, after: place },
    },
  ];
}

/** What is said of one text on both sides; nothing when neither side has it. */
function held<About extends object>(
  about: About,
  before: Held,
  after: Held,
): (About & Omit<Facts, 'subject'>)[] {
  if (before.text === undefined && after.text === undefined) return [];
  const kind =
    before.text === after.text
      ? 'same'
      : before.text === undefined
        ? 'missing'
        : after.text === undefined
          ? 'extra'
          : 'changed';
  const place = { before: jsonPath(before.at), after: jsonPath(after.at) };
  return [{ ...about, kind, before: before.text, after: after.text, place }];
}

interface Held {
  readonly text: string | undefined;
  readonly at: At;
}

function one(
  part: Exclude<Simple, 'location'>,
  at: At,
  before: string | undefined,
  after: string | undefined,
): Compared[] {
  return held({ part, subject: at.join('.') }, { text: before, at }, { text: after, at });
}

/** Members of both, objects within them too. */
function members(part: Exclude<Simple, 'location'>, at: At, before: Members, after: Members): Compared[] {
  return leavesOf(before, after).flatMap((leaf) =>
    one(part, [...at, ...leaf.way], textOf(leaf.before?.value), textOf(leaf.after?.value)),
  );
}

/** What two objects hold, side by side: of what is an object in both, its members. */
function leavesOf(before: Members, after: Members, way: At = []): (Pair<Item> & { readonly way: At })[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const here = [...way, name];
    const [from, to] = [before, after].map((members): Item | undefined =>
      Object.hasOwn(members, name) && members[name] !== undefined
        ? { name, at: here, value: members[name] }
        : undefined,
    );
    return isObject(from?.value) && isObject(to?.value)
      ? leavesOf(from.value, to.value, here)
      : [{ way: here, before: from, after: to }];
  });
}

/**
 * A value of any kind as a text that no other value has: `true`, and `"true"` where that is a text. A server writes an
 * absent member as `null` too, and the members of an object in any order.
 */
export function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' && !looksLikeJson.test(value) ? value : JSON.stringify(inOrder(value));
}

const looksLikeJson = /^(?:["[{]|(?:true|false|null|-?\d[\d.eE+-]*)$)/;

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  const sorted = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, held]) => [name, inOrder(held)]));
}

function segments(found: List<Segment>, wanted: List<Segment>): Compared[] {
  return paired(found.items, wanted.items, ({ id }) => id.toLowerCase()).flatMap((of): Compared[] => {
    const { before, after } = of;
    const about = { part: 'segment', subject: (after ?? before)?.id ?? '', of } as const;
    if (!before || !after) {
      const whole = (segment: Segment | undefined, list: List<Segment>): Held => ({
        text: segment && (segment.name ?? segment.id),
        at: segment?.at ?? list.at,
      });
      return held(about, whole(before, found), whole(after, wanted));
    }
    const member = (
      name: SegmentMember,
      at: readonly string[],
      read: (segment: Segment) => string | undefined,
    ) => {
      const side = (segment: Segment): Held => ({ text: read(segment), at: [...segment.inner, ...at] });
      return held({ ...about, member: name }, side(before), side(after));
    };
    return [
      ...held(
        { ...about, member: 'type' as const },
        { text: before.type, at: [...before.at, 'type'] },
        { text: after.type, at: [...after.at, 'type'] },
      ),
      ...identityNames
        .filter((name) => name !== 'id')
        .flatMap((name) => member(name, [name], (segment) => segment[name])),
      ...shownSettings.flatMap((name) => member(name, placeOf(name), ({ settings }) => settings[name])),
    ];
  });
}

/** Whether all of a list stands where it should. */
export const isOneList = ({ items, at }: List<Item>): boolean =>
  items.every((item) => jsonPath(item.at.slice(0, -1)) === jsonPath(at));

function lists(part: ListPart, found: List<Item>, wanted: List<Item>): Compared[] {
  const pairs = paired(found.items, wanted.items, ({ name }) => name);
  const both = pairs.flatMap(({ before, after }) => (before && after ? [before] : []));
  const kept = new Set(both);
  // Mandatory fields and keys are sets; over two lists no order is known to mean anything. @see flow-service.md, 5.6
  const isReordered =
    part === 'column' &&
    isOneList(found) &&
    found.items.filter((item) => kept.has(item)).some((item, index) => item !== both[index]);
  return [
    ...pairs.flatMap((of) => {
      const side = (item: Item | undefined, list: List<Item>): Held => ({
        text: item?.name,
        at: item?.at ?? list.at,
      });
      const subject = (of.after ?? of.before)?.name ?? '';
      return held({ part, subject, of }, side(of.before, found), side(of.after, wanted));
    }),
    ...(isReordered ? [newOrder(part, found, wanted)] : []),
  ];
}

/** That what stands in both lists stands otherwise. */
export function newOrder(part: ListPart, found: List<Item>, wanted: List<Item>): Compared {
  const whole = ({ items }: List<Item>): string => items.map(({ name }) => name).join(', ');
  const [before, after] = [jsonPath(found.at), jsonPath(wanted.at)];
  return {
    part,
    kind: 'reordered',
    subject: after,
    before: whole(found),
    after: whole(wanted),
    of: {},
    place: { before, after },
  };
}

/** Each that is wanted with the first free one that was found; then those that nobody wants. */
function paired<Of>(found: readonly Of[], wanted: readonly Of[], nameOf: (one: Of) => string): Pair<Of>[] {
  // A name from outside may be any word, `toString` too.
  const free = Map.groupBy(found, nameOf);
  const pairs = wanted.map((after) => ({ before: free.get(nameOf(after))?.shift(), after }));
  const left = new Set([...free.values()].flat());
  return [...pairs, ...found.filter((one) => left.has(one)).map((before) => ({ before }))];
}
