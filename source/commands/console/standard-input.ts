import { exitCode } from './exit-codes.ts';
import { Stop } from './stop.ts';
import type { Streams } from './streams.ts';

/** What stands for standard input where a file is named. */
export const standardInput = '-';

const read = new WeakSet<NodeJS.ReadStream>();

/** Whether standard input was read to its end: nobody can answer there any more. */
export const wasRead = (stdin: NodeJS.ReadStream): boolean => read.has(stdin);

/**
 * Standard input to its end.
 *
 * @param mostBytes - More of it is not read.
 * @throws Stop (2) the second time, and in a restricted console, whose lines are its questions; an Error for too much
 */
export async function readStandardInput(
  { stdin, restriction }: Pick<Streams, 'stdin' | 'restriction'>,
  mostBytes: number,
): Promise<Buffer> {
  if (restriction) {
    const { planFolder: folder } = restriction;
    throw new Stop(exitCode.usage, (text) => text('restricted.outside', { file: standardInput, folder }));
  }
  if (wasRead(stdin)) throw new Stop(exitCode.usage, (text) => text('command.inputTwice'));
  read.add(stdin);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > mostBytes) throw new Error('too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
