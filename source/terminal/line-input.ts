import { type InputToken, InputTokens } from './input-tokens.ts';

/** What came in: a line, Ctrl+C, or the end. */
export type LineInputEvent =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'end' };

/** The part of `process.stdin` that is needed. */
type LineSource = {
  readonly isTTY?: boolean | undefined;
  readonly setRawMode?: ((isRaw: boolean) => unknown) | undefined;
  readonly on: (event: string, listener: (chunk: Buffer) => void) => unknown;
  readonly off: (event: string, listener: (chunk: Buffer) => void) => unknown;
  readonly resume: () => unknown;
  readonly pause: () => unknown;
};

/**
Lines from a terminal, one a question, typed ahead or not.

What is shown is edited and echoed by the terminal itself, so that nothing is ever drawn again. What is not
shown is read key by key with the echo off; of keys that send a sequence and of the terminal's own answers nothing is
kept, and the line ends of a pasted key arrive as the lines they are.
*/
export class LineInput {
  readonly #source: LineSource;
  #tokens = new InputTokens({ pastes: 'through', areLinesWhole: true });
  #timer: NodeJS.Timeout | undefined;
  readonly #heard = (chunk: Buffer): void => {
    const nowMs = performance.now();
    this.#heardMs = nowMs;
    this.#takeTokens(this.#tokens.push(chunk, nowMs));
  };
  readonly #ended = (): void => this.#finish({ kind: 'end' });
  /** What was typed and not asked for yet. */
  #rest = '';
  #hidden = '';
  #isHidden = false;
  #isOver = false;
  #heardMs = 0;
  #wanted: ((event: LineInputEvent) => void) | undefined;

  constructor(source: LineSource) {
    this.#source = source;
    source.on('data', this.#heard);
    source.on('end', this.#ended);
    source.on('close', this.#ended);
  }

  /** A line that the terminal shows while it is typed. */
  next(): Promise<LineInputEvent> {
    return this.#wait();
  }

  /** Turns the echo off for `nextHidden`; to be called before anything is asked. */
  hide(isHidden: boolean): void {
    // What is left of a secret must never be an answer that is shown.
    if (this.#isHidden) this.#rest = '';
    // With the echo the terminal gives back what it edits itself: whole lines.
    if (this.#isHidden !== isHidden)
      this.#tokens = new InputTokens({ pastes: 'through', areLinesWhole: !isHidden });
    clearTimeout(this.#timer);
    this.#isHidden = isHidden;
    this.#hidden = '';
    this.#source.setRawMode?.(isHidden);
  }

  /** A line that nobody sees. */
  nextHidden(): Promise<LineInputEvent> {
    return this.#wait();
  }

  /** Resolves once nothing has come in for a moment: a paste can arrive in pieces. What came is forgotten. */
  async settled(): Promise<void> {
    do await new Promise((resolve) => setTimeout(resolve, quietMs));
    while (performance.now() - this.#heardMs < quietMs && !this.#isOver);
    this.forget();
  }

  /** Forgets what was typed and not asked for. */
  forget(): void {
    this.#rest = '';
  }

  /** Ctrl+C, when it comes as a signal and not as a key. */
  interrupt(): void {
    this.#finish({ kind: 'interrupt' });
  }

  /** Nobody is there any more: whatever is asked from now on ends. */
  end(): void {
    this.#isOver = true;
    this.#finish({ kind: 'end' });
  }

  close(): void {
    this.#source.off('data', this.#heard);
    this.#source.off('end', this.#ended);
    this.#source.off('close', this.#ended);
    clearTimeout(this.#timer);
    this.#source.setRawMode?.(false);
    this.#source.pause();
  }

  #wait(): Promise<LineInputEvent> {
    return new Promise((resolve) => {
      this.#wanted = resolve;
      if (this.#isOver) this.#finish({ kind: 'end' });
      else {
        this.#source.resume();
        this.#take('');
      }
    });
  }

  #finish(event: LineInputEvent): void {
    if (event.kind === 'end') this.#isOver = true;
    const wanted = this.#wanted;
    this.#wanted = undefined;
    wanted?.(event);
  }

  #takeTokens(tokens: readonly InputToken[]): void {
    clearTimeout(this.#timer);
    this.#take(tokens.map(lettersOf).join(''));
    const waitMs = this.#tokens.waitMs(performance.now());
    if (waitMs !== undefined)
      this.#timer = setTimeout(() => this.#takeTokens(this.#tokens.flush(performance.now())), waitMs);
  }

  #take(typed: string): void {
    this.#rest += typed;
    if (this.#wanted === undefined) return;
    if (this.#isHidden) this.#takeHidden();
    else this.#takeShown();
  }

  #takeShown(): void {
    const end = /\u0003|\r\n|\n|\r/.exec(this.#rest);
    if (!end) return;
    if (end[0] === '\u0003') {
      this.#rest = '';
      this.#finish({ kind: 'interrupt' });
      return;
    }
    const text = this.#rest.slice(0, end.index);
    this.#rest = this.#rest.slice(end.index + end[0].length);
    this.#finish({ kind: 'line', text: text.replaceAll(controls, '') });
  }

  #takeHidden(): void {
    const ready = this.#rest;
    this.#rest = '';
    for (let at = 0; at < ready.length; at++) {
      const key = ready[at] ?? '';
      if (key === '\r' || key === '\n') {
        const isPair = key === '\r' && ready[at + 1] === '\n';
        this.#rest = ready.slice(at + (isPair ? 2 : 1));
        const text = this.#hidden;
        this.#hidden = '';
        this.#finish({ kind: 'line', text });
        return;
      }
      if (key === '\u0003' || (key === '\u0004' && this.#hidden === '')) {
        this.#rest = ready.slice(at + 1);
        this.#finish(key === '\u0003' ? { kind: 'interrupt' } : { kind: 'end' });
        return;
      }
      if (key === '\u007f' || key === '\b') this.#hidden = [...this.#hidden].slice(0, -1).join('');
      else if (key === '\u0015') this.#hidden = '';
      else if (!/[\u0000-\u001f]/.test(key)) this.#hidden += key;
    }
  }
}

/** A paste that arrives in pieces pauses no longer than this, milliseconds. */
const quietMs = 40;

/** What a token gives a line: keys that send a sequence give nothing. */
function lettersOf(token: InputToken): string {
  if (token.kind === 'interrupt') return '\u0003';
  return token.kind === 'text' || token.kind === 'paste' ? token.text : '';
}

/** Nothing but text and tabs is an answer. */
const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
