import type { Activation, Item, Known, List, Members, Segment } from './activation.ts';
import { type At, isObject, jsonPath } from './json-path.ts';
import { withMarker } from './marker.ts';
import { identityNames, placeOf, type SettingName, shownSettings } from './settings.ts';

/** How one thing that is wanted stands to what was found. */
export type Kind = 'same' | 'changed' | 'missing' | 'extra' | 'reordered';

interface Pair<Of> {
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

/** One thing that was held against another: a finding, and where it stands on both sides. */
export type Compared =
  | (Facts & {
      readonly part: 'name' | 'description' | 'state' | 'link' | 'account' | 'location' | 'document';
    })
  | (Facts & {
      readonly part: 'segment';
      /** Nothing where it is about the segment being there at all. */
      readonly member?: SettingName | (typeof identityNames)[number] | undefined;
      readonly of: Pair<Segment>;
    })
  | (Facts & { readonly part: ListPart; readonly of: Pair<Item> });

type ListPart = 'column' | 'mandatory' | 'key';

/**
 * What has to be done to `found` to get `wanted`, and what is the same already: the only differ of the house.
 *
 * Segments are the same when their ids are; their order does not count, that of columns does, and is a finding
 * of its own. What is unknown on one side is not compared, nor is a link that nobody asks for.
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
      one('account', ['destination', 'baseConnectionId'], before, after),
    ),
    ...ifKnown(found.location, wanted.location, (before, after) =>
      members('location', ['destination', 'location'], before, after),
    ),
    ...segments(found.segments, wanted.segments),
    ...lists('column', found.columns, wanted.columns),
    ...lists('mandatory', found.mandatory, wanted.mandatory),
    ...lists('key', found.keys, wanted.keys),
    ...ifKnown(found.state, wanted.state, (before, after) => one('state', ['state'], before, after)),
    ...Object.entries(wanted.links).flatMap(([name, after]) =>
      one('link', name.split('.'), found.links[name as keyof typeof found.links], after),
    ),
  ];
}

function ifKnown<Value>(
  before: Known<Value>,
  after: Known<Value>,
  compare: (before: Value, after: Value) => Compared[],
): Compared[] {
  return before.kind === 'known' && after.kind === 'known' ? compare(before.value, after.value) : [];
}

/** Nothing when neither side has it. */
function kindOf(before: string | undefined, after: string | undefined): Kind | undefined {
  if (before === after) return after === undefined ? undefined : 'same';
  if (before === undefined) return 'missing';
  return after === undefined ? 'extra' : 'changed';
}

type Simple = Exclude<Compared['part'], 'segment' | ListPart>;

function one(part: Simple, at: At, before: string | undefined, after: string | undefined): Compared[] {
  const kind = kindOf(before, after);
  const path = jsonPath(at);
  return kind === undefined
    ? []
    : [{ part, kind, subject: at.join('.'), before, after, place: { before: path, after: path } }];
}

/** Members of both, objects within them too. */
function members(part: Simple, at: At, before: Members, after: Members): Compared[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const [from, to] = [before, after].map((held) => (Object.hasOwn(held, name) ? held[name] : undefined));
    const here = [...at, name];
    return isObject(from) && isObject(to)
      ? members(part, here, from, to)
      : one(part, here, textOf(from), textOf(to));
  });
}

const textOf = (value: unknown): string | undefined =>
  value === undefined || typeof value === 'string' ? value : JSON.stringify(value);

function segments(found: List<Segment>, wanted: List<Segment>): Compared[] {
  return paired(found.items, wanted.items, ({ id }) => id.toLowerCase()).flatMap((of): Compared[] => {
    const { before, after } = of;
    const subject = (after ?? before)?.id ?? '';
    const finding = { part: 'segment', subject, of } as const;
    if (!before || !after) {
      const place = { before: jsonPath(before?.at ?? found.at), after: jsonPath(after?.at ?? wanted.at) };
      const name = (segment?: Segment): string | undefined => segment && (segment.name ?? segment.id);
      const kind = before ? 'extra' : 'missing';
      return [{ ...finding, kind, before: name(before), after: name(after), place }];
    }
    const member = (
      name: SettingName | (typeof identityNames)[number],
      at: At,
      from?: string,
      to?: string,
    ) => {
      const kind = kindOf(from, to);
      const place = {
        before: jsonPath([...before.inner, ...at]),
        after: jsonPath([...after.inner, ...at]),
      };
      return kind === undefined ? [] : [{ ...finding, member: name, kind, before: from, after: to, place }];
    };
    return [
      ...identityNames
        .filter((name) => name !== 'id')
        .flatMap((name) => member(name, [name], before[name], after[name])),
      ...shownSettings.flatMap((name) =>
        member(name, placeOf(name), before.settings[name], after.settings[name]),
      ),
    ];
  });
}

function lists(part: ListPart, found: List<Item>, wanted: List<Item>): Compared[] {
  const pairs = paired(found.items, wanted.items, ({ name }) => name);
  const inPlace = (item: Item | undefined, list: List<Item>): string => jsonPath(item?.at ?? list.at);
  const both = pairs.flatMap(({ before, after }) => (before && after ? [before] : []));
  const kept = new Set(both);
  const asFound = found.items.filter((item) => kept.has(item));
  const isReordered = asFound.some((item, index) => item !== both[index]);
  return [
    ...pairs.map((of): Compared => {
      const [before, after] = [of.before?.name, of.after?.name];
      const place = { before: inPlace(of.before, found), after: inPlace(of.after, wanted) };
      return {
        part,
        kind: kindOf(before, after) ?? 'same',
        subject: after ?? before ?? '',
        before,
        after,
        place,
        of,
      };
    }),
    ...(isReordered
      ? [
          {
            part,
            kind: 'reordered' as const,
            subject: jsonPath(wanted.at),
            before: found.items.map(({ name }) => name).join(', '),
            after: wanted.items.map(({ name }) => name).join(', '),
            place: { before: jsonPath(found.at), after: jsonPath(wanted.at) },
            of: {},
          },
        ]
      : []),
  ];
}

/** Each that is wanted with the first free one that was found; then those that nobody wants. */
function paired<Of>(found: readonly Of[], wanted: readonly Of[], nameOf: (one: Of) => string): Pair<Of>[] {
  // A name from outside may be any word, `toString` too.
  const free = Map.groupBy(found, nameOf);
  const pairs = wanted.map((after) => ({ before: free.get(nameOf(after))?.shift(), after }));
  const left = new Set([...free.values()].flat());
  return [...pairs, ...found.filter((one) => left.has(one)).map((before) => ({ before }))];
}
