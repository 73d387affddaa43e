import { useInput, usePaste } from 'ink';
import {
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffectEvent,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { type KeyPress, pressesOf, type Stroke } from './key-press.ts';

type Listener = (stroke: Stroke) => void;

/** Says whether a question mark is a part of what is typed here just now. */
type Typist = () => boolean;

/**
Hands what is pressed to everybody who listens. Whether a key asks for the list of keys is decided here and nowhere else:
F1 always does, and `?` where it is no text.
*/
class Keyboard {
  readonly #listeners = new Set<Listener>();
  readonly #typists = new Set<Typist>();
  readonly #watchers = new Set<() => void>();
  #help: (() => void) | undefined;
  #held: readonly KeyPress[] = [];
  /** The number of the read that brought what is pressed just now; nothing where nobody counts them. */
  readonly readOf: () => number | undefined;

  constructor(readOf: () => number | undefined) {
    this.readOf = readOf;
  }

  /** What was typed before there is anything to type in. */
  get held(): readonly KeyPress[] {
    return this.#held;
  }

  /** Keeps it for whoever takes it. */
  hold(presses: readonly KeyPress[]): void {
    this.#held = presses;
  }

  /** Somebody types text, until the returned function is called. */
  type(typist: Typist): () => void {
    this.#typists.add(typist);
    for (const watch of this.#watchers) watch();
    return () => {
      this.#typists.delete(typist);
      for (const watch of this.#watchers) watch();
    };
  }

  /** Whether what is pressed is text somewhere. */
  isTyping = (): boolean => this.#typists.size > 0;

  watchTyping = (watch: () => void): (() => void) => {
    this.#watchers.add(watch);
    return () => this.#watchers.delete(watch);
  };

  /** Who is asked for the list of keys, until the returned function is called. */
  helpWith(help: () => void): () => void {
    this.#help = help;
    return () => {
      this.#help = undefined;
    };
  }

  #asksForHelp(stroke: Stroke): boolean {
    const [press, another] = pressesOf(stroke);
    if (press === undefined || another !== undefined) return false;
    if (press.kind === 'key') return press.name === 'help';
    return press.kind === 'text' && press.text === '?' && ![...this.#typists].some((isText) => isText());
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(stroke: Stroke): void {
    if (this.#help !== undefined && this.#asksForHelp(stroke)) return this.#help();
    for (const listener of [...this.#listeners]) listener(stroke);
  }
}

const KeyboardContext = createContext<Keyboard | undefined>(undefined);

/**
The only one who listens to the terminal, for as long as the screen is there. It keeps bracketed paste on, so that
a pasted line end can never press Enter.
*/
export function KeyboardProvider(props: {
  readonly children?: ReactNode;
  /** The number of the read that brought what is pressed just now. @default nobody counts them */
  readonly readOf?: (() => number) | undefined;
}): ReactElement {
  const { children, readOf = () => undefined } = props;
  const [keyboard] = useState(() => new Keyboard(readOf));
  useInput((input, key) => keyboard.tell({ kind: 'typed', input, key }));
  usePaste((text) => keyboard.tell({ kind: 'pasted', text }));
  return <KeyboardContext value={keyboard}>{children}</KeyboardContext>;
}

export function useKeyboard(): Keyboard {
  const keyboard = useContext(KeyboardContext);
  if (!keyboard) throw new Error('There is no KeyboardProvider around this.');
  return keyboard;
}

/**
Calls `onStroke` for everything that is pressed, from the moment on that the component is drawn. An effect would be
too late: it can come turns after the frame, and a key that answers the frame would be lost.
*/
export function useStrokes(onStroke: Listener, isActive = true): void {
  const keyboard = useKeyboard();
  const heard = useEffectEvent(onStroke);
  useLayoutEffect(
    () => (isActive ? keyboard.listen((stroke) => heard(stroke)) : undefined),
    [isActive, keyboard],
  );
}

/** Calls `onHeld` for what was typed before this was there, from where it can be heard on. */
export function useHeld(onHeld: (press: KeyPress) => void, isActive = true): void {
  const keyboard = useKeyboard();
  const heard = useEffectEvent(onHeld);
  useLayoutEffect(() => {
    if (!isActive) return;
    const { held } = keyboard;
    keyboard.hold([]);
    for (const press of held) heard(press);
  }, [isActive, keyboard]);
}

/**
Whether what is pressed just now came in the same piece as the key that led here: nobody who pressed it has seen what is
asked, so it confirms nothing. @see living.md 3, C3
*/
export function useIsUnseen(): () => boolean {
  const { readOf } = useKeyboard();
  const [read] = useState(readOf);
  return () => read !== undefined && readOf() === read;
}

/**
Says that text is typed here.

@param isText - Whether a question mark is a part of it just now: always in a secret, otherwise not in an empty one.
*/
export function useTyping(isText: Typist, isActive = true): void {
  const keyboard = useKeyboard();
  const asked = useEffectEvent(isText);
  useLayoutEffect(() => (isActive ? keyboard.type(() => asked()) : undefined), [isActive, keyboard]);
}

/** Whether text is typed somewhere: then the key for help is F1. */
export function useIsTyping(): boolean {
  const { watchTyping, isTyping } = useKeyboard();
  return useSyncExternalStore(watchTyping, isTyping);
}

/** Calls `onHelp` when the list of keys is asked for. */
export function useHelpKey(onHelp: () => void): void {
  const keyboard = useKeyboard();
  const asked = useEffectEvent(onHelp);
  useLayoutEffect(() => keyboard.helpWith(() => asked()), [keyboard]);
}
