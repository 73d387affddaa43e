import { Box, Text } from 'ink';
import { type ReactElement } from 'react';
import { Pointer } from '../cursor/pointer.tsx';
import { type KeyPress } from '../keys/key-press.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useMachine } from '../machine/use-machine.ts';
import { displayWidth, fit } from '../text/width.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { type OrderItem, reduceOrder, startOrder } from './order-state.ts';

export type { OrderItem } from './order-state.ts';

type OrderListProps = {
  readonly items: readonly OrderItem[];
  readonly isActive?: boolean | undefined;
  /** Ids of the items that are in, in their order; after every change. */
  readonly onChange: (ids: readonly string[]) => void;
  readonly onSubmit: () => void;
  readonly onBack: () => void;
};

/** A few things to take or leave, and to put in order: space takes, shift with the arrows moves. */
export function OrderList(props: OrderListProps): ReactElement {
  const { items, isActive = true } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const [state, send, peek] = useMachine(reduceOrder, () => startOrder(items));
  useKeys((press: KeyPress) => {
    if (press.kind === 'key' && press.name === 'enter') return props.onSubmit();
    if (press.kind === 'key' && press.name === 'escape') return props.onBack();
    const before = peek();
    const after = send({ press });
    if (after.items !== before.items)
      props.onChange(after.items.filter(({ isIn }) => isIn).map(({ id }) => id));
  }, isActive);
  const labelWidth = Math.max(0, ...state.items.map(({ label }) => displayWidth(label)));
  return (
    <Box flexDirection="column">
      {state.items.map((item, at) => {
        const isHere = at === state.cursor;
        return (
          <Text key={item.id} wrap="truncate">
            <Pointer isHere={isHere} />{' '}
            <Text {...(item.isIn ? tone.success : tone.muted)}>
              {item.isIn ? glyphs.boxOn : glyphs.boxOff}
            </Text>{' '}
            <Text {...(isHere ? tone.current : tone.plain)}>
              {fit(item.label, labelWidth, glyphs.ellipsis)}
            </Text>
            <Text {...tone.muted}>{`  ${item.hint}`}</Text>
          </Text>
        );
      })}
    </Box>
  );
}
