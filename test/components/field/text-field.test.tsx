import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { TextField } from '../../../source/components/field/text-field.tsx';
import { type KeyPress } from '../../../source/components/keys/key-press.ts';
import { keys, renderInk } from '../../helpers/ink.tsx';

function setUp(initial = '') {
  const seen = {
    changed: vi.fn<(value: string) => void>(),
    submitted: vi.fn<(value: string) => void>(),
    pressed: vi.fn<(press: KeyPress) => void>(),
  };
  function Owner() {
    const [value, setValue] = useState(initial);
    return (
      <TextField
        value={value}
        placeholder="crm-exports"
        onChange={(next) => {
          seen.changed(next);
          setValue(next);
        }}
        onSubmit={seen.submitted}
        onKey={seen.pressed}
      />
    );
  }
  return { seen, owner: <Owner /> };
}

/** Value after the keys, and where a cross lands when it is typed next: the cursor. */
async function textAfter(initial: string, ...chunks: readonly string[]) {
  const { seen, owner } = setUp(initial);
  const ink = await renderInk(owner);
  await ink.press(...chunks);
  await ink.press('X');
  return { value: seen.changed.mock.lastCall?.[0], frame: ink.frame(), seen };
}

describe('TextField', () => {
  it('submits once with the text when text and Enter come in one chunk', async () => {
    const { seen, owner } = setUp();
    const ink = await renderInk(owner);
    await ink.write('abc\r');
    expect(seen.submitted.mock.calls).toEqual([['abc']]);
    expect(seen.changed.mock.calls).toEqual([['abc']]);
  });

  it.each([
    ['types', '', ['a', 'b'], 'abX'],
    ['types Chinese', '', ['台北', '市'], '台北市X'],
    ['types in the middle', 'ac', [keys.left, 'b'], 'abXc'],
    ['erases a whole emoji at the end', 'a👨‍👩‍👧', [keys.backspace], 'aX'],
    ['erases a whole emoji in the middle', 'a😀b', [keys.left, keys.backspace], 'aXb'],
    ['erases a flag', '🇹🇼', [keys.backspace], 'X'],
    ['walks over an emoji in one step', 'a😀', [keys.left], 'aX😀'],
    ['does not walk past the beginning', 'abc', [keys.home, keys.left, keys.left], 'Xabc'],
    ['does not walk past the end', 'abc', [keys.right, keys.right, 'd', keys.left], 'abcXd'],
    ['keeps every Backspace of one chunk', 'abcdef', [keys.backspace.repeat(4)], 'abX'],
    ['keeps every arrow of one chunk', 'abcdef', [keys.left.repeat(4)], 'abXcdef'],
    ['keeps letter and Backspace of one chunk', '', [`ab${keys.backspace}`], 'aX'],
    ['erases forward with Delete', 'abc', [keys.home, keys.delete], 'Xbc'],
    ['goes to the start with Ctrl+A, and types nothing', 'abc', [keys.ctrl('a')], 'Xabc'],
    ['goes to the end with Ctrl+E', 'abc', [keys.home, keys.ctrl('e')], 'abcX'],
    ['clears with Ctrl+U', 'abc', [keys.ctrl('u')], 'X'],
    ['erases a word with Ctrl+W', 'daily/exports', [keys.ctrl('w')], 'daily/X'],
    ['types nothing for other Ctrl letters', 'abc', [keys.ctrl('k'), keys.ctrl('g')], 'abcX'],
    ['types nothing for Alt letters, also inside', 'abc', [keys.left, keys.alt('f')], 'abXc'],
    ['turns pasted line ends into spaces', '', [keys.paste('a\r\nb\rc\r')], 'a b cX'],
    ['takes a burst with line ends as a paste', '', ['a\rb\r'], 'a bX'],
    ['pastes in the middle', 'ad', [keys.left, keys.paste('bc')], 'abcXd'],
    ['drops control characters of a paste', '', [keys.paste('a\u0007b\u202Ec')], 'abcX'],
  ])('%s', async (_, initial, chunks, wanted) => {
    const { value, frame } = await textAfter(initial, ...chunks);
    expect(value).toBe(wanted);
    expect(frame).toBe(wanted);
  });

  it('hands keys on that do nothing in a line of text', async () => {
    const { seen, owner } = setUp('a');
    const ink = await renderInk(owner);
    await ink.press(keys.up, keys.down, keys.tab, keys.shiftTab, keys.escape, keys.ctrl('g'));
    expect(seen.pressed.mock.calls.map(([press]) => (press.kind === 'key' ? press.name : press))).toEqual([
      'up',
      'down',
      'tab',
      'shift-tab',
      'escape',
      { kind: 'ctrl', letter: 'g' },
    ]);
    expect(seen.changed).not.toHaveBeenCalled();
  });

  it('shows the placeholder only while it is empty', async () => {
    const { owner } = setUp();
    const ink = await renderInk(owner);
    expect(ink.frame()).toContain('crm-exports');
    await ink.write('x');
    expect(ink.frame()).toBe('x');
  });

  it('takes a value that the owner changed', async () => {
    const change = vi.fn<(value: string) => void>();
    const ink = await renderInk(<TextField value="one" onChange={change} />);
    await ink.rerender(<TextField value="three" onChange={change} />);
    await ink.write('!');
    expect(change).toHaveBeenLastCalledWith('three!');
    expect(ink.frame()).toBe('three!');
  });
});

describe('a paste that is refused', () => {
  async function refusing(...chunks: readonly string[]) {
    const changed = vi.fn<(value: string) => void>();
    const asked = vi.fn((pasted: string) => pasted.includes('\n') || pasted.includes('\r'));
    const submitted = vi.fn<(value: string) => void>();
    const ink = await renderInk(
      <TextField value="" onChange={changed} onSubmit={submitted} refuses={asked} />,
    );
    await ink.press(...chunks);
    return { changed, asked, submitted, frames: ink.frames().join('') };
  }

  it.each<[string, readonly string[]]>([
    ['with its marks', [keys.paste('one\ntwo')]],
    ['without its marks', ['one\rtwo\rthree']],
  ])('is asked about as it came, and is neither taken nor drawn: %s', async (_, chunks) => {
    const { changed, submitted, asked, frames } = await refusing(...chunks);
    expect(asked.mock.calls[0]?.[0]).toMatch(/^one[\r\n]two/);
    expect(changed).not.toHaveBeenCalled();
    expect(submitted).not.toHaveBeenCalled();
    expect(frames).not.toMatch(/one|two/);
  });

  it('keeps nobody from typing behind a paste with its marks', async () => {
    const { changed } = await refusing(keys.paste('one\ntwo'), 'abc');
    expect(changed).toHaveBeenLastCalledWith('abc');
  });

  it('is any that would make the line far too long', async () => {
    const { changed } = await refusing('a'.repeat(20_000));
    expect(changed).not.toHaveBeenCalled();
  });
});
