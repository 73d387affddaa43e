import { describe, expect, it } from 'vitest';
import type { WatchedRun } from '../../../source/activation/watch/watched.ts';
import { slotsBetween } from '../../../source/activation/watch/slots.ts';
import { at, dayMs, daily, failedAt, hourMs, type Look, look, minuteMs, runOf, stateAt } from './watching.ts';

const yesterday = runOf('2026-11-25 12:03');
const every3 = { schedule: { ...daily, frequency: 'EVERY_3_HOURS' } };
const early = runOf('09:55', { state: 'running' });
const before = [yesterday, runOf('03:02'), runOf('06:02'), runOf('2026-11-26 00:02')];

/** Daily at 12:00 UTC, looked at on 26 November, with a good run of the day before unless it says another one. */
describe('how a segment stands', () => {
  it.each<[string, Look, string]>([
    ['12:00, nothing', { at: '12:00' }, 'due'],
    ['12:59, nothing', { at: '12:59' }, 'due'],
    ['a moment before 13:00, nothing', { at: at('13:00') - 1 }, 'due'],
    ['13:00, nothing', { at: '13:00' }, 'late'],
    ['13:00, a page of runs failed', { at: '13:00', isWhole: false }, 'unknown'],
    ['13:00, read at 12:30', { at: '12:30' }, 'due'],
    [
      '13:00, in a time of which the platform has forgotten a part',
      { at: '13:00', kept: '11:56' },
      'unknown',
    ],
    ['the same, whole', { at: '13:00', kept: '11:55' }, 'late'],
    ['good, whatever else was forgotten', { at: '13:00', kept: '12:10', runs: [runOf('12:10')] }, 'good'],
    ['failed, the same', { at: '13:00', kept: '12:10', runs: [failedAt('12:10')] }, 'failed'],
    ['a run of 11:57, good', { at: '14:00', runs: [yesterday, runOf('11:57')] }, 'good'],
    ['a run of 11:55, looked at before noon', { at: '11:58', runs: [runOf('11:55')] }, 'good'],
    ['a run of 11:54 is that of the day before', { at: '13:05', runs: [runOf('11:54')] }, 'late'],
    ['a run of 13:10, good', { at: '14:00', runs: [yesterday, runOf('13:10')] }, 'good'],
    ['a run of 12:10 at 14:39', { at: '14:39', runs: [runOf('12:10', { state: 'running' })] }, 'running'],
    ['the same at 14:40', { at: '14:40', runs: [runOf('12:10', { state: 'running' })] }, 'slow'],
    [
      'the same a moment before',
      { at: at('14:40') - 1, runs: [runOf('12:10', { state: 'running' })] },
      'running',
    ],
    ['failed at 12:10', { at: '16:00', runs: [yesterday, failedAt('12:10')] }, 'failed'],
    [
      'failed at 12:10, and asked for at 15:10',
      { at: '16:00', runs: [failedAt('12:10')], asked: [runOf('15:10')] },
      'mended',
    ],
    ['nothing, and asked for at 15:10', { at: '16:00', asked: [runOf('15:10')] }, 'mended'],
    ['nothing, and asked for in vain', { at: '16:00', asked: [failedAt('15:10')] }, 'late'],
    ['nothing, and asked for before', { at: '16:00', asked: [runOf('11:58')] }, 'late'],
    ['failed, then good', { at: '16:00', runs: [failedAt('12:10'), runOf('12:40')] }, 'good'],
    [
      'failed, then running',
      { at: '13:00', runs: [failedAt('12:10'), runOf('12:40', { state: 'running' })] },
      'running',
    ],
    ['failed yesterday, today 11:00', { at: '11:00', runs: [failedAt('2026-11-25 12:10')] }, 'failed'],
    [
      'failed yesterday, today 12:30 nothing',
      { at: '12:30', runs: [failedAt('2026-11-25 12:10')] },
      'failed',
    ],
    ['none yesterday, today 12:30 nothing', { at: '12:30', runs: [] }, 'missed'],
    ['none yesterday, today 12:30 good', { at: '12:30', runs: [runOf('12:05')] }, 'good'],
    ['none yesterday, today 13:00 nothing', { at: '13:00', runs: [] }, 'late'],
    [
      'every 3 h, the run of 06:02 still there two slots later',
      {
        at: '13:10',
        segment: every3,
        runs: [yesterday, runOf('03:02'), runOf('06:02', { state: 'running' }), runOf('2026-11-26 00:02')],
      },
      'slow',
    ],
    [
      'every 3 h, the run of 09:55 still there at 12:20',
      { at: '12:20', segment: every3, runs: [...before, early] },
      'behind',
    ],
    [
      'the same, as long as a run may take',
      { at: '12:25', segment: every3, runs: [...before, early] },
      'slow',
    ],
    [
      'the same, it ended 12:11, at 13:10',
      { at: '13:10', segment: every3, runs: [...before, runOf('09:55', { endedMs: at('12:11') })] },
      'behind',
    ],
    [
      'the same at 13:11',
      { at: '13:11', segment: every3, runs: [...before, runOf('09:55', { endedMs: at('12:11') })] },
      'late',
    ],
    ['mapped 11:30 today, never ran, 14:00', mapped('11:30', '14:00'), 'waiting'],
    ['mapped 10:59 today, never ran, 14:00', mapped('10:59', '14:00'), 'first'],
    ['the same, a day after its slot', mapped('10:59', '2026-11-27 12:00'), 'missed'],
    ['mapped 25 h before the slot, never ran, 13:00', mapped('2026-11-25 11:00', '13:00'), 'late'],
    ['schedule changed 11:30 today, 14:00', { at: '14:00', segment: { changedMs: at('11:30') } }, 'waiting'],
    ['schedule changed 11:00 today, 14:00', { at: '14:00', segment: { changedMs: at('11:00') } }, 'late'],
    [
      'audience 20 h old at the slot',
      { at: '14:00', segment: { audienceCreatedMs: at('2026-11-25 16:00') } },
      'waiting',
    ],
    ['enabled again 11:30 today', { at: '14:00', flow: { enabledMs: at('11:30') } }, 'waiting'],
    ['disabled', { at: '14:00', flow: { state: 'disabled' } }, 'paused'],
    ['being disabled', { at: '14:00', flow: { state: 'disabling' } }, 'paused'],
    ['being made ready', { at: '14:00', flow: { state: 'initializing' } }, 'notReady'],
    ['end date today: yesterday was the last', ends('2026-11-26', [yesterday]), 'good'],
    ['end date tomorrow: today is the last', ends('2026-11-27', [yesterday]), 'late'],
    ['ended long ago', ends('2026-11-20', []), 'ended'],
    [
      'begins tomorrow',
      { at: '14:00', segment: { schedule: { ...daily, startDate: '2026-11-27' } } },
      'waiting',
    ],
    ['10 of 1000 skipped', rows({ rowsIn: 1000, skipped: 10 }), 'good'],
    ['WEEKLY', { at: '14:00', segment: { schedule: { ...daily, frequency: 'WEEKLY' } } }, 'notJudged'],
    [
      'a frequency of tomorrow',
      { at: '14:00', segment: { schedule: { ...daily, frequency: 'HOURLY' } } },
      'notJudged',
    ],
    ['ONCE, an hour ago', { at: '13:00', segment: { schedule: once('2026-11-26') } }, 'late'],
    ['ONCE, long before what was read', { at: '13:00', segment: { schedule: once('2026-11-20') } }, 'ended'],
    [
      'a run that names no segment, of the only one',
      { at: '14:00', runs: [runOf('12:10', { segments: [] })] },
      'good',
    ],
    [
      'a state of a run that nobody knows',
      { at: '20:00', runs: [runOf('12:10', { state: 'unknown' })] },
      'maybe',
    ],
    [
      'the same, and it has not ended',
      { at: '20:00', runs: [runOf('12:10', { state: 'unknown', isUnderWay: true })] },
      'maybe',
    ],
    [
      'ids in capitals',
      { at: '14:00', runs: [runOf('12:10', { segments: [{ id: '9F7D37FD-7039-4454-94EF-2B0CD6C3206A' }] })] },
      'good',
    ],
    ['read from 12:00 on only', { at: '13:00', from: '12:00' }, 'waiting'],
  ])('%s', (_, one, state) => {
    const runs = one.runs ?? (one.asked || one.segment || one.flow ? [] : [yesterday]);
    expect(stateAt({ ...one, runs })).toBe(state);
  });
});

