import type { PlanSegment } from '../plan/plan.ts';
import { type Problem, problem } from '../plan/problem.ts';
import type { Choices, Identity } from '../settings.ts';

/** Export modes, frequencies and triggers of a segment selector. @see flow-service.md, section 5.1; cards.md, section 6.1 */
export const exportModes = ['DAILY_FULL_EXPORT', 'FIRST_FULL_THEN_INCREMENTAL'] as const;
export const frequencies = [
  'ONCE',
  'DAILY',
  'WEEKLY',
  'MONTHLY',
  'EVERY_3_HOURS',
  'EVERY_6_HOURS',
  'EVERY_8_HOURS',
  'EVERY_12_HOURS',
] as const;
export const triggerTypes = ['SCHEDULED', 'AFTER_SEGMENT_EVAL'] as const;
/** What it means where a schedule does not say. */
export const usualTrigger = 'SCHEDULED' as const satisfies (typeof triggerTypes)[number];

export type ExportMode = (typeof exportModes)[number];
export type Frequency = (typeof frequencies)[number];
export type TriggerType = (typeof triggerTypes)[number];

/**
 * When a segment is exported. Dates are `YYYY-MM-DD`, `startTime` is `HH:00`, all UTC; `endDate` is
 * exclusive: the last export is on the day before it.
 */
export type Schedule = PlanSegment['schedule'];

/** Months have no length of their own. */
const hoursApart: Record<Exclude<Frequency, 'MONTHLY'>, number> = {
  ONCE: 0,
  DAILY: 24,
  WEEKLY: 7 * 24,
  EVERY_3_HOURS: 3,
  EVERY_6_HOURS: 6,
  EVERY_8_HOURS: 8,
  EVERY_12_HOURS: 12,
};

/** Less often than every day: only some cards export so. @see cards.md, section 6.1 */
export const isRare = (frequency: Frequency): frequency is 'WEEKLY' | 'MONTHLY' =>
  frequency === 'WEEKLY' || frequency === 'MONTHLY';

/**
 * Why this frequency cannot go with this export mode on a card; nothing when it can.
 *
 * @param takesRare - Whether the card exports less often than every day.
 * @see flow-service.md, section 5.2; cards.md, section 6.1
 */
export function whyNotFrequency(
  exportMode: ExportMode,
  frequency: Frequency,
  path = '',
  takesRare = true,
): Problem | undefined {
  if (isRare(frequency) && !takesRare) return problem('schedule.frequencyNotForCard', path, { frequency });
  const allowed = frequenciesOf(exportMode).filter((one) => takesRare || !isRare(one));
  return allowed.includes(frequency)
    ? undefined
    : problem('schedule.frequencyNotForMode', path, { frequency, exportMode, allowed });
}

/** The frequencies an export mode can have. @see flow-service.md, section 5.2; cards.md, section 6.1 */
function frequenciesOf(exportMode: ExportMode): readonly Frequency[] {
  return exportMode === 'DAILY_FULL_EXPORT'
    ? ['ONCE', 'DAILY', 'WEEKLY', 'MONTHLY']
    : frequencies.filter((frequency) => frequency !== 'ONCE' && !isRare(frequency));
}

/** Why this trigger cannot go with this export mode and frequency; nothing when it can. @see flow-service.md, section 5.2; cards.md, section 6.1 */
export function whyNotTrigger(
  exportMode: ExportMode,
  triggerType: TriggerType,
  frequency: Frequency,
  path = '',
): Problem | undefined {
  if (triggerType !== 'AFTER_SEGMENT_EVAL') return undefined;
  if (exportMode !== 'DAILY_FULL_EXPORT')
    return problem('schedule.triggerNotForMode', path, { triggerType, exportMode });
  return isRare(frequency)
    ? problem('schedule.triggerNotForFrequency', path, { triggerType, frequency })
    : undefined;
}

/** When a day and time of a schedule are, epoch milliseconds; `NaN` for what is none. @param time - `HH:00`, UTC. */
export const utcMs = (date: string, time = '00:00'): number => Date.parse(`${date}T${time}:00Z`);

const writtenDay = /^\d{4}-\d{2}-\d{2}$/;

/** `true` for a day that exists, written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!writtenDay.test(text)) return false;
  const ms = utcMs(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** A day as people write it, in the form of a plan: `2026/12/5` → `2026-12-05`; what is none stays as it is. */
