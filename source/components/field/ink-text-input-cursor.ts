import { type Key } from 'ink';
import { type TextFieldState } from './text-field-state.ts';

/**
Where ink-text-input puts its cursor for one input event: its own rules, faults included.

It counts code units, types Ctrl and Alt letters, walks past both ends, and starts from the last
drawn frame even when several keys arrive before the next one. Its cursor cannot be set from
outside, so it is foretold here; where it would be wrong, the input is made anew in the right place.
*/
export function foretellCursor(drawn: TextFieldState, input: string, key: Key): number {
  if (key.upArrow || key.downArrow || key.tab || key.return || (key.ctrl && input === 'c')) {
    return drawn.cursor;
  }
  if (key.leftArrow) {
    return drawn.cursor - 1;
  }
  if (key.rightArrow) {
    return drawn.cursor + 1;
  }
  if (key.backspace || key.delete) {
    return drawn.cursor > 0 ? drawn.cursor - 1 : 0;
  }
  return drawn.cursor + input.length;
}

/** Whether ink-text-input, with its cursor at `foretold`, will draw `wanted` as it should be. */
export function isInStep(drawn: TextFieldState, foretold: number, wanted: TextFieldState): boolean {
  // When the text changes, it pulls a cursor near or behind the end to the end.
  const isPulled = wanted.value !== drawn.value && foretold > wanted.value.length - 1;
  return (isPulled ? wanted.value.length : foretold) === wanted.cursor;
}
