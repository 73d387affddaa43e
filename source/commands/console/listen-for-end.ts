import { handleSignals } from '../../terminal/signals.ts';
import { type Streams, takeUnheard } from './streams.ts';

/**
 * Listens for whatever ends a command before its time: signals, a terminal that is closed, a reader that has gone.
 *
 * @param end - Called for what nobody has asked for, also where the reader has gone before.
 * @param ask - Called for what somebody asks for: Ctrl+C, and what a script sends. @default the same
 * @returns what stops the listening
 */
export function listenForEnd(
  { brokenPipe, unheard }: Pick<Streams, 'brokenPipe' | 'unheard'>,
  end: () => void,
  ask = end,
): () => void {
  // A shell passes on the hang-up that the terminal has told of already.
  const forget = handleSignals({ SIGINT: ask, SIGTERM: ask, SIGHUP: end });
  const after = brokenPipe.act;
  brokenPipe.act = end;
  if (brokenPipe.isBroken) end();
  if (takeUnheard(unheard)) ask();
  return () => {
    brokenPipe.act = after;
    forget();
  };
}
