import type { Item, List, Segment } from '../activation.ts';

export const nameOfSegment = ({ id }: Segment): string => id.toLowerCase();
export const nameOfItem = ({ name }: Item): string => name;

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
