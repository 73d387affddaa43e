import { Text } from 'ink';
import type { ReactElement } from 'react';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';

/** Something to know, beside what is asked. */
export function Note({ children }: { readonly children: string | undefined }): ReactElement | null {
  const tone = useTone();
  return children === undefined ? null : (
    <Text {...tone.muted} wrap="truncate">
      {`  ${children}`}
    </Text>
  );
}

/** Why the page cannot be left forward yet. */
export function Warning({ children }: { readonly children: string }): ReactElement {
  const tone = useTone();
  const glyphs = useGlyphs();
  return (
    <Text {...tone.warning} wrap="truncate">
      {glyphs.warning} {children}
    </Text>
  );
}
