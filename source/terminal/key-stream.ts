import { Readable } from 'node:stream';
import { type InputToken, InputTokens } from './input-tokens.ts';

/** The part of `process.stdin` that is needed. */
type KeySource = Readable & {
  readonly isTTY?: boolean | undefined;
  readonly setRawMode?: ((isRaw: boolean) => unknown) | undefined;
  readonly ref?: (() => unknown) | undefined;
  readonly unref?: (() => unknown) | undefined;
};

/**
What a person does at a terminal, as a stream that whoever reads keys (Ink, readline) can take for the terminal: every
piece is one key, one text or one whole paste, and nothing that the terminal says by itself is among them.

It listens from the beginning on; `close` gives the terminal back.
*/
export class KeyStream extends Readable {
  readonly isTTY: boolean;
  readonly #source: KeySource;
  readonly #tokens: InputTokens;
  #timer: NodeJS.Timeout | undefined;
  /** What has come and is not handed on yet. */
  #waiting: Piece[] = [];
  /** How many reads there were. */
  #reads = 0;
  #read = 0;
  #turn: NodeJS.Immediate | undefined;
  readonly #heard = (chunk: Buffer | string): void => {
    this.#reads++;
    this.#tell(this.#tokens.push(chunk, performance.now()));
  };
  readonly #ended = (): void => {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
    for (const piece of this.#waiting.splice(0)) this.#hand(piece);
    this.push(null);
  };

  /** @param onFocus - Told when the terminal says that it is in focus, or is not any more. */
  constructor(source: KeySource, onFocus?: (isFocused: boolean) => void) {
    // Pieces must not melt into one: Escape and a letter would be Alt with that letter.
    super({ objectMode: true });
    this.#tokens = new InputTokens({ onFocus });
    this.#source = source;
    this.isTTY = source.isTTY === true;
    source.on('data', this.#heard);
    source.on('end', this.#ended);
    // Whoever was there before has paused it, and may have let it go.
    source.ref?.();
    source.resume();
  }

  /** The number of the read that brought what was handed on last: what came in one piece has the same. */
  get readNumber(): number {
    return this.#read;
  }

  /** Pieces are text already. */
  override setEncoding(): this {
    return this;
  }

  override _read(): void {
    // What comes is handed on when it comes.
  }

  setRawMode(isRaw: boolean): this {
    this.#source.setRawMode?.(isRaw);
    return this;
  }

  ref(): this {
    this.#source.ref?.();
    return this;
  }

  unref(): this {
    this.#source.unref?.();
    return this;
  }

  /** @returns what was typed and nobody has read, one key, text or paste a piece. */
  close(): readonly string[] {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
    this.#source.off('data', this.#heard);
    this.#source.off('end', this.#ended);
    this.#source.pause();
    this.destroy();
    return this.#waiting.splice(0).map(({ text }) => text);
  }

  #tell(tokens: readonly InputToken[]): void {
    clearTimeout(this.#timer);
    const read = this.#reads;
    this.#waiting.push(...tokens.flatMap(piecesOf).map((text) => ({ text, read })));
    if (this.#turn === undefined) this.#give();
    const waitMs = this.#tokens.waitMs(performance.now());
    if (waitMs !== undefined)
      this.#timer = setTimeout(() => this.#tell(this.#tokens.flush(performance.now())), waitMs);
  }

  /**
  The next piece. What follows it waits until what it did is drawn: a slow line brings several keys at once, and the
  second is meant for what the first leads to. A sequence that is repeated is a key that is held, and one piece of work.
  */
  #give(): void {
    this.#turn = undefined;
    const piece = this.#waiting.shift();
    if (piece === undefined) return;
    this.#hand(piece);
    const { text } = piece;
    while (text.startsWith('\u001b[') && text !== escapeKey && this.#waiting[0]?.text === text) {
      this.#waiting.shift();
      this.push(text);
    }
    if (this.#waiting.length > 0) this.#turn = setImmediate(() => this.#give());
  }

  #hand({ text, read }: Piece): void {
    this.#read = read;
    this.push(text);
  }
}

interface Piece {
  readonly text: string;
  /** The number of the read that brought it. */
  readonly read: number;
}

/**
Text in the pieces that are pressed one after the other. Enter alone is one key each time, and so is a letter before it:
longer text with a line end may be a paste on a terminal that does not mark them.
*/
function piecesOf(token: InputToken): readonly string[] {
  if (token.kind !== 'text') return [written(token)];
  const isKeys = /^(?:\r\n|\r|\n)+$/.test(token.text) || /^[^\r\n](?:\r\n|\r|\n)$/u.test(token.text);
  return isKeys ? (token.text.match(/\r\n|[^]/gu) ?? []) : [token.text];
}

/** The Escape key, such that nobody waits for the rest of a sequence. */
export const escapeKey = '\u001b[27u';
/** Ctrl+C. */
export const interruptKey = '\u0003';
/** F1 as terminals send it: of an application's keypad, of a VT, of the Linux console, and of kitty. */
const isF1 = /^\u001b(?:OP|\[(?:11~|\[A|P|57364u))$/;
/** Alt+?, since readers of keys tell no function keys apart; as text it is nobody's. */
const askedForHelp = '\u001b?';

/** A token in the words of terminals, such that no reader has to wait for more of it. */
function written(token: InputToken): string {
  switch (token.kind) {
    case 'text':
      return token.text;
    case 'key':
      return isF1.test(token.sequence) ? askedForHelp : token.sequence;
    case 'escape':
      return escapeKey;
    case 'interrupt':
      return interruptKey;
    case 'paste':
      return `\u001b[200~${token.text}\u001b[201~`;
    default:
      return token satisfies never;
  }
}
