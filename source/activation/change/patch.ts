import type { PatchOperation } from '../../flow-service/flows.ts';
import type { Activation, Item, List, Segment } from '../activation.ts';
import { ofFlow, type ReadFlow } from '../of-flow.ts';
import { setLink } from '../linked-set.ts';
import { type Compared, difference, isOneList, type Pair } from '../difference.ts';
import { isObject, lookUp, pointer } from '../plan/json-path.ts';
import { withMarker } from '../marker.ts';
import { added, inOrder, removed, replaced } from './patch-operations.ts';
import { identityNames, isSettingName, withSettings } from '../settings.ts';

/** What becomes of what a dataflow has and nobody wants: it is only told, or it goes. */
export type Extras = 'keep' | 'prune';

const emptyParams = { segmentSelectors: { selectors: [] }, profileSelectors: { selectors: [] } };

/** That of a card of today. @see cards.md, section 5.1 */
const emptySetParams = {
  mandatoryFields: [],
  primaryFields: [],
  profileMapping: {},
  segmentSelectors: { selectors: [] },
};

/** The structure that a dataflow is born with. @see flow-service.md, sections 2.6 and 7.16; cards.md, section 5.1 */
export const emptyTransformation = (hasSet: boolean): { name: string; params: object } => ({
  name: 'GeneralTransform',
  params: hasSet ? emptySetParams : emptyParams,
});

/**
 * The patch that makes a dataflow hold what is wanted: replaces, removes from the highest index down, adds.
 * Its indexes are those of `flow`, so it goes with the etag of that very GET and no other.
 *
 * A segment that changes is replaced with its whole selector as it was read, its settings changed, for members
 * by themselves are nowhere published as a target; whatever does not change is not in the patch. State, account
 * and location are changed otherwise.
 *
 * @param set - The mapping set that is to have the columns, where the card keeps them in one; `none` where it is to
 *   name none again.
 * @throws RangeError for a place that a patch must not reach.
 * @see flow-service.md, sections 5.4 to 5.7; manage.md, section 2.2
 */
export function patchOf(
  wanted: Activation,
  flow: ReadFlow,
  extras: Extras = 'keep',
  set?: NamedSet | 'none',
): PatchOperation[] {
  const found = ofFlow(flow, {}, wanted.hasSet);
  const compared = difference(wanted, found);
  const of = <Part extends Compared['part']>(part: Part) =>
    compared.filter((one): one is About<Part> => one.part === part);
  const settings = of('segment').filter(({ member }) => member !== undefined);
  const segments = sorted(
    of('segment').filter(({ member }) => member === undefined),
    found.segments,
    extras,
  );
  // Where they stand in a set they are changed there.
  const own = found.hasSet ? [] : of('column');
  const columns = sorted(own, found.columns, extras);
  const order = columnOrder(own, found.columns, columns);
  const adds = [
    ...segments.coming.map((segment) => added([...found.segments.at, '-'], selectorOf(segment))),
    ...(order ? [] : columns.coming.map(({ value }) => added([...found.columns.at, '-'], value))),
    ...newSet(set, found),
    ...wholeList(of('mandatory'), found.mandatory, extras),
    ...wholeList(of('key'), found.keys, extras),
  ];
  return inOrder([
    ...of('name').flatMap(({ kind, after }) => (kind === 'same' ? [] : [replaced(['name'], after)])),
    ...of('description').flatMap(({ kind, after }) => {
      if (kind === 'same' || (kind === 'extra' && extras === 'keep')) return [];
      const text = withMarker(after, found.marker);
      if (text === '') return [removed(['description'])];
      return [(flow.description === undefined ? added : replaced)(['description'], text)];
    }),
    ...found.segments.items.flatMap((segment) => changed(segment, settings)),
    ...(order ? [replaced(found.columns.at, order)] : []),
    // Each removal shifts what stands behind it. @see section 7.31
    ...[...segments.leaving].reverse().map(({ at }) => removed(at)),
    ...(order ? [] : [...columns.leaving].reverse().map(({ at }) => removed(at))),
    ...missingStructure(flow.raw, adds, found.hasSet),
    ...adds,
  ]);
}

/** A mapping set in a version. */
export interface NamedSet {
  readonly id: string;
  readonly version: number;
}

/** Names another set, or another version of it. @see cards.md, section 5.4 */
function newSet(set: NamedSet | 'none' | undefined, { columns, links }: Activation): PatchOperation[] {
  if (set === 'none') return links.profileMapping === undefined ? [] : [added(columns.at, {})];
  if (!set || links.profileMapping === setLink(set)) return [];
  return [added(columns.at, { mappingId: set.id, mappingVersion: set.version })];
}

interface Sorted<Of> {
  /** In the order of the dataflow. */
  readonly leaving: ReadonlySet<Of>;
  readonly staying: readonly Of[];
  readonly coming: readonly Of[];
}

