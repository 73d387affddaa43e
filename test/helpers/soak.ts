import { describe, it } from 'vitest';

/**
Whether this run has the time for all of what is a soak by nature (`npm run test:soak`). The everyday run takes a
share of it that still meets every kind of thing once. Golden frames are drawn anew all at once.
*/
export const isSoak = process.env['FERRY_SOAK'] === '1' || process.env['UPDATE_GOLDEN'] === '1';

/** Of these the everyday run meets those that are named, and the soak all. */
export function byDay<const Case>(
  cases: readonly Case[],
  isEveryDay: (one: Case, at: number) => boolean,
): readonly Case[] {
  const share = cases.filter((one, at) => isSoak || isEveryDay(one, at));
  if (share.length === 0) throw new Error('A share of nothing shows nothing.');
  return share;
}

const notToday = (): undefined => undefined;
const onlyInSoak = <Of extends object>(heard: Of): Of =>
  isSoak
    ? heard
    : (Object.assign(notToday.bind(undefined), {
        each: () => notToday,
        for: () => notToday,
        skipIf: () => notToday,
        concurrent: notToday,
      }) as unknown as Of);

/** A test beside one that each day runs: what it meets more, only the soak has the time for. */
export const itInSoak = onlyInSoak(it);
export const describeInSoak = onlyInSoak(describe);

/** How often a property is tried: all of it in the soak, and each day a quarter, or as often as is said. */
export const runs = (most: number, everyDay = Math.ceil(most / 4)): number => (isSoak ? most : everyDay);