function mapped(when: string, now: string): Look {
  return { at: now, segment: { mappedMs: at(when), changedMs: at(when) } };
}

function ends(endDate: string, runs: Look['runs'] = []): Look {
  return { at: '14:00', runs, segment: { schedule: { ...daily, endDate } } };
}

const once = (startDate: string) => ({ frequency: 'ONCE', startDate, startTime: '12:00' });

function rows(counts: object): Look {
  return { at: '14:00', runs: [runOf('12:03', counts)] };
}

describe('what there is to say of a good run', () => {
  const usual = [1, 2, 3, 4, 5].map((day) =>
    runOf(at('12:03') - day * dayMs, { rowsIn: 1000, skipped: 200, filesOut: 1 }),
  );
  it.each<[string, object, object[], boolean, string[]]>([
    ['10 of 1000 skipped', { rowsIn: 1000, skipped: 10 }, [], false, []],
    ['11 of 1000 skipped', { rowsIn: 1000, skipped: 11 }, [], false, ['skipped look']],
    ['a fifth skipped as every day', { rowsIn: 1000, skipped: 200 }, usual, false, ['skipped look']],
    ['more than twice as much', { rowsIn: 1000, skipped: 401 }, usual, false, ['skipped wrong']],
    ['files 0 and rows came in', { rowsIn: 1000, filesOut: 0 }, [], false, ['empty look']],
    ['no word of files', { rowsIn: 1000 }, [], false, []],
    ['no rows came in', { rowsIn: 0, filesOut: 0 }, [], false, ['empty look']],
    ['no rows came in, incremental', { rowsIn: 0, filesOut: 0 }, [], true, []],
    ['no word of rows', { skipped: 24 }, [], false, []],
  ])('%s', (_, counts, earlier, isIncremental, told) => {
    const { findings } = look({
      at: '14:00',
      from: '2026-11-18 00:00',
      segment: { isIncremental },
      runs: [...(earlier as never[]), runOf('12:03', counts)],
    });
    expect(findings.map(({ kind, severity }) => `${kind} ${severity}`)).toEqual(told);
  });

  it('began late', () => {
    const decisionOf = (began: string) =>
      look({ at: '14:00', runs: [runOf(began)] }).segments[0]?.decision.beganLate;
    expect(decisionOf('13:10')).toBe(true);
    expect(decisionOf('12:59')).toBe(false);
  });
});

