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
  /** Those that it comes by outside of its tests, by their number among the places. */
  outside: readonly number[];
  tests: readonly MeasuredTest[];
}

export interface MeasuredTest {
  id: string;
  /** Milliseconds. */
  ms: number;
  /** By their number among the places of its file. */
  places: readonly number[];
}

export interface Asked {
  /** Files of tests. */
  tests: readonly string[];
  /** The tests of a file that can notice, by their ids; all of a file that is not here. */
  only: Readonly<Record<string, readonly string[]>>;
  /** So many more come by, and would take too long. */
  left: number;
}

/**
 * The files of tests that can notice a change: those that come by where it is, and are green without it; of each only
 * the tests that do, unless it comes by while it is read or prepares its tests. The quickest first, where those of
 * `first` may take four times as long, and those of the same room twice as long as others. Those of
 * `first` in any case, and as many of the others as take no longer than `mostMs` with them; one at least.
 */
export function testsFor(
  { file, within, isInFunction }: Pick<Mutant, 'file' | 'within' | 'isInFunction'>,
  measured: Readonly<Record<string, Measured>>,
  { first = [], mostMs = Infinity }: { first?: readonly string[]; mostMs?: number } = {},
): Asked {
  const place = placeIn(file, isInFunction ? within : '');
  const able = Object.entries(measured)
    .filter(([, { isGreen, places }]) => isGreen && places.includes(place))
    .map(([test, one]) => ({
      test,
      ...partOf(one, place),
      weight: first.includes(test) ? 1 : isNear(file, test) ? 2 : 4,
    }))
    .toSorted((one, other) => one.weight * one.ms - other.weight * other.ms);
  let sum = 0;
  const asked = able.filter(({ test, ms }, at) => {
    if (at > 0 && !first.includes(test) && sum + ms > mostMs) return false;
    sum += ms;
    return true;
  });
  return {
    tests: asked.map(({ test }) => test),
    only: Object.fromEntries(asked.flatMap(({ test, ids }) => (ids ? [[test, ids]] : []))),
    left: able.length - asked.length,
  };
}

/** What of a file of tests comes by a place, and how long that takes. */
function partOf({ ms, places, outside, tests }: Measured, place: string): { ms: number; ids?: string[] } {
  const number = places.indexOf(place);
  if (outside.includes(number)) return { ms };
  const other = tests.filter((test) => !test.places.includes(number));
  const ids = tests.filter((test) => !other.includes(test)).map(({ id }) => id);
  return { ms: ms - other.reduce((sum, test) => sum + test.ms, 0), ids };
}

/** Whether a file of tests is of the same room as a file of the source. */
export const isNear = (file: string, test: string): boolean =>
  test.startsWith(`test/${file.split('/')[1] ?? ''}/`);
