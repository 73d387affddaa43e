import { type Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { type KeyPress, readKeyPresses } from '../../../source/components/keys/key-press.ts';

const none = { ctrl: false, shift: false } as Key;
const text = (said: string): KeyPress => ({ kind: 'text', text: said });
const key = (name: 'enter' | 'backspace' | 'tab'): KeyPress => ({ kind: 'key', name });
const ctrl = (letter: string): KeyPress => ({ kind: 'ctrl', letter });

describe('what arrives in one piece', () => {
  it.each<[string, readonly KeyPress[]]>([
    ['abc', [text('abc')]],
    ['abc\r', [text('abc'), key('enter')]],
    ['abc\t', [text('abc'), key('tab')]],
    ['\u0015abc', [ctrl('u'), text('abc')]],
    ['ab\u007f\u007fc', [text('ab'), key('backspace'), key('backspace'), text('c')]],
    ['a\u0015b\r', [text('a'), ctrl('u'), text('b'), key('enter')]],
    ['台\u000e北', [text('台'), ctrl('n'), text('北')]],
    ['line one\rline two\r', [{ kind: 'paste', text: 'line one line two', lines: ['line one', 'line two'] }]],
    ['a\u0015b\rc', [{ kind: 'paste', text: 'ab c', lines: ['ab', 'c'] }]],
  ])('%j', (input, wanted) => {
    expect(readKeyPresses(input, none)).toEqual(wanted);
  });

  it('knows shift with the arrows', () => {
    expect(readKeyPresses('', { ...none, upArrow: true, shift: true })).toEqual([
      { kind: 'key', name: 'shift-up' },
    ]);
  });
});
