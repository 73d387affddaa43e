import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../source/activation/watch/decision.ts';
import { type Finding, grouped } from '../../../source/activation/watch/finding.ts';
import { slotsBetween } from '../../../source/activation/watch/slots.ts';
import { usualLimits, type WatchedRun } from '../../../source/activation/watch/watched.ts';
import { meeting } from '../../helpers/some.ts';
import { at, daily, dayMs, hourMs, type Look, look, minuteMs, runOf } from './watching.ts';

const zones = ['UTC', 'Europe/Berlin', 'Asia/Taipei', 'America/New_York', 'Australia/Lord_Howe'];
const frequency = fc.constantFrom(
  'ONCE',
  'DAILY',
  'EVERY_3_HOURS',
  'EVERY_6_HOURS',
  'EVERY_8_HOURS',
  'EVERY_12_HOURS',
);

const schedule = fc.record({
  frequency,
  triggerType: fc.constantFrom('SCHEDULED', undefined),
  startDate: fc.constantFrom('2026-03-20', '2026-10-20', '2026-11-01', '2026-11-25'),
  endDate: fc.constantFrom(undefined, '2026-12-24', '2026-11-27'),
  startTime: fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:00`),
});
const moment = fc.integer({ min: at('2026-11-26 00:00'), max: at('2026-11-28 00:00') });
const run: fc.Arbitrary<WatchedRun> = fc
  .record({
    beganMs: fc.integer({ min: at('2026-11-24 00:00'), max: at('2026-11-28 00:00') }),
    lengthMinutes: fc.integer({ min: 0, max: 300 }),
    state: fc.constantFrom<WatchedRun['state']>('good', 'failed', 'running', 'unknown'),
    isNamed: fc.boolean(),
    counts: fc.record(
      { rowsIn: fc.nat(2000), skipped: fc.nat(100), filesOut: fc.nat(2) },
      { requiredKeys: [] },
    ),
  })
  .map(({ beganMs, lengthMinutes, state, isNamed, counts }) =>
    runOf(beganMs, {
      ...counts,
      state,
      ...(state === 'running' ? {} : { endedMs: beganMs + lengthMinutes * minuteMs }),
      ...(isNamed ? {} : { segments: [] }),
    }),
  );
const looked = fc.record({
  at: moment,
  schedule,
  // Of a run that is listed twice one is read.
  runs: fc.uniqueArray(run, { maxLength: 6, selector: ({ id }) => id }),
  asked: fc.uniqueArray(run, { maxLength: 2, selector: ({ id }) => id }),
});

/** No run is read that begins after it was looked. */
const asLook = (one: { at: number; schedule: object; runs: WatchedRun[]; asked: WatchedRun[] }): Look => ({
  at: one.at,
  from: '2026-11-23 00:00',
  segment: { schedule: { ...daily, ...one.schedule } },
  runs: one.runs.filter(({ beganMs = 0 }) => beganMs <= one.at),
  asked: one.asked
    .filter(({ beganMs = 0 }) => beganMs <= one.at)
    .map((own) => ({ ...own, id: `asked ${own.id}` })),
});
const decisionOf = (one: Look): Decision | undefined => look(one).segments[0]?.decision;

describe('whatever happens', () => {
  it('slots and states are the same in every zone, also where clocks change', () => {
    const had = process.env['TZ'];
    try {
      fc.assert(
        fc.property(schedule, moment, fc.array(run, { maxLength: 4 }), (one, atMs, runs) => {
          const in_ = (zone: string): unknown => {
            process.env['TZ'] = zone;
            const around = ['2026-03-28 00:00', '2026-10-24 00:00'].map((from) =>
              slotsBetween(one, at(from), at(from) + 3 * dayMs),
            );
            return [around, decisionOf(asLook({ at: atMs, schedule: one, runs, asked: [] }))];
          };
          const [first, ...others] = zones.map(in_);
          for (const other of others) expect(other).toEqual(first);
        }),
        { numRuns: 200 },
      );
    } finally {
      process.env['TZ'] = had;
    }
  });

  it('a good run in the window leaves no alarm', () => {
    meeting(['alarm'], (meet) =>
      fc.assert(
        fc.property(looked, (one) => {
          const before = asLook(one);
          const decision = decisionOf(before);
          const isAlarm = look(before).findings.some(isOfAbsence);
          const fromMs = decision?.window?.fromMs;
          if (!isAlarm || decision?.slotMs === undefined || fromMs === undefined) return;
          meet('alarm');
          // What was found wrong may be of the slot before the one that counts now.
          const good = runOf(Math.min(decision.slotMs + minuteMs, one.at), { id: 'put' });
          const after = look({ ...before, runs: [...(before.runs ?? []), good] });
          expect(after.findings.filter(isOfAbsence)).toEqual([]);
        }),
        { numRuns: 2000 },
      ),
    );
  });

  it('nothing is said of what is paused, or was not read to its end', () => {
    fc.assert(
      fc.property(looked, (one) => {
        const paused = look({ ...asLook(one), flow: { state: 'disabled' } });
        expect(paused.findings).toEqual([]);
        const cut = look({ ...asLook(one), isWhole: false });
        for (const { kind } of cut.findings) expect(['unknown', 'idle']).toContain(kind);
      }),
    );
  });

  it('nothing is made up for after a pause', () => {
    fc.assert(
      fc.property(looked, fc.nat(59), (one, minutes) => {
        const enabledMs = one.at - minutes * minuteMs;
        const kinds = look({ ...asLook(one), flow: { ...flowOfLook(one), enabledMs } }).findings.map(
          ({ kind }) => kind,
        );
        expect(kinds.filter((kind) => kind === 'late' || kind === 'missed' || kind === 'failed')).toEqual([]);
      }),
    );
  });

  it('between its moments nothing changes', () => {
    meeting(['late', 'due', 'running', 'good'], (meet) =>
      fc.assert(
        fc.property(looked, fc.integer({ min: 1, max: 5 * 60 }), (one, minutes) => {
          const [nowMs, thenMs] = [one.at, one.at + minutes * minuteMs];
          const now = decisionOf(asLook(one));
          // The same runs, and no more: what begins meanwhile is another reading.
          const then = decisionOf({ ...asLook(one), at: thenMs });
          if (now?.state === then?.state) return;
          if (now) meetState(now.state, meet);
          expect(moments(one).some((ms) => ms > nowMs && ms <= thenMs)).toBe(true);
        }),
        { numRuns: 3000 },
      ),
    );
  });

  it('two readings of the same have the same findings, under the same ids', () => {
    meeting(['again'], (meet) =>
      fc.assert(
        fc.property(looked, fc.nat(20), (one, minutes) => {
          const [now, then] = [look(asLook(one)), look({ ...asLook(one), at: one.at + minutes * minuteMs })];
          if (now.segments[0]?.decision.state !== then.segments[0]?.decision.state) return;
          if (now.segments[0]?.decision.slotMs !== then.segments[0]?.decision.slotMs) return;
          const ids = (watch: typeof now) =>
            watch.findings.filter(({ kind }) => kind !== 'idle').map(({ id }) => id);
          if (ids(now).length > 0) meet('again');
          expect(ids(then)).toEqual(ids(now));
          expect(new Set(ids(now)).size).toBe(ids(now).length);
        }),
      ),
    );
  });

  it('in the order in which runs come nothing lies', () => {
    fc.assert(
      fc.property(looked, (one) => {
        const there = asLook(one);
        expect(look({ ...there, runs: there.runs?.toReversed() ?? [] }).findings).toEqual(
          look(there).findings,
        );
      }),
    );
  });
});

const flowOfLook = (one: { schedule: object }) => ({
  segments: look({ at: '12:00', segment: { schedule: { ...daily, ...one.schedule } } }).flow.segments,
});

/** Its data did not leave at all. */
const isOfAbsence = ({ kind }: Finding): boolean => kind === 'late' || kind === 'missed' || kind === 'failed';

function meetState(state: string, meet: (one: 'late' | 'due' | 'running' | 'good') => void): void {
  if (state === 'late' || state === 'due' || state === 'running' || state === 'good') meet(state);
}

/** When a state may change although nothing was read anew. */
function moments(one: { at: number; schedule: object; runs: WatchedRun[] }): number[] {
  const { graceMs, lengthMs } = usualLimits;
  const slots = slotsBetween({ ...daily, ...one.schedule }, at('2026-11-20 00:00'), one.at + dayMs);
  return [
    ...slots.flatMap((slot) => [slot - 5 * minuteMs, slot, slot + graceMs, slot + dayMs]),
    ...one.runs.flatMap(({ beganMs = 0, endedMs = 0 }) => [beganMs + lengthMs, endedMs + graceMs]),
  ];
}

it('a clock that is wrong changes nothing: only the platform’s counts', () => {
  for (let minutes = -10; minutes <= 10; minutes++) {
    const local = at('13:00') + minutes * minuteMs;
    const offset = -minutes * minuteMs;
    expect(decisionOf({ at: local + offset, runs: [runOf('2026-11-25 12:03')] })?.state).toBe('late');
  }
});

it('segments of one dataflow and slot are one line', () => {
  const [own] = look({ at: '13:00' }).flow.segments;
  const segments = own
    ? Array.from({ length: 12 }, (_, index) => ({ ...own, id: `${String(index).padStart(8, '0')}-7039` }))
    : [];
  const { findings } = look({ at: '13:30', flow: { segments }, runs: [runOf(at('13:30') - 2 * hourMs)] });
  expect(findings).toHaveLength(12);
  expect(grouped(findings)).toHaveLength(1);
  expect(findings[0]?.id).toBe('late:8256cfb4:00000000:2026-11-26T12');
});
