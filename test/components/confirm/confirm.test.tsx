import { type ReactElement, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { ConfirmByName } from '../../../source/components/confirm/confirm-by-name.tsx';
import { Confirm } from '../../../source/components/confirm/confirm.tsx';
import { KeyboardProvider } from '../../../source/components/keys/keyboard.tsx';
import { useKeys } from '../../../source/components/keys/use-keys.ts';
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

/** A page that asks by p. */
function Asks({ ask }: { readonly ask: () => ReactElement }): ReactElement | null {
  const [isAsked, setAsked] = useState(false);
  useKeys((press) => {
    if (press.kind === 'text' && press.text === 'p') setAsked(true);
  }, !isAsked);
  return isAsked ? ask() : null;
}

// living.md 3, C3
describe('what came in one read with the key that asked', () => {
  /** A page and its keyboard, whose reads are counted by hand. */
  async function asking(ask: () => ReactElement) {
    let read = 0;
    const ink = await renderInk(
      <KeyboardProvider readOf={() => read}>
        <Asks ask={ask} />
      </KeyboardProvider>,
    );
    const press = async (...pieces: readonly string[]): Promise<void> => {
      read++;
      await ink.press(...pieces);
    };
    return { ...ink, press };
  }

  it.each<[string, readonly string[], readonly boolean[]]>([
    ['y', ['y'], []],
    ['an arrow and Enter', [keys.left, keys.enter], [false]],
    ['n', ['n'], [false]],
    ['Enter alone', [keys.enter], [false]],
    ['Esc', [keys.escape], [false]],
  ])('says no yes: %s', async (_, pieces, wanted) => {
    const answer = vi.fn<(isYes: boolean) => void>();
    const { press } = await asking(() => <Confirm question="Pause?" texts={texts} onAnswer={answer} />);
    await press('p', ...pieces);
    expect(answer.mock.calls.map(([isYes]) => isYes)).toEqual(wanted);
    if (wanted.length > 0) return;
    // What comes after it does.
    await press('y');
    expect(answer.mock.calls).toEqual([[true]]);
  });

  it.each([['y'], [keys.left]])('is not moved to yes, so that another Enter says no: %j', async (piece) => {
    const answer = vi.fn<(isYes: boolean) => void>();
    const { press, frame } = await asking(() => (
      <Confirm question="Pause?" texts={texts} onAnswer={answer} />
    ));
    await press('p', piece);
    expect(frame()).toContain('◉ 否');
    await press(keys.enter);
    expect(answer.mock.calls).toEqual([[false]]);
  });

  it('types a name, and does not go on with it', async () => {
    const confirm = vi.fn<() => void>();
    const { press, frame } = await asking(() => (
      <ConfirmByName name="prod" question="Type" mismatch="Not the name." onConfirm={confirm} />
    ));
    await press('p', 'prod', keys.enter);
    expect(frame()).toContain('prod');
    expect(confirm).not.toHaveBeenCalled();
    await press(keys.enter);
    expect(confirm).toHaveBeenCalledOnce();
  });
});
