import { Box, type DOMElement, Text } from 'ink';
import { type ReactElement, useRef } from 'react';
import { TextCursor } from '../cursor/text-cursor.tsx';
import { type KeyPress } from '../keys/key-press.ts';
import { useGlyphs, useHiddenSecrets, useTone } from '../theme/theme.tsx';
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
  readonly size?: SecretSize | undefined;
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
  const glyphs = useGlyphs();
  const tone = useTone();
  const box = useRef<DOMElement>(null);
  const secret = useSecretField({
    initialValue,
    isMultiline,
    isActive,
    onChange: props.onChange,
    onSubmit: props.onSubmit,
    onKey: props.onKey,
    now: props.now ?? readClock,
  });

  const isHidden = useHiddenSecrets();
  const shown = wordsOfSecret(secret, glyphs.mask, isMultiline ? size : undefined, isHidden);
  return (
    <>
      <Box ref={box} flexGrow={1}>
        <Text wrap="truncate">
          {shown.dots}
          <Text {...tone.muted}>{shown.size}</Text>
          <Text {...tone.muted}>{secret === '' ? placeholder : ''}</Text>
        </Text>
      </Box>
      {isActive ? <TextCursor isOneLine anchor={box} before={shown.dots + shown.size} /> : null}
    </>
  );
}

/** A secret as anyone may see it: `••••`, then the last four characters of a long one, or its size. */
export function SecretText({
  secret,
  size,
}: {
  readonly secret: string;
  readonly size?: SecretSize | undefined;
}): ReactElement {
  const glyphs = useGlyphs();
  const tone = useTone();
  const isHidden = useHiddenSecrets();
  const shown = wordsOfSecret(secret, glyphs.mask, size, isHidden);
  return (
    <Text wrap="truncate">
      {shown.dots}
      <Text {...tone.muted}>{shown.size}</Text>
    </Text>
  );
}

type SecretSize = (lines: number, characters: number) => string;

function wordsOfSecret(
  secret: string,
  mask: string,
  size: SecretSize | undefined,
  isHidden: boolean,
): { readonly dots: string; readonly size: string } {
  if (secret === '') {
    return { dots: '', size: '' };
  }
  const { tail, lineCount, characterCount } = factsOfSecret(secret);
  // Always four: their number says nothing about the length.
  const dots = mask.repeat(4);
  return size === undefined
    ? { dots: isHidden ? dots : dots + tail, size: '' }
    : { dots, size: ` ${size(lineCount, characterCount)}` };
}

function readClock(): number {
  return performance.now();
}
