import type { Run } from '../flow-service/runs.ts';
import { sameId } from './same-id.ts';
import { isDate, utcMs } from './content/schedule.ts';

/** Until a segment that was mapped can be exported at once, milliseconds. @see manage.md, sections 0 and 6 */
const mappedMs = 3_600_000;

/** A segment as its dataflow exports it. */
export interface Exportable {
  /** Of an external audience, that of the platform. */
  readonly id: string;
  readonly name?: string | undefined;
  readonly frequency?: string | undefined;
  /** `YYYY-MM-DD` */
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
  /** When it was mapped, epoch milliseconds. */
  readonly mappedMs?: number | undefined;
}

/** Why a segment cannot be exported now, and from when on it can, epoch milliseconds. */
export type NotNow =
  | { readonly kind: 'disabled' | 'notMapped' | 'ended' }
  | { readonly kind: 'notBegun' | 'justMapped'; readonly fromMs: number }
  /** It is being exported: that can be followed instead. */
  | { readonly kind: 'running'; readonly runId: string };

/**
 * Whether a segment can be exported at once; the first reason why not.
 *
 * @param segment - Nothing where the dataflow does not export it.
 * @param open - Runs of the dataflow that are under way. One that does not say of what it is keeps nothing
 *   back: the platform refuses, and nothing is lost.
 * @param nowMs - By the platform's clock, epoch milliseconds.
 * @see manage.md, section 6
 */
export function whyNotNow(
  state: string,
  segment: Exportable | undefined,
  open: readonly Run[],
  nowMs: number,
): NotNow | undefined {
  if (!segment) return { kind: 'notMapped' };
  if (state.toLowerCase() === 'disabled') return { kind: 'disabled' };
  const { frequency, startDate, endDate } = segment;
  if (frequency !== 'ONCE') {
    if (endDate !== undefined && isDate(endDate) && nowMs >= utcMs(endDate)) return { kind: 'ended' };
    if (startDate !== undefined && isDate(startDate) && nowMs < utcMs(startDate))
      return { kind: 'notBegun', fromMs: Math.max(utcMs(startDate), (segment.mappedMs ?? 0) + mappedMs) };
  }
  const run = open.find(({ segments }) => segments.some(({ id }) => sameId(id, segment.id)));
  if (run) return { kind: 'running', runId: run.id };
  const fromMs = (segment.mappedMs ?? -Infinity) + mappedMs;
  return nowMs < fromMs ? { kind: 'justMapped', fromMs } : undefined;
}
