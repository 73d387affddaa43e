import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changed, mutantsOf } from '../../scripts/mutation/mutants.ts';

const told = (text: string): string[] =>
  mutantsOf('a.ts', text).map((mutant) => changed(text, mutant).replace(/\s+/g, ' '));

test.each<[string, string, readonly string[]]>([
  ['a boundary', 'f(a < b);', ['f(a <= b);', 'f(a >= b);', ';']],
  [
    'one side of a condition',
    'const c = a && b;',
    ['const c = a || b;', 'const c = true && b;', 'const c = a && true;'],
  ],
  ['a condition', 'if (a) b;', ['if (!(a)) b;', 'if (true) b;', 'if (false) b;', 'if (a) ;']],
  ['an early return', 'function f() { if (a) { return; } }', ['function f() { if (a) { ; } }']],
  ['literals', 'const c = [1, true, "x"];', ['const c = [];', 'const c = [(1 + 1), true, "x"];']],
  ['what stands in for nothing', 'const c = a ?? b;', ['const c = a;', 'const c = b;']],
  ['a call that is left out', 'const c = a.trim();', ['const c = a;']],
  [
    'the ends of a pattern',
    'const c = /^a$/i;',
    ['const c = /a$/i;', 'const c = /^a/i;', 'const c = /^a$/;'],
  ],
  ['what is spread', 'const c = { ...a };', ['const c = { ...{} };']],
])('%s is changed', (_, text, wanted) => {
  expect(told(text)).toEqual(expect.arrayContaining([...wanted]));
});

test('types, imports and names are left alone', () => {
  expect(told("import { a } from 'b'; interface C { d: 'e' } type F = 1 | 2;")).toEqual([]);
});

test('a change is known by what it is in, wherever that has moved to', () => {
  const text = 'function f(a: number) { return a < 1 && a < 2; }';
  const known = (mutants: ReturnType<typeof mutantsOf>): unknown[] =>
    mutants.map(({ within, from, to, nth }) => [within, from, to, nth]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), (lines) => {
      expect(known(mutantsOf('a.ts', '\n'.repeat(lines) + text))).toEqual(known(mutantsOf('a.ts', text)));
    }),
  );
  expect(known(mutantsOf('a.ts', text))).toContainEqual(['f', '<', '<=', 1]);
});
