import type { PlanSegment } from '../plan/plan.ts';
import { type Problem, problem } from '../plan/problem.ts';
import type { Identity } from '../settings.ts';

/** Export modes, frequencies and triggers of a segment selector. @see flow-service.md, section 5.1 */
export const exportModes = ['DAILY_FULL_EXPORT', 'FIRST_FULL_THEN_INCREMENTAL'] as const;
export const frequencies = [
  'ONCE',
  'DAILY',
  'EVERY_3_HOURS',
  'EVERY_6_HOURS',
  'EVERY_8_HOURS',
  'EVERY_12_HOURS',
] as const;
export const triggerTypes = ['SCHEDULED', 'AFTER_SEGMENT_EVAL'] as const;

export type ExportMode = (typeof exportModes)[number];
export type Frequency = (typeof frequencies)[number];
export type TriggerType = (typeof triggerTypes)[number];

/**
 * When a segment is exported. Dates are `YYYY-MM-DD`, `startTime` is `HH:00`, all UTC; `endDate` is
 * exclusive: the last export is on the day before it.
 */
export type Schedule = PlanSegment['schedule'];

const hoursApart: Record<Frequency, number> = {
  ONCE: 0,
  DAILY: 24,
  EVERY_3_HOURS: 3,
  EVERY_6_HOURS: 6,
  EVERY_8_HOURS: 8,
  EVERY_12_HOURS: 12,
};

/** Why this frequency cannot go with this export mode; nothing when it can. @see section 5.2 */
export function whyNotFrequency(
  exportMode: ExportMode,
  frequency: Frequency,
  path = '',
): Problem | undefined {
  const allowed = frequenciesOf(exportMode);
  return allowed.includes(frequency)
    ? undefined
    : problem('schedule.frequencyNotForMode', path, { frequency, exportMode, allowed: allowed.join(', ') });
}

/** The frequencies an export mode can have. @see section 5.2 */
function frequenciesOf(exportMode: ExportMode): readonly Frequency[] {
  return exportMode === 'DAILY_FULL_EXPORT'
    ? ['ONCE', 'DAILY']
    : frequencies.filter((frequency) => frequency !== 'ONCE');
}

/** Why this trigger cannot go with this export mode; nothing when it can. @see section 5.2 */
export function whyNotTrigger(
  exportMode: ExportMode,
  triggerType: TriggerType,
  path = '',
): Problem | undefined {
  return triggerType === 'AFTER_SEGMENT_EVAL' && exportMode !== 'DAILY_FULL_EXPORT'
    ? problem('schedule.triggerNotForMode', path, { triggerType, exportMode })
    : undefined;
}

/** When a day and time of a schedule are, epoch milliseconds; `NaN` for what is none. @param time - `HH:00`, UTC. */
export const utcMs = (date: string, time = '00:00'): number => Date.parse(`${date}T${time}:00Z`);

/** `true` for a day that exists, written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = utcMs(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** What is wrong with one date. */
export function dateProblem(text: string, path = ''): Problem | undefined {
  return isDate(text) ? undefined : problem('schedule.notADate', path, { value: text });
}

/** What is wrong with one start time: `HH:00`, 24 hours, UTC. */
export function timeProblem(text: string, path = ''): Problem | undefined {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return problem('schedule.notATime', path, { value: text });
  return text.endsWith(':00') ? undefined : problem('schedule.minutesNotZero', path, { value: text });
}

/** What is wrong with an end date, given its start (both already days that exist). */
export function endDateProblem(startDate: string, endDate: string, path = ''): Problem | undefined {
  return endDate > startDate ? undefined : problem('schedule.endNotAfterStart', path, { endDate, startDate });
}

/**
 * Everything wrong with a schedule, in the order of its fields.
 *
 * @see flow-service.md, sections 5.1 and 5.2
 */
export function scheduleProblems(exportMode: ExportMode, schedule: Schedule, path = ''): Problem[] {
  const { frequency, triggerType = 'SCHEDULED', startDate, endDate, startTime } = schedule;
  const afterEvaluation = triggerType === 'AFTER_SEGMENT_EVAL';
  const found: (Problem | undefined)[] = [
    whyNotFrequency(exportMode, frequency, `${path}.frequency`),
    whyNotTrigger(exportMode, triggerType, `${path}.triggerType`),
    dateProblem(startDate, `${path}.startDate`),
  ];
  if (endDate !== undefined) {
    const wrong = dateProblem(endDate, `${path}.endDate`);
    if (wrong) found.push(wrong);
    else if (frequency === 'ONCE')
      found.push(problem('schedule.endDateNotAllowed', `${path}.endDate`, { endDate }));
    else if (isDate(startDate)) found.push(endDateProblem(startDate, endDate, `${path}.endDate`));
  }
  if (startTime === undefined) {
    if (!afterEvaluation) found.push(problem('schedule.startTimeMissing', `${path}.startTime`));
  } else if (afterEvaluation) {
    found.push(problem('schedule.startTimeNotAllowed', `${path}.startTime`, { startTime }));
  } else {
    found.push(timeProblem(startTime, `${path}.startTime`));
  }
  return found.filter((one) => one !== undefined);
}

