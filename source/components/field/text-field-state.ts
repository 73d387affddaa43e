import { graphemes, nextBoundary, previousBoundary } from '../text/graphemes.ts';

/** Text with a cursor. Offsets count UTF-16 units and always stand between two graphemes. */
export type TextFieldState = {
  readonly value: string;
  readonly cursor: number;
};

export type TextFieldEvent =
  | { readonly type: 'inserted'; readonly text: string }
  | { readonly type: 'erased-before' }
  | { readonly type: 'erased-after' }
  | { readonly type: 'erased-word' }
  | { readonly type: 'cleared' }
  | { readonly type: 'moved'; readonly to: 'left' | 'right' | 'start' | 'end' }
  | { readonly type: 'value-given'; readonly value: string };

export function startTextField(value: string): TextFieldState {
  return { value, cursor: value.length };
}

/** No line that somebody means is longer. UTF-16 units. */
const longestText = 10_000;

export function reduceTextField(state: TextFieldState, event: TextFieldEvent): TextFieldState {
  const { value, cursor } = state;
  switch (event.type) {
    case 'inserted':
      // Every key looks through all of it, so that it cannot grow for ever.
      if (value.length + event.text.length > longestText) return state;
      return replace(state, cursor, cursor, event.text);
    case 'erased-before':
      return replace(state, previousBoundary(value, cursor), cursor, '');
    case 'erased-after':
      return replace(state, cursor, nextBoundary(value, cursor), '');
    case 'erased-word':
      return replace(state, wordStart(value, cursor), cursor, '');
    case 'cleared':
      return startTextField('');
    case 'moved':
      return { value, cursor: destination(state, event.to) };
    case 'value-given':
      return event.value === value ? state : startTextField(event.value);
    default:
      return event satisfies never;
  }
}

function replace({ value }: TextFieldState, from: number, to: number, text: string): TextFieldState {
  const next = value.slice(0, from) + text + value.slice(to);
  return { value: next, cursor: snap(next, from + text.length) };
}

/** A joiner or accent can melt into its neighbour; the cursor then moves behind the whole sign. */
function snap(value: string, cursor: number): number {
  let end = 0;
  for (const grapheme of graphemes(value)) {
    if (end >= cursor) {
      break;
    }
    end += grapheme.length;
  }
  return end;
}

function destination({ value, cursor }: TextFieldState, to: 'left' | 'right' | 'start' | 'end'): number {
  switch (to) {
    case 'left':
      return previousBoundary(value, cursor);
    case 'right':
      return nextBoundary(value, cursor);
    case 'start':
      return 0;
    case 'end':
      return value.length;
  }
}

function wordStart(value: string, cursor: number): number {
  return value.slice(0, cursor).replace(/[^\s/._-]*[\s/._-]*$/, '').length;
}
