import { render } from 'ink';
import { KeyReplay, KeyReplayContext } from '../components/keys/replay.ts';
import { Theme } from '../components/theme/theme.tsx';
import { preloadDetails, preloadPages } from '../screens/page-table.ts';
import { Wizard } from '../screens/wizard.tsx';
import type { Ending } from '../screens/services.ts';
import { emptyScreen } from '../terminal/resizing.ts';
import { slimStream } from '../terminal/slim-output.ts';
import type { Draft } from '../wizard/draft.ts';
import type { Flags } from './arguments.ts';
import { exitCode } from './exit-codes.ts';
import type { Streams } from './streams.ts';
import type { Look } from './theme-of.ts';
import { beginSession } from './wizard-session.ts';

/** The page with the calendar is read this long after the first is drawn, milliseconds. */
const preloadMs = 300;

/** Draws the wizard until the person leaves it. */
export async function showWizard(flags: Flags, streams: Streams, look: Look, draft?: Draft): Promise<number> {
  const { env, stdin, stdout, text, glyphs, restriction } = streams;
  // The heavy half (client, emulator) is read while the person looks at the first page: never before it.
  const load = () =>
    afterFirstFrame().then(async () => {
      void preloadPages();
      const { createPlatforms } = await import('./wizard-platforms.ts');
      setTimeout(() => void preloadDetails(), preloadMs).unref();
      return createPlatforms(flags, { env, restriction, text, glyphs });
    });
  const { initialState, services, cache, onRestored, end } = await beginSession(flags, streams, load, {
    draft,
    // A resize is what makes everything be drawn anew.
    redraw: () => void stdout.emit('resize'),
  });

  let ending: Ending = { kind: 'left', lines: [], exitCode: exitCode.interrupted };
  // Some terminals show lines of the other screen on the first one when their size changed between.
  const leave = (): void => {
    stdout.write(emptyScreen);
    app.unmount();
  };
  const app = render(
    <Theme glyphs={glyphs} hidesSecrets={restriction !== undefined} {...look}>
      <KeyReplayContext value={new KeyReplay()}>
        <Wizard
          initialState={initialState}
          services={services}
          cache={cache}
          text={text}
          onRestored={onRestored}
          onEnd={(ended) => {
            ending = ended;
            leave();
          }}
        />
      </KeyReplayContext>
    </Theme>,
    {
      stdin,
      stdout: slimStream(stdout, glyphs),
      exitOnCtrlC: false,
      alternateScreen: true,
      incrementalRendering: true,
      interactive: true,
      patchConsole: false,
    },
  );
  const { guardTerminal } = await import('./guard-terminal.ts');
  const release = guardTerminal(streams, leave, () => app.clear());
  await app.waitUntilExit();
  release();
  return end(ending);
}

/** The first frame is drawn in the turn that renders; what is scheduled now comes after it. */
function afterFirstFrame(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 1);
  });
}
