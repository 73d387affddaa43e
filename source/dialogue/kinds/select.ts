import { limits } from '../../activation/findings/limits.ts';
import type { SubsetPage } from '../../pages/page.ts';
import { askMany, type Many } from '../ask/ask-many.ts';
import { type Dialogue, happened, type Turn, turnOf } from '../dialogue.ts';
import { fetched } from '../fetched.ts';

/** What a page adds to the commands of a list, and what it says once all are chosen. */
export interface More<Needed> {
  readonly hint?: string;
  readonly nameOf?: Many['nameOf'];
  readonly other?: (said: string, needed: Needed, selected: readonly string[]) => ReturnType<OtherCommand>;
  readonly done?: (ids: readonly string[], needed: Needed) => string;
}

type OtherCommand = NonNullable<Many['other']>;

/** Any number of many, by search and by number. */
export async function select<Needed>(
  dialogue: Dialogue,
  page: SubsetPage<Needed>,
  more: More<Needed> = {},
): Promise<Turn> {
  const needed = await fetched(dialogue, page.needs);
  if (needed.kind !== 'value') return turnOf(needed);
  const { other } = more;
  const { limit, most } = page;
  const hint = page.hint?.(dialogue, needed.value);
  if (hint !== undefined) dialogue.io.say(hint);
  let selected = page.selected(dialogue, needed.value);
  const isTooMany = (ids: readonly string[]): boolean => most !== undefined && ids.length > most.count;
  const reply = await askMany(dialogue, {
    rows: page.rows(dialogue, needed.value),
    selected,
    onChange(ids) {
      selected = ids;
      // More than there may be is refused below, and not cut behind the person's back.
      if (!isTooMany(ids)) dialogue.note({ type: 'kept', answer: page.answer(ids, dialogue, needed.value) });
      if (limit) sayLimit(dialogue, limit, ids.length);
    },
    refusal: (ids) => (isTooMany(ids) ? most?.why(dialogue) : page.refusal?.(ids, dialogue)),
    nameOf: more.nameOf,
    hint: more.hint,
    other: other && ((said) => other(said, needed.value, selected)),
  });
  if (reply.kind !== 'value') return turnOf(reply);
  if (more.done) dialogue.io.say(more.done(reply.value, needed.value));
  return happened({ type: 'answered', answer: page.answer(reply.value, dialogue, needed.value) });
}

/** Only where a guardrail is passed: a meter that is read out at each number would be noise. */
function sayLimit(
  { io, text }: Dialogue,
  limit: 'segmentsPerFlow' | 'attributesPerFlow',
  count: number,
): void {
  const { most, kind } = limits[limit];
  if (count > most) io.say(text(`meter.${limit}`, { count, most, kind: text(`meter.${kind}`) }));
}
