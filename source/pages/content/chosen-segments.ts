import type { Segment } from '../../flow-service/segments.ts';
import type { ChosenSegment } from '../../wizard/draft.ts';

/** What was looked up in a list; not an index of all, which weighs more than the answer. */
const lookedUp = new WeakMap<readonly Segment[], Map<string, Segment | undefined>>();

/** The segments of some ids; one that the list does not have (any more) stays as it was chosen before. */
export function chosenSegments(
  ids: readonly string[],
  segments: readonly Segment[],
  before: readonly ChosenSegment[],
): ChosenSegment[] {
  const known = lookedUp.get(segments) ?? new Map<string, Segment | undefined>();
  lookedUp.set(segments, known);
  const wanted = new Set(ids.filter((id) => !known.has(id)));
  if (wanted.size > 0) {
    for (const segment of segments) if (wanted.delete(segment.id)) known.set(segment.id, segment);
    for (const id of wanted) known.set(id, undefined);
  }
  return ids.flatMap((id) => {
    const segment = known.get(id);
    return segment ? [chosenOf(segment)] : before.filter((one) => one.id === id);
  });
}

function chosenOf(segment: Segment): ChosenSegment {
  const { id, name, isExternal, namespace, systemSegmentId, createdAtMs: madeMs } = segment;
  return { id, name, madeMs, ...(isExternal ? { namespace, systemSegmentId } : {}) };
}
