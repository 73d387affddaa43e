import { describe, expect, it } from 'vitest';
import { unicodeGlyphs as glyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';
import type { Asking } from '../../source/pages/page.ts';
import type { WizardServices } from '../../source/pages/services.ts';
import { finishedSteps, inLines } from '../../source/pages/summary.ts';
import { orderOf, type PageId, questionPages, stepOf } from '../../source/wizard/pages.ts';
import { atReview } from '../helpers/wizard-events.ts';

const asking = (page: PageId): Asking => ({
  state: { ...atReview(), page },
  services: {} as WizardServices,
  text: english,
  glyphs,
  hidesSecrets: false,
});

describe('the trail of finished steps', () => {
  const steps = finishedSteps(asking('schedule'));

  it('has every step before the one that is asked', () => {
    expect(steps.map(({ label }) => label)).toEqual([
      'Destination',
      'Sign-in',
      'Storage location',
      'Segments',
      'Columns',
    ]);
  });

  it.each(questionPages.filter((page) => orderOf(page) < orderOf('review')))(
    'grows by a line for each step behind, at %s',
    (page) => {
      const behind = ['destination', 'signIn', 'location', 'segments', 'attributes'] as const;
      const wanted = behind.filter((one) => stepOf(one) < stepOf(page));
      expect(finishedSteps(asking(page))).toHaveLength(wanted.length);
    },
  );

  it.each([1, 2, 3, 4, 5, 9])('loses none of them in %i lines', (lines) => {
    const drawn = inLines(steps, lines, asking('schedule'));
    expect(drawn.length).toBe(Math.min(lines, steps.length));
    const said = drawn.map(({ value }) => value).join('\n');
    for (const { value } of steps) expect(said).toContain(value.split(' · ')[0]);
  });

  it('is not there where there is no line for it', () => {
    expect(inLines(steps, 0, asking('schedule'))).toEqual([]);
  });

  it('has names only where all of it is said again, and is gone once it is applied', () => {
    expect(finishedSteps(asking('review'))).toEqual([
      { label: 'destination · sign-in · storage location · segments · columns · how and when', value: '' },
    ]);
    expect(finishedSteps(asking('apply'))).toEqual([]);
  });
});
