import type { Mutant } from './mutants.ts';
import { placeIn } from './places.ts';

/** What a file of tests is like without any change. */
export interface Measured {
  isGreen: boolean;
  /** With the reading of its modules, milliseconds. */
  ms: number;
  /** Its longest test, milliseconds. */
  longestMs: number;
  /** Which functions it comes by, and which files it reads. */
  places: readonly string[];
}

export interface Asked {
  tests: readonly string[];
  /** So many more come by, and would take too long. */
  left: number;
}

/**
 * The files of tests that can notice a change: those that come by where it is, and are green without it. Those of
 * `first` in front of all, then those of the same room, each time the quickest first. As many as take no longer than
 * `mostMs` together, and one at least.
 */
export function testsFor(
  { file, within, isInFunction }: Pick<Mutant, 'file' | 'within' | 'isInFunction'>,
  measured: Readonly<Record<string, Measured>>,
  { first = [], mostMs = Infinity }: { first?: readonly string[]; mostMs?: number } = {},
): Asked {
  const place = placeIn(file, isInFunction ? within : '');
  const able = Object.entries(measured)
    .filter(([, { isGreen, places }]) => isGreen && places.includes(place))
    .map(([test, { ms }]) => ({ test, ms, rank: first.includes(test) ? 0 : isNear(file, test) ? 1 : 2 }))
    .toSorted((one, other) => one.rank - other.rank || one.ms - other.ms);
  let sum = 0;
  const tests: string[] = [];
  for (const { test, ms } of able) {
    if (tests.length > 0 && sum + ms > mostMs) continue;
    sum += ms;
    tests.push(test);
  }
  return { tests, left: able.length - tests.length };
}

/** Whether a file of tests is of the same room as a file of the source. */
export const isNear = (file: string, test: string): boolean =>
  test.startsWith(`test/${file.split('/')[1] ?? ''}/`);
