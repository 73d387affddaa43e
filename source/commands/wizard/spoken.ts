import { converse } from '../../dialogue/converse.ts';
import { guideIn } from '../../locale/guide.ts';
import type { Draft } from '../../wizard/draft.ts';
import type { Ending } from '../../pages/services.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { openDialogue } from './dialogue-terminal.ts';
import type { Streams } from '../console/streams.ts';
import { createPlatforms } from './platforms.ts';
import { beginSession } from './session.ts';

/** The wizard in plain lines, for screen readers and for terminals that cannot move the cursor. */
export async function runDialogue(flags: Flags, streams: Streams, draft?: Draft): Promise<number> {
  const { text, glyphs, restriction } = streams;
  const load = () => Promise.resolve(createPlatforms(flags, streams));
  const { end, goOnAfter, ...session } = await beginSession(flags, streams, load, { draft });
  let state = session.initialState;
  let isFirst = true;
  for (;;) {
    const terminal = openDialogue(streams);
    const { io, onInterrupt } = terminal;
    let ending: Ending = { outcome: 'interrupted', lines: [] };
    let code: number = exitCode.interrupted;
    try {
      ending = await converse({
        ...session,
        initialState: state,
        isFirst,
        io,
        text,
        glyphs,
        onInterrupt,
        hidesSecrets: restriction !== undefined,
        loadGuide: () => guideIn(text),
      });
    } finally {
      const minutes = Math.round((restriction?.idleMs ?? 0) / 60_000);
      const lines = terminal.isIdle()
        ? [text('restricted.idle', { minutes }), ...ending.lines]
        : ending.lines;
      terminal.stopListening();
      if (!isGoingOn(ending)) code = await end({ ...ending, lines });
      terminal.close();
    }
    if (!isGoingOn(ending)) return code;
    state = (await goOnAfter(ending)) ?? state;
    isFirst = false;
  }
}

/** Whether the wizard goes on. */
const isGoingOn = ({ then }: Ending): boolean =>
  then !== undefined && ['login', 'flow', 'flows'].includes(then.kind);
