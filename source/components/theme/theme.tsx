import { createContext, type ReactElement, type ReactNode, useContext } from 'react';
import { type Glyphs, unicodeGlyphs } from './glyphs.ts';
import { colourTones, type Tones } from './tone.ts';

export { asciiGlyphs, type Glyphs, unicodeGlyphs } from './glyphs.ts';
export { type ColourFacts, type Tone, type ToneName, type Tones, tonesFor } from './tone.ts';

const GlyphsContext = createContext<Glyphs>(unicodeGlyphs);
const ToneContext = createContext<Tones>(colourTones);

/** Whether things may move on their own: not for a screen reader, not on a dumb terminal. */
const MotionContext = createContext(true);

/** Whether not even the end of a secret is shown: where others may look over one's shoulder by right. */
const HiddenSecretsContext = createContext(false);

export function useHiddenSecrets(): boolean {
  return useContext(HiddenSecretsContext);
}

export function useGlyphs(): Glyphs {
  return useContext(GlyphsContext);
}

/** Meanings → props for Ink's `<Text>`: `<Text {...tone.danger}>`. */
export function useTone(): Tones {
  return useContext(ToneContext);
}

export function useMotion(): boolean {
  return useContext(MotionContext);
}

/** Sets glyphs, tones and motion for everything inside; all default to the rich ones. */
export function Theme({
  glyphs = unicodeGlyphs,
  tones = colourTones,
  hasMotion = true,
  hidesSecrets = false,
  children,
}: {
  readonly glyphs?: Glyphs | undefined;
  readonly tones?: Tones | undefined;
  readonly hasMotion?: boolean | undefined;
  readonly hidesSecrets?: boolean | undefined;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <GlyphsContext value={glyphs}>
      <ToneContext value={tones}>
        <MotionContext value={hasMotion}>
          <HiddenSecretsContext value={hidesSecrets}>{children}</HiddenSecretsContext>
        </MotionContext>
      </ToneContext>
    </GlyphsContext>
  );
}
