import { InputText } from './input-text.ts';
import {
  type ControlSequence,
  isFocusReport,
  isInterrupt,
  isReply,
  plainForm,
  readControlSequence,
} from './control-sequence.ts';

/** One thing that came from a terminal and that somebody meant. Answers of the terminal itself are none. */
export type InputToken =
  /** Signs as they are, with Enter, Tab, Backspace and Ctrl letters among them; never Ctrl+C. */
  | { readonly kind: 'text'; readonly text: string }
  /** A key that sends a sequence: `ESC [ A`. */
  | { readonly kind: 'key'; readonly sequence: string }
  | { readonly kind: 'escape' }
  /** Ctrl+C, in whatever form it was sent. */
  | { readonly kind: 'interrupt' }
  /** What stood between the marks of a bracketed paste, or as much as came of it. */
  | { readonly kind: 'paste'; readonly text: string };

interface InputTokensOptions {
  /**
   * `whole`: a paste is one token. `through`: its marks are dropped, and what is between them is text.
   * @default 'whole'
   */
  readonly pastes?: 'whole' | 'through';
  /** Whether a line end ends whatever is not whole: where the terminal gives whole lines, the rest never comes. @default false */
  readonly areLinesWhole?: boolean;
  /** Told when the terminal says that it is in focus, or is not any more. */
  readonly onFocus?: ((isFocused: boolean) => void) | undefined;
}

/** Something that is waited for ends after so long without input, milliseconds. */
const quietMs = {
  /** Escape alone, or the beginning of a key. */
  escape: 30,
  sequence: 100,
  /** What may be the mark before a paste. */
  mark: 500,
  string: 500,
  paste: 800,
  /** A paste whose end is overdue: what comes of it is handed on at once. */
  latePaste: 100,
} as const;
/** After so long a key that is pressed alone is a key again, however much keeps coming, milliseconds. */
const patienceMs = { string: 2000, paste: 5000 } as const;
/** Nobody presses two keys in less, and a slow line sends its bytes in less, milliseconds. */
const betweenKeysMs = 20;
/** More of a control string than this is no answer of a terminal. UTF-16 units. */
const longestString = 64 * 1024;
/** More of a paste is dropped. UTF-16 units. */
export const longestPaste = 1024 * 1024;
/** The rest of an answer whose Escape was taken for the key comes this soon, milliseconds. */
const restMs = 1000;

type Mode =
  | { readonly kind: 'ground' }
  | { readonly kind: 'string'; readonly sinceMs: number; size: number }
  | { readonly kind: 'paste'; sinceMs: number; text: string; isLate: boolean };

const escape = '\u001b';
const interrupt: InputToken = { kind: 'interrupt' };
const escapeKey: InputToken = { kind: 'escape' };

/**
What a terminal sends → what the person did. The one place that knows how keys, pastes and answers are told apart.

Control strings (OSC, DCS, APC, PM and SOS, in their 7-bit and 8-bit forms, ended by BEL or ST) and control sequences
that are no keys (positions, attributes, modes, focus, mouse) are swallowed whole, in however many pieces they come.
Nothing is waited for without an end: what is not whole after a while of silence is given up, a paste is handed on as
far as it came, and Ctrl+C is heard at any time.

Time comes in as a parameter, milliseconds of a clock that only grows.

@see terminal.md, "Input"
*/
export class InputTokens {
  readonly #text = new InputText();
  readonly #isPasteWhole: boolean;
  readonly #areLinesWhole: boolean;
  readonly #onFocus: InputTokensOptions['onFocus'];
  #mode: Mode = { kind: 'ground' };
  /** The beginning of something, from its Escape on. */
  #pending = '';
  #heardMs = 0;
  /** When an Escape that stood alone was taken for the key. */
  #escapedMs = Number.NEGATIVE_INFINITY;

  constructor({ pastes = 'whole', areLinesWhole = false, onFocus }: InputTokensOptions = {}) {
    this.#onFocus = onFocus;
    this.#isPasteWhole = pastes === 'whole';
    this.#areLinesWhole = areLinesWhole;
  }

