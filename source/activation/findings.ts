import { inCatalog } from './catalog.ts';
import { hasMoment } from './filename-template.ts';
import type { Plan } from './plan.ts';
import { nextRuns } from './schedule.ts';

/**
 * Things a plan may do that often turn out not to be meant. Unlike problems they never stop anything.
 *
 * `warning`: something will probably not be as expected. `note`: good to know.
 */
export interface Finding {
  readonly id: FindingId;
  readonly severity: 'warning' | 'note';
  readonly path: string;
  readonly values: Readonly<Record<string, string | number>>;
}

export type FindingId =
  | 'finding.startPast'
  | 'finding.startSoon'
  | 'finding.noExportLeft'
  | 'finding.lastDay'
  | 'finding.overwrites'
  | 'finding.noDeduplication'
  | 'finding.tooManySegments'
  | 'finding.tooManyAttributes'
  | 'finding.sameHour'
  | 'finding.production'
  | 'finding.modeSuperseded'
  | 'finding.modeWithoutSignIn'
  | 'finding.unknownDestination';

/** Limits of the platform, with their source. @see flow-service.md, section 6 */
export const limits = {
  segmentsPerFlow: 250,
  attributesPerFlow: 50,
  exportsPerHour: 100,
  leadMs: 3_600_000,
} as const;

/**
 * Guardrails and schedule traps of a plan that is otherwise sound.
 *
 * @param nowMs - The moment the plan would be applied, epoch milliseconds.
 * @see flow-service.md, sections 5.2 and 6
 */
export function planFindings(plan: Plan, nowMs: number): Finding[] {
  const found: Finding[] = [];
  const tell = (
    severity: Finding['severity'],
    id: FindingId,
    path: string,
    values: Record<string, string | number> = {},
  ): void => {
    found.push({ id, severity, path, values });
  };

  if (plan.sandbox === 'prod') tell('warning', 'finding.production', '$.sandbox', { sandbox: plan.sandbox });
  const destination = inCatalog(plan.destination.connectionSpecId);
  if (!destination) tell('note', 'finding.unknownDestination', '$.destination.connectionSpecId');
  const { mode } = plan.destination.location;
  if (mode === 'Cloud Storage') {
    tell('note', 'finding.modeSuperseded', '$.destination.location.mode', {
      mode,
      better: destination?.modes[0]?.mode ?? '',
    });
  }
  const signsInByFile = plan.destination.auth?.specName.startsWith('SFTP') === true;
  if (mode === 'S3' && signsInByFile) {
    tell('warning', 'finding.modeWithoutSignIn', '$.destination.location.mode', {
      mode,
      specName: plan.destination.auth?.specName ?? '',
    });
  }
  if (plan.segments.length > limits.segmentsPerFlow) {
    tell('warning', 'finding.tooManySegments', '$.segments', {
      count: plan.segments.length,
      most: limits.segmentsPerFlow,
    });
  }
  if (plan.attributes.selected.length > limits.attributesPerFlow) {
    tell('warning', 'finding.tooManyAttributes', '$.attributes.selected', {
      count: plan.attributes.selected.length,
      most: limits.attributesPerFlow,
    });
  }

  const perHour = new Map<string, number>();
  plan.segments.forEach((segment, index) => {
    const base = `$.segments[${index}]`;
    const { schedule } = segment;
    const name = segment.name ?? segment.id;
    if (schedule.startTime !== undefined) {
      const startMs = Date.parse(`${schedule.startDate}T${schedule.startTime}:00Z`);
      const hour = `${schedule.startDate} ${schedule.startTime}`;
      perHour.set(hour, (perHour.get(hour) ?? 0) + 1);
      if (nextRuns(schedule, nowMs, 1).length === 0)
        tell('warning', 'finding.noExportLeft', `${base}.schedule`, { segment: name });
      else if (startMs < nowMs)
        tell('warning', 'finding.startPast', `${base}.schedule.startDate`, { segment: name, start: hour });
      else if (startMs < nowMs + limits.leadMs) {
        tell('warning', 'finding.startSoon', `${base}.schedule.startTime`, { segment: name, start: hour });
      }
    }
    if (schedule.endDate !== undefined) {
      const last = new Date(Date.parse(`${schedule.endDate}T00:00:00Z`) - 86_400_000)
        .toISOString()
        .slice(0, 10);
      tell('note', 'finding.lastDay', `${base}.schedule.endDate`, {
        segment: name,
        endDate: schedule.endDate,
        last,
      });
    }
    if (!hasMoment(segment.filenameTemplate) && schedule.frequency !== 'ONCE') {
      tell('warning', 'finding.overwrites', `${base}.filenameTemplate`, { segment: name });
    }
  });
  for (const [hour, count] of perHour) {
    if (count > limits.exportsPerHour)
      tell('warning', 'finding.sameHour', '$.segments', { hour, count, most: limits.exportsPerHour });
  }
  if (plan.attributes.deduplication.length === 0)
    tell('note', 'finding.noDeduplication', '$.attributes.deduplication');
  return found;
}
