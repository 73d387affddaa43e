import { describe, expect, it, vi } from 'vitest';
import { OrderList } from '../../../source/components/order-list/order-list.tsx';
import { keys, renderInk } from '../../helpers/ink.tsx';

const items = [
  { id: 'a', label: '%A%', hint: 'required', isIn: true, isLocked: true },
  { id: 'b', label: '%LONG%', hint: '', isIn: false },
  { id: 'c', label: '%C%', hint: 'when', isIn: true },
];

async function open() {
  const [onChange, onSubmit, onBack] = [vi.fn(), vi.fn(), vi.fn()];
  return {
    onChange,
    onSubmit,
    onBack,
    ...(await renderInk(<OrderList {...{ items, onChange, onSubmit, onBack }} />)),
  };
}

describe('a list to take from and to put in order', () => {
  it('shows what is in', async () => {
    const { frame } = await open();
    expect(frame()).toBe(['❯ ☑ %A%     required', '  ☐ %LONG%', '  ☑ %C%     when'].join('\n'));
  });

  it('takes and leaves with space, but not what is required', async () => {
    const { press, onChange } = await open();
    await press(keys.space);
    expect(onChange).not.toHaveBeenCalled();
    await press(keys.down, keys.space);
    expect(onChange).toHaveBeenLastCalledWith(['a', 'b', 'c']);
    await press(keys.space);
    expect(onChange).toHaveBeenLastCalledWith(['a', 'c']);
  });

  it('moves with shift, and stops at the ends', async () => {
    const { press, onChange, onSubmit } = await open();
    await press(keys.shiftUp);
    expect(onChange).not.toHaveBeenCalled();
    await press(keys.shiftDown, keys.shiftDown);
    expect(onChange).toHaveBeenLastCalledWith(['c', 'a']);
    await press(keys.enter);
    expect(onSubmit).toHaveBeenCalled();
  });
});
