import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dateProblem,
  defaultSettings,
  endDateProblem,
  type ExportMode,
  exportModes,
  type ExportSettings,
  frequencies,
  type Frequency,
  isDate,
  isRare,
  lastExport,
  nextMinute,
  nextRuns,
  readDate,
  readTime,
  saysWhen,
  type Schedule,
  scheduleProblems,
  timeProblem,
  triggerTypes,
  type TriggerType,
  utcText,
  whyNotFrequency,
  whyNotTrigger,
  withChange,
} from '../../source/activation/content/schedule.ts';
import { meeting, some } from '../helpers/some.ts';
import { runs } from '../helpers/soak.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const nowMs = Date.parse('2026-11-30T09:41:00Z');

/** `2026-12-20 17:00` */
const momentOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

const found = (exportMode: ExportMode, schedule: Schedule, takesRare = true): string[] =>
  scheduleProblems(exportMode, schedule, '$.schedule', takesRare).map(({ id, path }) => `${id} ${path}`);

describe('scheduleProblems', () => {
  const full = 'DAILY_FULL_EXPORT';
  const incremental = 'FIRST_FULL_THEN_INCREMENTAL';
  const at = { startDate: '2026-12-01', startTime: '20:00' };
  const afterEvaluation = { startDate: '2026-12-01', triggerType: 'AFTER_SEGMENT_EVAL' } as const;
  const endDate = '2026-12-31';

  // The rows of the contract's table of valid combinations, with and without what each allows.
  it.each<[ExportMode, Schedule]>([
    [full, { ...at, frequency: 'ONCE', triggerType: 'SCHEDULED' }],
    [full, { ...at, frequency: 'ONCE' }],
    [full, { ...afterEvaluation, frequency: 'ONCE' }],
    [full, { ...at, frequency: 'DAILY', triggerType: 'SCHEDULED' }],
    [full, { ...at, frequency: 'DAILY', endDate }],
    [full, { ...afterEvaluation, frequency: 'DAILY' }],
    [full, { ...afterEvaluation, frequency: 'DAILY', endDate }],
    [full, { ...at, frequency: 'WEEKLY' }],
    [full, { ...at, frequency: 'WEEKLY', triggerType: 'SCHEDULED', endDate }],
    [full, { ...at, frequency: 'MONTHLY', endDate }],
    [incremental, { ...at, frequency: 'DAILY' }],
    [incremental, { ...at, frequency: 'DAILY', endDate }],
    [incremental, { ...at, frequency: 'EVERY_3_HOURS', triggerType: 'SCHEDULED' }],
    [incremental, { ...at, frequency: 'EVERY_6_HOURS', endDate }],
    [incremental, { ...at, frequency: 'EVERY_8_HOURS' }],
    [incremental, { ...at, frequency: 'EVERY_12_HOURS', endDate: '2026-12-02' }],
  ])('%s takes %j', (exportMode, schedule) => {
    expect(found(exportMode, schedule)).toEqual([]);
  });

  it.each<[string, ExportMode, Schedule, string[]]>([
    [
      'an incremental export once',
      incremental,
      { ...at, frequency: 'ONCE' },
      ['schedule.frequencyNotForMode $.schedule.frequency'],
    ],
    [
      'a full export every few hours',
      full,
      { ...at, frequency: 'EVERY_3_HOURS' },
      ['schedule.frequencyNotForMode $.schedule.frequency'],
    ],
    [
      'an incremental export after the evaluation',
      incremental,
      { ...afterEvaluation, frequency: 'DAILY' },
      ['schedule.triggerNotForMode $.schedule.triggerType'],
    ],
    [
      'an incremental export every week',
      incremental,
      { ...at, frequency: 'WEEKLY' },
      ['schedule.frequencyNotForMode $.schedule.frequency'],
    ],
    [
      'an export every month after the evaluation',
      full,
      { ...afterEvaluation, frequency: 'MONTHLY' },
      ['schedule.triggerNotForFrequency $.schedule.triggerType'],
    ],
    [
      'a single export with an end',
      full,
      { ...at, frequency: 'ONCE', endDate },
      ['schedule.endDateNotAllowed $.schedule.endDate'],
    ],
    [
      'an export after the evaluation with a time',
      full,
      { ...at, ...afterEvaluation, frequency: 'DAILY' },
      ['schedule.startTimeNotAllowed $.schedule.startTime'],
    ],
    [
      'a set time without the time',
      full,
      { frequency: 'DAILY', startDate: '2026-12-01' },
      ['schedule.startTimeMissing $.schedule.startTime'],
    ],
    [
      'an end before the start',
      full,
      { ...at, frequency: 'DAILY', endDate: '2026-11-30' },
      ['schedule.endNotAfterStart $.schedule.endDate'],
    ],
    [
      'an end on the day of the start, which would leave no day',
      full,
      { ...at, frequency: 'DAILY', endDate: '2026-12-01' },
      ['schedule.endNotAfterStart $.schedule.endDate'],
    ],
    [
      'minutes',
      full,
      { ...at, frequency: 'DAILY', startTime: '20:30' },
      ['schedule.minutesNotZero $.schedule.startTime'],
    ],
    [
      'days that do not exist, without comparing them',
      full,
      { frequency: 'DAILY', startDate: '2026-02-30', endDate: '2025-02-29', startTime: '24:00' },
      [
        'schedule.noSuchDay $.schedule.startDate',
        'schedule.noSuchDay $.schedule.endDate',
        'schedule.notATime $.schedule.startTime',
      ],
    ],
    [
      'a start that is no day, and does not hold the end against it',
      full,
      { ...at, frequency: 'DAILY', startDate: 'tomorrow', endDate },
      ['schedule.notADate $.schedule.startDate'],
    ],
    [
      'everything wrong at once, in the order of the fields',
      incremental,
      { frequency: 'ONCE', triggerType: 'AFTER_SEGMENT_EVAL', startDate: '', endDate, startTime: '20:00' },
      [
        'schedule.frequencyNotForMode $.schedule.frequency',
        'schedule.triggerNotForMode $.schedule.triggerType',
        'schedule.notADate $.schedule.startDate',
        'schedule.endDateNotAllowed $.schedule.endDate',
        'schedule.startTimeNotAllowed $.schedule.startTime',
      ],
    ],
  ])('refuses %s', (_, exportMode, schedule, wanted) => {
    expect(found(exportMode, schedule)).toEqual(wanted);
  });

  it('names the frequencies that an export mode can have', () => {
    expect(whyNotFrequency('DAILY_FULL_EXPORT', 'EVERY_6_HOURS')?.values).toEqual({
      frequency: 'EVERY_6_HOURS',
      exportMode: 'DAILY_FULL_EXPORT',
      allowed: ['ONCE', 'DAILY', 'WEEKLY', 'MONTHLY'],
    });
    expect(whyNotFrequency('DAILY_FULL_EXPORT', 'EVERY_6_HOURS', '', false)?.values['allowed']).toEqual([
      'ONCE',
      'DAILY',
    ]);
    expect(whyNotFrequency('FIRST_FULL_THEN_INCREMENTAL', 'ONCE')?.values['allowed']).toEqual([
      'DAILY',
      'EVERY_3_HOURS',
      'EVERY_6_HOURS',
      'EVERY_8_HOURS',
      'EVERY_12_HOURS',
    ]);
  });

  it.each(['WEEKLY', 'MONTHLY'] as const)('refuses %s on a card without it, in either mode', (frequency) => {
    for (const exportMode of exportModes)
      expect(found(exportMode, { ...at, frequency }, false)).toEqual([
        'schedule.frequencyNotForCard $.schedule.frequency',
      ]);
  });

  it('reads an absent trigger as a set time', () => {
    for (const exportMode of some(exportModes)) {
      for (const frequency of some(frequencies)) {
        const schedule = { ...at, frequency };
        expect(found(exportMode, schedule)).toEqual(
          found(exportMode, { ...schedule, triggerType: 'SCHEDULED' }),
        );
      }
    }
  });
});

