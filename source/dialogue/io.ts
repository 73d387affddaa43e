/** What a person did instead of answering. */
export type Aside = { readonly kind: 'back' } | { readonly kind: 'leave' };

/** An answer, or what was done instead of one. */
export type Reply<Value> = { readonly kind: 'value'; readonly value: Value } | Aside;

/** What came in for one question. */
export type Input =
  | { readonly kind: 'line'; readonly text: string }
  /** Ctrl+C. */
  | { readonly kind: 'interrupt' }
  /** Nobody is there any more. */
  | { readonly kind: 'end' };

/** The terminal as the dialogue needs it: lines out, lines in. */
export interface DialogueIo {
  /** One line; nothing is ever taken back or drawn again. */
  say(line: string): void;
  /** A line that the person sees while typing it. */
  ask(prompt: string): Promise<Input>;
  /** A line that is not shown. */
  askHidden(prompt: string): Promise<Input>;
  /** Lines that are not shown, until one is the END of a key, or only ".". */
  askHiddenLines(prompt: string): Promise<Input>;
  /** Waits for something else than a line. @returns nothing when the person has had enough of it */
  unlessLeft<Value>(work: Promise<Value>): Promise<Value | undefined>;
  /** What was typed while something was under way was meant for nothing that is asked now. */
  forgetTyped(): void;
}

/** Words that stand for an action, wherever something is asked. */
export const commands = { back: ':b', explain: ':?', leave: ':q' } as const;

/**
 * A command or a number as it was meant: an input method for Chinese leaves `：ｂ` and `２` where `:b` and `2` were
 * typed. For words of the dialogue only, never for a value.
 */
export const plain = (said: string): string => said.normalize('NFKC').trim();

/** A word that stands for an action, in its plain form; nothing for what is none. */
export function commandIn(said: string): string | undefined {
  // Nothing that is longer is a command, and folding what was pasted would cost for nothing.
  if (said.length > 100) return undefined;
  const meant = plain(said);
  // As on the screen, where it is one key.
  if (meant === '?') return commands.explain;
  return /^:([a-z?+](\s.*)?|f\s*\d+)$/i.test(meant) ? meant.toLowerCase() : undefined;
}

/** Ctrl+C, or the end of the line or of the program. */
export type Interrupting = 'interrupt' | 'end';

/** Tells of it for as long as something is under way. @returns ends it */
export type OnInterrupt = (act: (how: Interrupting) => void) => () => void;
