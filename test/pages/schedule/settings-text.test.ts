import { describe, expect, it } from 'vitest';
import { english } from '../../../source/locale/catalogs.ts';
import { settingCells } from '../../../source/pages/schedule/settings-text.ts';
import type { WizardServices } from '../../../source/pages/services.ts';

const services = { now: () => Date.parse('2026-11-26T17:00:00Z'), timeZone: 'UTC' } as WizardServices;

describe('the dates of a segment in short', () => {
  it.each([
    ['2026-11-27', '2026-12-31', '27 Nov – 30 Dec'],
    ['2026-11-04', '2027-11-26', '04 Nov 2026 – 25 Nov 2027'],
    ['2025-11-04', '2026-12-31', '04 Nov 2025 – 30 Dec 2026'],
    ['2026-11-27', '2026-11-28', '27 Nov'],
    ['2026-11-27', undefined, 'from 27 Nov'],
    ['2027-11-27', undefined, 'from 27 Nov 2027'],
  ])('from %s to %s: years at both ends or at none', (startDate, endDate, said) => {
    const schedule = {
      frequency: 'DAILY',
      triggerType: 'SCHEDULED',
      startDate,
      startTime: '12:00',
      ...(endDate === undefined ? {} : { endDate }),
    } as const;
    const settings = { exportMode: 'DAILY_FULL_EXPORT', filenameTemplate: '', schedule } as const;
    expect(settingCells(settings, { text: english, services }, 'short').at(-1)).toBe(said);
  });
});