describe('one date or time', () => {
  it.each<[string, boolean, string?]>([
    ['2026-12-20', true],
    ['2024-02-29', true],
    ['2026-02-29', false, 'schedule.noSuchDay'],
    ['2026-04-31', false, 'schedule.noSuchDay'],
    ['2026-13-01', false, 'schedule.noSuchDay'],
    ['2026-00-10', false, 'schedule.noSuchDay'],
    ['2026-1-1', false],
    ['2026-12', false],
    ['2026', false],
    ['20-12-2026', false],
    ['2026-12-20T00:00:00Z', false],
    [' 2026-12-20', false],
    ['2026-12-20\n', false],
    ['', false],
    ['tomorrow', false],
  ])('%j as a date: %s', (text, wanted, why = 'schedule.notADate') => {
    expect(isDate(text)).toBe(wanted);
    expect(dateProblem(text, '$')?.id).toBe(wanted ? undefined : why);
  });

  it.each([
    ['00:00', undefined],
    ['23:00', undefined],
    ['17:01', 'schedule.minutesNotZero'],
    ['17:60', 'schedule.notATime'],
    ['24:00', 'schedule.notATime'],
    ['9:00', 'schedule.notATime'],
    ['17:00:00', 'schedule.notATime'],
    ['17:00\n', 'schedule.notATime'],
    ['5pm', 'schedule.notATime'],
    ['', 'schedule.notATime'],
  ])('%j as a start time: %s', (text, wanted) => {
    expect(timeProblem(text, '$')?.id).toBe(wanted);
  });

  it('tells both days when the end is not after the start', () => {
    expect(endDateProblem('2026-12-20', '2026-12-20', '$.endDate')).toEqual({
      id: 'schedule.endNotAfterStart',
      path: '$.endDate',
      values: { endDate: '2026-12-20', startDate: '2026-12-20' },
    });
    expect(endDateProblem('2026-12-31', '2027-01-01')).toBeUndefined();
  });
});

