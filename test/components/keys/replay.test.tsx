import { Text } from 'ink';
import { type ReactElement, useState } from 'react';
import { expect, it } from 'vitest';
import { KeyReplay, KeyReplayContext } from '../../../source/components/keys/replay.ts';
import { useKeys } from '../../../source/components/keys/use-keys.ts';
import { renderInk } from '../../helpers/ink.tsx';

function Heard({ isActive = true }: { readonly isActive?: boolean }): ReactElement {
  const [heard, setHeard] = useState('');
  useKeys((press) => setHeard((before) => `${before} ${JSON.stringify(press)}`), isActive);
  return <Text>heard:{heard}</Text>;
}

it('a key that is pressed from a list arrives like any other, where keys arrive', async () => {
  const replay = new KeyReplay();
  const ink = await renderInk(
    <KeyReplayContext value={replay}>
      <Heard />
      <Heard isActive={false} />
    </KeyReplayContext>,
  );
  await ink.waitFor('heard:');
  replay.press({ kind: 'ctrl', letter: 'a' });
  await ink.waitFor('heard: {"kind":"ctrl","letter":"a"}');
  expect(ink.frame().split('\n').at(-1)).toBe('heard:');
});
