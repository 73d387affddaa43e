import { Text } from 'ink';
import TextInput from 'ink-text-input';
import { type ReactElement, useLayoutEffect, useState } from 'react';
import { type KeyPress } from '../keys/key-press.ts';
import { useTone } from '../theme/theme.tsx';
import { type TextFieldView, useTextField } from './use-text-field.ts';

export type TextFieldProps = {
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
};

/** One line of text on top of ink-text-input, which draws text and cursor. */
export function TextField(props: TextFieldProps): ReactElement {
  const { value, placeholder = '', isActive = true, onChange, onSubmit, onKey } = props;
  const tone = useTone();
  const view = useTextField({ value, isActive, onChange, onSubmit, onKey });

  return (
    <Text wrap="hard">
      {isActive ? <CursorText {...view} /> : view.value}
      {view.value === '' ? <Text {...tone.muted}>{placeholder}</Text> : null}
    </Text>
  );
}

/** ink-text-input with its cursor where it belongs. */
function CursorText({ value, cursor, version }: TextFieldView): ReactElement {
  const [settledVersion, setSettledVersion] = useState(version);
  useLayoutEffect(() => setSettledVersion(version), [version]);

  // A new input begins with its cursor at the end of its value. So it is first given the text
  // before the cursor and then, before the next key, all of it.
  const isSettled = settledVersion === version;
  return (
    <Text>
      <TextInput key={version} value={isSettled ? value : value.slice(0, cursor)} onChange={ignore} />
      {isSettled ? '' : value.slice(cursor)}
    </Text>
  );
}

// The text changes in text-field-state.ts, which also knows what came since the last frame.
function ignore(): void {}
