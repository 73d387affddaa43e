import vm from 'node:vm';
import { stripTypeScriptTypes } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Measured, testsFor } from '../../scripts/mutation/asked.ts';
import { type Mutant, mutantsOf } from '../../scripts/mutation/mutants.ts';
import { marked, placeIn } from '../../scripts/mutation/places.ts';
import { reportOf } from '../../scripts/mutation/report.ts';
import { ask, type Failure, type Outcome, outcomeOf, type Verdict } from '../../scripts/mutation/verdict.ts';

const file = 'source/apply/a.ts';

describe('what a run of the tests says', () => {
  const failure: Failure = { test: 'it', testFile: 'a.test.ts', isSure: true };
  const of = (...states: string[]): { testFile: string; state: string }[] =>
    states.map((state, at) => ({ testFile: `${String(at)}.test.ts`, state }));

  test.each<[string, Outcome['kind'], Failure | undefined, string[], unknown[]]>([
    ['all that was asked ended well', 'green', undefined, ['passed', 'skipped'], []],
    ['a test failed, and the rest was left out', 'red', failure, ['pending', 'queued'], []],
    ['a file could not be read', 'red', undefined, ['passed', 'failed'], []],
    ['something was thrown outside of the tests', 'red', undefined, ['passed'], [new Error()]],
    // A run that a failure has broken off tells no failure, where its telling came too late.
    ['it was broken off in a file, and nothing was told', 'unfinished', undefined, ['pending', 'queued'], []],
    ['it was broken off between two files', 'unfinished', undefined, ['passed', 'queued'], []],
  ])('%s: %s', (_, kind, told, states, errors) => {
    expect(outcomeOf(told, of(...states), errors).kind).toBe(kind);
  });

  it('is never green while a file is in any other state than a good end', () => {
    const state = fc.constantFrom('passed', 'skipped', 'queued', 'pending', 'failed');
    fc.assert(
      fc.property(fc.array(state, { minLength: 1 }), (states) => {
        const isWell = states.every((one) => one === 'passed' || one === 'skipped');
        expect(outcomeOf(undefined, of(...states), []).kind === 'green').toBe(isWell);
      }),
    );
  });
});

describe('asking tests about a change', () => {
  const red = (testFile: string, isSure: boolean, id?: string): Outcome => ({
    kind: 'red',
    test: 'it',
    testFile,
    id,
    isSure,
  });
  const green: Outcome = { kind: 'green' };
  const open: Outcome = { kind: 'unfinished', why: 'b.test.ts did not end' };

  /** The answers of run after run, as `tests +` with the change and `tests -` without it. */
  test.each<[string, Verdict['kind'], [string, Outcome][]]>([
    ['all are green', 'survived', [['a b +', green]]],
    [
      'one fails at once',
      'noticed',
      [
        ['a b +', red('b', true)],
        ['b -', green],
      ],
    ],
    [
      'one fails at once, and without the change too',
      'untold',
      [
        ['a b +', red('b', true)],
        ['b -', red('b', true)],
        ['a +', green],
      ],
    ],
    [
      'one fails after waiting, again, and not without the change',
      'noticed',
      [
        ['a b +', red('b', false)],
        ['b +', red('b', false)],
        ['b -', green],
      ],
    ],
    [
      'one test fails at once, and then stands alone',
      'noticed',
      [
        ['a b +', red('b', true, '7')],
        ['b 7 -', green],
      ],
    ],
    [
      'one test fails after waiting, and then stands alone',
      'noticed',
      [
        ['a b +', red('b', false, '7')],
        ['b 7 +', red('b', false, '7')],
        ['b 7 -', green],
      ],
    ],
    [
      'one test fails once only, and another of its file does so',
      'noticed',
      [
        ['a b +', red('b', false, '7')],
        ['b 7 +', green],
        ['b +', red('b', true, '8')],
        ['b 8 -', green],
      ],
    ],
    [
      'one fails once only',
      'survived',
      [
        ['a b +', red('b', false)],
        ['b +', green],
        ['a +', green],
      ],
    ],
    [
      'one fails without the change too',
      'untold',
      [
        ['a b +', red('b', false)],
        ['b +', red('b', false)],
        ['b -', red('b', false)],
        ['a +', green],
      ],
    ],
    [
      'one fails without the change too, another notices',
      'noticed',
      [
        ['a b +', red('b', false)],
        ['b +', red('b', false)],
        ['b -', red('b', false)],
        ['a +', red('a', true)],
        ['a -', green],
      ],
    ],
    [
      'they do not come to an end',
      'untold',
      [
        ['a b +', open],
        ['a b +', open],
      ],
    ],
  ])('%s: %s', async (_, kind, answers) => {
    const waiting = [...answers];
    const verdict = await ask(['a', 'b'], 0, (tests, withChange, id) => {
      const [asked, outcome] = waiting.shift() ?? ['nothing more', green];
      expect([...tests, ...(id === undefined ? [] : [id]), withChange ? '+' : '-'].join(' ')).toBe(asked);
      return Promise.resolve(outcome);
    });
    expect(verdict.kind).toBe(kind);
    expect(waiting).toEqual([]);
  });
});

