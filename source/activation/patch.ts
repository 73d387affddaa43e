import type { PatchOperation } from '../flow-service/flows.ts';
import { type Activation, type Item, type List, ofFlow, type ReadFlow, type Segment } from './activation.ts';
import { type Compared, difference } from './difference.ts';
import { type At, isObject, lookUp, pointer } from './json-path.ts';
import { withMarker } from './marker.ts';
import { identityNames, isSettingName, type SettingName, withSettings } from './settings.ts';

/** What becomes of what a dataflow has and nobody wants: it is only told, or it goes. */
export type Extras = 'keep' | 'prune';

const emptyParams = { segmentSelectors: { selectors: [] }, profileSelectors: { selectors: [] } };

/** The structure that a dataflow is born with. @see flow-service.md, sections 2.6 and 7.16 */
export const emptyTransformation = { name: 'GeneralTransform', params: emptyParams };

/**
 * The patch that makes a dataflow hold what is wanted: replaces, removes from the highest index down, adds.
 * Its indexes are those of `flow`, so it goes with the etag of that very GET and no other.
 *
 * A segment that changes is replaced with its whole selector as it was read, its settings changed, for members
 * by themselves are nowhere published as a target; whatever does not change is not in the patch. State, account
 * and location are changed otherwise.
 *
 * @throws RangeError for a place that a patch must not reach.
 * @see flow-service.md, sections 5.4 to 5.7; manage.md, section 2.2
 */
export function patchOf(wanted: Activation, flow: ReadFlow, extras: Extras = 'keep'): PatchOperation[] {
  const found = ofFlow(flow);
  const compared = difference(wanted, found);
  const of = <Part extends Compared['part']>(part: Part) =>
    compared.filter((one): one is Extract<Compared, { part: Part }> => one.part === part);
  const segments = segmentChanges(of('segment'), found, extras);
  const columns = columnChanges(of('column'), found, extras);
  const adds = [
    ...segments.added.map((value) => added([...found.segments.at, '-'], value)),
    ...columns.added.map((value) => added([...found.columns.at, '-'], value)),
    ...wholeList(of('mandatory'), found.mandatory, extras),
    ...wholeList(of('key'), found.keys, extras),
  ];
  const rank = { replace: 0, remove: 1, add: 2 };
  return [
    ...of('name')
      .filter(isOpen)
      .map(({ after }) => replaced(['name'], after)),
    ...of('description')
      .filter(isOpen)
      .flatMap(({ kind, after }) => described(kind, after)),
    ...segments.replaced,
    ...columns.replaced,
    ...removed(segments.gone),
    ...removed(columns.gone),
    ...missingStructure(flow.raw, adds),
    ...adds,
  ].toSorted((one, other) => rank[one.op] - rank[other.op]);

  function described(kind: Compared['kind'], after: string | undefined): PatchOperation[] {
    if (kind === 'extra' && extras === 'keep') return [];
    const text = withMarker(after, found.marker);
    const at = ['description'];
    if (text === '') return [{ op: 'remove', path: pointer(at) }];
    return [lookUp(flow.raw, at) === undefined ? added(at, text) : replaced(at, text)];
  }
}

const isOpen = ({ kind }: Compared): boolean => kind !== 'same';

const added = (at: At, value: unknown): PatchOperation => ({ op: 'add', path: pointer(at), value });
const replaced = (at: At, value: unknown): PatchOperation => ({ op: 'replace', path: pointer(at), value });

/** Each removal shifts what stands behind it: from the highest index down. @see section 7.31 */
function removed(places: readonly At[]): PatchOperation[] {
  const indexes = (at: At): number[] => at.filter((key) => typeof key === 'number');
  return places
    .toSorted((one, other) => {
      const [[a = 0, b = 0], [c = 0, d = 0]] = [indexes(one), indexes(other)];
      return c - a || d - b;
    })
    .map((at) => ({ op: 'remove', path: pointer(at) }));
}

function segmentChanges(
  compared: readonly Extract<Compared, { part: 'segment' }>[],
  found: Activation,
  extras: Extras,
) {
  const changed = Map.groupBy(
    compared.filter(({ member, kind }) => member !== undefined && isSettingName(member) && kind !== 'same'),
    ({ of }) => of.before,
  );
  return {
    replaced: found.segments.items.flatMap((before) => {
      const findings = changed.get(before);
      const after = findings?.[0]?.of.after;
      if (!findings || !after) return [];
      const names = findings.flatMap(({ member = '' }) => (isSettingName(member) ? [member] : []));
      return [replaced(before.at, withChanges(before, after, names))];
    }),
    gone: compared.flatMap(({ kind, member, of }) =>
      kind === 'extra' && member === undefined && extras === 'prune' && of.before ? [of.before.at] : [],
    ),
    added: compared.flatMap(({ kind, member, of }) =>
      kind === 'missing' && member === undefined && of.after ? [selectorOf(of.after)] : [],
    ),
  };
}

