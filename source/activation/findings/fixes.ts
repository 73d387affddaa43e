import type { Finding } from './findings.ts';
import { limits } from './limits.ts';
import type { Plan } from '../plan/plan.ts';

const hourMs = 3_600_000;

/**
 * The plan without what a finding is about, where that is mechanical: no choice has to be made for it.
 *
 * @param nowMs - Epoch milliseconds.
 * @returns Nothing where a person has to decide.
 */
export function fixed(plan: Plan, finding: Finding, nowMs: number): Plan | undefined {
  switch (finding.id) {
    case 'finding.startPast':
    case 'finding.startSoon': {
      // The first full hour that leaves the platform its hour.
      const at = new Date(Math.ceil((nowMs + limits.leadMs.most) / hourMs) * hourMs).toISOString();
      const [startDate, startTime] = [at.slice(0, 10), at.slice(11, 16)];
      return withSegment(plan, finding, (segment) => ({
        ...segment,
        schedule: { ...segment.schedule, startDate, startTime },
      }));
    }
    case 'finding.overwrites':
      return withSegment(plan, finding, (segment) => ({
        ...segment,
        filenameTemplate: `${segment.filenameTemplate}_%DATETIME(YYYYMMdd_HHmmss)%`,
      }));
    case 'finding.noDeduplication': {
      const attributePath = plan.attributes.selected.find((path) => /mail/i.test(path));
      if (attributePath === undefined) return undefined;
      const deduplication = [{ fieldType: 'ATTRIBUTE' as const, attributePath }];
      return { ...plan, attributes: { ...plan.attributes, deduplication } };
    }
    case 'finding.modeSuperseded': {
      const mode = String(finding.values['better'] ?? '');
      if (mode === '') return undefined;
      const { destination } = plan;
      return { ...plan, destination: { ...destination, location: { ...destination.location, mode } } };
    }
    default:
      return undefined;
  }
}

type PlanSegment = Plan['segments'][number];

function withSegment(plan: Plan, { path }: Finding, change: (segment: PlanSegment) => PlanSegment): Plan {
  const wanted = Number(/segments\[(\d+)\]/.exec(path)?.[1] ?? -1);
  return {
    ...plan,
    segments: plan.segments.map((segment, index) => (index === wanted ? change(segment) : segment)),
  };
}
