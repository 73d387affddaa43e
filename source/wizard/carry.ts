import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../activation/plan/json-path.ts';

/**
 * What was held, with only that changed which the wizard has changed: what it has no question for stays, and so does
 * how something was said that it would say in other words.
 *
 * @param before - What the wizard says of `held` before anything is changed.
 * @param now - What it says now.
 * @throws Nothing.
 */
export function carry(held: unknown, before: unknown, now: unknown): unknown {
  if (isDeepStrictEqual(before, now)) return held;
  if (Array.isArray(held) && Array.isArray(before) && Array.isArray(now)) {
    const withId = (list: readonly unknown[], id: unknown): unknown =>
      list.find((one) => isObject(one) && one['id'] === id);
    return now.map((one: unknown) => {
      const was = isObject(one) && one['id'] !== undefined ? withId(held, one['id']) : undefined;
      return isObject(one) && was !== undefined ? carry(was, withId(before, one['id']), one) : one;
    });
  }
  // What belongs to another kind of storage means nothing in this one.
  if (!isObject(held) || !isObject(before) || !isObject(now) || before['mode'] !== now['mode']) return now;
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
