import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isExactNumber, parseExactly } from '../../source/ground/exact-json.ts';
import { runs } from '../helpers/soak.ts';

/** Sign, digits and exponent of a number as it is written. */
const numeral = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.constantFrom('', '0', '1', '9007199254740993', '12345678901234567890', '179769313486231580793'),
    fc.stringMatching(/^[1-9]\d{0,24}$/),
    fc.option(fc.stringMatching(/^\d{1,24}$/), { nil: undefined }),
    fc.option(
      fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), fc.stringMatching(/^\d{1,3}$/)),
      {
        nil: undefined,
      },
    ),
  )
  .map(([sign, first, other, fraction, power]) =>
    [
      sign,
      first === '' ? other : first,
      fraction === undefined ? '' : `.${fraction}`,
      (power ?? []).join(''),
    ].join(''),
  );

/** The value of a numeral, as a fraction that loses nothing: digits and a power of ten. */
function exactly(number: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(number) ?? [];
  let digits = BigInt(whole + fraction);
  let exponent = Number(power) - fraction.length;
  if (digits === 0n) return '0';
  while (digits % 10n === 0n) {
    digits /= 10n;
    exponent++;
  }
  return `${sign}${digits}e${exponent}`;
}

describe('JSON that is read and written', () => {
  it.each([
    '9007199254740993',
    '-9007199254740993',
    '12345678901234567890',
    '1e400',
    '-1E-400',
    '0.1234567890123456789',
    '{"a":[{"b":9007199254740993}],"c":"x"}',
    '[1e400,{"a":1e400}]',
    '{"n": 12345678901234567890}',
    '{"n"\t:\r\n12345678901234567890}',
    '[\n  9007199254740993\n]',
  ])('says the same: %s', (text) => {
    expect(JSON.stringify(parseExactly(text))).toBe(text.replaceAll(/\s/g, ''));
  });

  it.each<[string, unknown]>([
    ['1.0', 1],
    ['1.50e3', 1500],
    ['-0', -0],
    ['0e999', 0],
    ['1e21', 1e21],
    ['3.0000000000000000', 3],
    ['0.30000000000000004', 0.30000000000000004],
    ['9007199254740992', 9007199254740992],
    ['"9007199254740993"', '9007199254740993'],
    ['"a: 9007199254740993, 1e400"', 'a: 9007199254740993, 1e400'],
    ['{"rawJSON":"1e400"}', { rawJSON: '1e400' }],
    ['"3e8a0000-1e40-4e00-8000-000000000000"', '3e8a0000-1e40-4e00-8000-000000000000'],
  ])('has a number of JavaScript where one says the same: %s', (text, wanted) => {
    const value = parseExactly(text);
    expect(value).toEqual(wanted);
    expect(isExactNumber(value)).toBe(false);
  });

  it('loses nothing of any number, wherever it stands', () => {
    fc.assert(
      fc.property(numeral, fc.constantFrom('', ' ', '\n'), (number, blank) => {
        for (const [text, at] of [
          [`${blank}${number}${blank}`, (value: unknown) => value],
          [`{"a":${blank}${number}${blank}}`, (value: unknown) => (value as { a: unknown }).a],
          [`[0,${blank}${number}${blank}]`, (value: unknown) => (value as unknown[])[1]],
        ] as const) {
          const value = at(parseExactly(text));
          const written = JSON.stringify(value);
          expect(exactly(written)).toBe(exactly(number));
          expect(typeof value === 'number' || isExactNumber(value)).toBe(true);
        }
      }),
      { numRuns: runs(500) },
    );
  });

  it.each([
    '{"id":"segment:1ef7dfcf-6241-4226-ad5b-a47833b389ec"}',
    '["a: 7e, 8e9x","1234567890123456 days"]',
    '{"createdAt":1795613640000,"records":1200034,"share":0.25}',
  ])('looks at no number alone where none can be another: %s', (text) => {
    const parse = vi.spyOn(JSON, 'parse');
    parseExactly(text);
    expect(parse.mock.calls).toEqual([[text]]);
    parse.mockRestore();
  });

  it('is what JSON.parse reads where there is no such number', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = parseExactly(text);
        expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it.each(['', '{', '1e', '01', '{"a":9007199254740993', '[1e400,]'])('is none: %s', (text) => {
    expect(() => parseExactly(text)).toThrow(SyntaxError);
  });
});
