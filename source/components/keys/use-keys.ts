import { type KeyPress, pressesOf } from './key-press.ts';
import { useStrokes } from './keyboard.tsx';

/** Calls `onPress` for every key, typed text and paste, one call each, wherever it was pressed. */
export function useKeys(onPress: (press: KeyPress) => void, isActive = true): void {
  useStrokes((stroke) => {
    for (const press of pressesOf(stroke)) onPress(press);
  }, isActive);
}
