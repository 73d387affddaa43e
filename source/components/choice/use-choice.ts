import { useState } from 'react';
import { useKeys } from '../keys/use-keys.ts';
import { type ChoiceOption } from './choice.tsx';

export type ChoiceCallbacks<Value extends string> = {
  readonly options: readonly ChoiceOption<Value>[];
  readonly initialValue: Value | undefined;
  readonly isActive: boolean;
  readonly onSelect: (value: Value) => void;
  readonly onBack: (() => void) | undefined;
  readonly onHelp: (() => void) | undefined;
  readonly onHighlight: ((value: Value) => void) | undefined;
};

export type ChoiceControl = {
  /** Index of the option under the cursor. */
  readonly highlighted: number;
  readonly select: (index: number) => void;
  readonly highlight: (index: number) => void;
};

/** ink-select-input moves and chooses; this adds going back, and refuses what is disabled. */
export function useChoice<Value extends string>(callbacks: ChoiceCallbacks<Value>): ChoiceControl {
  const { options, initialValue } = callbacks;
  const [highlighted, setHighlighted] = useState(() =>
    Math.max(
      0,
      options.findIndex((option) => option.value === initialValue),
    ),
  );

  useKeys((press) => {
    if (press.kind === 'key' && press.name === 'escape') {
      callbacks.onBack?.();
    } else if (press.kind === 'text' && press.text === '?') {
      callbacks.onHelp?.();
    }
  }, callbacks.isActive);

  return {
    highlighted,
    highlight(index) {
      setHighlighted(index);
      const option = options[index];
      if (option !== undefined) {
        callbacks.onHighlight?.(option.value);
      }
    },
    select(index) {
      const option = options[index];
      if (option === undefined) {
        return;
      }
      if (option.disabled !== undefined) {
        // A digit chooses from afar: the line below then tells about an option the cursor is not on.
        setHighlighted(index);
        return;
      }
      callbacks.onSelect(option.value);
    },
  };
}