/**
 * Next export moments of a schedule.
 *
 * @param fromMs - Moment to start from, epoch milliseconds.
 * @returns At most `count` moments, epoch milliseconds, ascending. Empty when the schedule has ended,
 *   when it follows the segment evaluation (no fixed moment), or when it is not valid.
 */
export function nextRuns(schedule: Schedule, fromMs: number, count: number): number[] {
  const { frequency, triggerType, startDate, endDate, startTime } = schedule;
  if (triggerType === 'AFTER_SEGMENT_EVAL' || startTime === undefined || timeProblem(startTime)) return [];
  if (!isDate(startDate) || (endDate !== undefined && !isDate(endDate))) return [];
  const first = utcMs(startDate, startTime);
  if (frequency === 'ONCE') return first >= fromMs && count > 0 ? [first] : [];
  const stepMs = hoursApart[frequency] * 3_600_000;
  const endMs = endDate === undefined ? Infinity : utcMs(endDate);
  const skipped = Math.max(0, Math.ceil((fromMs - first) / stepMs));
  const runs: number[] = [];
  for (let at = first + skipped * stepMs; runs.length < count && at < endMs; at += stepMs) runs.push(at);
  return runs;
}

/** When an export is: at a fixed moment (epoch milliseconds), or on a day (UTC), once its segment is evaluated. */
export type ExportTime =
  { readonly kind: 'at'; readonly ms: number } | { readonly kind: 'after'; readonly day: string };

/** The first export from a moment on, epoch milliseconds. Nothing when there is none, or the schedule is not valid. */
export function firstExport(schedule: Schedule, fromMs: number): ExportTime | undefined {
  const { triggerType, startDate, endDate } = schedule;
  if (triggerType !== 'AFTER_SEGMENT_EVAL') {
    const [ms] = nextRuns(schedule, fromMs, 1);
    return ms === undefined ? undefined : { kind: 'at', ms };
  }
  const today = utcText(fromMs).slice(0, 10);
  const day = startDate > today ? startDate : today;
  return isDate(startDate) && (endDate === undefined || day < endDate) ? { kind: 'after', day } : undefined;
}

/** The last export of a schedule. Nothing when it has no end, is for once, or is not valid. */
export function lastExport(schedule: Schedule): ExportTime | undefined {
  const { frequency, triggerType, startDate, endDate, startTime } = schedule;
  if (frequency === 'ONCE' || endDate === undefined || !isDate(endDate) || !isDate(startDate))
    return undefined;
  if (endDate <= startDate) return undefined;
  const endMs = utcMs(endDate);
  if (triggerType === 'AFTER_SEGMENT_EVAL')
    return { kind: 'after', day: utcText(endMs - 86_400_000).slice(0, 10) };
  if (startTime === undefined || timeProblem(startTime)) return undefined;
  const first = utcMs(startDate, startTime);
  const stepMs = hoursApart[frequency] * 3_600_000;
  return { kind: 'at', ms: first + Math.floor((endMs - 1 - first) / stepMs) * stepMs };
}

/** A moment in UTC: `2026-12-20 17:00`. @param ms - Epoch milliseconds. */
export const utcText = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

/** How one segment is exported. */
export type ExportSettings = Omit<PlanSegment, keyof Identity>;

/**
 * The same settings with another mode, frequency or trigger, without the answers that cannot go with it:
 * what does not depend on the change stays.
 */
export function withChange(
  settings: ExportSettings,
  change: {
    exportMode?: ExportMode | undefined;
    frequency?: Frequency | undefined;
    triggerType?: TriggerType | undefined;
  },
): ExportSettings {
  const exportMode = change.exportMode ?? settings.exportMode;
  const asked = change.frequency ?? settings.schedule.frequency;
  const frequency = whyNotFrequency(exportMode, asked) ? 'DAILY' : asked;
  const trigger = change.triggerType ?? settings.schedule.triggerType ?? 'SCHEDULED';
  const triggerType = whyNotTrigger(exportMode, trigger) ? 'SCHEDULED' : trigger;
  const { startTime = defaultStartTime } = settings.schedule;
  return {
    ...settings,
    exportMode,
    schedule: {
      ...settings.schedule,
      frequency,
      triggerType,
      ...(frequency === 'ONCE' ? { endDate: undefined } : {}),
      startTime: triggerType === 'AFTER_SEGMENT_EVAL' ? undefined : startTime,
    },
  };
}

/** The platform advises first exports after noon UTC. @see flow-service.md, section 6 */
const defaultStartTime = '12:00';

/**
 * What a segment starts with: everything, every day, from tomorrow noon UTC.
 *
 * @param nowMs - Epoch milliseconds.
 */
export function defaultSettings(nowMs: number, filenameTemplate: string): ExportSettings {
  const startDate = new Date(nowMs + 86_400_000).toISOString().slice(0, 10);
  return {
    exportMode: 'DAILY_FULL_EXPORT',
    filenameTemplate,
    schedule: { frequency: 'DAILY', triggerType: 'SCHEDULED', startDate, startTime: defaultStartTime },
  };
}