it.each([
  ['12:00:00.000', '12:00'],
  ['12:00:00.001', '12:01'],
  ['12:53:59.000', '12:54'],
])('at %s, exports are still to come from %s', (at, from) => {
  expect(nextMinute(Date.parse(`2026-11-26T${at}Z`))).toBe(Date.parse(`2026-11-26T${from}Z`));
});

describe('nextRuns', () => {
  const daily: Schedule = { frequency: 'DAILY', startDate: '2026-12-01', startTime: '20:00' };

  it.each<[string, Schedule, string, number, string[]]>([
    [
      'starts with the first export',
      daily,
      '2026-11-30T00:00Z',
      3,
      ['2026-12-01 20:00', '2026-12-02 20:00', '2026-12-03 20:00'],
    ],
    [
      'takes the export of this very moment',
      daily,
      '2026-12-05T20:00Z',
      2,
      ['2026-12-05 20:00', '2026-12-06 20:00'],
    ],
    ['leaves out what has just passed', daily, '2026-12-05T20:00:00.001Z', 1, ['2026-12-06 20:00']],
    [
      'has its last export on the day before the end',
      { ...daily, startDate: '2026-01-04', endDate: '2026-01-11' },
      '2026-01-09T00:00Z',
      9,
      ['2026-01-09 20:00', '2026-01-10 20:00'],
    ],
    [
      'goes on every six hours from the start time',
      { ...daily, frequency: 'EVERY_6_HOURS', startTime: '17:00', endDate: '2026-12-03' },
      '2026-12-02T00:00Z',
      9,
      ['2026-12-02 05:00', '2026-12-02 11:00', '2026-12-02 17:00', '2026-12-02 23:00'],
    ],
    [
      'does not export at the first moment of the end',
      { ...daily, frequency: 'EVERY_12_HOURS', startTime: '00:00', endDate: '2026-12-02' },
      '2026-11-01T00:00Z',
      9,
      ['2026-12-01 00:00', '2026-12-01 12:00'],
    ],
    [
      'keeps the weekday of its start',
      { ...daily, frequency: 'WEEKLY', startDate: '2026-12-28', endDate: '2027-01-18' },
      '2026-12-29T00:00Z',
      9,
      ['2027-01-04 20:00', '2027-01-11 20:00'],
    ],
    [
      'has the last day of a shorter month, and the 31st again after it',
      { ...daily, frequency: 'MONTHLY', startDate: '2027-01-31' },
      '2027-01-31T20:00:00.001Z',
      5,
      ['2027-02-28 20:00', '2027-03-31 20:00', '2027-04-30 20:00', '2027-05-31 20:00', '2027-06-30 20:00'],
    ],
    [
      'has the 29th of a leap year',
      { ...daily, frequency: 'MONTHLY', startDate: '2027-12-30' },
      '2028-02-01T00:00Z',
      2,
      ['2028-02-29 20:00', '2028-03-30 20:00'],
    ],
    [
      'does not export on the day a month after the start that is its end',
      { ...daily, frequency: 'MONTHLY', startDate: '2027-01-31', endDate: '2027-02-28' },
      '2027-01-01T00:00Z',
      9,
      ['2027-01-31 20:00'],
    ],
    ['exports once', { ...daily, frequency: 'ONCE' }, '2026-11-30T00:00Z', 3, ['2026-12-01 20:00']],
    [
      'exports once at this very moment',
      { ...daily, frequency: 'ONCE' },
      '2026-12-01T20:00Z',
      1,
      ['2026-12-01 20:00'],
    ],
    ['never again after once', { ...daily, frequency: 'ONCE' }, '2026-12-01T20:01Z', 3, []],
    ['has none when it has ended', { ...daily, endDate: '2026-12-11' }, '2026-12-11T00:00Z', 3, []],
    ['has none when none are asked for', daily, '2026-11-30T00:00Z', 0, []],
    ['has no one export either', { ...daily, frequency: 'ONCE' }, '2026-11-30T00:00Z', 0, []],
    [
      'has no fixed moment after the evaluation',
      { frequency: 'DAILY', triggerType: 'AFTER_SEGMENT_EVAL', startDate: '2026-12-01' },
      '2026-11-30T00:00Z',
      3,
      [],
    ],
    ['has none without a start date', { ...daily, startDate: '2026-12-32' }, '2026-11-30T00:00Z', 3, []],
    ['has none without a start time', { ...daily, startTime: '8 pm' }, '2026-11-30T00:00Z', 3, []],
    ['has none with an end that is no day', { ...daily, endDate: '2026-12-32' }, '2026-11-30T00:00Z', 3, []],
    [
      'has none when a time goes with the evaluation',
      { ...daily, triggerType: 'AFTER_SEGMENT_EVAL' },
      '2026-11-30T00:00Z',
      3,
      [],
    ],
  ])('%s', (_, schedule, from, count, wanted) => {
    expect(nextRuns(schedule, Date.parse(from), count).map(momentOf)).toEqual(wanted);
  });

  it.each([
    ['spring', '2026-03-27', '2026-03-31'],
    ['autumn', '2026-10-23', '2026-10-27'],
  ])('keeps its hour in UTC when clocks change in %s', (_, startDate, endDate) => {
    const runs = nextRuns({ ...daily, startDate, endDate, startTime: '01:00' }, Date.parse(startDate), 9);
    expect(runs.map((ms) => momentOf(ms).slice(11))).toEqual(['01:00', '01:00', '01:00', '01:00']);
    const often = nextRuns({ ...daily, frequency: 'EVERY_3_HOURS', startDate }, Date.parse(startDate), 40);
    expect(new Set(often.slice(1).map((ms, index) => ms - (often[index] ?? 0)))).toEqual(
      new Set([3 * hourMs]),
    );
  });

  it.each(['HOURLY', 'null', ''])(
    'knows no export, no last one and no moment of the frequency %j',
    (unknown) => {
      const schedule = { ...daily, endDate: '2026-12-31', frequency: unknown as Frequency };
      expect(nextRuns(schedule, nowMs, 3)).toEqual([]);
      expect(lastExport(schedule)).toBeUndefined();
      expect(saysWhen(schedule)).toBe(false);
      expect(saysWhen({ ...schedule, frequency: 'DAILY' })).toBe(true);
    },
  );

  it('gives moments that ascend, stand on the full hour and stay between now and the exclusive end', () => {
    const hours = { DAILY: 24, EVERY_3_HOURS: 3, EVERY_6_HOURS: 6, EVERY_8_HOURS: 8, EVERY_12_HOURS: 12 };
    const repeating = Object.keys(hours) as (keyof typeof hours)[];
    fc.assert(
      fc.property(
        fc.constantFrom(...repeating),
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 0, max: 23 }),
        fc.option(fc.integer({ min: 1, max: 400 }), { nil: undefined }),
        fc.integer({ min: -500 * 24, max: 500 * 24 }),
        fc.integer({ min: 0, max: hourMs - 1 }),
        fc.integer({ min: 0, max: 30 }),
        (frequency, startDay, hour, days, hoursLater, msLater, count) => {
          const startMs = startDay * dayMs + hour * hourMs;
          const fromMs = startMs + hoursLater * hourMs + msLater;
          const endMs = days === undefined ? undefined : (startDay + days) * dayMs;
          const runs = nextRuns(
            {
              frequency,
              startDate: momentOf(startMs).slice(0, 10),
              startTime: momentOf(startMs).slice(11),
              endDate: endMs === undefined ? undefined : momentOf(endMs).slice(0, 10),
            },
            fromMs,
            count,
          );
          // Counted the slow way: every moment of the schedule, one after the other.
          const wanted: number[] = [];
          for (let at = startMs; wanted.length < count && (endMs === undefined || at < endMs);) {
            if (at >= fromMs) wanted.push(at);
            at += hours[frequency] * hourMs;
          }
          expect(runs).toEqual(wanted);
          expect(runs.every((at) => at % hourMs === 0)).toBe(true);
        },
      ),
    );
  });
});

