/** What a terminal sends for each key. */
export const keys = {
  up: '\u001B[A',
  down: '\u001B[B',
  shiftUp: '\u001B[1;2A',
  shiftDown: '\u001B[1;2B',
  right: '\u001B[C',
  left: '\u001B[D',
  home: '\u001B[H',
  end: '\u001B[F',
  pageUp: '\u001B[5~',
  pageDown: '\u001B[6~',
  enter: '\r',
  tab: '\t',
  shiftTab: '\u001B[Z',
  space: ' ',
  backspace: '\u007F',
  delete: '\u001B[3~',
  /** As most terminals send it. */
  f1: '\u001BOP',
  // Esc as the kitty protocol sends it: a lone ESC byte is only known to be Esc after a delay.
  escape: '\u001B[27u',
  ctrl: (letter: string): string => String.fromCharCode(letter.toUpperCase().charCodeAt(0) - 64),
  alt: (letter: string): string => `\u001B${letter}`,
  /** Bracketed paste. */
  paste: (text: string): string => `\u001B[200~${text}\u001B[201~`,
} as const;
