/** Which value the cursor is on; the list is a ring, as in ink-select-input. */
type ChoiceState = {
  readonly values: readonly string[];
  readonly highlighted: number;
};

type ChoiceEvent =
  | { readonly type: 'moved'; readonly by: -1 | 1 }
  | { readonly type: 'moved-to'; readonly index: number }
  | { readonly type: 'values-given'; readonly values: readonly string[] };

export function startChoice(values: readonly string[], initialValue: string | undefined): ChoiceState {
  return { values, highlighted: indexOf(values, initialValue) };
}

export function reduceChoice(state: ChoiceState, event: ChoiceEvent): ChoiceState {
  switch (event.type) {
    case 'moved':
      return { ...state, highlighted: step(state, event.by) };
    case 'moved-to':
      return { ...state, highlighted: Math.max(0, Math.min(event.index, state.values.length - 1)) };
    case 'values-given':
      return startChoice(event.values, state.values[state.highlighted]);
    default:
      return event satisfies never;
  }
}

export function step({ highlighted, values }: ChoiceState, by: -1 | 1): number {
  return values.length === 0 ? 0 : (highlighted + by + values.length) % values.length;
}

function indexOf(values: readonly string[], value: string | undefined): number {
  return value === undefined ? 0 : Math.max(0, values.indexOf(value));
}
