import { readCapabilities } from '../terminal/capabilities.ts';
import type { Arguments } from './console/arguments.ts';
import { exitCode } from './console/exit-codes.ts';
import { speaksInLines } from './screen/speaks-in-lines.ts';
import { Stop } from './console/stop.ts';
import type { Streams } from './console/streams.ts';
import { settleLook } from './screen/theme-of.ts';

/**
 * `ferry`: the wizard, drawn or in plain lines. Needs a terminal; without one it says what to do instead.
 *
 * @throws Stop (3); what its settings throw, once the terminal is given back.
 */
export async function runWizard({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const capabilities = readCapabilities(streams.env, streams);
  if (!capabilities.canAsk || flags.json === true || flags['no-input'] === true) {
    throw new Stop(
      exitCode.needsTerminal,
      (text) => text('command.noTerminal'),
      (text) => text('command.noTerminalNext'),
    );
  }
  const [given] = rest;
  const opened =
    given === undefined
      ? undefined
      : await (await import('./wizard/opened-draft.ts')).openedDraft(given, flags, streams);
  if (typeof opened === 'number') return opened;
  const draft = opened;
  if (speaksInLines(flags, capabilities)) {
    const { runDialogue } = await import('./wizard/spoken.ts');
    return runDialogue(flags, streams, draft);
  }
  // From here on the terminal must not echo: a key that is typed before the first frame would move it.
  streams.stdin.setRawMode(true);
  const look = settleLook(flags, capabilities);
  const { showWizard } = await import('./wizard/drawn.tsx');
  try {
    return await showWizard(flags, streams, look, draft);
  } catch (error) {
    // Settings that cannot be used, before anything was drawn.
    streams.stdin.setRawMode(false);
    throw error;
  }
}
