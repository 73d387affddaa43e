import { Text, useWindowSize } from 'ink';
import { Fragment, type ReactElement } from 'react';
import { displayWidth } from '../text/width.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { fitHints, type KeyHint } from './hints-layout.ts';

export { type KeyHint } from './hints-layout.ts';

type KeyHintsProps = {
  readonly keys: readonly KeyHint[];
  /** @default the width of the terminal */
  readonly width?: number | undefined;
  /** @default 1 */
  readonly lines?: number | undefined;
};

/** The keys of this screen, as many as fit. */
export function KeyHints({ keys, width, lines }: KeyHintsProps): ReactElement {
  const glyphs = useGlyphs();
  const tone = useTone();
  const window = useWindowSize();
  const separator = ` ${glyphs.dot} `;
  const shown = fitHints(keys, width ?? window.columns, displayWidth(separator), lines);

  return (
    <>
      {shown.map((line, row) => (
        <Text key={row} wrap="truncate">
          {line.map((hint, at) => (
            <Fragment key={hint.key}>
              <Text {...tone.muted}>{at === 0 ? '' : separator}</Text>
              <Text {...tone.strong}>{hint.key}</Text>
              <Text {...tone.muted}> {hint.does}</Text>
            </Fragment>
          ))}
        </Text>
      ))}
    </>
  );
}
