import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../source/components/entries/entries.tsx';
import { displayWidth } from '../../../source/components/text/width.ts';
import { asciiGlyphs, unicodeGlyphs } from '../../../source/components/theme/glyphs.ts';
import { english } from '../../../source/locale/catalogs.ts';
import { textsOf } from '../../../source/locale/texts.ts';
import { zhTW } from '../../../source/locale/zh-TW.ts';
import type { ProofField, ProofPart } from '../../../source/pages/ending/proof-parts.ts';
import { partEntries, partTitles } from '../../../source/screens/own/apply/proof-entries.ts';

const field = (mark: ProofField['mark'], label = 'end date', more: Partial<ProofField> = {}): ProofField => ({
  label,
  mark,
  asked: '31 Dec 2026',
  returned: mark === 'same' ? '31 Dec 2026' : '25 Dec 2026',
  apart: undefined,
  ...more,
});
const names = [
  'Loyalty',
  'Loyalty members with an abandoned cart in the last ninety days, all countries',
  '過去九十天內放棄購物車的忠誠會員，包括所有國家和地區的客戶名單',
  '🚲🚲🚲 Biking 🏔️ fans 👨‍👩‍👧‍👦 who asked for every newsletter',
  'exports_of_the_customer_relationship_management_of_every_country',
];
const partsOf = (fields: readonly ProofField[]): readonly ProofPart[] =>
  names.map((label, at) => ({
    id: String(at),
    label,
    asked: ['full', 'every day', 'last export 24 Dec 2036'],
    isSame: fields.every(({ mark }) => mark === 'same'),
    fields,
  }));
const linesOf = (entries: readonly Entry[]): string[][] =>
  entries.map(({ lines }) => lines.map((spans) => spans.map(({ said }) => said).join('')));
const squeezed = (said: string): string => said.replaceAll(/\s/g, '');
/** Columns before a text. */
const columnOf = (line: string, text: string): number => displayWidth(line.slice(0, line.indexOf(text)));

describe.each([
  ['en', english],
  ['zh-TW', textsOf(zhTW, 'zh-TW')],
] as const)('the parts of a proof, in %s', (_, text) => {
  it.each([60, 80, 100, 120, 160])('stand in their columns at %i, however long a name is', (width) => {
    const parts = partsOf([field('same'), field('same', 'start date')]);
    for (const glyphs of [unicodeGlyphs, asciiGlyphs]) {
      const look = { width, glyphs, text };
      const entries = linesOf(partEntries(parts, new Set(), look));
      const [title = ''] = partTitles(parts, look).map(({ said }) => said);
      const asked = new Set(entries.map(([first = '']) => columnOf(first, 'full')));
      expect([...asked]).toEqual([columnOf(title, text('report.asked'))]);
      // Four columns are before each line.
      for (const [first = ''] of entries) expect(displayWidth(first)).toBe(width - 4);
      expect(displayWidth(title)).toBe(width - 4);
      for (const [at, lines] of entries.entries()) {
        const named = lines.map((line) => line.split('full')[0] ?? '').join('');
        expect(squeezed(named)).toContain(squeezed(names[at] ?? ''));
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width - 4);
      }
    }
  });

  it.each([40, 60, 80, 120])(
    'say of what differs both sides below each other at %i, and cut nothing',
    (width) => {
      const source = 'segmentMembership.seg_namespace.seg_id.status.of.the.loyalty.programme';
      const parts = partsOf([field('different'), field('different', source, { returned: source })]);
      const entries = linesOf(partEntries(parts, new Set(), { width, glyphs: unicodeGlyphs, text }));
      for (const lines of entries) {
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width - 4);
        const sides = lines.filter((line) => /31 Dec 2026|25 Dec 2026/.test(line));
        expect(sides).toHaveLength(3);
        expect(new Set(sides.map((line) => columnOf(line, 'Dec'))).size).toBe(1);
        expect(lines.join('')).not.toContain('…');
      }
    },
  );
});