describe('several segments', () => {
  const other = { id: '11111111-7039-4454-94ef-2b0cd6c3206a' };
  const [mine] = look({ at: '14:00' }).flow.segments;
  const two = { segments: mine ? [mine, { ...mine, ...other }] : [] };
  it('a run that names none is the benefit of every one, and proves none', () => {
    const { segments, findings } = look({ at: '14:00', flow: two, runs: [runOf('12:10', { segments: [] })] });
    expect(segments.map(({ decision }) => decision.state)).toEqual(['maybe', 'maybe']);
    expect(findings).toEqual([]);
  });
  it('a run that names one is not the other’s', () => {
    const { segments } = look({ at: '14:00', flow: two, runs: [runOf('12:10')] });
    expect(segments.map(({ decision }) => decision.state)).toEqual(['good', 'late']);
  });
});

describe('slots', () => {
  it('from 20 November until 24 December there are 34, the last on the 23rd', () => {
    const slots = slotsBetween({ ...daily, startDate: '2026-11-20' }, 0, at('2027-02-01 00:00'));
    expect(slots).toHaveLength(34);
    expect(slots.at(-1)).toBe(at('2026-12-23 12:00'));
  });
  it('every 6 h from 20:00 on the first day', () => {
    const six = {
      frequency: 'EVERY_6_HOURS',
      startDate: '2026-11-25',
      endDate: '2026-11-27',
      startTime: '20:00',
    };
    expect(slotsBetween(six, 0, at('2027-02-01 00:00'))).toEqual(
      ['2026-11-25 20:00', '02:00', '08:00', '14:00', '20:00'].map(at),
    );
  });
});

