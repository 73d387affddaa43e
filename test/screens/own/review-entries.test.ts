import { expect, it } from 'vitest';
import { unicodeGlyphs as glyphs } from '../../../source/components/theme/glyphs.ts';
import { english } from '../../../source/locale/catalogs.ts';
import type { ReviewNote } from '../../../source/pages/ending/review-notes.ts';
import { reviewEntries } from '../../../source/screens/own/review-entries.ts';

const drawn = (note: ReviewNote, width: number) =>
  reviewEntries(
    [
      {
        id: 'name',
        label: 'Name',
        spoken: 'Name',
        values: ['CRM'],
        notes: [note],
        does: { kind: 'rename' },
      },
    ],
    { width, glyphs, text: english },
  )
    .flatMap(({ lines }) => lines)
    .slice(1);

// living.md 2, D2
it.each([80, 40])('colours of a change its sign alone, at %i columns', (width) => {
  const said = '- segment: Loyalty members with an abandoned cart in the last ninety days';
  const lines = drawn({ said, severity: 'change' }, width);
  const spans = lines.flat().filter((one) => one.said.trim() !== '');
  expect(spans.filter(({ tone }) => tone !== undefined)).toEqual([{ said: '- ', tone: 'accent' }]);
  expect(
    spans
      .map((one) => one.said.trim())
      .join(' ')
      .replaceAll(/\s+/g, ' '),
  ).toBe(said);
});

it('colours a warning whole', () => {
  const [line] = drawn({ said: 'not meant', severity: 'warning' }, 80);
  expect(line?.filter((one) => one.said.includes('not meant'))).toEqual([
    { said: '▲ not meant', tone: 'warning' },
  ]);
});
