import { withIdForName } from '../content/filename-template.ts';
import { type Schedule, utcMs, utcText } from '../content/schedule.ts';
import type { Finding, FindingId } from './findings.ts';
import { limits } from './limits.ts';
import { fromList, keyOf } from '../content/columns.ts';
import { isExpression } from '../content/profile-attributes.ts';
import { attributeOf, type Plan } from '../plan/plan.ts';

const dayMs = 24 * 3_600_000;

/** Time that a person has to apply what was mended before the same is found again. */
const spareMs = 15 * 60_000;

/** Findings that one mend is about: a start may be past in one segment and too soon in the next. */
export const isAlike = (one: FindingId, other: FindingId): boolean =>
  one === other || (isOfStart(one) && isOfStart(other));

const isOfStart = (id: FindingId): boolean =>
  id === 'finding.startPast' || id === 'finding.startSoon' || id === 'finding.noExportLeft';

/**
 * The plan without what a finding is about, where that is mechanical: no choice has to be made for it.
 *
 * @param nowMs - Epoch milliseconds.
 * @returns Nothing where a person has to decide.
 */
export function fixed(plan: Plan, finding: Finding, nowMs: number): Plan | undefined {
  switch (finding.id) {
    case 'finding.startPast':
    case 'finding.startSoon':
    case 'finding.noExportLeft': {
      const schedule = plan.segments[indexOf(finding)]?.schedule;
      const startDate = schedule && soonestStart(schedule, nowMs);
      return startDate === undefined
        ? undefined
        : withSegment(plan, finding, (segment) => ({
            ...segment,
            schedule: { ...segment.schedule, startDate },
          }));
    }
    case 'finding.overwrites':
      return withSegment(plan, finding, (segment) => ({
        ...segment,
        filenameTemplate: `${segment.filenameTemplate}_%DATETIME(YYYYMMdd_HHmmss)%`,
      }));
    case 'finding.nameMakesFolders':
      return withSegment(plan, finding, (segment) => ({
        ...segment,
        filenameTemplate: withIdForName(segment.filenameTemplate),
      }));
    case 'finding.noDeduplication': {
      const path = plan.attributes.selected
        .map(attributeOf)
        .find((one) => /mail/i.test(one) && fromList(one) === undefined && !isExpression(one));
      if (path === undefined) return undefined;
      const deduplication = [keyOf(path)];
      return { ...plan, attributes: { ...plan.attributes, deduplication } };
    }
    case 'finding.modeSuperseded': {
      const mode = finding.values['better'];
      if (typeof mode !== 'string' || mode === '') return undefined;
      const { destination } = plan;
      return { ...plan, destination: { ...destination, location: { ...destination.location, mode } } };
    }
    default:
      return undefined;
  }
}

/**
 * The first day on which the hour that was chosen leaves the platform its time. @returns `YYYY-MM-DD`; nothing where
 * the schedule would be over by then: whether it is to last longer is for a person to say.
 */
function soonestStart({ startTime, endDate }: Schedule, nowMs: number): string | undefined {
  if (startTime === undefined) return undefined;
  const soonestMs = nowMs + limits.leadMs.most + spareMs;
  const today = utcText(soonestMs).slice(0, 10);
  const isToday = utcMs(today, startTime) >= soonestMs;
  const day = isToday ? today : utcText(soonestMs + dayMs).slice(0, 10);
  return endDate === undefined || day < endDate ? day : undefined;
}

type PlanSegment = Plan['segments'][number];

const indexOf = ({ path }: Finding): number => Number(/segments\[(\d+)\]/.exec(path)?.[1] ?? -1);

function withSegment(plan: Plan, finding: Finding, change: (segment: PlanSegment) => PlanSegment): Plan {
  const wanted = indexOf(finding);
  return {
    ...plan,
    segments: plan.segments.map((segment, index) => (index === wanted ? change(segment) : segment)),
  };
}
