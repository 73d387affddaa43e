import { isCalled } from '../../activation/same-id.ts';
import { askLine } from '../console/ask.ts';
import type { Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';
import type { AskedSegment } from './exportable.ts';

type Named = AskedSegment['segment'];

/**
 * Which of some segments an answer means: by their numbers (`1, 3-5`), names or ids, with commas between.
 *
 * @returns Their ids, each once, and what means none of them.
 */
export function meantOf(
  answer: string,
  segments: readonly Named[],
): { readonly ids: readonly string[]; readonly unknown: readonly string[] } {
  const ids = new Set<string>();
  const unknown: string[] = [];
  for (const given of answer.split(/[,，、\n]/).map((one) => one.trim())) {
    if (given === '') continue;
    const called = segments.filter((one) => isCalled(one, given));
    const found = called.length > 0 ? called : numbered(given, segments);
    if (found.length === 0) unknown.push(given);
    for (const { id } of found) ids.add(id);
  }
  return { ids: [...ids], unknown };
}

function numbered(given: string, segments: readonly Named[]): readonly Named[] {
  const [, first, last = first] = /^(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?$/.exec(given) ?? [];
  if (first === undefined) return [];
  const [from, to] = [Number(first), Number(last)];
  return from >= 1 && to >= from && to <= segments.length ? segments.slice(from - 1, to) : [];
}

/**
 * Asks which segments of a dataflow are exported now. Those that cannot be are named with the reason, and the moment from
 * which on they can.
 *
 * @param whyOf - Why one cannot be, in words.
 * @returns Ids; nothing where there is no choice.
 * @throws Stop (130)
 */
export async function whichSegments(
  asked: readonly AskedSegment[],
  whyOf: (one: AskedSegment) => string | undefined,
  streams: Streams,
): Promise<readonly string[] | undefined> {
  const { text, stdout } = streams;
  const ready = asked.flatMap(({ segment, why }) => (why === undefined ? [segment] : []));
  if (ready.length < 2) return undefined;
  const width = String(ready.length).length;
  for (const [at, { name }] of ready.entries()) tell(stdout, `${String(at + 1).padStart(width)}. ${name}`);
  for (const one of asked) {
    const why = whyOf(one);
    if (why !== undefined)
      tell(stdout, `${'–'.padStart(width)}  ${text('export.left', { segment: one.segment.name, why })}`);
  }
  for (;;) {
    const answer = await askLine(text('export.which', { count: ready.length }), streams);
    const { ids, unknown } = meantOf(answer, ready);
    if (unknown.length === 0) return ids.length === 0 ? ready.map(({ id }) => id) : ids;
    tell(stdout, text('export.whichNot', { given: unknown }));
  }
}
