import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseClean, parseInTurns } from '../../source/flow-service/clean.ts';

describe('member names of an answer', () => {
  it.each<[string, string, unknown]>([
    ['a name that moves the cursor', '{"na\\u001b[2Kme":1}', { name: 1 }],
    ['the prototype', '{"__proto__":{"isAdmin":true},"a":1}', { a: 1 }],
    ['the prototype in disguise', '{"__pro\\u200bto__":{"isAdmin":true},"a":1}', { a: 1 }],
    ['a name that looks like one that is there', '{"id":"real","i\\u200bd":"other"}', { id: 'real' }],
    ['the same, the other way round', '{"i\\u200bd":"other","id":"real"}', { id: 'real' }],
    ['the same in a list, and deeper', '[{"a":{"i\\u202ed":2,"id":1}}]', [{ a: { id: 1 } }]],
    ['names that every object has', '{"constructor":1,"toString":2}', { constructor: 1, toString: 2 }],
    ['the prototype beside a list', '{"__proto__":{"isAdmin":true},"items":[1]}', { items: [1] }],
    ['a list that looks like the one that is there', '{"it\\u200bems":[1],"items":[2]}', { items: [2] }],
    ['a list that only looks like one', '{"it\\u200bems":["a\\u001b[2Kb"]}', { items: ['ab'] }],
  ])('%s', async (_, text, wanted) => {
    for (const found of [parseClean(text), await parseInTurns(text)]) {
      expect(JSON.stringify(found)).toBe(JSON.stringify(wanted));
      expect((found as { isAdmin?: unknown }).isAdmin).toBeUndefined();
      expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
    }
  });
});

it.each<[string, string, string]>([
  ['etag', 'a\u200bb', '\ufffdab'],
  ['id', 'a\u200bb', '\ufffdab'],
  ['etag', 'ab', 'ab'],
  ['name', 'a\u200bb', 'ab'],
])('marks what would be sent back as another one: %s %j', (name, held, wanted) => {
  expect(parseClean(JSON.stringify({ [name]: held }))).toEqual({ [name]: wanted });
});

it('reads a page in turns as it reads it at once', async () => {
  const harm = fc.string({ unit: fc.constantFrom('a', '\u001b', '\u200b', '漢', '"'), maxLength: 4 });
  const item = fc.dictionary(fc.constantFrom('id', 'i\u200bd', 'name', '__proto__'), harm);
  const page = fc.record({ items: fc.array(item, { maxLength: 3 }), _links: item, items2: harm });
  await fc.assert(
    fc.asyncProperty(page, fc.boolean(), async (one, isMarked) => {
      const text = JSON.stringify(one);
      expect(await parseInTurns(text, isMarked)).toEqual(parseClean(text, isMarked ? '\ufffd' : ''));
    }),
  );
});
