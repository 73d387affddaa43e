import { describe, expect, it, vi } from 'vitest';
import { ConfirmByName } from '../../../source/components/confirm/confirm-by-name.tsx';
import { Confirm } from '../../../source/components/confirm/confirm.tsx';
import { keys, renderInk } from '../../helpers/ink.tsx';

const texts = { yes: '是', no: '否', letter: (letter: string) => `（${letter}）` };

describe('Confirm', () => {
  it.each<[string, readonly string[], readonly boolean[]]>([
    ['y is yes', ['y'], [true]],
    ['N is no', ['N'], [false]],
    ['Enter alone is the harmless answer', [keys.enter], [false]],
    ['an arrow changes the answer', [keys.left, keys.enter], [true]],
    ['arrow and Enter of one chunk do the same', [`${keys.left}\r`], [true]],
    ['Esc is no', [keys.escape], [false]],
    ['a pasted y is nothing', [keys.paste('y')], []],
    ['other letters are nothing', ['x', keys.ctrl('y'), keys.alt('y')], []],
  ])('%s', async (_, chunks, wanted) => {
    const answer = vi.fn<(isYes: boolean) => void>();
    const ink = await renderInk(<Confirm question="Leave?" texts={texts} onAnswer={answer} />);
    expect(ink.frame()).toBe('Leave?   ◯ 是（y）   ◉ 否（n）');
    await ink.press(...chunks);
    expect(answer.mock.calls.map(([isYes]) => isYes)).toEqual(wanted);
  });
});

describe('ConfirmByName', () => {
  it('goes on only with the name', async () => {
    const [confirm, back] = [vi.fn<() => void>(), vi.fn<() => void>()];
    const ink = await renderInk(
      <ConfirmByName
        name="prod"
        question="Type"
        mismatch="Not the name."
        onConfirm={confirm}
        onBack={back}
      />,
    );
    await ink.press('pro', keys.enter);
    expect(ink.frame()).toContain('✗ Not the name.');
    expect(confirm).not.toHaveBeenCalled();
    await ink.press('d');
    expect(ink.frame()).not.toContain('✗');
    await ink.press(keys.enter);
    expect(confirm).toHaveBeenCalledOnce();
    await ink.press(keys.escape);
    expect(back).toHaveBeenCalledOnce();
  });
});
