import type { Text } from '../../locale/texts.ts';

/** What is asked before anything is written, and what is typed to say yes to it, where that wants more than a key. */
export interface Confirmation {
  readonly question: string;
  readonly typed: string | undefined;
  /** What answers it, where the second answer is the one that is proposed. */
  readonly answers?: { readonly yes: string; readonly no: string };
}

/** The answers of a question that a key answers. */
export const answersOf = ({ answers }: Confirmation, text: Text): { yes: string; no: string } =>
  answers ?? { yes: text('review.confirmYes'), no: text('review.confirmNo') };
