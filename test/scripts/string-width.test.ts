import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { oneCell } from '../../scripts/string-width.mjs';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';

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
    for (const sign of oneCellSigns) expect([sign, stringWidth(sign)]).toEqual([sign, 1]);
  });

  it('is gone for every sign of the theme', () => {
    for (const glyph of Object.values(unicodeGlyphs).flat())
      if (typeof glyph === 'string') expect(glyph).toMatch(oneCell);
  });
});