/** What of a list goes, stays and comes. */
function sorted<Of extends object>(
  compared: readonly { readonly kind: Compared['kind']; readonly of: Pair<Of> }[],
  { items }: List<Of>,
  extras: Extras,
): Sorted<Of> {
  const extra = compared.flatMap(({ kind, of }) => (kind === 'extra' && of.before ? [of.before] : []));
  const leaving = new Set(extras === 'prune' ? extra : []);
  return {
    leaving,
    staying: items.filter((item) => !leaving.has(item)),
    coming: compared.flatMap(({ kind, of }) => (kind === 'missing' && of.after ? [of.after] : [])),
  };
}

type About<Part> = Extract<Compared, { part: Part }>;

/** The whole selector as it was read, with that of it which is not the same. */
function changed(segment: Segment, compared: readonly About<'segment'>[]): PatchOperation[] {
  const open = compared.filter((one) => one.of.before === segment && isToChange(one));
  const after = open[0]?.of.after;
  if (!after) return [];
  const names = open.flatMap(({ member = '' }) => (isSettingName(member) ? [member] : []));
  const selector = isObject(segment.raw) ? segment.raw : {};
  const value = isObject(selector['value']) ? { ...selector['value'] } : {};
  for (const { member } of open) {
    if (member !== 'namespace' && member !== 'systemSegmentId') continue;
    if (after[member] === undefined) Reflect.deleteProperty(value, member);
    else value[member] = after[member];
  }
  return [
    replaced(segment.at, {
      ...selector,
      ...(open.some(({ member }) => member === 'type') ? { type: after.type } : {}),
      value: withSettings(value, after.settings, names),
    }),
  ];
}

/** Its name is a copy; what only the platform says of who it is may be the platform's own. */
function isToChange({ kind, member, of }: About<'segment'>): boolean {
  if (kind === 'same' || member === undefined || member === 'name' || member === 'id') return false;
  const isOwn = kind === 'extra' && of.after?.raw === undefined;
  return member === 'type' || isSettingName(member) || !isOwn;
}

/** A selector as it is sent; one that stood in a dataflow already, as it stood there. @see section 5.1 */
function selectorOf(segment: Segment): unknown {
  if (segment.raw !== undefined) return segment.raw;
  const identity = identityNames.map((name) => [name, segment[name]]);
  return {
    type: segment.type,
    value: withSettings(Object.fromEntries(identity) as object, segment.settings),
  };
}

/**
 * All columns anew, as they were read, where going and coming one by one does not bring the order that is
 * wanted, which is the order in the file: there is no operation that moves.
 */
function columnOrder(
  compared: readonly About<'column'>[],
  list: List<Item>,
  { staying, coming }: Sorted<Item>,
): unknown[] | undefined {
  const wanted = compared.flatMap(({ kind, of }) =>
    kind === 'same' || kind === 'missing' ? (of.before ?? of.after ?? []) : [],
  );
  const isWanted = new Set(wanted);
  const comesOut = [...staying, ...coming].filter((item) => isWanted.has(item));
  if (!isOneList(list) || comesOut.every((item, index) => item === wanted[index])) return undefined;
  return [...wanted, ...staying.filter((item) => !isWanted.has(item))].map(({ value }) => value);
}

const listOf = ({ at }: Item): string => pointer(at.slice(0, -1));

/** These lists are only published as a whole, by an `add`, which replaces one that is there. @see section 5.5 */
function wholeList(
  compared: readonly About<'mandatory' | 'key'>[],
  list: List<Item>,
  extras: Extras,
): PatchOperation[] {
  const { leaving, staying, coming } = sorted(compared, list, extras);
  const home = pointer(list.at);
  const touched = new Set([...(coming.length > 0 ? [home] : []), ...[...leaving].map(listOf)]);
  return [...touched].map((path) => {
    const left = staying.filter((item) => listOf(item) === path);
    const items = path === home ? [...left, ...coming] : left;
    return { op: 'add', path, value: items.map(({ value }) => value) };
  });
}

/** What `adds` need and the dataflow lacks, each level once. @see section 7.16; manage.md, section 2.2 ("heal") */
function missingStructure(raw: unknown, adds: readonly PatchOperation[], hasSet: boolean): PatchOperation[] {
  const empty = emptyTransformation(hasSet);
  const needed = adds.flatMap(({ path }) => {
    const [, , index = '', , holder = '', list] = path.split('/');
    const at = ['transformations', Number(index), 'params', holder];
    const all = lookUp(raw, at.slice(0, 1));
    if (!Array.isArray(all) || all.length === 0) return [added(['transformations'], [empty])];
    if (lookUp(raw, at.slice(0, 2)) === undefined) return [added(['transformations', '-'], empty)];
    if (!isObject(lookUp(raw, at.slice(0, 3)))) return [added(at.slice(0, 3), empty.params)];
    if (list === undefined) return [];
    if (!isObject(lookUp(raw, at))) return [added(at, { selectors: [] })];
    const selectors = [...at, 'selectors'];
    return list === 'selectors' && !Array.isArray(lookUp(raw, selectors)) ? [added(selectors, [])] : [];
  });
  return [...new Map(needed.map((one) => [one.path, one])).values()];
}
