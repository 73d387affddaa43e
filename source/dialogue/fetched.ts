import { explain } from '../locale/explain.ts';
import type { SoFar } from '../pages/ending/apply-text.ts';
import type { Asking, Needs } from '../pages/page.ts';
import { sceneOf } from '../pages/services.ts';
import { answered, askLine, type Dialogue } from './dialogue.ts';
import type { Reply } from './io.ts';

/** Longer than this, and the person is told that something is going on; milliseconds. */
const patienceMs = 400;

/**
 * What a page needs; where it cannot be read, what happened is said, and it is tried again for as long as the
 * person likes.
 */
export async function fetched<Needed>(
  dialogue: Dialogue,
  needs: Needs<Needed> | undefined,
): Promise<Reply<Needed>> {
  // A page that needs nothing does not look at it.
  if (needs === undefined) return answered(undefined as Needed);
  const { io, text } = dialogue;
  for (;;) {
    const telling = setTimeout(() => io.say(text('dialogue.loading')), patienceMs);
    try {
      const value = await io.unlessLeft(dialogue.fetch(needs.remote, needs.about?.(dialogue)));
      return value === undefined ? { kind: 'leave' } : answered(value as Needed);
    } catch (error) {
      const instead = needs.standIn(error, dialogue);
      if (instead) return answered(instead);
      sayError(dialogue, error);
    } finally {
      clearTimeout(telling);
    }
    const reply = await askLine(dialogue, text('dialogue.retry'));
    if (reply.kind !== 'value') return reply;
    dialogue.retry();
  }
}

/** Something to know before answering. */
export function sayNote<Needed>(
  dialogue: Dialogue,
  page: { note?(asking: Asking, needed: Needed): string | undefined },
  needed: Needed,
): void {
  const note = page.note?.(dialogue, needed);
  if (note !== undefined) dialogue.io.say(note);
}

/** What happened, why, what there is by now, and what to do: a line each. */
export function sayError(
  { io, text, state, services, glyphs }: Dialogue,
  error: unknown,
  soFar?: Pick<SoFar, 'made' | 'next'>,
): void {
  const { what, why, next, requestId } = explain(text, error, sceneOf(state, services.organisation, text));
  io.say(`${glyphs.cross} ${what}`);
  io.say(`  ${why}`);
  for (const one of soFar?.made ?? []) io.say(`  ${one}`);
  for (const one of [next, ...(soFar?.next ?? [])]) io.say(`  ${one}`);
  if (requestId !== undefined) io.say(`  ${text('error.requestId', { requestId })}`);
}
