import type { Flags } from './arguments.ts';
import { canAsk, confirmText } from './ask.ts';
import type { Sentence } from './stop.ts';
import type { Streams } from './streams.ts';

/** A sandbox, and whether it is a production one; nothing where that is not known. */
interface Place {
  readonly client: { readonly sandbox: string };
  isProduction(): Promise<boolean | undefined>;
}

/**
 * Whether the person is sure of a change in these sandboxes; one that is not known to be for development has to
 * be named, letter by letter. `--yes` is an answer too.
 *
 * @throws Stop (3) where nobody can be asked.
 */
export async function confirmIn(
  places: readonly Place[],
  question: string,
  unasked: Sentence,
  flags: Flags,
  streams: Streams,
): Promise<boolean> {
  if (flags.yes === true || !canAsk(flags, streams)) return confirmText(question, unasked, flags, streams);
  const names = new Map<string, boolean | undefined>();
  for (const connected of places) {
    const isProduction = await connected.isProduction();
    if (isProduction !== false) names.set(connected.client.sandbox, isProduction);
  }
  for (const [sandbox, isProduction] of names) {
    const id = isProduction === true ? 'command.confirmProduction' : 'command.confirmUnknown';
    const named = streams.text(id, { sandbox });
    if (!(await confirmText(named, unasked, flags, streams, sandbox))) return false;
  }
  return names.size > 0 || confirmText(question, unasked, flags, streams);
}
