import { expect, it, test } from 'vitest';
import { underAccount, underConnection, underFlow } from '../../source/flow-service/references.ts';

const heirs = (...ids: unknown[]): object => ({
  inheritedAttributes: { sourceConnections: [{ id: 's' }], targetConnections: ids.map((id) => ({ id })) },
});

test.each<[string, object, string[] | undefined, boolean]>([
  ['a list of ids', { targetConnectionIds: ['a', 'b'] }, ['a', 'b'], true],
  ['a list of objects', { targetConnectionIds: [{ id: 'a' }, 'b'] }, ['a', 'b'], true],
  ['an id alone', { targetConnectionIds: 'a' }, ['a'], true],
  ['an object alone', { targetConnectionIds: { id: 'a' } }, ['a'], true],
  ['what it has inherited', heirs('a', 'b'), ['a', 'b'], true],
  ['what it has inherited beside an empty list', { targetConnectionIds: [], ...heirs('a') }, ['a'], true],
  ['its own beside what it has inherited', { targetConnectionIds: ['b'], ...heirs('a') }, ['b'], true],
  ['a list of which one cannot be read', { targetConnectionIds: ['a', null] }, ['a'], false],
  ['a list of which none can be read', { targetConnectionIds: [null, 5], ...heirs('a') }, ['a'], false],
  ['an id that cannot be asked for', { targetConnectionIds: ['..'] }, undefined, false],
  ['nothing', {}, undefined, false],
  ['null', { targetConnectionIds: null }, undefined, false],
  ['an empty text', { targetConnectionIds: '' }, undefined, false],
])('a dataflow stands on %s', (_, entity, targetConnectionIds, isWhole) => {
  const found = underFlow({ sourceConnectionIds: ['s'], ...entity });
  expect(found).toMatchObject({ sourceConnectionIds: ['s'], targetConnectionIds });
  expect(found.isUnsure).toBe(isWhole ? undefined : true);
  // The other side of it has to be known as well.
  expect(underFlow({ targetConnectionIds: ['t'] }).isUnsure).toBe(true);
});

test.each<[object, string | undefined, true | undefined]>([
  [{ baseConnectionId: 'a' }, 'a', undefined],
  [{ inheritedAttributes: { baseConnection: { id: 'a' } } }, 'a', undefined],
  [{ baseConnectionId: null }, undefined, true],
  [{}, undefined, true],
])('a connection that says %j stands on %s', (entity, baseConnectionId, isUnsure) => {
  const found = underConnection(entity as Record<string, unknown>);
  expect([found.baseConnectionId, found.isUnsure]).toEqual([baseConnectionId, isUnsure]);
});

it('an account stands on nothing', () => {
  expect(underAccount()).toEqual({});
});

it('an entity mentions what may be an id, wherever it stands outside of its contents', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 'deep' : { in: deep(levels - 1) });
  const mentions = (entity: object) => underConnection(entity as Record<string, unknown>).mentions;
  expect(
    mentions({
      id: 'own',
      name: 'own-name',
      description: 'own-words',
      lastOperation: { x: 'op' },
      version: 'v1',
      odd: [{ a: 'one' }, ['two'], 'two', 5, null],
      'not an id': 'with blanks',
      dots: '..',
    }),
  ).toEqual(['v1', 'one', 'two']);
  expect(mentions({ a: 'x'.repeat(100) })).toHaveLength(1);
  expect(mentions({ a: 'x'.repeat(101) })).toEqual([]);
  expect(mentions({ a: deep(11) })).toEqual(['deep']);
  expect(mentions({ a: deep(12) })).toEqual([]);
});