export function readDate(said: string): string {
  const plain = said.normalize('NFKC').trim();
  const [, year, month = '', day = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain) ?? [];
  return year === undefined ? plain : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** A time as people write it, in the form of a plan: `9`, `9:00`, `0900` → `09:00`; what is none stays as it is. */
export function readTime(said: string): string {
  const plain = said.normalize('NFKC').trim();
  const [, hour, minutes = '00'] = /^(\d{1,2}):?(\d\d)?$/.exec(plain) ?? [];
  return hour === undefined ? plain : `${hour.padStart(2, '0')}:${minutes}`;
}

/** What is wrong with one date. */
export function dateProblem(text: string, path = ''): Problem | undefined {
  if (isDate(text)) return undefined;
  const isWritten = writtenDay.test(text);
  return problem(isWritten ? 'schedule.noSuchDay' : 'schedule.notADate', path, { value: text });
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
 * @param takesRare - Whether the card exports less often than every day.
 * @see flow-service.md, sections 5.1 and 5.2; cards.md, section 6.1
 */
export function scheduleProblems(
  exportMode: ExportMode,
  schedule: Schedule,
  path: string,
  takesRare: boolean,
): Problem[] {
  const { frequency, triggerType = usualTrigger, startDate, endDate, startTime } = schedule;
  const afterEvaluation = triggerType === 'AFTER_SEGMENT_EVAL';
  const found: (Problem | undefined)[] = [
    whyNotFrequency(exportMode, frequency, `${path}.frequency`, takesRare),
    whyNotTrigger(exportMode, triggerType, frequency, `${path}.triggerType`),
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
  if (!isKnown(frequency)) return [];
  if (!isDate(startDate) || (endDate !== undefined && !isDate(endDate))) return [];
  const first = utcMs(startDate, startTime);
  if (frequency === 'ONCE') return first >= fromMs && count > 0 ? [first] : [];
  const endMs = endDate === undefined ? Infinity : utcMs(endDate);
  const runs: number[] = [];
  for (let number = numberFrom(first, frequency, fromMs); runs.length < count; number++) {
    const at = exportAt(first, frequency, number);
    if (at >= endMs) break;
    runs.push(at);
  }
  return runs;
}

/** Whether it can be said when it exports: a platform may hold what is nowhere published, and leave things out. */
export function saysWhen({
  frequency,
  triggerType = usualTrigger,
  startDate,
  endDate,
  startTime = '',
}: Partial<Schedule>): boolean {
  if (frequency === undefined || !isKnown(frequency) || !triggerTypes.includes(triggerType)) return false;
  if (startDate === undefined || !isDate(startDate)) return false;
  if (endDate !== undefined && !isDate(endDate)) return false;
  return triggerType === 'AFTER_SEGMENT_EVAL' || timeProblem(startTime) === undefined;
}

/** A platform may hold a frequency that is nowhere published. */
const isKnown = (frequency: string): boolean => frequencies.some((one) => one === frequency);

type Repeating = Exclude<Frequency, 'ONCE'>;

/**
 * When an export of a schedule that repeats is. Months are counted from the first one, so that the 31st, which is the
 * 28th in February, is the 31st again in March.
 *
 * @param first - Epoch milliseconds. @param number - 0 for the first one.
 */
function exportAt(first: number, frequency: Repeating, number: number): number {
  if (frequency !== 'MONTHLY') return first + number * hoursApart[frequency] * 3_600_000;
  const start = new Date(first);
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth() + number];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(start.getUTCDate(), lastDay), start.getUTCHours());
}

/** The number of the first export at a moment or after it. */
function numberFrom(first: number, frequency: Repeating, fromMs: number): number {
  if (fromMs <= first) return 0;
  if (frequency !== 'MONTHLY') return Math.ceil((fromMs - first) / (hoursApart[frequency] * 3_600_000));
  const [start, from] = [new Date(first), new Date(fromMs)];
  const months =
    (from.getUTCFullYear() - start.getUTCFullYear()) * 12 + from.getUTCMonth() - start.getUTCMonth();
  return exportAt(first, frequency, months) < fromMs ? months + 1 : months;
}

/** When an export is: at a fixed moment (epoch milliseconds), or on a day (UTC), once its segment is evaluated. */
export type ExportTime =
  | { readonly kind: 'at'; readonly ms: number }
  | { readonly kind: 'after'; readonly day: string };

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

/**
 * The moment to count exports from that are still to come, epoch milliseconds: they are on whole minutes, and one that
 * has begun is over. It stays the same for a minute, so that what is drawn of it does too.
 */
export const nextMinute = (nowMs: number): number => Math.ceil(nowMs / 60_000) * 60_000;

/** The last export of a schedule. Nothing when it has no end, is for once, or is not valid. */
export function lastExport(schedule: Schedule): ExportTime | undefined {
  const { frequency, triggerType, startDate, endDate, startTime } = schedule;
  if (
    !isKnown(frequency) ||
    frequency === 'ONCE' ||
    endDate === undefined ||
    !isDate(endDate) ||
    !isDate(startDate)
  )
    return undefined;
  if (endDate <= startDate) return undefined;
  const endMs = utcMs(endDate);
  if (triggerType === 'AFTER_SEGMENT_EVAL')
    return { kind: 'after', day: utcText(endMs - 86_400_000).slice(0, 10) };
  if (startTime === undefined || timeProblem(startTime)) return undefined;
  const first = utcMs(startDate, startTime);
  return { kind: 'at', ms: exportAt(first, frequency, numberFrom(first, frequency, endMs) - 1) };
}

/** A moment in UTC: `2026-12-20 17:00`. @param ms - Epoch milliseconds. */
export const utcText = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

/** How one segment is exported. */
export type ExportSettings = Omit<PlanSegment, keyof Identity>;

/**
 * The same settings with another mode, frequency or trigger, without the answers that cannot go with it:
 * what does not depend on the change stays.
 */
export function withChange(settings: ExportSettings, change: Partial<Choices>): ExportSettings {
  const mode = change.exportMode ?? settings.exportMode;
  const asked = change.frequency ?? settings.schedule.frequency;
  const frequency = whyNotFrequency(mode, asked) ? 'DAILY' : asked;
  const trigger = change.triggerType ?? settings.schedule.triggerType ?? usualTrigger;
  const triggerType = whyNotTrigger(mode, trigger, frequency) ? usualTrigger : trigger;
  const { startTime = defaultStartTime } = settings.schedule;
  // A setting that is one of a few and is forgotten here does not compile.
  const { exportMode, ...scheduled }: Choices = { exportMode: mode, frequency, triggerType };
  return {
    ...settings,
    exportMode,
    schedule: {
      ...settings.schedule,
      ...scheduled,
      ...(frequency === 'ONCE' ? { endDate: undefined } : {}),
      startTime: triggerType === 'AFTER_SEGMENT_EVAL' ? undefined : startTime,
    },
  };
}

/** The platform advises first exports after noon UTC. @see flow-service.md, section 6 */
export const defaultStartTime = '12:00';

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
    schedule: { frequency: 'DAILY', triggerType: usualTrigger, startDate, startTime: defaultStartTime },
  };
}
