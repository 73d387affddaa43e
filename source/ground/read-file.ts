import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { close, fstat, open, read } from './files.ts';

/** Why something that is there is not read; told beside what the system says. */
type Unfit =
  | 'EISDIR'
  /** More than anybody may mean. */
  | 'TOO_LARGE'
  /** A pipe that nobody writes to, or a terminal. */
  | 'SILENT'
  /** A pipe or a device where only a file may be. */
  | 'NOT_A_FILE';

/** It is there, and no file that is read to its end. */
export class UnfitFileError extends Error {
  override readonly name = 'UnfitFileError';
  readonly code: Unfit;
  constructor(file: string, code: Unfit) {
    super(`${file}: ${code}`);
    this.code = code;
  }
}

interface Reading {
  /** More of it is not read, bytes. */
  readonly mostBytes: number;
  /** A pipe or a device is read too, as a shell makes one of `<(command)`. @default false */
  readonly mayBePipe?: boolean;
  /** So long nothing may come from it, milliseconds. @default 10,000 */
  readonly silentMs?: number;
}

/** Largest file that a person writes, bytes. */
export const mostWrittenBytes = 8 * 1024 * 1024;

/** Largest file of our own keeping that is read, bytes. */
export const mostKeptBytes = 256 * 1024 * 1024;

/** How much is read at once, bytes. */
const chunkBytes = 64 * 1024;
const lookMs = 20;

/** To open a pipe without this is to wait for somebody who writes; Windows has none. */
const withoutWaiting = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function requireFit(file: string, facts: Stats, { mostBytes, mayBePipe = false }: Reading): void {
  if (facts.isDirectory()) throw new UnfitFileError(file, 'EISDIR');
  if (!facts.isFile() && !mayBePipe) throw new UnfitFileError(file, 'NOT_A_FILE');
  if (facts.size > mostBytes) throw new UnfitFileError(file, 'TOO_LARGE');
}

/**
 * All of a file, or of a pipe that somebody writes to. It ends, whatever the name leads to.
 *
 * @throws UnfitFileError; what the system says of a file that cannot be opened or read.
 */
export async function readBytes(file: string, reading: Reading): Promise<Buffer> {
  const { mostBytes, silentMs = 10_000 } = reading;
  const descriptor = await open(file, withoutWaiting);
  try {
    const facts = await fstat(descriptor);
    requireFit(file, facts, reading);
    const chunks: Buffer[] = [];
    let size = 0;
    for (let heardMs = performance.now(); ;) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, facts.isFile() ? facts.size + 1 : chunkBytes));
      const count = await read(descriptor, chunk, 0, chunk.length, null).then(
        ({ bytesRead }) => bytesRead,
        unlessLater,
      );
      if (count !== undefined && count > 0) {
        size += count;
        if (size > mostBytes) throw new UnfitFileError(file, 'TOO_LARGE');
        chunks.push(chunk.subarray(0, count));
        heardMs = performance.now();
        continue;
      }
      // A pipe has its end before anybody has written, too.
      if (count === 0 && (size > 0 || !facts.isFIFO())) return Buffer.concat(chunks);
      if (performance.now() - heardMs >= silentMs) throw new UnfitFileError(file, 'SILENT');
      await setTimeout(lookMs);
    }
  } finally {
    await close(descriptor);
  }
}

/** Nothing where there may be something later. */
function unlessLater(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return undefined;
  throw error;
}

/** A file as text, without a byte order mark. @throws like `readBytes` */
export const readText = async (file: string, reading: Reading): Promise<string> =>
  withoutMark((await readBytes(file, reading)).toString('utf8'));

/** The same at once, where nobody can wait: of a file only. @throws like `readBytes` */
export function readTextNow(file: string, reading: Pick<Reading, 'mostBytes'>): string {
  const descriptor = openSync(file, withoutWaiting);
  try {
    requireFit(file, fstatSync(descriptor), reading);
    return withoutMark(readFileSync(descriptor, 'utf8'));
  } finally {
    closeSync(descriptor);
  }
}

/** Editors on Windows like to begin a file with a byte order mark. */
export const withoutMark = (text: string): string => text.replace(/^\ufeff/, '');

/**
 * The lines of a file, one after another, so that the file may be larger than memory. What is behind the last end of a
 * line is one too, unless it is empty.
 *
 * @throws UnfitFileError for a line of more than `mostBytes`, and for what is no file; what the system says
 */
export async function* readLines(
  file: string,
  { mostBytes }: Pick<Reading, 'mostBytes'>,
): AsyncGenerator<string> {
  const descriptor = await open(file, withoutWaiting);
  try {
    requireFit(file, await fstat(descriptor), { mostBytes: Infinity });
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { bytesRead, buffer } = await read(
        descriptor,
        Buffer.allocUnsafe(chunkBytes),
        0,
        chunkBytes,
        null,
      );
      const lines = (rest + decoder.decode(buffer.subarray(0, bytesRead), { stream: bytesRead > 0 })).split(
        '\n',
      );
      rest = lines.pop() ?? '';
      if (rest.length > mostBytes) throw new UnfitFileError(file, 'TOO_LARGE');
      yield* lines;
      if (bytesRead > 0) continue;
      if (rest !== '') yield rest;
      return;
    }
  } finally {
    await close(descriptor);
  }
}
