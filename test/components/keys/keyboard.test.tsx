import { Text } from 'ink';
import { type ReactElement, useLayoutEffect, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { Choice } from '../../../source/components/choice/choice.tsx';
import { SecretField } from '../../../source/components/field/secret-field.tsx';
import { TextField } from '../../../source/components/field/text-field.tsx';
import { useHelpKey, useIsTyping, useKeyboard } from '../../../source/components/keys/keyboard.tsx';
import { useKeys } from '../../../source/components/keys/use-keys.ts';
import { SearchableList } from '../../../source/components/searchable-list/searchable-list.tsx';
import { TreePicker } from '../../../source/components/tree/tree-picker.tsx';
import { type InkHarness, keys, renderInk } from '../../helpers/ink.tsx';

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

describe('the list of keys', () => {
  const nothing = (): void => undefined;
  const texts = {
    search: 'Search: ',
    matches: () => '',
    range: () => '',
    selected: () => '',
    none: '',
    branch: () => '',
  };
  const kinds: Readonly<Record<string, ReactElement>> = {
    choice: <Choice options={[{ value: 'a', label: 'a' }]} onSelect={nothing} />,
    list: <SearchableList rows={[{ id: 'a', label: 'a' }]} height={3} texts={texts} onSubmit={nothing} />,
    tree: (
      <TreePicker
        nodes={[{ id: 'a', label: 'a' }]}
        separator="."
        height={3}
        texts={texts}
        onSubmit={nothing}
      />
    ),
    text: <TextField value="" onChange={nothing} />,
    filled: <TextField value="abc" onChange={nothing} />,
    secret: <SecretField onChange={nothing} />,
    'secret that is begun': <SecretField initialValue="abc" onChange={nothing} />,
    'field nobody is at': <TextField value="abc" isActive={false} onChange={nothing} />,
  };
  const help = vi.fn<() => void>();
  function Frame({ children }: { readonly children: ReactElement }): ReactElement {
    useHelpKey(help);
    const isTyping = useIsTyping();
    return (
      <>
        {children}
        <Text>{isTyping ? 'F1 keys' : '? keys'}</Text>
      </>
    );
  }

  it.each([
    ['choice', '?', true],
    ['list', 'F1', true],
    ['tree', 'F1', true],
    ['text', 'F1', true],
    ['filled', 'F1', false],
    ['secret', 'F1', false],
    ['secret that is begun', 'F1', false],
    ['field nobody is at', '?', true],
  ])('in a %s: the hint says %s; a question mark asks for it: %s', async (kind, hint, asks) => {
    help.mockClear();
    const ink = await renderInk(<Frame>{kinds[kind] ?? <Text />}</Frame>);
    await ink.waitFor(`${hint} keys`);
    await ink.write('?');
    expect(help).toHaveBeenCalledTimes(asks ? 1 : 0);
    // What F1 becomes on its way here.
    await ink.write(keys.alt('?'));
    expect(help).toHaveBeenCalledTimes(asks ? 2 : 1);
  });

  it('is asked for by no question mark behind what is typed, however fast it comes', async () => {
    help.mockClear();
    const ink = await renderInk(<Frame>{kinds['list'] ?? <Text />}</Frame>);
    await Promise.all([ink.write('a'), ink.write('?')]);
    await ink.waitFor('Search: a?');
    expect(help).not.toHaveBeenCalled();
  });
});
