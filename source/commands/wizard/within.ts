import { askLine } from '../console/ask.ts';
import { isStop } from '../console/stop.ts';
import type { Streams } from '../console/streams.ts';

/** The terminal as it is, for what is done within the wizard: Esc and Ctrl+C lead back. */
export const withinWizard = (streams: Streams): Streams => ({ ...streams, leavesWithEscape: true });

/** Waits for Enter: what was told would be gone with the next frame. @param question - That Enter goes back. */
export async function untilRead(question: string, within: Streams): Promise<void> {
  await askLine(question, within).catch((error: unknown) => {
    if (!isStop(error)) throw error;
  });
}
