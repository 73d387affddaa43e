import { Text } from 'ink';
import { type ReactElement, useLayoutEffect, useState } from 'react';
import { expect, it } from 'vitest';
import { useKeyboard } from '../../../source/components/keys/keyboard.tsx';
import { useKeys } from '../../../source/components/keys/use-keys.ts';
import { type InkHarness, renderInk } from '../../helpers/ink.tsx';

function Heard({ isActive = true }: { readonly isActive?: boolean }): ReactElement {
  const [heard, setHeard] = useState('');
  useKeys((press) => setHeard((before) => `${before} ${JSON.stringify(press)}`), isActive);
  return <Text>heard:{heard}</Text>;
}

it('a key that is pressed from a list arrives like any other, where keys arrive', async () => {
  let replay = (): void => undefined;
  function List(): ReactElement {
    const keyboard = useKeyboard();
    replay = () => keyboard.tell({ kind: 'replayed', press: { kind: 'ctrl', letter: 'a' } });
    return <Heard />;
  }
  const ink = await renderInk(
    <>
      <List />
      <Heard isActive={false} />
    </>,
  );
  await ink.waitFor('heard:');
  replay();
  await ink.waitFor('heard: {"kind":"ctrl","letter":"a"}');
  expect(ink.frame().split('\n').at(-1)).toBe('heard:');
});

it('a key that is pressed as soon as a page is drawn is heard by that page', async () => {
  const terminal: { ink?: InkHarness } = {};
  let arrive = (): void => undefined;
  function Page(): ReactElement {
    const [isThere, setThere] = useState(false);
    arrive = () => setThere(true);
    useLayoutEffect(() => {
      if (isThere) void terminal.ink?.write('x');
    }, [isThere]);
    return isThere ? <Heard /> : <Text>under way</Text>;
  }
  terminal.ink = await renderInk(<Page />);
  // Not in a key's turn: what answers arrives by itself.
  arrive();
  await terminal.ink.waitFor('heard: {"kind":"text","text":"x"}');
});
