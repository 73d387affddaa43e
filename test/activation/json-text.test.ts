import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepest, parseStrictly, readJson } from '../../source/activation/plan/json-text.ts';

describe('readJson', () => {
  it('takes what JSON.parse takes, and reads the same', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom('', '\uFEFF', ' \r\n\t'), (text, before) => {
        const reading = readJson(before + text);
        // A generated object may not say a name twice, but its text cannot either.
        expect(reading).toEqual({ kind: 'json', value: JSON.parse(text) });
      }),
    );
  });

  it('refuses what JSON.parse refuses, whatever was done to the text', () => {
    let broken = 0;
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.nat(3), fc.string({ maxLength: 2 }), (text, where, gone, put) => {
        const at = where % (text.length + 1);
        const bent = text.slice(0, at) + put + text.slice(at + gone);
        let isJson = true;
        try {
          JSON.parse(bent);
        } catch {
          isJson = false;
          broken++;
        }
        expect(readJson(bent).kind === 'notJson').toBe(!isJson && !bent.startsWith('\uFEFF'));
      }),
      { numRuns: 500 },
    );
    expect(broken).toBeGreaterThan(50);
  });

  it.each([
    ['', 1, 1],
    ['{"a":1,}', 1, 8],
    ['{"a":wJalrXUtnFEMI}', 1, 6],
    ['{\n  "a": "x\n}', 2, 8],
    ['{\r\n"a" 1}', 2, 5],
    ['[1 2]', 1, 4],
    ['{"a":1}}', 1, 8],
    ['{"a":"\\x"}', 1, 6],
    ['{1:2}', 1, 2],
  ])('%j ends being JSON at line %i, column %i', (text, line, column) => {
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(readJson(text)).toEqual({ kind: 'notJson', at: { line, column } });
  });

  it.each<[string, string, [string, string, string][]]>([
    ['at the top', '{"sandbox":"dev","sandbox":"prod"}', [['$.sandbox', '1:2', '1:18']]],
    ['with the same value', '{"a":1,"a":1}', [['$.a', '1:2', '1:8']]],
    [
      'three times',
      '{"a":1,"a":2,"a":3}',
      [
        ['$.a', '1:2', '1:8'],
        ['$.a', '1:2', '1:14'],
      ],
    ],
    ['written in two ways', '{"a":1,"\\u0061":2}', [['$.a', '1:2', '1:8']]],
    ['in a list', '{"s":[{},{"id":1,\n "id":2}]}', [['$.s[1].id', '1:11', '2:2']]],
    ['behind what is whole', '{"a":{"b":[{"c":1}]},"d":[],"a":0}', [['$.a', '1:2', '1:29']]],
    ['with a strange name', '{"a b":1,"a b":1}', [['$["a b"]', '1:2', '1:10']]],
    ['an empty name', '{"":1,"":1}', [['$[""]', '1:2', '1:7']]],
    ['of every object', '{"__proto__":1,"__proto__":2}', [['$.__proto__', '1:2', '1:16']]],
    ['toString', '{"toString":1,"toString":2}', [['$.toString', '1:2', '1:15']]],
    [
      'in two places',
      '{"a":{"x":1,"x":2},"b":{"y":1,"y":2}}',
      [
        ['$.a.x', '1:7', '1:13'],
        ['$.b.y', '1:25', '1:31'],
      ],
    ],
  ])('finds a name that stands twice: %s', (_, text, expected) => {
    const reading = readJson(text);
    if (reading.kind !== 'repeated') throw new Error(reading.kind);
    const place = ({ line, column }: { line: number; column: number }): string => `${line}:${column}`;
    expect(reading.members.map(({ path, first, again }) => [path, place(first), place(again)])).toEqual(
      expected,
    );
    expect(() => parseStrictly(text)).toThrow(SyntaxError);
  });

  it.each([
    '{"a":{"b":1},"b":2}',
    '[{"a":1},{"a":2}]',
    '{"a":"\\"a\\":","b":"{\\"b\\":1}"}',
    '{"toString":1}',
  ])('lets %s be', (text) => {
    expect(readJson(text)).toEqual({ kind: 'json', value: JSON.parse(text) });
  });

  it('follows lists and objects as deep as documents are, and says where they go deeper', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(readJson(nested(deepest)).kind).toBe('json');
    expect(readJson(nested(deepest + 1))).toEqual({ kind: 'tooDeep', at: { line: 1, column: deepest + 1 } });
    expect(readJson('{"a":'.repeat(1_000_000)).kind).toBe('tooDeep');
  });
});
