import { Text } from 'ink';
import { Fragment, type ReactElement } from 'react';
import { type KeyPress } from '../keys/key-press.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';

export type InlineChoiceProps = {
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
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
    const choice = choices[next];
    if (choice !== undefined) {
      props.onChange(choice.value);
    }
  }

  useKeys((press) => {
    if (press.kind === 'key' && press.name === 'left') {
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

  return (
    <Text wrap="wrap">
      {choices.map((choice, at) => {
        const isChosen = choice.value === value;
        return (
          <Fragment key={choice.value}>
            {at === 0 ? '' : '   '}
            <Text {...(isChosen ? tone.success : tone.muted)}>
              {isChosen ? glyphs.radioOn : glyphs.radioOff}
            </Text>{' '}
            <Text {...(isChosen && isActive ? tone.current : tone.plain)}>{choice.label}</Text>
          </Fragment>
        );
      })}
    </Text>
  );
}
