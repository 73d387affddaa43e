import { exitCode } from './exit-codes.ts';
import { listenForEnd } from './listen-for-end.ts';
import { Stop } from './stop.ts';
import type { Streams } from './streams.ts';

/**
 * Does something that takes a while, for as long as somebody waits for it: Ctrl+C ends it, and Esc where there is
 * something to go back to. Then it is given the time to end by itself.
 *
 * @param work - Ends soon after its signal.
 * @throws Stop (130) where nobody waited for its end; whatever the work throws
 */
export async function untilLeft<Result>(
  streams: Pick<Streams, 'stdin' | 'brokenPipe' | 'unheard' | 'leavesWithEscape'>,
  work: (left: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  const forget = listenForEnd(streams, leave);
  const forgetKeys = await listenForKeys(streams, leave);
  const end = (): void => {
    if (leaving.signal.aborted) throw new Stop(exitCode.interrupted, (text) => text('command.left'));
  };
  try {
    const result = await work(leaving.signal);
    end();
    return result;
  } catch (error) {
    end();
    throw error;
  } finally {
    forgetKeys();
    forget();
  }
}

/** Keys are read, and not shown, only where Esc is one that means something. */
async function listenForKeys(
  { stdin, leavesWithEscape = false }: Pick<Streams, 'stdin' | 'leavesWithEscape'>,
  leave: () => void,
): Promise<() => void> {
  if (!leavesWithEscape || !stdin.isTTY) return () => undefined;
  const { escapeKey, interruptKey, KeyStream } = await import('../../terminal/key-stream.ts');
  const input = new KeyStream(stdin);
  input.setRawMode(true);
  input.on('data', (key: string) => {
    if (key === escapeKey || key === interruptKey) leave();
  });
  return () => {
    input.setRawMode(false);
    input.close();
  };
}
