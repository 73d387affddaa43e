import { Box, Text, useWindowSize } from 'ink';
import { type ReactElement } from 'react';
import { displayWidth } from '../text/width.ts';
import { wrapText } from '../text/wrap.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { useConfirm } from './use-confirm.ts';

type ConfirmProps = {
  /** "Leave without saving?" */
  readonly question: string;
  readonly texts: {
    readonly yes: string;
    readonly no: string;
    /** Behind an answer, the letter that gives it: ` (y)`. */
    readonly letter: (letter: string) => string;
  };
  /** @default the width of the terminal */
  readonly width?: number | undefined;
  readonly isActive?: boolean | undefined;
  /** y or n, or Enter. */
  readonly onAnswer: (isYes: boolean) => void;
  /** Esc. @default the same as no */
  readonly onBack?: (() => void) | undefined;
};

/** Between two answers, and before the first one beside its question. */
const gap = 3;

type Answers = ConfirmProps['texts'];

/**
 * A question with two answers. y and n answer at once, whatever the language of the words; Enter gives the harmless one
 * before anything is chosen, so that the key that asked does not confirm. @see living.md 3, C2
 */
export function Confirm(props: ConfirmProps): ReactElement {
  const { question, texts, isActive = true, onAnswer, onBack } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const window = useWindowSize();
  const width = props.width ?? window.columns;
  const isYes = useConfirm({ isActive, onAnswer, onBack });
  const layout = layOut(question, texts, width, displayWidth(glyphs.radioOn));
  const answers = [
    <Answer key="y" isOn={isYes} label={texts.yes} letter={texts.letter('y')} />,
    <Answer key="n" isOn={!isYes} label={texts.no} letter={texts.letter('n')} />,
  ];
  return (
    <Box flexDirection={layout === 'line' ? 'row' : 'column'} columnGap={gap} width={width}>
      <Box flexDirection="column" flexShrink={0}>
        {wrapText(question, width).map((line, at) => (
          <Text key={at} {...tone.strong}>
            {line}
          </Text>
        ))}
      </Box>
      <Box flexDirection={layout === 'column' ? 'column' : 'row'} columnGap={gap} flexShrink={0}>
        {answers}
      </Box>
    </Box>
  );
}

/** Lines that it takes. */
export function confirmLines(question: string, texts: Answers, width: number, signWidth = 1): number {
  const layout = layOut(question, texts, width, signWidth);
  return layout === 'line' ? 1 : wrapText(question, width).length + (layout === 'rows' ? 1 : 2);
}

/** All on one line; the answers below the question; or each answer on a line of its own. */
function layOut(
  question: string,
  { yes, no, letter }: Answers,
  width: number,
  signWidth: number,
): 'line' | 'rows' | 'column' {
  const answers = [yes, no].map((label) => signWidth + 1 + displayWidth(label) + displayWidth(letter('y')));
  const both = answers.reduce((sum, one) => sum + one, gap);
  if (displayWidth(question) + gap + both <= width) return 'line';
  return both <= width ? 'rows' : 'column';
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
      <Text {...tone.muted}>{props.letter}</Text>
    </Text>
  );
}
