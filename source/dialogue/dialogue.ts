import type { GuidePage } from '../locale/guide.ts';
import type { Text } from '../locale/texts.ts';
import type { Asking, Outcome } from '../pages/page.ts';
import type { RemoteName } from '../pages/remote-cache.ts';
import type { WizardEvent, WizardState } from '../wizard/reducer.ts';
import { type Aside, commandIn, commands, type DialogueIo, type Input, plain, type Reply } from './io.ts';

/** What one page of the dialogue works with. */
export interface Dialogue extends Asking {
  readonly io: DialogueIo;
  /** Remote data, kept as long as what it depends on. @throws what reading it threw */
  readonly fetch: (name: RemoteName, about?: string) => Promise<unknown>;
  /** Reads anew what follows by itself where it is drawn. */
  readonly again: (name: 'runs' | 'status', about?: string) => Promise<void>;
  /** Asks again for what could not be read last. */
  readonly retry: () => void;
  /** Dataflows to destinations that the sandbox has, where that is known by now. */
  readonly destinationCount: () => number | undefined;
  /** Keeps what happens within a page, such as an answer that is not finished: going back or a crash loses nothing. */
  readonly note: (event: WizardEvent) => WizardState;
  /** Says what a page is about. */
  readonly explain: (page: GuidePage) => Promise<void>;
  /** What was said once need not be said again. */
  readonly hintOnce: (hint: string) => void;
}

/** How a page went: something came of it, or the person wants to leave. */
export type Turn = { readonly kind: 'outcome'; readonly outcome: Outcome } | { readonly kind: 'leave' };

export const happened = (event: WizardEvent): Turn => ({ kind: 'outcome', outcome: event });
export const answered = <Value>(value: Value): Reply<Value> => ({ kind: 'value', value });

/** What an aside does to the wizard. */
export const turnOf = ({ kind }: Aside): Turn =>
  kind === 'leave' ? { kind } : happened({ type: 'wentBack' });

/** Asks until something is said that is no aside, and explains the page in between where that is wanted. */
export async function askLine(
  dialogue: Dialogue,
  prompt: string,
  ask: (prompt: string) => Promise<Input> = (said) => dialogue.io.ask(said),
): Promise<Reply<string>> {
  for (;;) {
    const input = await ask(prompt);
    if (input.kind !== 'line') return { kind: 'leave' };
    switch (commandIn(input.text)) {
      case commands.back:
        return { kind: 'back' };
      case commands.leave:
        return { kind: 'leave' };
      case commands.explain:
        await dialogue.explain(dialogue.state.page);
        continue;
      default:
        return answered(input.text);
    }
  }
}

/** A name with what is said about it: `dev, Development`. */
export const withHint = (text: Text, label: string, hint: string | undefined): string =>
  hint === undefined || hint === '' ? label : text('dialogue.hint', { label, hint });

/** `Continue? Type "y" or "n": ` @returns whether it was yes; asks again for anything else */
export async function askYesNo(
  dialogue: Dialogue,
  question: string,
  words: { yes: string; no: string },
): Promise<Reply<boolean>> {
  const { text } = dialogue;
  const is = (said: string, ...meant: string[]): boolean => meant.includes(plain(said).toLowerCase());
  for (;;) {
    const reply = await askLine(dialogue, text('dialogue.yesNo', { question, ...words }));
    if (reply.kind !== 'value') return reply;
    if (is(reply.value, words.yes.toLowerCase(), 'y', 'yes')) return answered(true);
    if (is(reply.value, words.no.toLowerCase(), 'n', 'no')) return answered(false);
  }
}
