import { EmptyingError } from '../../apply/live/not-changeable.ts';
import type { DifferenceEvent } from '../../apply/events.ts';
import { toldChange } from './told-change.ts';
import type { Performing } from './perform-run.ts';
import { undoableText } from '../../pages/ending/undo-text.ts';
import type { Flags } from '../console/arguments.ts';
import { canAsk, confirmText } from '../console/ask.ts';
import { confirmIn } from '../console/confirm-in.ts';
import { isStop } from '../console/stop.ts';
import { type Streams } from '../console/streams.ts';
import { tell, tellAll } from '../console/wrap-said.ts';

/** How a change is performed, as the flags of a command say. */
export const convergeWith = (
  { connected, run }: Pick<Performing, 'connected' | 'run'>,
  flags: Flags,
  streams: Streams,
): Required<Pick<Performing, 'extras' | 'approve'>> => ({
  extras: flags.prune === undefined ? 'keep' : 'prune',
  approve: (event) => approveChange(event, { connected, run }, flags, streams),
});

/** What is asked below it takes as many, on a terminal of 80 columns. */
const askedRows = 5;

/**
 * Shows a change and asks for it, inside its run: what is confirmed is what was read, and is sent with that etag. One
 * that empties the dataflow wants its name, from `--confirm` or from the person, whatever else was said.
 *
 * @returns Whether it is to be sent.
 * @throws EmptyingError where nobody can be asked.
 */
async function approveChange(
  event: DifferenceEvent,
  { connected, run }: Pick<Performing, 'connected' | 'run'>,
  flags: Flags,
  streams: Streams,
): Promise<boolean> {
  const { stdout, text } = streams;
  if (flags.json !== true) tellAll(stdout, toldChange(event, text), askedRows);
  const { host, sandbox } = connected.scene;
  const { name, flowId } = event;
  const isUnsaid = event.isEmptying && flags.confirm !== name;
  // What is about to be asked says what can be taken back; of a rehearsal nothing is kept.
  if (canAsk(flags, streams) && (isUnsaid || flags.yes !== true) && !connected.isEmulator)
    tell(stdout, undoableText(run, text));
  try {
    if (isUnsaid) {
      if (!canAsk(flags, streams)) throw new EmptyingError(event);
      const question = text('command.confirmEmptying', { name });
      const asked = { ...flags, yes: false };
      return await confirmText(
        question,
        (words) => words('command.confirmEmptying', { name }),
        asked,
        streams,
        name,
      );
    }
    return await confirmIn(
      [connected],
      text('command.confirmChange', { name, id: flowId, sandbox, host }),
      (words) => words('command.needsYesChange', { name, sandbox, host }),
      flags,
      streams,
    );
  } catch (error) {
    // Whoever leaves a question has said no.
    if (isStop(error)) return false;
    throw error;
  }
}