describe('every week and every month', () => {
  const when = fc.record({
    frequency: fc.constantFrom('WEEKLY' as const, 'MONTHLY' as const),
    startDay: fc.integer({ min: 0, max: 20_000 }),
    hour: fc.integer({ min: 0, max: 23 }),
    days: fc.integer({ min: 1, max: 900 }),
    fromDays: fc.integer({ min: -100, max: 900 }),
  });

  it('are the days that a calendar has, counted day by day', () => {
    fc.assert(
      fc.property(when, ({ frequency, startDay, hour, days, fromDays }) => {
        const start = new Date(startDay * dayMs + hour * hourMs);
        const fromMs = start.getTime() + fromDays * dayMs + 1;
        const schedule: Schedule = {
          frequency,
          startDate: momentOf(start.getTime()).slice(0, 10),
          startTime: momentOf(start.getTime()).slice(11),
          endDate: momentOf((startDay + days) * dayMs).slice(0, 10),
        };
        const isDue = (day: Date): boolean => {
          if (frequency === 'WEEKLY') return day.getUTCDay() === start.getUTCDay();
          const isLast = new Date(day.getTime() + dayMs).getUTCDate() === 1;
          return day.getUTCDate() === start.getUTCDate() || (isLast && day.getUTCDate() < start.getUTCDate());
        };
        const all = Array.from({ length: days }, (_, day) => start.getTime() + day * dayMs).filter((ms) =>
          isDue(new Date(ms)),
        );
        expect(nextRuns(schedule, fromMs, 99)).toEqual(all.filter((ms) => ms >= fromMs).slice(0, 99));
        expect(nextRuns(schedule, start.getTime(), 1)).toEqual([start.getTime()]);
        expect(lastExport(schedule)).toEqual({ kind: 'at', ms: all.at(-1) });
      }),
    );
  });
});

