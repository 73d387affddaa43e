import type { Flags } from './arguments.ts';
import { canAsk, confirmText } from './ask.ts';
import type { Connected } from '../connect/open-client.ts';
import type { Sentence } from './stop.ts';
import type { Streams } from './streams.ts';

/**
 * Whether the person is sure of a change in these sandboxes; a production one has to be named, letter by
 * letter. `--yes` is an answer too.
 *
 * @throws Stop (3) where nobody can be asked.
 */
export async function confirmIn(
  places: readonly Connected[],
  question: string,
  unasked: Sentence,
  flags: Flags,
  streams: Streams,
): Promise<boolean> {
  if (flags.yes === true || !canAsk(flags, streams)) return confirmText(question, unasked, flags, streams);
  const names = new Set<string>();
  for (const connected of places) if (await connected.isProduction()) names.add(connected.client.sandbox);
  for (const sandbox of names) {
    const named = streams.text('command.confirmProduction', { sandbox });
    if (!(await confirmText(named, unasked, flags, streams, sandbox))) return false;
  }
  return names.size > 0 || confirmText(question, unasked, flags, streams);
}
