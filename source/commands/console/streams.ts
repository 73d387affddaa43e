import { once } from 'node:events';
import { escapedJson } from '../../activation/plan/escaped-json.ts';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import type { Right } from './rights.ts';
import type { Text } from '../../locale/texts.ts';
import { visibleLines } from './visible.ts';

/** What a command reads from and writes to; handed in, so that tests can hold it. */
export interface Streams {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: Readonly<Record<string, string | undefined>>;
  /** Words for people, in their language. */
  text: Text;
  /** Words for programs: what `--json` prints is the same in every language. */
  english: Text;
  /** Signs that this terminal can show. */
  glyphs: Glyphs;
  /** What happens when nobody reads any more; for as long as something is under way, something else. */
  brokenPipe: BrokenPipe;
  /** What a console behind sshd may not do; absent where everything is allowed. */
  restriction?: Restriction | undefined;
  /** Esc leaves a question as Ctrl+C does: where there is something to go back to. */
  leavesWithEscape?: boolean | undefined;
  /** Ctrl+C that comes while nobody is asked, where it leads back; elsewhere it is a signal. */
  unheard?: Unheard | undefined;
}

/** Ctrl+C between two questions: whoever asks or listens next hears of it, and whoever does just now at once. */
export interface Unheard {
  isPending: boolean;
  act?: (() => void) | undefined;
}

export function interrupted(unheard: Unheard): void {
  if (unheard.act) unheard.act();
  else unheard.isPending = true;
}

/** Whether there was one that nobody has heard, which is heard by that. */
export function takeUnheard(unheard: Unheard | undefined): boolean {
  if (unheard?.isPending !== true) return false;
  unheard.isPending = false;
  return true;
}

/** The limits of a restricted console. */
export interface Restriction {
  /** The only folder with files for it, its real path. */
  planFolder: string;
  /** It ends after so long without a key, milliseconds. */
  idleMs: number;
  /** What it lets people do, as its wrapper says. */
  rights: ReadonlySet<Right>;
}

/** Prints a line, or more, as harmless text: whatever is told of may come from anywhere. */
export function line(stream: NodeJS.WritableStream, text = ''): void {
  stream.write(`${visibleLines(text)}\n`);
}

/** One JSON document, on one line where events stream. It is harmless as it is: whoever parses it gets every sign. */
export function json(stream: NodeJS.WritableStream, value: unknown, indent = 0): void {
  stream.write(`${escapedJson(value, indent)}\n`);
}

/**
 * The same document as `json` makes of an array, written row by row, no faster than it is read: nobody holds
 * it as a whole.
 *
 * @param pages - Rows as they come. What they throw leaves the document open, so that nobody takes it for the
 * whole; nothing is written before the first row.
 * @param onBegun - Called before the first row is written.
 */
export async function jsonRows(
  stream: NodeJS.WritableStream,
  pages: AsyncIterable<readonly unknown[]>,
  indent: number,
  onBegun: () => void,
): Promise<void> {
  const space = ' '.repeat(indent);
  let separator = '[';
  for await (const page of pages) {
    let text = '';
    for (const row of page) {
      if (separator === '[') onBegun();
      text += `${separator}\n${space}${escapedJson(row, indent).replaceAll('\n', `\n${space}`)}`;
      separator = ',';
    }
    if (text !== '' && !stream.write(text)) await once(stream, 'drain');
  }
  stream.write(separator === '[' ? '[]\n' : '\n]\n');
}

/** Rows that are written at once. */
const rowsAtOnce = 100;

/**
 * The same document as `json` makes of an object with one more member, a long list that comes last: written piece by
 * piece, no faster than it is read.
 *
 * @param shown - A row as it is written.
 */
export async function jsonWithRows<Row>(
  stream: NodeJS.WritableStream,
  members: object,
  name: string,
  rows: readonly Row[],
  shown: (row: Row) => unknown,
): Promise<void> {
  const head = escapedJson(members, 2).replace(/\n?\}$/, '');
  let text = `${head}${head === '{' ? '' : ','}\n  ${escapedJson(name)}: [`;
  for (const [at, row] of rows.entries()) {
    text += `${at === 0 ? '' : ','}\n    ${escapedJson(shown(row), 2).replaceAll('\n', '\n    ')}`;
    if ((at + 1) % rowsAtOnce !== 0) continue;
    if (!stream.write(text)) await once(stream, 'drain');
    text = '';
  }
  stream.write(`${text}${rows.length === 0 ? '' : '\n  '}]\n}\n`);
}

/**
 * What to do when nobody reads any more. A command ends as it would have, since its exit code is its verdict; a list
 * ends at once, for a reader that has seen enough (head, less); an apply finishes the call under way and keeps its
 * journal.
 */
interface BrokenPipe {
  act: () => void;
  /** Whether it has happened: it is told only once. */
  isBroken: boolean;
}

export const endNow = (): never => process.exit(0);

export const readOn = (): BrokenPipe => ({ act: () => undefined, isBroken: false });

/** Readers that went away, and terminals: nobody is left who would miss anything. */
const goneCodes: readonly unknown[] = ['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED'];

/**
 * Calls `brokenPipe.act` once when writing fails, and swallows what comes after it.
 *
 * @param onLost - Told why, where somebody waits for what could not be written: a disk that is full.
 */
export function watchPipe(
  stream: NodeJS.WritableStream,
  brokenPipe: BrokenPipe,
  onLost: (code: string) => void,
): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (brokenPipe.isBroken) return;
    brokenPipe.isBroken = true;
    if (!goneCodes.includes(error.code)) onLost(error.code ?? error.message);
    brokenPipe.act();
  });
}
