import { expect, it } from 'vitest';
import { noteLines } from '../../../source/screens/parts/export-notes.tsx';

const notes = [
  { label: 'next', said: ['one', 'two'] },
  { label: 'file', said: ['a.csv'] },
];

it.each([
  [Infinity, ['next  one   two', 'file  a.csv']],
  [2, ['next  one   two', 'file  a.csv']],
  [1, ['next  one   two …']],
  [0, []],
  [-1, []],
  [-Infinity, []],
])('lays notes in at most %d lines, whole or not at all, and says so', (most, lines) => {
  expect(noteLines(notes, 40, most, '…')).toEqual(lines);
});

it('gives the id in a file name a line of its own', () => {
  const id = '71f46ccf-2f96-4fb5-94b8-394c7435d0af';
  const file = [{ label: 'file', said: [`Campaign_${id}_20270101_120000.csv`] }];
  expect(noteLines(file, 36)).toEqual(['file  Campaign_', id, '_20270101_120000.csv']);
  expect(noteLines(file, 38)).toEqual(['file  Campaign_', `  ${id}`, '  _20270101_120000.csv']);
  expect(noteLines(file, 42)).toEqual(['file  Campaign_', `      ${id}`, '      _20270101_120000.csv']);
});
