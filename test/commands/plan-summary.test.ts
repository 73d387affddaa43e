import { describe, expect, it } from 'vitest';
import { planSummary } from '../../source/commands/plan/summary.ts';
import { english } from '../../source/locale/catalogs.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { newerPlan } from '../helpers/newer-plan.ts';

describe('a plan for a newer card, for reading', () => {
  const segments = newerPlan.segments.map((one) => ({
    ...one,
    schedule: { frequency: 'MONTHLY' as const, startDate: '2036-01-31', startTime: '17:00' },
  }));

  it('tells how CSV is written, and when a month is too short', () => {
    const lines = planSummary(english, { ...newerPlan, segments }).join('\n');
    expect(lines).toContain(
      String.raw`csvOptions {"delimiter":",","emptyValue":"","escape":"\\","nullValue":"null","quote":"\""}`,
    );
    expect(lines).toContain(
      'full, monthly on day 31 (in shorter months on the last day), from 31 Jan 2036 17:00 UTC',
    );
    expect(planSummary(textsOf(zhTW, 'zh-TW'), { ...newerPlan, segments }).join('\n')).toContain(
      '每月 31 日（較短的月份為最後一天）',
    );
  });
});
