import { describe, expect, it } from 'vitest';
import { withDetails } from '../../source/wizard/reducer.ts';

const settings = {
  exportMode: 'DAILY_FULL_EXPORT',
  filenameTemplate: '%SEGMENT_ID%',
  schedule: { frequency: 'DAILY', startDate: '2026-12-20', endDate: '2026-12-31', startTime: '17:00' },
} as const;
const { schedule } = settings;

describe('the form of dates and names', () => {
  it.each<[string, Record<string, string>, object]>([
    ['nothing', {}, settings],
    [
      'a day without the blanks around it',
      { endDate: ' 2027-01-01 ' },
      { ...settings, schedule: { ...schedule, endDate: '2027-01-01' } },
    ],
    ['no end', { endDate: ' ' }, { ...settings, schedule: { ...schedule, endDate: undefined } }],
    [
      'no start, which a schedule must have',
      { startDate: '' },
      { ...settings, schedule: { ...schedule, startDate: '' } },
    ],
    ['a file name, blanks and all', { filenameTemplate: ' a ' }, { ...settings, filenameTemplate: ' a ' }],
    ['no file name', { filenameTemplate: '' }, { ...settings, filenameTemplate: '' }],
    ['nothing that it does not ask', { exportMode: 'X', frequency: 'Y', toString: 'Z' }, settings],
  ])('takes %s', (_, values, wanted) => {
    expect(withDetails(settings, values)).toEqual(wanted);
  });
});
