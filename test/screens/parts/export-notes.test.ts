import { expect, it } from 'vitest';
import { noteLines } from '../../../source/screens/parts/export-notes.tsx';

const notes = [
  { label: 'next', said: ['one', 'two'] },
  { label: 'file', said: ['a.csv'] },
];

it.each([
  [Infinity, ['next  one   two', 'file  a.csv']],
  [2, ['next  one   two', 'file  a.csv']],
  [1, ['next  one   two']],
  [0, []],
  [-1, []],
  [-Infinity, []],
])('lays notes in at most %d lines, whole or not at all', (most, lines) => {
  expect(noteLines(notes, 40, most)).toEqual(lines);
});
