import { Box, Text, useWindowSize } from 'ink';
import { type ReactElement, useState } from 'react';
import { TextField } from '../field/text-field.tsx';
import { wrapText } from '../text/wrap.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';

export type ConfirmByNameProps = {
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
  const [value, setValue] = useState('');
  const [isRefused, setIsRefused] = useState(false);

  return (
    <Box flexDirection="column">
      {wrapText(question, props.width ?? window.columns).map((line, at) => (
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
              onConfirm();
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
      <Text {...tone.danger}>{isRefused ? `${glyphs.cross} ${mismatch}` : ' '}</Text>
    </Box>
  );
}
