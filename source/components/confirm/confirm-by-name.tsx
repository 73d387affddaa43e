import { Box, Text } from 'ink';
import { type ReactElement, useState } from 'react';
import { TextField } from '../field/text-field.tsx';
import { useGlyphs, useTone } from '../theme/theme.tsx';

export type ConfirmByNameProps = {
  /** What has to be typed, letter by letter. */
  readonly name: string;
  /** "Type the name of the sandbox to go on:" */
  readonly question: string;
  /** Below the field when something else was entered. */
  readonly mismatch: string;
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
  const [value, setValue] = useState('');
  const [isRefused, setIsRefused] = useState(false);

  return (
    <Box flexDirection="column">
      <Text>
        {question} <Text {...tone.strong}>{name}</Text>
      </Text>
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