  push(chunk: Buffer | string, nowMs: number): readonly InputToken[] {
    const typed = this.#text.write(chunk);
    if (typed === '') return [];
    const tokens: InputToken[] = [];
    this.#giveUpFor(typed, nowMs, tokens);
    this.#heardMs = nowMs;
    const isRest = this.#pending === '' && nowMs - this.#escapedMs < restMs && isRestOfAnswer(typed);
    this.#escapedMs = Number.NEGATIVE_INFINITY;
    this.#read(this.#pending + (isRest ? escape : '') + typed, nowMs, tokens);
    return tokens;
  }

  /** How long to wait for more before `flush`, milliseconds; nothing where nothing is waited for. */
  waitMs(nowMs: number): number | undefined {
    const quiet = this.#quietMs();
    return quiet === undefined ? undefined : Math.max(0, this.#heardMs + quiet - nowMs);
  }

  /** No more came: what is not whole is given up, and handed on where it is worth something. */
  flush(nowMs: number): readonly InputToken[] {
    const tokens: InputToken[] = [];
    if (this.#mode.kind === 'paste') {
      this.#handOnPaste(this.#mode, tokens);
      // Its end may still come, and what stands before it must not press keys.
      if (!this.#mode.isLate) this.#mode = { ...this.#mode, isLate: true, sinceMs: nowMs };
      return tokens;
    }
    const pending = this.#pending;
    this.#pending = '';
    this.#mode = { kind: 'ground' };
    if (/^\u001b+$/.test(pending)) tokens.push(...[...pending].map(() => escapeKey));
    if (pending === escape) this.#escapedMs = nowMs;
    return tokens;
  }

  #quietMs(): number | undefined {
    if (this.#mode.kind === 'paste') {
      if (!this.#mode.isLate) return quietMs.paste;
      return this.#mode.text === '' ? undefined : quietMs.latePaste;
    }
    if (this.#mode.kind === 'string') return quietMs.string;
    if (this.#pending === '') return undefined;
    if (/^\u001b+$/.test(this.#pending)) return quietMs.escape;
    return /^(?:\u001b\[|\u009b)2/.test(this.#pending) ? quietMs.mark : quietMs.sequence;
  }

  /** A key that is pressed alone ends what has been waited for too long; a control, any control string. */
  #giveUpFor(typed: string, nowMs: number, tokens: InputToken[]): void {
    const mode = this.#mode;
    const isKey = isOneKey(typed) && nowMs - this.#heardMs >= betweenKeysMs;
    if (mode.kind === 'string') {
      const isOverdue = nowMs - mode.sinceMs > patienceMs.string || mode.size > longestString;
      const isControl = /^[\u0000-\u0006\u0008-\u001a\u007f]$/.test(typed);
      if (isControl || (isOverdue && isKey)) this.#toGround();
    } else if (mode.kind === 'paste') {
      const isInterrupting = typed === '\u0003' || isInterruptSequence(typed);
      const isOverdue = mode.isLate || nowMs - mode.sinceMs > patienceMs.paste;
      const isOver = mode.isLate && nowMs - mode.sinceMs > patienceMs.paste;
      if (isOver || isInterrupting || (isOverdue && isKey)) {
        // Whoever presses Ctrl+C wants nothing of it any more.
        if (!isInterrupting) this.#handOnPaste(mode, tokens);
        this.#toGround();
      }
    }
  }

  #toGround(): void {
    this.#mode = { kind: 'ground' };
    this.#pending = '';
  }

  #read(input: string, nowMs: number, tokens: InputToken[]): void {
    this.#pending = '';
    let at = 0;
    while (at < input.length) {
      const mode = this.#mode;
      const next =
        mode.kind === 'string'
          ? this.#readString(input, at, mode)
          : mode.kind === 'paste'
            ? this.#readPaste(input, at, mode, nowMs, tokens)
            : this.#readGround(input, at, nowMs, tokens);
      if (next === undefined) {
        this.#pending = input.slice(at);
        return;
      }
      at = next;
    }
  }

  /** @returns where to go on; nothing where the rest has to come first */
  #readGround(input: string, at: number, nowMs: number, tokens: InputToken[]): number | undefined {
    const special = indexOf(specials, input, at);
    if (special > at) {
      tokens.push({ kind: 'text', text: input.slice(at, special) });
      return special;
    }
    const sign = input[at] ?? '';
    if (sign === '\u0003') {
      tokens.push(interrupt);
      return at + 1;
    }
    if (sign !== escape) {
      const long = longForms.get(sign);
      if (long === undefined) return at + 1;
      return this.#readEscape(input, at, at + 1, long, nowMs, tokens);
    }
    const second = input.codePointAt(at + 1);
    if (second === undefined) return undefined;
    const introducer = String.fromCodePoint(second);
    if (introducer === escape) {
      const third = input[at + 2];
      if (third === undefined) return undefined;
      // Alt with a key that sends a sequence; otherwise Escape, and then something else.
      if (third === '[' || third === 'O') return this.#readEscape(input, at, at + 3, third, nowMs, tokens);
      tokens.push(escapeKey);
      return at + 1;
    }
    return this.#readEscape(input, at, at + 1 + introducer.length, introducer, nowMs, tokens);
  }

  /** @param from - Behind the introducer. */
  #readEscape(
    input: string,
    at: number,
    from: number,
    introducer: string,
    nowMs: number,
    tokens: InputToken[],
  ): number | undefined {
    switch (introducer) {
      case ']':
      case 'P':
      case '_':
      case '^':
      case 'X':
        this.#mode = { kind: 'string', sinceMs: nowMs, size: 0 };
        return from;
      case '[':
      case 'O': {
        const sequence = readControlSequence(input, from, introducer);
        if (sequence === 'pending') return this.#areLinesWhole && input.includes('\n', at) ? from : undefined;
        if (sequence === undefined) return indexOf(notOfSequence, input, from);
        this.#take(sequence, input.slice(at, from), nowMs, tokens);
        return sequence.end;
      }
      case '\\':
        return from;
      case '\u0003':
        tokens.push(interrupt);
        return from;
      default:
        tokens.push({ kind: 'key', sequence: escape + introducer });
        return from;
    }
  }

  #take(sequence: ControlSequence, lead: string, nowMs: number, tokens: InputToken[]): void {
    if (isInterrupt(sequence)) tokens.push(interrupt);
    else if (sequence.body === '200~') {
      if (this.#isPasteWhole) this.#mode = { kind: 'paste', sinceMs: nowMs, text: '', isLate: false };
    } else if (isFocusReport(sequence)) this.#onFocus?.(sequence.body === 'I');
    else if (sequence.body !== '201~' && !isReply(sequence)) {
      const isAlt = lead.startsWith(escape + escape);
      tokens.push({ kind: 'key', sequence: (isAlt ? escape : '') + plainForm(sequence) });
    }
  }

  #readString(input: string, at: number, mode: Mode & { kind: 'string' }): number | undefined {
    const end = indexOf(this.#areLinesWhole ? endsOfStringOrLine : endsOfString, input, at);
    mode.size += end - at;
    if (end === input.length) return end;
    const sign = input[end] ?? '';
    if (sign === escape) {
      const second = input[end + 1];
      if (second === undefined) {
        // The rest up to here is never looked at again.
        if (end > at) return end;
        return undefined;
      }
      this.#toGround();
      // Escape with anything else begins something new.
      return second === '\\' ? end + 2 : end;
    }
    this.#toGround();
    return sign === '\u0003' || sign === '\n' || sign === '\r' ? end : end + 1;
  }

  #readPaste(
    input: string,
    at: number,
    mode: Mode & { kind: 'paste' },
    nowMs: number,
    tokens: InputToken[],
  ): number | undefined {
    const special = indexOf(specialsOfPaste, input, at);
    if (special > at) {
      mode.text = (mode.text + input.slice(at, special)).slice(0, longestPaste);
      return special;
    }
    const sign = input[at] ?? '';
    if (sign === '\u0003') {
      tokens.push(interrupt);
      return at + 1;
    }
    const lead = sign === escape ? 2 : 1;
    if (sign === escape && input[at + 1] === undefined) return undefined;
    const sequence =
      sign === escape && input[at + 1] !== '[' ? undefined : readControlSequence(input, at + lead, '[');
    if (sequence === 'pending') return undefined;
    if (sequence !== undefined && isInterrupt(sequence)) {
      tokens.push(interrupt);
      return sequence.end;
    }
    if (sequence?.body === '201~') {
      this.#handOnPaste(mode, tokens);
      this.#toGround();
      return sequence.end;
    }
    if (sequence?.body === '200~') {
      this.#handOnPaste(mode, tokens);
      this.#mode = { kind: 'paste', sinceMs: nowMs, text: '', isLate: false };
      return sequence.end;
    }
    const end = sequence?.end ?? at + 1;
    mode.text = (mode.text + input.slice(at, end)).slice(0, longestPaste);
    return end;
  }

  #handOnPaste(mode: Mode & { kind: 'paste' }, tokens: InputToken[]): void {
    const text = textOnly(mode.text);
    mode.text = '';
    if (text !== '') tokens.push({ kind: 'paste', text });
  }
}

/** A pasted text without the sequences and control strings in it. */
function textOnly(pasted: string): string {
  if (!/[\u001b\u0080-\u009f]/.test(pasted)) return pasted;
  const tokens = new InputTokens({ pastes: 'through', areLinesWhole: true }).push(pasted, 0);
  return tokens.map((token) => (token.kind === 'text' ? token.text : '')).join('');
}

/** What is no text by itself: Ctrl+C, Escape, and the 8-bit controls. */
const specials = /[\u0003\u001b\u0080-\u009f]/g;
const specialsOfPaste = /[\u0003\u001b\u009b]/g;
const endsOfString = /[\u0003\u0007\u0018\u001a\u001b\u009c]/g;
const endsOfStringOrLine = /[\u0003\u0007\u000a\u000d\u0018\u001a\u001b\u009c]/g;
const notOfSequence = /[^ -?]/g;

/** 8-bit controls that begin something, and what stands for them after an Escape. */
const longForms: ReadonlyMap<string, string> = new Map([
  ['\u008f', 'O'],
  ['\u0090', 'P'],
  ['\u0098', 'X'],
  ['\u009b', '['],
  ['\u009d', ']'],
  ['\u009e', '^'],
  ['\u009f', '_'],
]);

/** Where `pattern` (global) is found next; the end where it is not. */
function indexOf(pattern: RegExp, input: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(input)?.index ?? input.length;
}

/** What one key sends: one sign, or one sequence. */
function isOneKey(typed: string): boolean {
  if ([...typed.slice(0, 3)].length === 1) return true;
  const introducer = /^\u001b?\u001b([[O])/.exec(typed);
  if (!introducer) return typed.startsWith(escape) && [...typed.slice(1, 4)].length === 1;
  const sequence = readControlSequence(typed, introducer[0].length, introducer[1] ?? '');
  const isKey = typeof sequence === 'object' && sequence.end === typed.length;
  return isKey && !['200~', '201~'].includes(sequence.body) && !isReply(sequence);
}

function isInterruptSequence(typed: string): boolean {
  const sequence = typed.startsWith('\u001b[') ? readControlSequence(typed, 2, '[') : undefined;
  return typeof sequence === 'object' && sequence.end === typed.length && isInterrupt(sequence);
}

/** The rest of an answer, or of a key, whose Escape came alone and was taken for the key. */
function isRestOfAnswer(typed: string): boolean {
  return (
    /^(?:\][\dlLI]|P[\d>!$+|]|_G|\[[0-?]*[ -/]*[@-~])/.test(typed) ||
    (/^[\]PX^_]/.test(typed) && /\u0007|\u009c|\u001b\\/.test(typed))
  );
}
