import { Text } from 'ink';
import { type ReactElement } from 'react';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { useConfirm } from './use-confirm.ts';

export type ConfirmProps = {
  /** "Leave without saving?" */
  readonly question: string;
  readonly texts: { readonly yes: string; readonly no: string };
  /** The answer that Enter gives before anything is pressed. @default false, the harmless one */
  readonly initialAnswer?: boolean | undefined;
  readonly isActive?: boolean | undefined;
  /** y or n, or Enter. */
  readonly onAnswer: (isYes: boolean) => void;
  /** Esc. @default the same as no */
  readonly onBack?: (() => void) | undefined;
};

/** A question with two answers. y and n answer at once, whatever the language of the words. */
export function Confirm(props: ConfirmProps): ReactElement {
  const { question, texts, initialAnswer = false, isActive = true, onAnswer, onBack } = props;
  const tone = useTone();
  const isYes = useConfirm({ initialAnswer, isActive, onAnswer, onBack });
  return (
    <Text>
      <Text {...tone.strong}>{question}</Text>
      {'   '}
      <Answer isOn={isYes} label={texts.yes} letter="y" />
      {'   '}
      <Answer isOn={!isYes} label={texts.no} letter="n" />
    </Text>
  );
}

function Answer(props: {
  readonly isOn: boolean;
  readonly label: string;
  readonly letter: string;
}): ReactElement {
  const glyphs = useGlyphs();
  const tone = useTone();
  return (
    <Text {...(props.isOn ? tone.current : tone.plain)}>
      {props.isOn ? glyphs.radioOn : glyphs.radioOff} {props.label}
      <Text {...tone.muted}> ({props.letter})</Text>
    </Text>
  );
}
