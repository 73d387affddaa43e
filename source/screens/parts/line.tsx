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

/** What came of something. */
export function Told({ lines }: { readonly lines: readonly string[] }): ReactElement {
  const tone = useTone();
  return (
    <>
      {lines.map((line, at) => (
        <Text key={at} {...tone.warning} wrap="truncate">
          {`  ${line}`}
        </Text>
      ))}
    </>
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
