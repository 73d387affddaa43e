import { expect, it } from 'vitest';
import { FocusReport } from '../../source/terminal/focus-report.ts';

it('asks the terminal only while somebody wants to know', () => {
  const written: string[] = [];
  const focus = new FocusReport((text) => written.push(text));
  const seen: boolean[] = [];
  const look = (): void => {
    seen.push(focus.isFocused());
  };
  expect(written).toEqual([]);
  const leave = focus.watch(look);
  const leaveToo = focus.watch(look);
  expect(written).toEqual(['\u001B[?1004h']);
  focus.tell(false);
  focus.tell(false);
  expect(seen).toEqual([false, false]);
  leave();
  leave();
  expect(written).toHaveLength(1);
  leaveToo();
  expect(written).toEqual(['\u001B[?1004h', '\u001B[?1004l']);
  // What was heard last may not be true any more.
  expect(focus.isFocused()).toBe(true);
});
