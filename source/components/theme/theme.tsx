import { createContext, type ReactElement, type ReactNode, useContext } from 'react';
import { type Glyphs, unicodeGlyphs } from './glyphs.ts';
import { colourTones, plainTones, type Tones } from './tone.ts';

export { asciiGlyphs, type Glyphs, unicodeGlyphs } from './glyphs.ts';
export { type Tone, type ToneName, type Tones } from './tone.ts';

export const GlyphsContext = createContext<Glyphs>(unicodeGlyphs);
export const ToneContext = createContext<Tones>(colourTones);

export function useGlyphs(): Glyphs {
  return useContext(GlyphsContext);
}

/** Meanings → props for Ink's `<Text>`: `<Text {...tone.danger}>`. */
export function useTone(): Tones {
  return useContext(ToneContext);
}

/** Sets glyphs and tones for everything inside; both default to the rich ones. */
export function Theme({
  glyphs = unicodeGlyphs,
  hasColour = true,
  children,
}: {
  readonly glyphs?: Glyphs | undefined;
  readonly hasColour?: boolean | undefined;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <GlyphsContext value={glyphs}>
      <ToneContext value={hasColour ? colourTones : plainTones}>{children}</ToneContext>
    </GlyphsContext>
  );
}