function withChanges({ raw }: Segment, { settings }: Segment, names: readonly SettingName[]): object {
  const selector = isObject(raw) ? raw : {};
  const { value } = selector;
  return { ...selector, value: withSettings(isObject(value) ? value : {}, settings, names) };
}

/** A selector as it is sent; one that stood in a dataflow already, as it stood there. @see section 5.1 */
function selectorOf(segment: Segment): unknown {
  if (segment.raw !== undefined) return segment.raw;
  const identity = identityNames.flatMap((name) =>
    segment[name] === undefined ? [] : [[name, segment[name]] as const],
  );
  return {
    type: 'PLATFORM_SEGMENT',
    value: withSettings(Object.fromEntries(identity), segment.settings),
  };
}

type ItemFinding = Extract<Compared, { part: 'column' | 'mandatory' | 'key' }>;

const missing = (compared: readonly ItemFinding[]): Item[] =>
  compared.flatMap(({ kind, of }) => (kind === 'missing' && of.after ? [of.after] : []));

/** What was found and goes. */
function gone(compared: readonly ItemFinding[], extras: Extras): Set<Item> {
  const extra = compared.flatMap(({ kind, of }) => (kind === 'extra' && of.before ? [of.before] : []));
  return new Set(extras === 'prune' ? extra : []);
}

/**
 * Columns one by one where that brings the order of the plan, which is the order in the file; else the list
 * anew with the selectors as they were read, as there is no operation that moves.
 */
function columnChanges(compared: readonly ItemFinding[], { columns }: Activation, extras: Extras) {
  const leaving = gone(compared, extras);
  const pairs = compared.filter(({ kind }) => kind === 'same' || kind === 'missing').map(({ of }) => of);
  const staying = columns.items.filter((item) => !leaving.has(item));
  const fresh = missing(compared);
  const wanted = pairs.flatMap(({ before, after }) => before ?? after ?? []);
  const isWanted = new Set(wanted);
  const inOrder = [...staying, ...fresh].filter((item) => isWanted.has(item));
  const isOneList = columns.items.every(({ at }) => pointer(at.slice(0, -1)) === pointer(columns.at));
  if (inOrder.every((item, index) => item === wanted[index]) || !isOneList)
    return { replaced: [], gone: [...leaving].map(({ at }) => at), added: fresh.map(({ value }) => value) };
  const others = staying.filter((item) => !isWanted.has(item));
  return {
    replaced: [
      replaced(
        columns.at,
        [...wanted, ...others].map(({ value }) => value),
      ),
    ],
    gone: [],
    added: [],
  };
}

/** These lists are only published as a whole, by an `add`, which replaces one that is there. @see section 5.5 */
function wholeList(compared: readonly ItemFinding[], list: List<Item>, extras: Extras): PatchOperation[] {
  const leaving = gone(compared, extras);
  const fresh = missing(compared);
  const places = new Map(
    [list.at, ...list.items.map(({ at }) => at.slice(0, -1))].map((at) => [pointer(at), at]),
  );
  return [...places].flatMap(([path, at]) => {
    const here = list.items.filter((item) => pointer(item.at.slice(0, -1)) === path);
    const staying = here.filter((item) => !leaving.has(item));
    const coming = path === pointer(list.at) ? fresh : [];
    if (staying.length === here.length && coming.length === 0) return [];
    return [
      added(
        at,
        [...staying, ...coming].map(({ value }) => value),
      ),
    ];
  });
}

/** What `adds` need and the dataflow lacks, each level once. @see section 7.16; manage.md, section 2.2 ("heal") */
function missingStructure(raw: unknown, adds: readonly PatchOperation[]): PatchOperation[] {
  const needed = adds.flatMap(({ path }) => {
    const [, , index = '', , holder = '', list] = path.split('/');
    const at = ['transformations', Number(index), 'params', holder];
    const all = lookUp(raw, at.slice(0, 1));
    if (!Array.isArray(all) || all.length === 0) return [added(['transformations'], [emptyTransformation])];
    if (lookUp(raw, at.slice(0, 2)) === undefined)
      return [added(['transformations', '-'], emptyTransformation)];
    if (!isObject(lookUp(raw, at.slice(0, 3)))) return [added(at.slice(0, 3), emptyParams)];
    if (list === undefined) return [];
    if (!isObject(lookUp(raw, at))) return [added(at, { selectors: [] })];
    const selectors = [...at, 'selectors'];
    return list === 'selectors' && !Array.isArray(lookUp(raw, selectors)) ? [added(selectors, [])] : [];
  });
  return [...new Map(needed.map((one) => [one.path, one])).values()];
}
