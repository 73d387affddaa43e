import { type Key } from 'ink';
import { cleanLines, cleanText, endsWithNewline, trimLastNewline } from '../text/clean.ts';

export type KeyName =
  | 'up'
  | 'down'
  | 'shift-up'
  | 'shift-down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'home'
  | 'end'
  | 'enter'
  | 'tab'
  | 'shift-tab'
  | 'escape'
  | 'backspace'
  | 'delete'
  /** F1. */
  | 'help';

/** One thing that the person did with the keyboard. */
export type KeyPress =
  | { readonly kind: 'text'; readonly text: string }
  /** What was pasted on one line, and as the lines that it came in. */
  | { readonly kind: 'paste'; readonly text: string; readonly lines: readonly string[] }
  | { readonly kind: 'key'; readonly name: KeyName }
  | { readonly kind: 'ctrl'; readonly letter: string };

/** What came from the keyboard, as Ink reads it, or from a list of keys. */
export type Stroke =
  | { readonly kind: 'typed'; readonly input: string; readonly key: Key }
  | { readonly kind: 'pasted'; readonly text: string }
  | { readonly kind: 'replayed'; readonly press: KeyPress };

/** What came in → what the person did, in order. */
export function pressesOf(stroke: Stroke): readonly KeyPress[] {
  if (stroke.kind === 'typed') return readKeyPresses(stroke.input, stroke.key);
  if (stroke.kind === 'replayed') return [stroke.press];
  return pasted(stroke.text);
}

/**
What Ink reports for one event → what the person did, in order.

Text and Enter can arrive together (`abc\r`): that is typing followed by Enter. Line ends inside the
text mean a paste on a terminal without bracketed paste: then nothing is pressed and the line ends
become spaces. Alt with a letter is nobody's key here, so it gives nothing; Alt+? is F1
(terminal/key-stream.ts).
*/
export function readKeyPresses(input: string, key: Key): readonly KeyPress[] {
  if (key.eventType === 'release') {
    return [];
  }
  const name = keyName(key);
  if (name !== undefined) {
    return [{ kind: 'key', name }];
  }
  if (key.ctrl) {
    return input === '' ? [] : [{ kind: 'ctrl', letter: input.toLowerCase() }];
  }
  if (key.meta && input === '?') {
    return [{ kind: 'key', name: 'help' }];
  }
  if (key.meta || key.super || key.hyper || input === '') {
    return [];
  }
  return readTyped(input);
}

function readTyped(input: string): readonly KeyPress[] {
  const last: KeyPress | undefined = endsWithNewline(input)
    ? { kind: 'key', name: 'enter' }
    : input.endsWith('\t')
      ? { kind: 'key', name: 'tab' }
      : undefined;
  const body = last?.name === 'tab' ? input.slice(0, -1) : trimLastNewline(input);
  const isBurst = /[\r\n]/.test(body);
  const presses: KeyPress[] = isBurst
    ? pasted(body)
    : body.split(/([\u0001-\u0008\u000b\u000c\u000e-\u001a\u007f])/).flatMap(typedOrCtrl);
  if (last !== undefined && !isBurst) {
    presses.push(last);
  }
  return presses;
}

function pasted(body: string): KeyPress[] {
  const text = cleanText(body);
  const lines = cleanLines(body).split('\n').map(cleanText);
  return text === '' ? [] : [{ kind: 'paste', text, lines: lines.filter((line) => line.trim() !== '') }];
}

/** A slow line delivers what was pressed quickly in one piece: Ctrl+U and the letters after it. */
function typedOrCtrl(part: string): readonly KeyPress[] {
  if (part === '\u007f' || part === '\b') {
    return [{ kind: 'key', name: 'backspace' }];
  }
  if (/^[\u0001-\u001a]$/.test(part)) {
    return [{ kind: 'ctrl', letter: String.fromCharCode(part.charCodeAt(0) + 96) }];
  }
  const text = cleanText(part);
  return text === '' ? [] : [{ kind: 'text', text }];
}

function keyName(key: Key): KeyName | undefined {
  if (key.upArrow) return key.shift ? 'shift-up' : 'up';
  if (key.downArrow) return key.shift ? 'shift-down' : 'down';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.pageUp) return 'page-up';
  if (key.pageDown) return 'page-down';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.return) return 'enter';
  if (key.tab) return key.shift ? 'shift-tab' : 'tab';
  if (key.escape) return 'escape';
  if (key.backspace) return 'backspace';
  if (key.delete) return 'delete';
  return undefined;
}
