import { describe, expect, it } from 'vitest';
import { planSummary } from '../../source/commands/plan/summary.ts';
import { english } from '../../source/locale/catalogs.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { tutorialPlan } from '../helpers/plans.ts';
import { newerPlan } from '../helpers/newer-plan.ts';

describe('a plan for reading', () => {
  it('says sign-in and storage in words of people, with the words of the plan beside them', () => {
    const lines = planSummary(english, tutorialPlan);
    expect(lines).toContain('  Sign-in           S3 access key (S3)');
    expect(lines).toContain('                    Access ID (accessId): AKIAIOSFODNN7EXAMPLE');
    expect(lines.join('\n')).toMatch(/^ {20}Secret key \(secretKey\): env:\S+$/m);
    expect(lines).toContain('  Storage location  S3 bucket (S3)');
    expect(lines).toContain('                    Bucket name (bucketName): crm-exports');
  });
});

describe('a plan for a newer card, for reading', () => {
  const segments = newerPlan.segments.map((one) => ({
    ...one,
    schedule: { frequency: 'MONTHLY' as const, startDate: '2036-01-31', startTime: '17:00' },
  }));

  it('tells how CSV is written, and when a month is too short', () => {
    const lines = planSummary(english, { ...newerPlan, segments }).join('\n');
    expect(lines).toContain('  Delimiter (csvOptions.delimiter): ","\n');
    expect(lines).toContain('  Empty value (csvOptions.emptyValue): ""\n');
    expect(lines).toContain(String.raw`Escape (csvOptions.escape): "\\"` + '\n');
    expect(lines).toContain(
      'full, monthly on day 31 (in shorter months on the last day), from 31 Jan 2036 17:00 UTC',
    );
    expect(planSummary(textsOf(zhTW, 'zh-TW'), { ...newerPlan, segments }).join('\n')).toContain(
      '每月 31 日（較短的月份為最後一天）',
    );
  });
});
