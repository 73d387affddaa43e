import { expect, it } from 'vitest';
import { whoseIs } from '../../source/apply/once/whose.ts';
import { readAgain } from '../../source/flow-service/flows.ts';

const flow = (started?: number, ops?: unknown) =>
  readAgain({
    id: 'F',
    transformations: [],
    ...(started === undefined ? {} : { lastOperation: { started, status: { value: 'completed' }, ops } }),
  });
const sent = [{ op: 'replace' as const, path: '/name', value: { a: 1, b: 2 } }];

it.each<[string, ReturnType<typeof flow>, 'own' | 'theirs' | 'unknown']>([
  ['says nothing', flow(), 'own'],
  ['says nothing since', flow(1, [{ op: 'add', path: '/other' }]), 'own'],
  ['does not say what it was made of', flow(2), 'own'],
  ['is made of nothing', flow(2, []), 'own'],
  ['is made of what was sent', flow(2, sent), 'own'],
  ['writes it in its own way', flow(2, [{ op: 'REPLACE', path: '/name', value: { b: 2, a: 1 } }]), 'own'],
  ['does not repeat values', flow(2, [{ op: 'replace', path: '/name' }]), 'own'],
  ['has another value', flow(2, [{ op: 'replace', path: '/name', value: 1 }]), 'theirs'],
  ['is of another place', flow(2, [{ op: 'replace', path: '/description' }]), 'unknown'],
  ['does another thing', flow(2, [{ op: 'add', path: '/name' }]), 'theirs'],
  ['is of more', flow(2, [...sent, ...sent]), 'theirs'],
  ['is of something within', flow(2, [{ op: 'replace', path: '/name/a' }]), 'unknown'],
  ['is of what only begins alike', flow(2, [{ op: 'replace', path: '/nam' }]), 'unknown'],
  ['is no operation', flow(2, ['replace']), 'unknown'],
])('a change whose echo %s', (_, now, wanted) => {
  expect(whoseIs(now, flow(1), () => sent)).toBe(wanted);
});

it('takes one of the whole list for one of what was added to it', () => {
  const add = { op: 'add' as const, path: '/list/-', value: 1 };
  const now = flow(2, [{ op: 'replace', path: '/list', value: [1] }]);
  expect(whoseIs(now, flow(1), () => [add])).toBe('theirs');
});

it.each<[string, readonly object[], 'own' | 'theirs' | 'unknown']>([
  ['all of it', [{ path: '/name' }, { path: '/description' }], 'own'],
  ['one of two', [{ path: '/name' }, { path: '/other' }], 'unknown'],
  ['the places of both with other values', [{ path: '/name' }, { path: '/description', value: 1 }], 'theirs'],
])('of more than one that was sent, a change of %s', (_, ops, wanted) => {
  const both = [...sent, { op: 'replace' as const, path: '/description', value: 'd' }];
  const now = flow(
    2,
    ops.map((one) => ({ op: 'replace', ...one })),
  );
  expect(whoseIs(now, flow(1), () => both)).toBe(wanted);
});