describe('withChange', () => {
  const settings: ExportSettings = {
    exportMode: 'DAILY_FULL_EXPORT',
    filenameTemplate: '%DESTINATION_NAME%_%SEGMENT_ID%_mine',
    schedule: {
      frequency: 'DAILY',
      triggerType: 'SCHEDULED',
      startDate: '2026-12-01',
      endDate: '2026-12-31',
      startTime: '20:00',
    },
  };
  const { schedule } = settings;

  it.each<[string, Parameters<typeof withChange>[1], Partial<ExportSettings>]>([
    ['the same mode changes nothing', { exportMode: 'DAILY_FULL_EXPORT' }, {}],
    [
      'another mode keeps a frequency that both have',
      { exportMode: 'FIRST_FULL_THEN_INCREMENTAL' },
      { exportMode: 'FIRST_FULL_THEN_INCREMENTAL' },
    ],
    [
      'once has no end, and keeps start and time',
      { frequency: 'ONCE' },
      { schedule: { ...schedule, frequency: 'ONCE', endDate: undefined } },
    ],
    [
      'after the evaluation there is no time, and the end stays',
      { triggerType: 'AFTER_SEGMENT_EVAL' },
      { schedule: { ...schedule, triggerType: 'AFTER_SEGMENT_EVAL', startTime: undefined } },
    ],
    [
      'a frequency that the mode does not have becomes daily',
      { frequency: 'EVERY_6_HOURS' },
      { schedule: { ...schedule, frequency: 'DAILY' } },
    ],
    ['every month has a day', { frequency: 'MONTHLY' }, { schedule: { ...schedule, frequency: 'MONTHLY' } }],
    [
      'mode and frequency change together',
      { exportMode: 'FIRST_FULL_THEN_INCREMENTAL', frequency: 'EVERY_6_HOURS' },
      { exportMode: 'FIRST_FULL_THEN_INCREMENTAL', schedule: { ...schedule, frequency: 'EVERY_6_HOURS' } },
    ],
  ])('%s', (_, change, wanted) => {
    expect(withChange(settings, change)).toEqual({ ...settings, ...wanted });
  });

  it('gives up the evaluation, and gets a time again, when the mode becomes incremental', () => {
    const evaluated = withChange(settings, { triggerType: 'AFTER_SEGMENT_EVAL' });
    expect(withChange(evaluated, { exportMode: 'FIRST_FULL_THEN_INCREMENTAL' }).schedule).toEqual({
      ...schedule,
      triggerType: 'SCHEDULED',
      startTime: '12:00',
    });
  });

  it('gives up the evaluation when it becomes every week', () => {
    const evaluated = withChange(settings, { triggerType: 'AFTER_SEGMENT_EVAL' });
    expect(withChange(evaluated, { frequency: 'WEEKLY' }).schedule).toEqual({
      ...schedule,
      frequency: 'WEEKLY',
      startTime: '12:00',
    });
  });

  it('leaves the settings it was given as they are', () => {
    const before = structuredClone(settings);
    withChange(settings, { frequency: 'ONCE', triggerType: 'AFTER_SEGMENT_EVAL' });
    expect(settings).toEqual(before);
  });
});

