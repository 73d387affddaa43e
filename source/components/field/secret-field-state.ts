import { secretTail } from '../../ground/secret-tail.ts';
import { cleanLines } from '../text/clean.ts';
import { withoutLastGrapheme } from '../text/graphemes.ts';

/** The secret as it came in; a line end can be split between two chunks, so it is cleaned when read. */
type SecretFieldState = {
  readonly raw: string;
  readonly isMultiline: boolean;
};

export type SecretFieldEvent =
  | { readonly type: 'appended'; readonly text: string }
  | { readonly type: 'erased' }
  | { readonly type: 'cleared' };

export function reduceSecretField(state: SecretFieldState, event: SecretFieldEvent): SecretFieldState {
  switch (event.type) {
    case 'appended':
      return { ...state, raw: state.raw + event.text };
    case 'erased':
      // What is shown has no last line end, so erasing must not seem to do nothing.
      return { ...state, raw: withoutLastGrapheme(secretOf(state)) };
    case 'cleared':
      return { ...state, raw: '' };
    default:
      return event satisfies never;
  }
}

/** Line ends as LF, the last one trimmed. In a secret of one line they came from copying, and go. */
export function secretOf({ raw, isMultiline }: SecretFieldState): string {
  const lines = cleanLines(raw);
  return isMultiline ? lines : lines.replace(/\n/g, '');
}

/** All that a screen may know of a secret. */
type SecretFacts = {
  /** The last four characters of a long secret of one line, where they say anything. */
  readonly tail: string;
  readonly lineCount: number;
  readonly characterCount: number;
};

export function factsOfSecret(secret: string): SecretFacts {
  const lineCount = secret === '' ? 0 : secret.split('\n').length;
  return { tail: secretTail(secret), lineCount, characterCount: secret.length };
}
