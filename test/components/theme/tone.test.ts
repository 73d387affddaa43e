import { describe, expect, it } from 'vitest';
import { asciiGlyphs, unicodeGlyphs } from '../../../source/components/theme/glyphs.ts';
import { type ColourFacts, tonesFor } from '../../../source/components/theme/tone.ts';
import { some } from '../../helpers/some.ts';

/** Contrast of a colour on white, as WCAG counts it. */
function contrastOnWhite(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

describe('tones', () => {
  it.each<[string, ColourFacts]>([
    ['a dark ground', { depth: 'true', background: 'dark' }],
    ['a ground that is not known', { depth: '256', background: 'unknown' }],
    ['sixteen colours', { depth: 'basic', background: 'unknown' }],
  ])('on %s are the sixteen that their owner has chosen', (_, facts) => {
    for (const { color } of some(Object.values(tonesFor(facts))))
      expect(color ?? 'cyan').toMatch(/^(red|green|yellow|cyan)$/);
  });

  it('on a light ground are neither yellow nor cyan', () => {
    for (const { color } of some(Object.values(tonesFor({ depth: 'basic', background: 'light' }))))
      expect(color ?? 'blue').not.toMatch(/yellow|cyan|white/);
  });

  it.each(['256', 'true'] as const)('on a light ground in %s colours can be read on white', (depth) => {
    const colours = Object.values(tonesFor({ depth, background: 'light' })).flatMap(
      ({ color }) => color ?? [],
    );
    expect(colours.length).toBeGreaterThan(3);
    for (const colour of colours) expect(contrastOnWhite(colour)).toBeGreaterThanOrEqual(4.5);
  });

  it('without colour are told apart by weight', () => {
    const tones = tonesFor({ depth: 'none', background: 'light' });
    expect(some(Object.values(tones)).filter(({ color }) => color !== undefined)).toEqual([]);
    expect(tones.danger).toEqual({ bold: true });
  });
});

it('every sign has a twin in ASCII', () => {
  expect(Object.keys(asciiGlyphs)).toEqual(Object.keys(unicodeGlyphs));
  for (const glyph of some(Object.values(asciiGlyphs).flat()))
    if (typeof glyph === 'string') expect(glyph).toMatch(/^[\x20-\x7e]+$/);
});
