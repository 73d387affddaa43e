import { preloadDetails, preloadPages } from '../../screens/frame/page-table.tsx';
import { Wizard } from '../../screens/frame/wizard.tsx';
import type { Ending } from '../../pages/services.ts';
import { handleSignals } from '../../terminal/signals.ts';
import type { Draft } from '../../wizard/draft.ts';
import type { Flags } from '../console/arguments.ts';
import { openScreen } from '../screen/open-screen.tsx';
import type { Streams } from '../console/streams.ts';
import type { Look } from '../screen/theme-of.ts';
import { beginSession } from './session.ts';

/** The page with the calendar is read this long after the first is drawn, milliseconds. */
const preloadMs = 300;

/** Draws the wizard until the person leaves it. */
export async function showWizard(flags: Flags, streams: Streams, look: Look, draft?: Draft): Promise<number> {
  const { env, text, glyphs, restriction, brokenPipe } = streams;
  // The heavy half (client, emulator) is read while the person looks at the first page: never before it.
  const load = () =>
    afterFirstFrame().then(async () => {
      // What cannot be read is told when its page is asked for.
      void preloadPages().catch(() => undefined);
      const { createPlatforms } = await import('./platforms.ts');
      setTimeout(() => void preloadDetails().catch(() => undefined), preloadMs).unref();
      return createPlatforms(flags, { env, restriction, text, glyphs });
    });
  const { end, goOnAfter, ...session } = await beginSession(flags, streams, load, { draft });
  const nothing: Ending = { outcome: 'interrupted', lines: [] };
  let ending = nothing;
  let { initialState } = session;
  // Who guards the screen ends it. A call that is under way then has to be noted, however often it is told that
  // nobody is there any more: by the terminal, and once more by a shell.
  const usual = brokenPipe.act;
  brokenPipe.act = () => undefined;
  const forget = handleSignals({
    SIGHUP() {
      brokenPipe.isBroken = true;
    },
  });
  try {
    for (;;) {
      await openScreen(streams, look, (close) => (
        <Wizard
          {...session}
          initialState={initialState}
          text={text}
          onEnd={(ended) => {
            ending = ended;
            close();
          }}
        />
      ));
      const next = brokenPipe.isBroken ? undefined : await goOnAfter(ending);
      if (next === undefined) return await end(ending);
      ending = nothing;
      initialState = next;
      streams.stdin.setRawMode(true);
    }
  } finally {
    forget();
    brokenPipe.act = usual;
  }
}

/** The first frame is drawn in the turn that renders; what is scheduled now comes after it. */
function afterFirstFrame(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 1);
  });
}
