import { explain } from '../locale/explain.ts';
import type { RemoteName, RemoteValues } from '../screens/remote-cache.ts';
import { placeOf } from '../screens/services.ts';
import { answered, askLine, type Dialogue } from './dialogue.ts';
import type { Reply } from './io.ts';

/** Longer than this, and the person is told that something is going on; milliseconds. */
const patienceMs = 400;

/**
 * Remote data; where it cannot be read, what happened is said, and it is tried again for as long as the person likes.
 *
 * @param standIn - What does instead after some errors.
 */
export async function fetched<Name extends RemoteName>(
  dialogue: Dialogue,
  name: Name,
  standIn: (error: unknown) => RemoteValues[Name] | undefined = () => undefined,
): Promise<Reply<RemoteValues[Name]>> {
  const { io, text } = dialogue;
  for (;;) {
    const telling = setTimeout(() => io.say(text('dialogue.loading')), patienceMs);
    try {
      const value = await io.unlessLeft(dialogue.fetch(name));
      return value === undefined ? { kind: 'leave' } : answered(value);
    } catch (error) {
      const instead = standIn(error);
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

/** What happened, why, and what to do: a line each. */
export function sayError({ io, text, state, services, glyphs }: Dialogue, error: unknown): void {
  const { platform, sandbox } = placeOf(state, services.organisation);
  const host = platform === 'emulator' ? text('frame.emulator') : services.organisation.host;
  const { what, why, next, requestId } = explain(text, error, { host, sandbox });
  io.say(`${glyphs.cross} ${what}`);
  io.say(`  ${why}`);
  io.say(`  ${next}`);
  if (requestId !== undefined) io.say(`  ${text('error.requestId', { requestId })}`);
}