describe('defaultSettings', () => {
  it.each([
    ['2026-11-30T00:00:00Z', '2026-12-01'],
    ['2026-12-31T23:59:59Z', '2027-01-01'],
    ['2024-02-28T12:00:00Z', '2024-02-29'],
  ])('begin on the day after %s', (now, startDate) => {
    expect(defaultSettings(Date.parse(now), '%SEGMENT_ID%')).toEqual({
      exportMode: 'DAILY_FULL_EXPORT',
      filenameTemplate: '%SEGMENT_ID%',
      schedule: {
        frequency: 'DAILY',
        triggerType: 'SCHEDULED',
        startDate,
        endDate: undefined,
        startTime: '12:00',
      },
    });
  });
});

describe('any changes of the default settings', () => {
  const change = fc.record(
    {
      exportMode: fc.constantFrom<ExportMode>(...exportModes),
      frequency: fc.constantFrom<Frequency>(...frequencies),
      triggerType: fc.constantFrom<TriggerType>(...triggerTypes),
    },
    { requiredKeys: [] },
  );

  it('never break a rule of the schedule', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 8 }), fc.boolean(), (changes, hasEnd) => {
        const start = defaultSettings(nowMs, '%SEGMENT_ID%');
        const first: ExportSettings = hasEnd
          ? { ...start, schedule: { ...start.schedule, endDate: '2026-12-24' } }
          : start;
        changes.reduce((settings, one) => {
          const next = withChange(settings, one);
          expect(scheduleProblems(next.exportMode, next.schedule, '', true)).toEqual([]);
          expect(next.schedule.startDate).toBe('2026-12-01');
          return next;
        }, first);
      }),
    );
  });

  it('take every change that goes with the mode', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 5 }), change, (changes, last) => {
        const before = changes.reduce(withChange, defaultSettings(nowMs, '%SEGMENT_ID%'));
        const after = withChange(before, last);
        expect(after.exportMode).toBe(last.exportMode ?? before.exportMode);
        const { frequency, triggerType } = last;
        if (frequency !== undefined && !whyNotFrequency(after.exportMode, frequency))
          expect(after.schedule.frequency).toBe(frequency);
        if (
          triggerType !== undefined &&
          !whyNotTrigger(after.exportMode, triggerType, after.schedule.frequency)
        )
          expect(after.schedule.triggerType).toBe(triggerType);
      }),
    );
  });
});

