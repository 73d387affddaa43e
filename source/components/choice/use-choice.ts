import { useLayoutEffect, useRef, useState } from 'react';
import { type KeyPress } from '../keys/key-press.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useMachine } from '../machine/use-machine.ts';
import type { ChoiceOption } from './choice-option.ts';
import { reduceChoice, startChoice, step } from './choice-state.ts';

type ChoiceCallbacks<Value extends string> = {
  readonly options: readonly ChoiceOption<Value>[];
  readonly initialValue: Value | undefined;
  readonly isActive: boolean;
  readonly onSelect: (value: Value) => void;
  readonly onBack: (() => void) | undefined;
  readonly onHighlight: ((value: Value) => void) | undefined;
};

type ChoiceControl = {
  readonly highlighted: number;
  /** A refused option that a digit chose from afar: its reason is to be shown. */
  readonly refused: number | undefined;
  /** Changes when ink-select-input has to begin anew at `highlighted`. */
  readonly version: number;
};

/**
The keys of a choice.

ink-select-input starts every key from the last drawn frame: of "down, enter" in one chunk it chooses
the option *before* the move. So what is chosen is decided here; it draws, and where its own cursor
went astray it is made anew.
*/
export function useChoice<Value extends string>(callbacks: ChoiceCallbacks<Value>): ChoiceControl {
  const { options, initialValue } = callbacks;
  const [state, send, peek] = useMachine(reduceChoice, () =>
    startChoice(
      options.map((option) => option.value),
      initialValue,
    ),
  );
  const [refused, setRefused] = useState<number>();
  const [version, setVersion] = useState(0);
  const drawn = useRef(state);

  useLayoutEffect(() => {
    const values = options.map((option) => option.value);
    const before = peek().values;
    if (values.length !== before.length || values.some((value, at) => value !== before[at])) {
      send({ type: 'values-given', values });
      setVersion((last) => last + 1);
    }
  }, [options, send, peek]);
  useLayoutEffect(() => {
    drawn.current = state;
  }, [state]);

  function move(by: -1 | 1): void {
    const { highlighted } = send({ type: 'moved', by });
    // One step from what is drawn is what ink-select-input does by itself.
    arrived(highlighted, highlighted === step(drawn.current, by));
  }

  function moveTo(index: number): void {
    arrived(send({ type: 'moved-to', index }).highlighted, false);
  }

  function arrived(highlighted: number, isDrawn: boolean): void {
    setRefused(undefined);
    if (!isDrawn) setVersion((before) => before + 1);
    const option = options[highlighted];
    if (option !== undefined) {
      callbacks.onHighlight?.(option.value);
    }
  }

  function choose(index: number): void {
    const option = options[index];
    if (option === undefined) {
      return;
    }
    // What is asked about it stands beside the option that it is about.
    if (index !== peek().highlighted) moveTo(index);
    if (option.disabled === undefined) {
      callbacks.onSelect(option.value);
    } else {
      setRefused(index);
    }
  }

  useKeys((press: KeyPress) => {
    if (press.kind === 'text') {
      if (press.text === 'j') {
        move(1);
      } else if (press.text === 'k') {
        move(-1);
      } else if (/^[1-9]$/.test(press.text)) {
        choose(Number(press.text) - 1);
      } else {
        choose(options.findIndex(({ letter }) => letter === press.text));
      }
    } else if (press.kind === 'key') {
      if (press.name === 'down') {
        move(1);
      } else if (press.name === 'up') {
        move(-1);
      } else if (press.name === 'home') {
        moveTo(0);
      } else if (press.name === 'end') {
        moveTo(options.length - 1);
      } else if (press.name === 'enter') {
        choose(peek().highlighted);
      } else if (press.name === 'escape') {
        callbacks.onBack?.();
      }
    }
  }, callbacks.isActive);

  return { highlighted: state.highlighted, refused, version };
}
