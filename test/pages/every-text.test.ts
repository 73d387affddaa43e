import { describe, expect, it } from 'vitest';
import type { Frequency } from '../../source/activation/content/schedule.ts';
import { english } from '../../source/locale/catalogs.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { everyText, everyWholeText } from '../../source/pages/schedule/every-text.ts';

const chinese = textsOf(zhTW, 'zh-TW');

describe('how often', () => {
  it.each<[Frequency, string, string, string]>([
    ['DAILY', '2027-01-31', 'every day', '每日'],
    ['WEEKLY', '2027-01-31', 'every Sunday', '每週日'],
    ['WEEKLY', '2028-02-29', 'every Tuesday', '每週二'],
    ['MONTHLY', '2027-01-28', 'monthly on day 28', '每月 28 日'],
    [
      'MONTHLY',
      '2027-01-29',
      'monthly on day 29 (in shorter months on the last day)',
      '每月 29 日（較短的月份為最後一天）',
    ],
    ['MONTHLY', '2027-02-x', 'every month', '每月'],
    ['WEEKLY', 'tomorrow', 'every week', '每週'],
  ])('%s from %s: %s, %s', (frequency, startDate, inEnglish, inChinese) => {
    expect(everyWholeText(english, { frequency, startDate })).toBe(inEnglish);
    expect(everyWholeText(chinese, { frequency, startDate })).toBe(inChinese);
  });

  it('is shorter where there is little room', () => {
    const schedule = { frequency: 'MONTHLY', startDate: '2027-01-31' } as const;
    expect(everyText(english, schedule)).toBe('monthly on day 31');
  });
});
