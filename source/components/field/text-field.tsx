import { Box, type DOMElement, Text } from 'ink';
import TextInput from 'ink-text-input';
import { type ReactElement, useRef } from 'react';
import { TextCursor } from '../cursor/text-cursor.tsx';
import { type KeyPress } from '../keys/key-press.ts';
import { useTone } from '../theme/theme.tsx';
import { useTextField } from './use-text-field.ts';

type TextFieldProps = {
  readonly value: string;
  /** Muted, while the field is empty. */
  readonly placeholder?: string | undefined;
  /** Whether keys arrive here. @default true */
  readonly isActive?: boolean | undefined;
  /** Called from the key; keep the value, or the field goes on with its own. */
  readonly onChange: (value: string) => void;
  /** Enter, with everything typed so far, also when both came in one chunk. */
  readonly onSubmit?: ((value: string) => void) | undefined;
  /** Keys that do nothing in a line of text: up, down, tab, esc, other Ctrl letters. */
  readonly onKey?: ((press: KeyPress) => void) | undefined;
  /** Asked of everything that comes in one piece, as it came. @returns whether it is refused, and never drawn */
  readonly refuses?: ((pasted: string) => boolean) | undefined;
};

/**
One line of text, drawn by ink-text-input.

Its own editing is switched off: it starts from the last drawn frame, so of several keys in one chunk
only the last counts; it counts code units, types Ctrl and Alt letters, and takes a pasted line end
into the text. What the text becomes is decided in text-field-state.ts, where all of that is tested.
*/
export function TextField(props: TextFieldProps): ReactElement {
  const { value: given, placeholder = '', isActive = true, onChange, onSubmit, onKey, refuses } = props;
  const tone = useTone();
  const box = useRef<DOMElement>(null);
  const { value, cursor } = useTextField({ value: given, isActive, onChange, onSubmit, onKey, refuses });

  return (
    <>
      <Box ref={box} flexGrow={1}>
        <Text wrap="hard">
          <TextInput value={value} focus={false} showCursor={false} onChange={onChange} />
          <Text {...tone.muted}>{value === '' ? placeholder : ''}</Text>
          {/* Room for the cursor behind a full line. */ isActive ? ' ' : ''}
        </Text>
      </Box>
      {isActive ? <TextCursor anchor={box} before={value.slice(0, cursor)} /> : null}
    </>
  );
}
