import { Box, Text, useWindowSize } from 'ink';
import { type ReactElement, useState } from 'react';
import { TextField } from '../field/text-field.tsx';
import { useIsUnseen } from '../keys/keyboard.tsx';
import { wrapBeside, wrapText } from '../text/wrap.ts';
import type { Glyphs } from '../theme/glyphs.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';

type ConfirmByNameProps = {
  /** What has to be typed, letter by letter. */
  readonly name: string;
  /** `"prod" is a production sandbox. Type its name to go on.` */
  readonly question: string;
  /** Below the field when something else was entered. */
  readonly mismatch: string;
  /** @default the width of the terminal */
  readonly width?: number | undefined;
  readonly isActive?: boolean | undefined;
  readonly onConfirm: () => void;
  /** Esc. */
  readonly onBack?: (() => void) | undefined;
};

/** For what cannot be taken back: only the typed name goes on. */
export function ConfirmByName(props: ConfirmByNameProps): ReactElement {
  const { name, question, mismatch, isActive, onConfirm, onBack } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const window = useWindowSize();
  const width = props.width ?? window.columns;
  const [value, setValue] = useState('');
  const [isRefused, setIsRefused] = useState(false);
  const isUnseen = useIsUnseen();

  return (
    <Box flexDirection="column">
      {wrapText(question, width).map((line, at) => (
        <Text key={at} {...tone.danger}>
          {line}
        </Text>
      ))}
      <Box>
        <Text {...tone.accent}>{glyphs.pointer} </Text>
        <TextField
          value={value}
          isActive={isActive}
          onChange={(typed) => {
            setValue(typed);
            setIsRefused(false);
          }}
          onSubmit={(typed) => {
            if (typed.trim() === name) {
              if (!isUnseen()) onConfirm();
            } else {
              setIsRefused(true);
            }
          }}
          onKey={(press) => {
            if (press.kind === 'key' && press.name === 'escape') {
              onBack?.();
            }
          }}
        />
      </Box>
      {mismatchLines(mismatch, width, glyphs).map((line, at) => (
        <Text key={at} {...tone.danger}>
          {isRefused ? line : ' '}
        </Text>
      ))}
    </Box>
  );
}

const mismatchLines = (mismatch: string, width: number, { cross }: Glyphs): readonly string[] =>
  wrapBeside(`${cross} `, mismatch, width);

/** Lines that it takes: there is always room for what is said of a name that is another one. */
export const confirmByNameLines = (
  { question, mismatch }: Pick<ConfirmByNameProps, 'question' | 'mismatch'>,
  width: number,
  glyphs: Glyphs,
): number => wrapText(question, width).length + 1 + mismatchLines(mismatch, width, glyphs).length;
