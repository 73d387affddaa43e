import {
  usualLimits,
  type WatchedFlow,
  type WatchedRun,
  type WatchedSegment,
} from '../../../source/activation/watch/watched.ts';
import { type FlowWatch, type Seen, watchFlow } from '../../../source/activation/watch/watch.ts';

export const hourMs = 3_600_000;
export const minuteMs = 60_000;
export const dayMs = 24 * hourMs;

/** `12:00` is of 26 November 2026; with a day before it, of that. UTC. */
export function at(moment: string): number {
  const [day, time = ''] = moment.includes(' ') ? moment.split(' ') : ['2026-11-26', moment];
  return Date.parse(`${day ?? ''}T${time.length === 5 ? `${time}:00` : time}Z`);
}

export const daily = {
  frequency: 'DAILY',
  triggerType: 'SCHEDULED',
  startDate: '2026-11-01',
  endDate: '2026-12-24',
  startTime: '12:00',
};

export const segmentOf = (more: Partial<WatchedSegment> = {}): WatchedSegment => ({
  id: '9f7d37fd-7039-4454-94ef-2b0cd6c3206a',
  name: 'Loyalty Segment',
  schedule: daily,
  isIncremental: false,
  mappedMs: at('2026-11-01 08:00'),
  changedMs: at('2026-11-01 08:00'),
  ...more,
});

export const flowOf = (more: Partial<WatchedFlow> = {}): WatchedFlow => ({
  id: '8256cfb4-17e6-432c-a469-6aedafb16cd5',
  name: 'CRM weekly',
  state: 'enabled',
  segments: [segmentOf()],
  ...more,
});

/** A run of the segment: it began then, and ended ten minutes later unless it is under way. */
export function runOf(began: string | number, more: Partial<WatchedRun> = {}): WatchedRun {
  const beganMs = typeof began === 'number' ? began : at(began);
  const state = more.state ?? 'good';
  const isUnderWay = more.isUnderWay ?? state === 'running';
  return {
    id: `run-${beganMs}`,
    beganMs,
    ...(isUnderWay ? {} : { endedMs: beganMs + 10 * minuteMs }),
    errors: [],
    segments: [{ id: segmentOf().id }],
    ...more,
    state,
    isUnderWay,
  };
}

/** The same, but it failed. */
export const failedAt = (began: string | number): WatchedRun =>
  runOf(began, {
    state: 'failed',
    errors: [{ code: 'ACTIVATION_BATCH-0000-FAILED', message: 'Job aborted.' }],
  });

export interface Look {
  at: string | number;
  flow?: Partial<WatchedFlow>;
  segment?: Partial<WatchedSegment>;
  runs?: readonly WatchedRun[];
  /** Runs that somebody has asked for. */
  asked?: readonly WatchedRun[];
  isWhole?: boolean;
  /** Read from here on. @default two days before */
  from?: string | number;
  /** The platform has nothing from before. */
  kept?: string;
  limits?: Partial<typeof usualLimits>;
}

const ms = (moment: string | number): number => (typeof moment === 'number' ? moment : at(moment));

/** A dataflow with one segment, looked at. */
export function look({ flow, segment, runs = [], asked = [], isWhole = true, ...one }: Look): FlowWatch {
  const atMs = ms(one.at);
  const fromMs = ms(one.from ?? atMs - 2 * dayMs - hourMs);
  const keptMs = one.kept === undefined ? undefined : at(one.kept);
  const seen: Seen = { kind: 'read', runs: [...runs, ...asked], reading: { fromMs, atMs, isWhole, keptMs } };
  return watchFlow(
    flowOf({ segments: [segmentOf(segment)], ...flow }),
    seen,
    { ...usualLimits, ...one.limits },
    new Set(asked.map(({ id }) => id)),
  );
}

/** How its first segment stands. */
export const stateAt = (one: Look): string => look(one).segments[0]?.decision.state ?? 'nothing';
