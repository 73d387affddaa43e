import { useCallback, useRef, useState } from 'react';

/**
A reducer whose next state is known at once.

Ink delivers every key of one input chunk before React draws again, so a handler that reads the
state of the last frame loses keys (a held Backspace, a fast typist over SSH). Here `send` returns
the state after the event, and a callback can be called from the key handler itself.

@returns The state to draw, `send`, and `peek` for the newest state between two frames.
*/
export function useMachine<State, Event>(
  reduce: (state: State, event: Event) => State,
  start: () => State,
): readonly [State, (event: Event) => State, () => State] {
  const [state, setState] = useState(start);
  const newest = useRef(state);

  const send = useCallback(
    (event: Event): State => {
      const next = reduce(newest.current, event);
      if (next !== newest.current) {
        newest.current = next;
        setState(next);
      }
      return next;
    },
    [reduce],
  );
  const peek = useCallback(() => newest.current, []);
  return [state, send, peek];
}
