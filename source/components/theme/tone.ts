import { type TextProps } from 'ink';

export type ToneName =
  'plain' | 'strong' | 'muted' | 'accent' | 'current' | 'success' | 'warning' | 'danger' | 'inverse';

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

/** The same meanings in weight alone, for `NO_COLOR` on a terminal that still knows bold. */
export const plainTones: Tones = {
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
