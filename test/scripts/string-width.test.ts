import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import shortWidth, { oneCell, twoCells } from '../../scripts/string-width.mjs';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { some } from '../helpers/some.ts';

const oneCellSigns = Array.from({ length: 0x30_00 }, (_, code) => String.fromCharCode(code)).filter((sign) =>
  oneCell.test(sign),
);

describe('the short way to the width of a text', () => {
  it('is only gone for signs of one cell, and they stay so in any company', () => {
    expect(oneCellSigns.length).toBeGreaterThan(500);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...oneCellSigns)), (signs) => {
        expect(stringWidth(signs.join(''))).toBe(signs.length);
      }),
    );
    for (const sign of some(oneCellSigns)) expect([sign, stringWidth(sign)]).toEqual([sign, 1]);
  });

  it('knows the signs of two cells, alone and in any company', () => {
    const wide = Array.from({ length: 0xff_ff }, (_, code) => String.fromCharCode(code)).filter(
      (sign) => sign.replace(twoCells, '') === '',
    );
    expect(wide.length).toBeGreaterThan(20_000);
    for (const sign of wide) expect([sign, stringWidth(sign)]).toEqual([sign, 2]);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...oneCellSigns, ...wide)), (signs) => {
        expect(shortWidth(signs.join(''))).toBe(stringWidth(signs.join('')));
      }),
    );
  });

  it('is gone for every sign of the theme', () => {
    for (const glyph of some(Object.values(unicodeGlyphs).flat()))
      if (typeof glyph === 'string') expect(glyph).toMatch(oneCell);
  });
});