describe('the tests that come by', () => {
  const text = `
    export const table: readonly string[] = ['a'];
    export const short = (at: number): string => table[at] ?? '';
    export class A { method(): { b: number } { return [1].map((b) => ({ b }))[0] ?? { b: 2 }; } }
    export function unused(): number { return 3; }
    export { short as other };
  `;

  it('are told by a note in every function, and the code does the same', () => {
    const script = stripTypeScriptTypes(marked(file, text))
      .replaceAll('export {', 'void {')
      .replaceAll('export ', '');
    const context = vm.createContext({});
    const value: unknown = vm.runInContext(
      `${script.replace('short as other', '')}; [short(0), new A().method().b]`,
      context,
    );
    expect(value).toEqual(['a', 1]);
    expect([...(context['ferryPlaces'] as Set<string>)].toSorted()).toEqual(
      ['', 'A.method', 'short'].map((within) => placeIn(file, within)),
    );
  });

  it('are asked, the quickest first, and those that are red anyway are not', () => {
    const measured = (ms: number, within: string, isGreen = true): Measured => ({
      isGreen,
      ms,
      longestMs: ms,
      places: [placeIn(file, ''), placeIn(file, within)],
      outside: [0, 1],
      tests: [],
    });
    const tests = {
      slow: measured(30, 'short'),
      quick: measured(10, 'short'),
      red: measured(1, 'short', false),
      elsewhere: measured(5, 'A.method'),
    };
    const short = { file, within: 'short', isInFunction: true };
    expect(testsFor(short, tests)).toEqual({ tests: ['quick', 'slow'], only: {}, left: 0 });
    expect(testsFor(short, tests, { first: ['slow'] }).tests).toEqual(['slow', 'quick']);
    expect(testsFor(short, tests, { mostMs: 35 })).toEqual({ tests: ['quick'], only: {}, left: 1 });
    expect(testsFor(short, tests, { mostMs: 1 })).toEqual({ tests: ['quick'], only: {}, left: 1 });
    expect(testsFor(short, tests, { first: ['slow'], mostMs: 1 }).tests).toEqual(['slow']);
    // Those that name what is changed are asked in any case.
    expect(testsFor(short, tests, { first: ['slow'], mostMs: 12 })).toMatchObject({
      tests: ['slow'],
      left: 1,
    });
    expect(
      testsFor(short, { ...tests, a: measured(3, 'short') }, { first: ['slow'], mostMs: 12 }),
    ).toMatchObject({
      tests: ['a', 'slow'],
      left: 1,
    });
    const near = {
      'test/apply/a.test.ts': measured(2, 'short'),
      'test/apply/b.test.ts': measured(50, 'short'),
      quick: measured(10, 'short'),
    };
    expect(testsFor(short, near, { mostMs: 45 })).toEqual({
      tests: ['test/apply/a.test.ts', 'quick'],
      only: {},
      left: 1,
    });
    expect(testsFor({ ...short, within: 'table', isInFunction: false }, tests).tests).toEqual([
      'elsewhere',
      'quick',
      'slow',
    ]);
    expect(testsFor({ ...short, within: 'unused' }, tests)).toEqual({ tests: [], only: {}, left: 0 });
  });

  it('are asked from near to far, where those that are near are not much longer', () => {
    const taking = (ms: number): Measured => ({
      isGreen: true,
      ms,
      longestMs: ms,
      places: [placeIn(file, 'short')],
      outside: [0],
      tests: [],
    });
    const tests = {
      'test/pages/quick.test.ts': taking(8),
      'test/apply/slow.test.ts': taking(17),
      'test/apply/quick.test.ts': taking(15),
      'test/commands/names-it.test.ts': taking(29),
    };
    const asked = testsFor({ file, within: 'short', isInFunction: true }, tests, {
      first: ['test/commands/names-it.test.ts'],
    });
    expect(asked.tests).toEqual([
      'test/commands/names-it.test.ts',
      'test/apply/quick.test.ts',
      'test/pages/quick.test.ts',
      'test/apply/slow.test.ts',
    ]);
  });

  it('are only those of a file that come by, and all of it where it comes by itself', () => {
    const places = ['', 'short', 'A.method'].map((within) => placeIn(file, within));
    const tests = [
      { id: 'a', ms: 30, places: [1] },
      { id: 'b', ms: 20, places: [2] },
      { id: 'c', ms: 40, places: [1, 2] },
    ];
    const one: Measured = { isGreen: true, ms: 100, longestMs: 40, places, outside: [0], tests };
    const askedOf = (within: string, isInFunction = true): unknown =>
      testsFor({ file, within, isInFunction }, { one, other: { ...one, ms: 75, outside: [0, 1, 2] } });
    expect(askedOf('A.method')).toEqual({ tests: ['one', 'other'], only: { one: ['b', 'c'] }, left: 0 });
    expect(askedOf('short')).toEqual({ tests: ['other', 'one'], only: { one: ['a', 'c'] }, left: 0 });
    expect(askedOf('short', false)).toEqual({ tests: ['other', 'one'], only: {}, left: 0 });
  });

  it('know a change in a function from one that is made when the file is read', () => {
    const isIn = Object.fromEntries(
      mutantsOf(file, text).map(({ within, isInFunction }) => [within, isInFunction]),
    );
    expect(isIn).toEqual({ table: false, short: true, 'A.method': true, unused: true });
  });
});

