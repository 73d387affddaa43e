import type { Activation, Item } from './activation.ts';
import { namespaceOf } from './content/columns.ts';
import type { StoredLine } from './content/mapping-set.ts';
import { type Compared, newOrder } from './difference.ts';
import { attributeOf } from './plan/plan.ts';

type OfPart<Part> = Extract<Compared, { part: Part }>;
type OfList = OfPart<'column' | 'mandatory' | 'key'>;

/** A column that went and one that came, of which one is the other: by its source, or by its name. */
interface Renamed {
  readonly member: 'column' | 'path';
  readonly gone: OfPart<'column'>;
  readonly come: OfPart<'column'>;
}

/**
 * Findings as they are told: a column of a mapping set that only has another name, or another source under its name,
 * has changed, and is not one that went and one that came; so with it what is mandatory or a key. What a change sends
 * goes by the findings as they were.
 *
 * @throws Nothing.
 */
export function withRenames(
  compared: readonly Compared[],
  { columns: wanted }: Pick<Activation, 'columns'>,
  { columns: found }: Pick<Activation, 'columns'>,
): Compared[] {
  const named = pairs('column', compared, new Set());
  const all = [
    ...named,
    ...pairs('path', compared, new Set(named.flatMap(({ gone, come }) => [gone, come]))),
  ];
  if (all.length === 0) return [...compared];
  const changed = new Map<Compared, Compared>(all.map((one) => [one.gone, changedColumn(one)]));
  const away = new Set<Compared>(all.map(({ come }) => come));
  for (const { gone, come } of followers(compared, all)) {
    changed.set(gone, { ...gone, kind: 'changed', after: come.after, place: bothPlaces(gone, come) });
    away.add(come);
  }
  const told = compared.flatMap((one) => (away.has(one) ? [] : [changed.get(one) ?? one]));
  const isTold = told.some(({ kind }) => kind === 'reordered');
  return isTold || !isMoved(compared, all, found) ? told : [...told, newOrder('column', found, wanted)];
}

/** What goes with what comes under the same source, or the same name, each once. */
function pairs(
  member: Renamed['member'],
  compared: readonly Compared[],
  taken: ReadonlySet<Compared>,
): readonly Renamed[] {
  const of = (kind: Compared['kind']) =>
    compared.filter(
      (one): one is OfPart<'column'> => one.part === 'column' && one.kind === kind && !taken.has(one),
    );
  // What older cards hold has neither.
  const keyOf = (item: Item | undefined): string | undefined => {
    const source = sourceOf(item);
    return member === 'path' ? nameOf(item) : source && `${lineOf(item).sourceType} ${source}`;
  };
  const coming = Map.groupBy(of('missing'), ({ of: { after } }) => keyOf(after));
  return of('extra').flatMap((gone) => {
    const key = keyOf(gone.of.before);
    const come = key === undefined ? undefined : coming.get(key)?.shift();
    // Two that would read the same are apart by what has no words.
    const told = member === 'column' ? nameOf : sourceOf;
    const isTold = come && told(gone.of.before) !== told(come.of.after);
    return isTold ? [{ member, gone, come }] : [];
  });
}

const lineOf = (item: Item | undefined): Partial<StoredLine> => (item?.value ?? {}) as Partial<StoredLine>;
const nameOf = (item: Item | undefined): string | undefined => lineOf(item).destination;
const sourceOf = (item: Item | undefined): string | undefined =>
  item?.selected === undefined ? lineOf(item).source : attributeOf(item.selected);

function changedColumn({ member, gone, come }: Renamed): Compared {
  const [key, valueOf] = member === 'column' ? [sourceOf, nameOf] : [nameOf, sourceOf];
  const [before, after] = [valueOf(gone.of.before), valueOf(come.of.after)];
  const subject = key(come.of.after) ?? '';
  const of = { before: gone.of.before, after: come.of.after };
  return {
    part: 'column',
    kind: 'changed',
    subject,
    member,
    before,
    after,
    of,
    place: bothPlaces(gone, come),
  };
}

const bothPlaces = (gone: Compared, come: Compared): Compared['place'] => ({
  before: gone.place.before,
  after: come.place.after,
});

/** What is mandatory, or a key, goes by the source of its column. */
function followers(
  compared: readonly Compared[],
  all: readonly Renamed[],
): readonly { readonly gone: OfList; readonly come: OfList }[] {
  const isOf = (one: Compared, kind: Compared['kind'], path: string | undefined): one is OfList =>
    (one.part === 'mandatory' || one.part === 'key') &&
    one.kind === kind &&
    path !== undefined &&
    [path, namespaceOf(path)].includes(one.subject.replace(/^(?:ATTRIBUTE|IDENTITY) /, ''));
  return all.flatMap(({ gone, come }) =>
    compared.flatMap((one) => {
      if (!isOf(one, 'extra', sourceOf(gone.of.before))) return [];
      const other = compared.find(
        (two): two is OfList => isOf(two, 'missing', sourceOf(come.of.after)) && two.part === one.part,
      );
      return other ? [{ gone: one, come: other }] : [];
    }),
  );
}

/** Whether columns stand in another order once those with another name are the same ones. */
function isMoved(
  compared: readonly Compared[],
  all: readonly Renamed[],
  found: Activation['columns'],
): boolean {
  const renamed = new Map(all.map(({ gone, come }) => [come, gone]));
  const wish = compared.flatMap((one) => {
    if (one.part !== 'column') return [];
    return (one.kind === 'same' ? one : renamed.get(one))?.of.before ?? [];
  });
  const stays = new Set(wish);
  return found.items.filter((one) => stays.has(one)).some((one, index) => one !== wish[index]);
}
