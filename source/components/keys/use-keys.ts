import { useInput, usePaste } from 'ink';
import { useEffect, useEffectEvent } from 'react';
import { cleanText } from '../text/clean.ts';
import { type KeyPress, readKeyPresses } from './key-press.ts';
import { useKeyReplay } from './replay.ts';

/**
Calls `onPress` for every key, typed text and paste, one call each, and for keys that are pressed from a
list of keys.

Pasting is always listened to: it keeps bracketed paste on, so that a pasted line end can never
press Enter.
*/
export function useKeys(onPress: (press: KeyPress) => void, isActive = true): void {
  useInput(
    (input, key) => {
      for (const press of readKeyPresses(input, key)) {
        onPress(press);
      }
    },
    { isActive },
  );
  usePaste(
    (pasted) => {
      const text = cleanText(pasted);
      if (text !== '') {
        onPress({ kind: 'paste', text });
      }
    },
    { isActive },
  );
  const replay = useKeyReplay();
  const replayed = useEffectEvent(onPress);
  useEffect(() => (isActive ? replay?.listen((press) => replayed(press)) : undefined), [isActive, replay]);
}
