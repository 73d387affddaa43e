import { expect, it } from 'vitest';
import { wordPattern } from '../../source/ground/literal.ts';

it.each([
  ['istanbul', 'İstanbul Şubeleri İYİ', true],
  ['İSTANBUL', 'istanbul', true],
  ['iyi', 'İYİ', true],
  ['ΟΔΟΣ', 'οδος', true],
  ['a.b', 'axb', false],
  ['A.B', 'a.b', true],
  ['(', '(1)', true],
])('%j in %j is found: %s', (word, text, wanted) => {
  expect(wordPattern(word).test(text)).toBe(wanted);
});
