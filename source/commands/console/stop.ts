import type { Text } from '../../locale/texts.ts';

/** A sentence in the language of whoever reads it: a person in theirs, a program always in English. */
export type Sentence = (text: Text) => string;

/** Ends a command with sentences and an exit code: an ordinary end, not a bug. */
export class Stop extends Error {
  override readonly name = 'Stop';
  readonly kind = 'stop';
  readonly exitCode: number;
  readonly sentences: readonly Sentence[];
  constructor(exitCode: number, ...sentences: readonly Sentence[]) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
    this.sentences = sentences;
  }
}

/** Whether it is one, also one of another bundle, which has its own class. */
export const isStop = (error: unknown): error is Stop =>
  typeof error === 'object' && error !== null && 'kind' in error && error.kind === 'stop';

/** All that it says, in one line. */
export const saidBy = ({ sentences }: Stop, text: Text): string =>
  sentences.map((say) => say(text)).join(' ');
