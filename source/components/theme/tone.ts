import { type TextProps } from 'ink';

export type ToneName =
  | 'plain'
  | 'strong'
  | 'muted'
  | 'accent'
  | 'current'
  | 'success'
  | 'warning'
  | 'danger'
  | 'inverse';

/** The part of Ink's `<Text>` props that is look, not layout. */
export type Tone = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse' | 'underline'>;

export type Tones = Readonly<Record<ToneName, Tone>>;

/**
Named ANSI colours only: the person's own theme decides what they look like, so they stay
readable on light and dark backgrounds. Colour never carries meaning alone: a glyph or a
word always says the same.
*/
export const colourTones: Tones = {
  plain: {},
  strong: { bold: true },
  muted: { dimColor: true },
  accent: { color: 'cyan' },
  current: { color: 'cyan', bold: true },
  success: { color: 'green' },
  warning: { color: 'yellow' },
  danger: { color: 'red' },
  inverse: { inverse: true },
};

/** On a ground that is known to be light: yellow and cyan are hardly there on white. Sixteen colours. */
const lightTones: Tones = {
  ...colourTones,
  accent: { color: 'blue' },
  current: { color: 'blue', bold: true },
  warning: { color: 'magenta' },
};

/** The same with colours to choose from: dark enough to be read on white (a contrast of 4.5 and more). */
const richLightTones: Tones = {
  ...colourTones,
  accent: { color: '#005faf' },
  current: { color: '#005faf', bold: true },
  success: { color: '#006b00' },
  warning: { color: '#875f00' },
  danger: { color: '#af0000' },
};

/** What a terminal can show, as far as tones depend on it. */
export type ColourFacts = {
  readonly depth: 'none' | 'basic' | '256' | 'true';
  readonly background: 'dark' | 'light' | 'unknown';
};

/** Tones that can be read in this terminal. Where its ground is not known, they are its owner's own sixteen. */
export function tonesFor({ depth, background }: ColourFacts): Tones {
  if (depth === 'none') return plainTones;
  if (background !== 'light') return colourTones;
  return depth === 'basic' ? lightTones : richLightTones;
}

/** The same meanings in weight alone, for `NO_COLOR` on a terminal that still knows bold. */
const plainTones: Tones = {
  plain: {},
  strong: { bold: true },
  muted: { dimColor: true },
  accent: { underline: true },
  current: { bold: true },
  success: {},
  warning: { bold: true },
  danger: { bold: true },
  inverse: { inverse: true },
};
