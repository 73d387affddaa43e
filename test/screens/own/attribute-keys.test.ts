import { expect, it } from 'vitest';
import { keysAt } from '../../../source/screens/own/attribute-tree.tsx';

const leaf = { id: 'a.b', isLeaf: true, isChoosable: true, isSearching: false, isFiltered: false };

it.each([
  ['a column', leaf, 'column must key closeBranch search continue names only order back help'],
  [
    'what cannot be one',
    { ...leaf, isChoosable: false },
    'closeBranch search continue names only order back help',
  ],
  [
    'a branch',
    { ...leaf, isLeaf: false, isChoosable: false },
    'columns openClose search continue names only order back help',
  ],
  // While a word is typed the letters are text.
  [
    'what was found',
    { ...leaf, isSearching: true, isFiltered: true },
    'column continue names only order showAll help',
  ],
  ['nothing', { ...leaf, id: undefined }, 'continue names only order back help'],
])('tells every key of %s', (_, place, keys) => {
  expect(keysAt(place, true).join(' ')).toBe(keys);
});
