import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guideLines } from '../../../source/screens/frame/guide-lines.ts';
import { layOut } from '../../../source/screens/frame/layout.ts';
import { displayWidth } from '../../../source/components/text/width.ts';
import { english } from '../../../source/locale/catalogs.ts';
import { guide as enGuide } from '../../../source/locale/en/guide.ts';
import { guide as zhGuide } from '../../../source/locale/zh-TW/guide.ts';
import { textsOf } from '../../../source/locale/texts.ts';
import { zhTW } from '../../../source/locale/zh-TW.ts';
import { some } from '../../helpers/some.ts';

/** Lines that a page takes around its body: header, question, next step, keys, and two empty ones where there is room. */
const around = (hasAir: boolean): number => 4 + (hasAir ? 2 : 0);

describe('the lines of the terminal', () => {
  it('are never all used, whatever is shown beside and above a page', () => {
    const size = fc.record({
      columns: fc.integer({ min: 40, max: 300 }),
      rows: fc.integer({ min: 12, max: 100 }),
      finished: fc.integer({ min: 0, max: 5 }),
      banner: fc.integer({ min: 0, max: 7 }),
      lines: fc.integer({ min: 1, max: 20 }),
      isGuided: fc.boolean(),
    });
    fc.assert(
      fc.property(size, ({ columns, rows, finished, banner, lines, isGuided }) => {
        const guided = isGuided ? { bannerLines: banner, lines: () => lines } : undefined;
        const layout = layOut(columns, rows, finished, guided);
        const isBeside = layout.width < columns;
        const above = layout.guide && !isBeside ? layout.guide.lines : 0;
        const used = around(layout.hasAir) + layout.summaryLines + layout.bannerLines + above + layout.height;
        expect(used).toBeLessThan(rows);
        // There is always a page to work with.
        expect(layout.height).toBeGreaterThanOrEqual(5);
        expect(layout.width).toBeGreaterThanOrEqual(40);
        if (layout.guide && isBeside)
          expect(layout.width + layout.guide.columns).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it('are laid out for the least there may be, and hidden, where there are fewer', () => {
    expect(layOut(39, 30, 0)).toMatchObject({ isTooSmall: true, columns: 40 });
    expect(layOut(80, 11, 0)).toMatchObject({ isTooSmall: true, rows: 12 });
    expect(layOut(40, 12, 0)).toMatchObject({ isTooSmall: false });
  });

  it('have an explanation beside a page from 110 columns on', () => {
    const guided = { bannerLines: 0, lines: () => 6 };
    expect(layOut(109, 30, 0, guided).width).toBe(109);
    expect(layOut(110, 30, 0, guided).width).toBeLessThan(80);
  });
});

describe('an explanation', () => {
  it.each([
    ['en', english, enGuide],
    ['zh-TW', textsOf(zhTW, 'zh-TW'), zhGuide],
  ] as const)('keeps to its columns and says everything, in %s', (_, text, guide) => {
    for (const entry of some(Object.values(guide)))
      for (const columns of [30, 38, 76, 120]) {
        const lines = guideLines(entry, text, columns);
        for (const { title = '', said } of some(lines))
          expect(displayWidth(title + said)).toBeLessThanOrEqual(columns);
        const whole = lines.map(({ title = '', said }) => title + said).join('');
        for (const said of [entry.what, entry.why, entry.where])
          expect(whole.replaceAll(' ', '')).toContain(said.replaceAll(' ', ''));
      }
  });
});
