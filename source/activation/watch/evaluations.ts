import type { Evaluation, EvaluationsRead } from '../../flow-service/segment-jobs.ts';
import { sameId } from '../same-id.ts';
import { isAfterEvaluation } from './slots.ts';
import type { WatchedFlow, WatchedSegment } from './watched.ts';

const isOf = ({ segments }: Evaluation, { id, systemId = id }: WatchedSegment): boolean =>
  segments === 'all' || segments.some((one) => sameId(one, id) || sameId(one, systemId));

/**
 * A dataflow with what is known of the evaluations that its segments are exported after: when each ended well, and when
 * one failed. What was not read to its end says nothing, and neither does an evaluation that does not say of what it is.
 *
 * @see living.md, T10
 */
export function withEvaluations(flow: WatchedFlow, read: EvaluationsRead | undefined): WatchedFlow {
  if (read?.isWhole !== true || !flow.segments.some(({ schedule }) => isAfterEvaluation(schedule)))
    return flow;
  const endsOf = (segment: WatchedSegment, state: Evaluation['state']): number[] =>
    read.evaluations
      .filter((one) => one.state === state && isOf(one, segment))
      .flatMap(({ endedMs }) => endedMs ?? [])
      .sort((one, other) => one - other);
  return {
    ...flow,
    segments: flow.segments.map((segment) =>
      isAfterEvaluation(segment.schedule)
        ? {
            ...segment,
            evaluatedMs: endsOf(segment, 'succeeded'),
            notEvaluatedMs: endsOf(segment, 'failed').at(-1),
          }
        : segment,
    ),
  };
}
