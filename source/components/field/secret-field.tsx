import { Text } from 'ink';
import { type ReactElement } from 'react';
import { type KeyPress } from '../keys/key-press.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { factsOfSecret } from './secret-field-state.ts';
import { useSecretField } from './use-secret-field.ts';

export type SecretFieldProps = {
  /** @default '' */
  readonly initialValue?: string | undefined;
  /** A key file: line ends are kept, and its size is shown instead of its end. */
  readonly isMultiline?: boolean | undefined;
  readonly placeholder?: string | undefined;
  /** @default true */
  readonly isActive?: boolean | undefined;
  /** "40 lines · 2,456 characters"; without it only dots are shown. */
  readonly size?: ((lines: number, characters: number) => string) | undefined;
  readonly onChange: (value: string) => void;
  readonly onSubmit?: ((value: string) => void) | undefined;
  /** Keys that are not the field's: up, down, tab, esc, arrows, other Ctrl letters. */
  readonly onKey?: ((press: KeyPress) => void) | undefined;
  /** Clock in milliseconds, for telling a paste from typing. @default performance.now */
  readonly now?: (() => number) | undefined;
};

/** Takes a secret without ever showing it. */
export function SecretField(props: SecretFieldProps): ReactElement {
  const { initialValue = '', isMultiline = false, placeholder = '', isActive = true, size } = props;
  const tone = useTone();
  const secret = useSecretField({
    initialValue,
    isMultiline,
    isActive,
    onChange: props.onChange,
    onSubmit: props.onSubmit,
    onKey: props.onKey,
    now: props.now ?? readClock,
  });

  return (
    <Text wrap="truncate">
      <SecretText secret={secret} size={isMultiline ? size : undefined} />
      {isActive ? <Text {...tone.inverse}> </Text> : null}
      {secret === '' ? <Text {...tone.muted}>{placeholder}</Text> : null}
    </Text>
  );
}

/** A secret as anyone may see it: `••••`, then the last four characters of a long one, or its size. */
export function SecretText({
  secret,
  size,
}: {
  readonly secret: string;
  readonly size?: ((lines: number, characters: number) => string) | undefined;
}): ReactElement {
  const glyphs = useGlyphs();
  const tone = useTone();
  if (secret === '') {
    return <Text />;
  }
  const { tail, lineCount, characterCount } = factsOfSecret(secret);
  const dots = glyphs.mask.repeat(4);
  return (
    <Text>
      {dots}
      {size === undefined ? tail : <Text {...tone.muted}> {size(lineCount, characterCount)}</Text>}
    </Text>
  );
}

function readClock(): number {
  return performance.now();
}
