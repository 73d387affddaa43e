import { isDeepStrictEqual } from 'node:util';
import type { Item, Members, Segment } from '../activation.ts';
import { isObject } from '../plan/json-path.ts';
import { identityNames, withSettings } from '../settings.ts';

/** What the platform says of a selector of its own accord: as it comes, and at each change. @see manage.md, section 2.4 */
const ofPlatform: readonly string[] = ['createTime', 'description'];
const touched = 'updateTime';

/** Members of a selector that no plan knows. */
export function beyondSegment({ raw }: Segment): Members | undefined {
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
