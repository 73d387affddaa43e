import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../activation/plan/json-path.ts';
import { hasSecret } from '../activation/plan/secret-reference.ts';

const kinds = ['mode', 'specName'];

/**
 * What was held, with only that changed which the wizard has changed: what it has no question for stays, and so does
 * how something was said that it would say in other words.
 *
 * @param before - What the wizard says of `held` before anything is changed.
 * @param now - What it says now.
 * @throws Nothing.
 */
export function carry(held: unknown, before: unknown, now: unknown): unknown {
  // Where a secret is was said by the plan: the wizard only knows that one was typed.
  if (hasSecret(held)) return isObject(now) && !hasSecret(now) ? now : held;
  if (hasSecret(now)) return now;
  if (isDeepStrictEqual(before, now)) return held;
  if (Array.isArray(held) && Array.isArray(before) && Array.isArray(now)) {
    const withId = (list: readonly unknown[], id: unknown): unknown =>
      list.find((one) => isObject(one) && one['id'] === id);
    return now.map((one: unknown) => {
      if (isObject(one) && one['id'] !== undefined) {
        const was = withId(held, one['id']);
        return was === undefined ? one : carry(was, withId(before, one['id']), one);
      }
      const isOne = (other: unknown): boolean => isDeepStrictEqual(other, one);
      const place = held.length === before.length ? before.findIndex(isOne) : -1;
      return place < 0 ? one : held[place];
    });
  }
  if (!isObject(held) || !isObject(before) || !isObject(now)) return now;
  // What belongs to another kind of storage, or to another sign-in, means nothing in this one.
  if (kinds.some((name) => before[name] !== now[name])) return now;
  const names = [
    ...Object.keys(held).filter((name) => name in now || !(name in before)),
    ...Object.keys(now),
  ];
  return Object.fromEntries(
    [...new Set(names)].flatMap((name) => {
      const value = name in now || name in before ? carry(held[name], before[name], now[name]) : held[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
