import { Text, useAnimation, useIsScreenReaderEnabled } from 'ink';
import { type ReactElement } from 'react';
import { useGlyphs, useMotion, useTone } from '../theme/theme.tsx';
import { useDelay } from './use-delay.ts';

/** What is over sooner than this is not worth a flicker. */
const appearsAfterMs = 100;

/** Four redraws a second look alive and cost a slow line little. */
const frameMs = 250;

type SpinnerProps = {
  /** What is being waited for. */
  readonly label: string;
  /** @default 100 */
  readonly delayMs?: number | undefined;
};

/** Says that something is on the way, once it has taken a moment. */
export function Spinner({ label, delayMs = appearsAfterMs }: SpinnerProps): ReactElement | null {
  const isDue = useDelay(delayMs);
  const tone = useTone();
  if (!isDue) {
    return null;
  }
  return (
    <Text wrap="truncate">
      <SpinnerGlyph />
      <Text {...tone.muted}>{label}</Text>
    </Text>
  );
}

/** The turning sign and a space. Where nothing may move, `still` stands in its place. */
export function SpinnerGlyph({ still = '' }: { readonly still?: string | undefined }): ReactElement {
  const glyphs = useGlyphs();
  const tone = useTone();
  const hasMotion = useMotion();
  const isReadAloud = useIsScreenReaderEnabled();
  const isStill = !hasMotion || isReadAloud;
  const { frame } = useAnimation({ interval: frameMs, isActive: !isStill });
  const sign = isStill ? still : (glyphs.spinner[frame % glyphs.spinner.length] ?? '');
  return <Text {...tone.accent}>{sign === '' ? '' : `${sign} `}</Text>;
}
