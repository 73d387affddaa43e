import { describe, expect, it } from 'vitest';
import { parseClean } from '../../source/flow-service/clean.ts';

describe('member names of an answer', () => {
  it.each<[string, string, unknown]>([
    ['a name that moves the cursor', '{"na\\u001b[2Kme":1}', { name: 1 }],
    ['the prototype', '{"__proto__":{"isAdmin":true},"a":1}', { a: 1 }],
    ['the prototype in disguise', '{"__pro\\u200bto__":{"isAdmin":true},"a":1}', { a: 1 }],
    ['a name that looks like one that is there', '{"id":"real","i\\u200bd":"other"}', { id: 'real' }],
    ['the same, the other way round', '{"i\\u200bd":"other","id":"real"}', { id: 'real' }],
    ['the same in a list, and deeper', '[{"a":{"i\\u202ed":2,"id":1}}]', [{ a: { id: 1 } }]],
    ['names that every object has', '{"constructor":1,"toString":2}', { constructor: 1, toString: 2 }],
  ])('%s', (_, text, wanted) => {
    const found = parseClean(text);
    expect(JSON.stringify(found)).toBe(JSON.stringify(wanted));
    expect((found as { isAdmin?: unknown }).isAdmin).toBeUndefined();
    expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
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
