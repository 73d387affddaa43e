import { type KeyPress } from '../keys/key-press.ts';

export type OrderItem = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly isIn: boolean;
  /** Cannot be left out. */
  readonly isLocked?: boolean | undefined;
};

type OrderState = { readonly items: readonly OrderItem[]; readonly cursor: number };

export const startOrder = (items: readonly OrderItem[]): OrderState => ({ items, cursor: 0 });

export function reduceOrder(state: OrderState, { press }: { readonly press: KeyPress }): OrderState {
  if (press.kind === 'text' && press.text === ' ') {
    return toggle(state);
  }
  if (press.kind !== 'key') {
    return state;
  }
  switch (press.name) {
    case 'up':
      return { ...state, cursor: Math.max(0, state.cursor - 1) };
    case 'down':
      return { ...state, cursor: Math.min(state.items.length - 1, state.cursor + 1) };
    case 'shift-up':
      return move(state, -1);
    case 'shift-down':
      return move(state, 1);
    default:
      return state;
  }
}

function toggle(state: OrderState): OrderState {
  const items = state.items.map((item, at) =>
    at === state.cursor && item.isLocked !== true ? { ...item, isIn: !item.isIn } : item,
  );
  return items.some((item, at) => item !== state.items[at]) ? { ...state, items } : state;
}

function move(state: OrderState, by: -1 | 1): OrderState {
  const { items, cursor } = state;
  const [here, there] = [items[cursor], items[cursor + by]];
  if (here === undefined || there === undefined) {
    return state;
  }
  const moved = [...items];
  moved[cursor] = there;
  moved[cursor + by] = here;
  return { items: moved, cursor: cursor + by };
}
