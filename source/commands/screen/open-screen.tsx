import { render, useWindowSize } from 'ink';
import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { replaceInvisible } from '../../ground/invisible.ts';
import { KeyboardProvider } from '../../components/keys/keyboard.tsx';
import { FocusContext } from '../../components/living/focus.ts';
import { Theme } from '../../components/theme/theme.tsx';
import { FocusReport } from '../../terminal/focus-report.ts';
import { KeyStream } from '../../terminal/key-stream.ts';
import { emptyScreen } from '../../terminal/resizing.ts';
import { slimStream } from '../../terminal/slim-output.ts';
import type { Streams } from '../console/streams.ts';
import type { Look } from './theme-of.ts';

/**
 * Draws on a screen of its own until it is closed, by the person or by the end of the terminal. Then the first
 * screen is there again as it was.
 *
 * @param draw - Gets what closes the screen.
 */
export async function openScreen(
  streams: Streams,
  look: Look,
  draw: (close: () => void) => ReactElement,
): Promise<void> {
  const { stdin, stdout, glyphs, restriction } = streams;
  const focus = new FocusReport((text) => stdout.write(text));
  const keys = new KeyStream(stdin, (isFocused) => focus.tell(isFocused));
  // From here on nothing that is typed is echoed into the first frame.
  keys.setRawMode(true);
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    // Some terminals show lines of the other screen on the first one when their size changed between.
    stdout.write(emptyScreen);
    app.unmount();
  };
  const app = render(
    <Theme glyphs={glyphs} hidesSecrets={restriction !== undefined} {...look}>
      <KeyboardProvider readOf={() => keys.readNumber}>
        <FocusContext value={focus}>
          <LaidOutAnew draw={() => void stdout.emit('resize')}>{draw(close)}</LaidOutAnew>
        </FocusContext>
      </KeyboardProvider>
    </Theme>,
    {
      stdin: keys,
      stdout: slimStream(stdout, {
        isAscii: glyphs.isAscii,
        cleaned: (chunk) => replaceInvisible(chunk, ''),
      }),
      exitOnCtrlC: false,
      alternateScreen: true,
      incrementalRendering: true,
      // A key that is pressed right behind a frame waits until the next one may come.
      maxFps: 60,
      interactive: true,
      patchConsole: false,
    },
  );
  const { guardTerminal } = await import('./guard-terminal.ts').catch((error: unknown) => {
    close();
    keys.close();
    throw error;
  });
  const release = guardTerminal(streams, close, () => app.clear());
  await app.waitUntilExit();
  release();
  keys.close();
}

/**
 * What is drawn between a change of size and the layout for it was laid out for the old size, and may have moved
 * lines: it is drawn once more.
 *
 * @param props.draw - Draws everything anew.
 */
function LaidOutAnew(props: { readonly draw: () => void; readonly children: ReactNode }): ReactNode {
  const { draw, children } = props;
  const { columns, rows } = useWindowSize();
  const drawnSize = useRef(`${columns} ${rows}`);
  useEffect(() => {
    const size = `${columns} ${rows}`;
    if (drawnSize.current !== size) draw();
    drawnSize.current = size;
  }, [draw, columns, rows]);
  return children;
}
