import type { Evaluation, Segment } from '../../flow-service/segments.ts';

/** Which segments of many are looked at, and in which order. Absent means all. */
export interface SegmentFilter {
  readonly evaluation?: Evaluation | undefined;
  /** `originName` of the platform: `REAL_TIME_CUSTOMER_PROFILE`, `CUSTOM_UPLOAD` … */
  readonly origin?: string | undefined;
  /** Changed within so many days. */
  readonly withinDays?: number | undefined;
  /** @default 'listed', as the platform lists them: the newest first */
  readonly order?: SegmentOrder | undefined;
}

export const segmentOrders = ['listed', 'changed', 'name'] as const;
export type SegmentOrder = (typeof segmentOrders)[number];

const dayMs = 86_400_000;

/**
 * The segments that a filter lets through, in its order.
 *
 * @param nowMs - Epoch milliseconds.
 * @returns The same array when the filter asks for nothing.
 */
export function filterSegments(
  segments: readonly Segment[],
  filter: SegmentFilter,
  nowMs: number,
): readonly Segment[] {
  const { evaluation, origin, withinDays, order = 'listed' } = filter;
  const since = withinDays === undefined ? undefined : nowMs - withinDays * dayMs;
  const isOpen = evaluation === undefined && origin === undefined && since === undefined;
  const found = isOpen
    ? segments
    : segments.filter(
        (one) =>
          (evaluation === undefined || one.evaluation === evaluation) &&
          (origin === undefined || one.origin === origin) &&
          (since === undefined || (changedMs(one) ?? 0) >= since),
      );
  switch (order) {
    case 'listed':
      return found;
    case 'changed':
      return [...found].sort((a, b) => (changedMs(b) ?? 0) - (changedMs(a) ?? 0));
    case 'name': {
      const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
      return [...found].sort((a, b) => compare(a.name, b.name));
    }
  }
}

export const isFilterOpen = (filter: SegmentFilter): boolean =>
  filter.evaluation === undefined && filter.origin === undefined && filter.withinDays === undefined;

/** Last change of a segment as far as it is told, epoch milliseconds. */
export const changedMs = ({ updatedAtMs, createdAtMs }: Segment): number | undefined =>
  updatedAtMs ?? createdAtMs;

/** The origins that there are, for choosing one. */
export function originsOf(segments: readonly Segment[]): string[] {
  const found = new Set<string>();
  for (const { origin } of segments) if (origin !== undefined) found.add(origin);
  return [...found].sort();
}
