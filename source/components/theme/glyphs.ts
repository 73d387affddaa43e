/**
Every sign that is not a letter. Each has a plain twin, so that a terminal without Unicode
shows the same screens. A twin may be wider: columns are measured, never assumed.
*/
export type Glyphs = {
  /** Nothing else is known to the terminal. */
  readonly isAscii: boolean;
  readonly check: string;
  readonly cross: string;
  readonly current: string;
  readonly pointer: string;
  readonly radioOn: string;
  readonly radioOff: string;
  readonly boxOn: string;
  readonly boxOff: string;
  readonly boxSome: string;
  /** A blank that has to be seen. */
  readonly blank: string;
  /** What tells one thing from another. */
  readonly diamond: string;
  readonly dot: string;
  readonly mask: string;
  readonly ellipsis: string;
  readonly arrow: string;
  readonly up: string;
  readonly down: string;
  readonly warning: string;
  /** What is still to come. */
  readonly due: string;
  readonly paused: string;
  readonly barFull: string;
  readonly barEmpty: string;
  /** From nothing to as many as there are; each a cell wide. */
  readonly bars: readonly string[];
  readonly line: string;
  readonly branch: string;
  readonly lastBranch: string;
  readonly pipe: string;
  readonly collapsed: string;
  readonly expanded: string;
  readonly spinner: readonly string[];
  /** Border style for Ink's `<Box borderStyle>`. */
  readonly border: 'round' | 'classic';
};

export const unicodeGlyphs: Glyphs = {
  isAscii: false,
  check: '✓',
  cross: '✗',
  current: '●',
  pointer: '❯',
  radioOn: '◉',
  radioOff: '◯',
  boxOn: '☑',
  boxOff: '☐',
  boxSome: '▣',
  blank: '␣',
  diamond: '◆',
  dot: '·',
  mask: '•',
  ellipsis: '…',
  arrow: '→',
  up: '↑',
  down: '↓',
  warning: '▲',
  due: '○',
  paused: '‖',
  barFull: '█',
  barEmpty: '░',
  bars: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  line: '─',
  branch: '├',
  lastBranch: '└',
  pipe: '│',
  collapsed: '▸',
  expanded: '▾',
  spinner: ['⠋', '⠙', '⠸', '⠴', '⠦', '⠇'],
  border: 'round',
};

export const asciiGlyphs: Glyphs = {
  isAscii: true,
  check: '+',
  cross: 'x',
  current: '*',
  pointer: '>',
  radioOn: '(*)',
  radioOff: '( )',
  boxOn: '[x]',
  boxOff: '[ ]',
  boxSome: '[-]',
  blank: '_',
  diamond: '#',
  dot: '-',
  mask: '*',
  ellipsis: '...',
  arrow: '->',
  up: '^',
  down: 'v',
  warning: '!',
  due: 'o',
  paused: '=',
  barFull: '#',
  barEmpty: '.',
  bars: ['_', '.', ':', '-', '=', '+', '*', '#'],
  line: '-',
  branch: '|',
  lastBranch: '`',
  pipe: '|',
  collapsed: '+',
  expanded: '-',
  spinner: ['|', '/', '-', '\\'],
  border: 'classic',
};
