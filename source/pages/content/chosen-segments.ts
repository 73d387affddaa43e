import type { Segment } from '../../flow-service/segments.ts';
import type { ChosenSegment } from '../../wizard/draft.ts';

/** Indexes of lists, made once a list. */
const indexes = new WeakMap<readonly Segment[], Map<string, Segment>>();

/** The segments of some ids; one that the list does not have (any more) stays as it was chosen before. */
export function chosenSegments(
  ids: readonly string[],
  segments: readonly Segment[],
  before: readonly ChosenSegment[],
): ChosenSegment[] {
  const known = indexes.get(segments) ?? new Map(segments.map((segment) => [segment.id, segment]));
  indexes.set(segments, known);
  return ids.flatMap((id) => {
    const segment = known.get(id);
    return segment ? [chosenOf(segment)] : before.filter((one) => one.id === id);
  });
}

function chosenOf(segment: Segment): ChosenSegment {
  const { id, name, isExternal, namespace, systemSegmentId, createdAtMs: madeMs } = segment;
  return { id, name, madeMs, ...(isExternal ? { namespace, systemSegmentId } : {}) };
}