it('counts what was not told as not noticed, and names it', () => {
  const mutant = (within: string): Mutant => ({
    file,
    within,
    from: 'a',
    to: 'b',
    nth: 0,
    isInFunction: true,
    start: 0,
    end: 1,
  });
  const verdicts: [string, Verdict | undefined][] = [
    ['one', { kind: 'noticed', test: 'it', testFile: 'a.test.ts' }],
    ['two', { kind: 'survived', asked: 0, left: 0 }],
    ['three', { kind: 'untold', why: 'no end' }],
    ['four', { kind: 'noticed', test: 'it', testFile: 'a.test.ts' }],
    ['five', undefined],
  ];
  const report = reportOf({
    seed: '1',
    chosen: verdicts.map(([within, verdict], at) => ({ mutant: mutant(within), line: at, verdict })),
    all: new Map([[file, 9]]),
    equivalent: [{ file, within: 'six', from: 'a', to: 'b', why: 'It is the same.' }],
    rooms: ['apply'],
  });
  expect(report).toMatch(/^source\/apply\s+9\s+5\s+4\s+2\s+1\s+1\s+50 %$/m);
  expect(report).toContain('two: a → b (no test comes here)');
  expect(report).toContain('three: a → b (no end)');
  expect(report).toContain('six: a → b\n    It is the same.');
});