describe('after the evaluation', () => {
  const schedule = { ...daily, triggerType: 'AFTER_SEGMENT_EVAL', startTime: undefined };
  const days = (...ago: number[]) => ago.map((day) => runOf(at('10:00') - day * dayMs));
  const from = '2026-11-10 00:00';
  it.each<[string, Omit<Look, 'at'> & { runs: readonly WatchedRun[] }, string]>([
    ['a day after its last run', { runs: days(3, 2, 1) }, 'good'],
    ['36 h after its last run, which comes every day', { runs: days(4, 3, 2).map(later(12)) }, 'good'],
    ['a moment more', { runs: days(4, 3, 2).map(later(12 - 1 / 3600)) }, 'quiet'],
    ['twice its longest gap', { runs: days(5, 4, 2) }, 'good'],
    ['a moment more than twice its longest gap', { runs: days(4, 3, 2).map(later(-1 / 3600)) }, 'late'],
    ['the same with two runs', { runs: days(3, 2).map(later(-1 / 3600)) }, 'quiet'],
    ['failed', { runs: [...days(2), failedAt('2026-11-25 10:00')] }, 'failed'],
    ['failed, then asked for', { runs: [failedAt('08:00')], asked: days(0) }, 'mended'],
    ['under way for long', { runs: [runOf('07:00', { state: 'running' })] }, 'slow'],
    [
      'under way in words nobody knows',
      { runs: [runOf('09:00', { state: 'unknown', isUnderWay: true })] },
      'maybe',
    ],
    ['never ran, since yesterday', { runs: [], segment: { changedMs: at('2026-11-25 08:00') } }, 'waiting'],
    ['never ran, for days', { runs: [] }, 'quiet'],
    ['not read to the end', { runs: [], isWhole: false }, 'unknown'],
    ['an evaluation two hours ago, nothing', { runs: [], segment: { evaluatedMs: [at('08:00')] } }, 'late'],
    ['an evaluation just now', { runs: [], segment: { evaluatedMs: [at('09:30')] } }, 'due'],
    [
      'an evaluation, and its run',
      { runs: [runOf('08:03')], segment: { evaluatedMs: [at('08:00')] } },
      'good',
    ],
    ['no evaluation yet', { runs: [], segment: { evaluatedMs: [] } }, 'waiting'],
    [
      'an evaluation that failed',
      { runs: [], segment: after(['2026-11-25 08:00'], '08:00') },
      'notEvaluated',
    ],
    ['failed, but exported since', { runs: [runOf('08:10')], segment: after([], '08:00') }, 'waiting'],
    ['failed, and evaluated since', { runs: [runOf('09:10')], segment: after(['09:00'], '08:00') }, 'good'],
    [
      'failed, and exported in vain',
      { runs: [failedAt('08:10')], segment: after([], '08:00') },
      'notEvaluated',
    ],
    ['failed, not read to the end', { runs: [], isWhole: false, segment: after([], '08:00') }, 'waiting'],
  ])('%s', (_, { segment, ...one }, state) => {
    expect(stateAt({ at: '10:00', from, ...one, segment: { schedule, ...segment } })).toBe(state);
  });

  function after(good: readonly string[], failed: string) {
    return { evaluatedMs: good.map(at), notEvaluatedMs: at(failed) };
  }
  function later(hours: number) {
    return (run: ReturnType<typeof runOf>) => runOf((run.beganMs ?? 0) + hours * hourMs);
  }
  it('not before its first day, nor after its last', () => {
    const on = (dates: object): string =>
      stateAt({ at: '10:00', from, segment: { schedule: { ...schedule, ...dates } } });
    expect(on({ startDate: '2026-11-27' })).toBe('waiting');
    expect(on({ endDate: '2026-11-26' })).toBe('ended');
  });
});

it('other limits', () => {
  const limits = { graceMs: 90 * minuteMs, lengthMs: 3 * hourMs };
  expect(stateAt({ at: '13:29', runs: [yesterday], limits })).toBe('due');
  expect(stateAt({ at: '13:30', runs: [yesterday], limits })).toBe('late');
  expect(stateAt({ at: '15:09', runs: [runOf('12:10', { state: 'running' })], limits })).toBe('running');
  expect(stateAt({ at: '15:10', runs: [runOf('12:10', { state: 'running' })], limits })).toBe('slow');
});
