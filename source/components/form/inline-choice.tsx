import { Box, Text } from 'ink';
import { Fragment, type ReactElement } from 'react';
import { type KeyPress } from '../keys/key-press.ts';
import { useKeys } from '../keys/use-keys.ts';
import { displayWidth, truncate } from '../text/width.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';

type InlineChoiceProps = {
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
  /** Columns to draw in. */
  readonly width: number;
  readonly isActive: boolean;
  readonly onChange: (value: string) => void;
  readonly onSubmit: () => void;
  readonly onKey: (press: KeyPress) => void;
};

/** A few answers side by side: left, right or space moves; up and down stay with the form. */
export function InlineChoice(props: InlineChoiceProps): ReactElement {
  const { choices, value, isActive } = props;
  const glyphs = useGlyphs();
  const tone = useTone();

  function step(by: number): void {
    const at = choices.findIndex((choice) => choice.value === value);
    const next = at === -1 ? (by > 0 ? 0 : choices.length - 1) : (at + by + choices.length) % choices.length;
    choose(choices[next]);
  }

  function choose(choice: InlineOption | undefined): void {
    if (choice !== undefined) props.onChange(choice.value);
  }

  useKeys((press) => {
    if (press.kind === 'key' && press.name === 'home') {
      choose(choices[0]);
    } else if (press.kind === 'key' && press.name === 'end') {
      choose(choices.at(-1));
    } else if (press.kind === 'key' && press.name === 'left') {
      step(-1);
    } else if (
      (press.kind === 'key' && press.name === 'right') ||
      (press.kind === 'text' && press.text === ' ')
    ) {
      step(1);
    } else if (press.kind === 'key' && press.name === 'enter') {
      props.onSubmit();
    } else {
      props.onKey(press);
    }
  }, isActive);

  const widest = Math.max(1, props.width - displayWidth(glyphs.radioOn) - 1);
  return (
    <Box flexDirection="column">
      {inlineChoiceLines(choices, props.width, displayWidth(glyphs.radioOn)).map((line) => (
        <Text key={line[0]?.value} wrap="truncate">
          {line.map((choice, at) => {
            const isChosen = choice.value === value;
            return (
              <Fragment key={choice.value}>
                {at === 0 ? '' : ' '.repeat(choiceGap)}
                <Text {...(isChosen ? tone.success : tone.muted)}>
                  {isChosen ? glyphs.radioOn : glyphs.radioOff}
                </Text>{' '}
                <Text {...(isChosen ? tone.current : tone.plain)}>
                  {truncate(choice.label, widest, glyphs.ellipsis)}
                </Text>
              </Fragment>
            );
          })}
        </Text>
      ))}
    </Box>
  );
}

const choiceGap = 3;

type InlineOption = { readonly value: string; readonly label: string };

/** Choices side by side, on as few lines of `width` columns as they need. */
export function inlineChoiceLines(
  choices: readonly InlineOption[],
  width: number,
  markWidth: number,
): readonly (readonly InlineOption[])[] {
  const lines: InlineOption[][] = [[]];
  let used = 0;
  for (const choice of choices) {
    const needed = markWidth + 1 + displayWidth(choice.label);
    const line = lines.at(-1);
    if (line === undefined || (line.length > 0 && used + choiceGap + needed > width)) {
      lines.push([choice]);
      used = needed;
    } else {
      used += (line.length === 0 ? 0 : choiceGap) + needed;
      line.push(choice);
    }
  }
  return lines;
}
