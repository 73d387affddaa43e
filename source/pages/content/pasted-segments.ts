import type { Segment } from '../../flow-service/segments.ts';
import type { MessageId, Text } from '../../locale/texts.ts';
import { unreadyState } from './segment-rows.ts';

/** What a pasted list of ids and names means. */
export interface Pasted {
  /** Ids of what was found, each once, in the order of the list. */
  readonly ids: readonly string[];
  /** Entries that no segment is called by. */
  readonly missing: readonly string[];
  /** Names that several segments have: nobody knows which is meant. */
  readonly ambiguous: readonly string[];
  /** Names of segments that cannot be exported as they are. */
  readonly unready: readonly string[];
}

const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase();
const unquoted = (text: string): string => text.trim().replace(/^"(.*)"$/, '$1');

/** Nobody reads or pastes more entries than these. */
const mostEntries = 5000;

/**
 * Whether something pasted is a list: several lines, or a line with commas or tabs. One entry is something to search.
 *
 * @param lines - What was pasted, a line each.
 */
export const isPastedList = (lines: readonly string[]): boolean =>
  lines.length > 1 || lines.some((line) => /[,，、;；\t]/.test(line));

/**
 * Ids and names, one a line or with commas, as the segments that they mean: by id, or by the whole name.
 *
 * @returns Nothing where not one of them means a segment: then it is something to search for.
 */
export function pastedSegments(lines: readonly string[], segments: readonly Segment[]): Pasted | undefined {
  const byId = new Map(segments.map((segment) => [segment.id.toLowerCase(), segment]));
  const byName = Map.groupBy(segments, ({ name }) => folded(name));
  const find = (entry: string): readonly Segment[] => {
    const one = byId.get(entry.trim().toLowerCase());
    return one ? [one] : (byName.get(folded(entry)) ?? []);
  };
  // A name may have a comma in it: a line is one entry where it is one, and several otherwise.
  const entries = lines
    .flatMap((line) => (find(unquoted(line)).length > 0 ? [line] : line.split(/[,，、;；\t]+/)))
    .map(unquoted)
    .filter((entry) => entry !== '')
    .slice(0, mostEntries);
  const found = entries.map((entry) => ({ entry, segments: find(entry) }));
  if (found.every((one) => one.segments.length === 0)) return undefined;
  const each = (entries: readonly string[]): string[] => [...new Set(entries)];
  const single = found.flatMap((one) => (one.segments.length === 1 ? one.segments : []));
  return {
    ids: each(single.flatMap((one) => (unreadyState(one) ? [] : [one.id]))),
    unready: each(single.flatMap((one) => (unreadyState(one) ? [one.name] : []))),
    missing: each(found.flatMap((one) => (one.segments.length === 0 ? [one.entry] : []))),
    ambiguous: each(found.flatMap((one) => (one.segments.length > 1 ? [one.entry] : []))),
  };
}

/** What came of a list, a sentence each. @param isComplete - Whether all segments have been read. */
export function pastedText(
  { ids, missing, ambiguous, unready }: Pasted,
  isComplete: boolean,
  text: Text,
): string[] {
  const named = (id: MessageId, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [text(id, { names })];
  return [
    text('segments.pasted', { count: ids.length }),
    ...named(isComplete ? 'segments.missing' : 'segments.missingYet', missing),
    ...named('segments.ambiguous', ambiguous),
    ...named('segments.unready', unready),
  ];
}
