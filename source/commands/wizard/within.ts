import { askLine } from '../console/ask.ts';
import { isStop } from '../console/stop.ts';
import { handleSignals } from '../../terminal/signals.ts';
import { interrupted, type Streams, takeUnheard, type Unheard } from '../console/streams.ts';

/** Does something within the wizard, on the terminal as it is: Esc and Ctrl+C lead back, asked or not. */
export async function withinWizard<Done>(
  streams: Streams,
  act: (within: Streams) => Promise<Done>,
): Promise<Done> {
  const unheard: Unheard = { isPending: false };
  const forget = handleSignals({ SIGINT: () => interrupted(unheard) });
  try {
    return await act({ ...streams, leavesWithEscape: true, unheard });
  } finally {
    forget();
  }
}

/** Waits for Enter: what was told would be gone with the next frame. @param question - That Enter goes back. */
export async function untilRead(question: string, within: Streams): Promise<void> {
  // What was interrupted has been told by then, and is to be read.
  takeUnheard(within.unheard);
  await askLine(question, within).catch((error: unknown) => {
    if (!isStop(error)) throw error;
  });
}
