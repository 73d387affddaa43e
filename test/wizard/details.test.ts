import { describe, expect, it } from 'vitest';
import { isAnswered } from '../../source/wizard/pages.ts';
import { withDetails } from '../../source/wizard/details.ts';
import { reduce } from '../../source/wizard/reducer.ts';
import { atReview, segment } from '../helpers/wizard-events.ts';

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
    [
      'nothing that is no value',
      { exportMode: 'X', frequency: 'Y', triggerType: '', toString: 'Z' },
      settings,
    ],
    [
      'another mode, and the frequency that goes with it',
      { exportMode: 'FIRST_FULL_THEN_INCREMENTAL', frequency: 'EVERY_6_HOURS' },
      {
        ...settings,
        exportMode: 'FIRST_FULL_THEN_INCREMENTAL',
        schedule: { ...schedule, frequency: 'EVERY_6_HOURS', triggerType: 'SCHEDULED' },
      },
    ],
    [
      'a frequency that does not go with the mode for the one that does',
      { frequency: 'EVERY_6_HOURS' },
      { ...settings, schedule: { ...schedule, frequency: 'DAILY', triggerType: 'SCHEDULED' } },
    ],
    [
      'a single export, which has no end',
      { frequency: 'ONCE' },
      {
        ...settings,
        schedule: { ...schedule, frequency: 'ONCE', triggerType: 'SCHEDULED', endDate: undefined },
      },
    ],
  ])('takes %s', (_, values, wanted) => {
    expect(withDetails(settings, values)).toEqual(wanted);
  });
});

describe('going on from how and when', () => {
  it.each([
    ['startDate', '2026-11-27z'],
    ['startDate', ''],
    ['startDate', '2027-02-30'],
    ['startTime', '17:30'],
    ['endDate', '2020-01-01'],
    ['filenameTemplate', ''],
    ['filenameTemplate', '%SEGMENT%'],
  ])('is refused where %s is %j, and leads to it', (field, value) => {
    const { id } = segment('2');
    const kept = reduce(
      { ...atReview(), page: 'schedule' },
      { type: 'kept', answer: { of: 'schedule', scope: [id], value: { [field]: value } } },
    );
    expect(isAnswered('schedule', kept.draft)).toBe(false);
    const refused = reduce(kept, { type: 'continued' });
    expect(refused).toMatchObject({ page: 'detailsEditor', scope: [id], field });
    expect(refused.draft).toBe(kept.draft);
  });

  it('leads to the review where everything is right', () => {
    expect(reduce({ ...atReview(), page: 'schedule' }, { type: 'continued' }).page).toBe('review');
  });
});
