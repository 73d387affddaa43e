import { expect, it } from 'vitest';
import { carry } from '../../source/wizard/carry.ts';

const reference = { $secret: 'env:S' };

it.each<[string, unknown, unknown, unknown, unknown]>([
  ['what was not changed stays as it was held', { a: '1', more: 2 }, { a: 1 }, { a: 1 }, { a: '1', more: 2 }],
  [
    'what was changed is said, and the rest stays',
    { a: '1', b: 2, more: 3 },
    { a: 1, b: 2 },
    { a: 1, b: 5 },
    { a: '1', b: 5, more: 3 },
  ],
  ['what was taken out is gone', { a: 1, b: 2, more: 3 }, { a: 1, b: 2 }, { a: 1 }, { a: 1, more: 3 }],
  ['what is new is added', { a: 1 }, { a: 1 }, { a: 1, b: 2 }, { a: 1, b: 2 }],
  ['another kind begins anew', { mode: 'S3', a: 1 }, { mode: 'S3' }, { mode: 'FTP' }, { mode: 'FTP' }],
  ['a secret stays where the plan has it', { s: reference }, { s: '' }, { s: 'typed' }, { s: reference }],
  ['a secret that is a reference now is said so', { s: 'x' }, { s: 'x' }, { s: reference }, { s: reference }],
  ['a sign-in in the place of a secret is said', reference, 'x', { a: 1 }, { a: 1 }],
  [
    'things of a list are told apart by their ids',
    [
      { id: 1, a: 1, more: 1 },
      { id: 2, a: 2 },
    ],
    [
      { id: 1, a: 1 },
      { id: 2, a: 2 },
    ],
    [
      { id: 3, a: 3 },
      { id: 1, a: 9 },
    ],
    [
      { id: 3, a: 3 },
      { id: 1, a: 9, more: 1 },
    ],
  ],
  [
    'others of a list keep how they were said',
    [{ path: 'a' }, 'b'],
    ['a', 'b'],
    ['c', 'a'],
    ['c', { path: 'a' }],
  ],
  [
    'but not in a list of which the wizard saw another one',
    [{ path: 'a' }, 'b'],
    ['a'],
    ['a', 'c'],
    ['a', 'c'],
  ],
  ['what is of another type is said', [1], { a: 1 }, { a: 2 }, { a: 2 }],
])('%s', (_, held, before, now, wanted) => {
  expect(carry(held, before, now)).toEqual(wanted);
});