describe('every mode × frequency × trigger × dates', () => {
  /** The table of the platform, written anew: what goes together. @see flow-service.md, section 5.2 */
  const goes: Record<ExportMode, { frequencies: readonly Frequency[]; triggers: readonly TriggerType[] }> = {
    DAILY_FULL_EXPORT: {
      frequencies: ['ONCE', 'DAILY', 'WEEKLY', 'MONTHLY'],
      triggers: ['SCHEDULED', 'AFTER_SEGMENT_EVAL'],
    },
    FIRST_FULL_THEN_INCREMENTAL: {
      frequencies: ['DAILY', 'EVERY_3_HOURS', 'EVERY_6_HOURS', 'EVERY_8_HOURS', 'EVERY_12_HOURS'],
      triggers: ['SCHEDULED'],
    },
  };
  const combinations = exportModes.flatMap((exportMode) =>
    frequencies.flatMap((frequency) =>
      triggerTypes.map((triggerType) => ({ exportMode, frequency, triggerType })),
    ),
  );
  const day = fc
    .integer({ min: 0, max: 4000 })
    .map((days) => new Date(Date.UTC(2024, 0, 1) + days * dayMs).toISOString().slice(0, 10));
  const bad = fc.constantFrom('2026-02-30', '2026-13-01', '26-01-01', '', 'tomorrow', '2026-1-1');

  it.each(combinations)('$exportMode $frequency $triggerType', ({ exportMode, frequency, triggerType }) => {
    const { frequencies: allowed, triggers } = goes[exportMode];
    const canBeSound =
      allowed.includes(frequency) &&
      triggers.includes(triggerType) &&
      !(isRare(frequency) && triggerType === 'AFTER_SEGMENT_EVAL');
    meeting(canBeSound ? ['sound', 'unsound'] : ['unsound'], (meet) =>
      fc.assert(
        fc.property(
          fc.oneof({ weight: 5, arbitrary: day }, bad),
          fc.option(fc.oneof({ weight: 5, arbitrary: day }, bad), { nil: undefined }),
          fc.constantFrom(undefined, '00:00', '17:00', '23:00', '17:30', '24:00', '7:00'),
          (startDate, endDate, startTime) => {
            const isDay = (text: string): boolean =>
              /^\d{4}-\d\d-\d\d$/.test(text) &&
              !Number.isNaN(Date.parse(text)) &&
              new Date(Date.parse(text)).toISOString().startsWith(text);
            const isSound =
              canBeSound &&
              isDay(startDate) &&
              (endDate === undefined || (frequency !== 'ONCE' && isDay(endDate) && endDate > startDate)) &&
              (triggerType === 'SCHEDULED'
                ? startTime !== undefined && /^([01]\d|2[0-3]):00$/.test(startTime)
                : startTime === undefined);
            const schedule = { frequency, triggerType, startDate, endDate, startTime };
            meet(isSound ? 'sound' : 'unsound');
            expect(scheduleProblems(exportMode, schedule, '', true).length === 0).toBe(isSound);
            const runs = nextRuns(schedule, 0, 5);
            if (isSound && triggerType === 'SCHEDULED') expect(runs.length).toBeGreaterThan(0);
            if (!isDay(startDate) || triggerType !== 'SCHEDULED') expect(runs).toEqual([]);
          },
        ),
        { numRuns: runs(600) },
      ),
    );
  });
});

describe('what is typed', () => {
  it.each([
    ['9', '09:00'],
    ['9:00', '09:00'],
    ['0900', '09:00'],
    ['900', '09:00'],
    ['17', '17:00'],
    [' 17:00 ', '17:00'],
    ['１７：００', '17:00'],
    ['9:30', '09:30'],
    ['noon', 'noon'],
    ['9:5', '9:5'],
    ['', ''],
  ])('as a time: %j is read as %j', (said, time) => {
    expect(readTime(said)).toBe(time);
  });

  it.each([
    ['2026-12-20', '2026-12-20'],
    ['2026/12/20', '2026-12-20'],
    ['2026.1.2', '2026-01-02'],
    ['２０２６／１２／２０', '2026-12-20'],
    [' 2026-12-20 ', '2026-12-20'],
    ['20.12.2026', '20.12.2026'],
    ['tomorrow', 'tomorrow'],
  ])('as a day: %j is read as %j', (said, day) => {
    expect(readDate(said)).toBe(day);
  });

  it('stays what it is where it is a day or a time of a plan already', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }), (date) => {
        const [day = '', time = ''] = utcText(date.getTime()).split(' ');
        expect([readDate(day), readTime(time)]).toEqual([day, time]);
      }),
    );
  });
});
