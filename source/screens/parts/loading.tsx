import { type ReactElement, type ReactNode, useLayoutEffect, useState } from 'react';
import type { KeyPress } from '../../components/keys/key-press.ts';
import { useKeyboard, useTyping } from '../../components/keys/keyboard.tsx';
import { Spinner } from '../../components/spinner/spinner.tsx';
import { useKeys } from '../../components/keys/use-keys.ts';
import { withoutLastGrapheme } from '../../components/text/graphemes.ts';
import { ErrorPanel } from './error-panel.tsx';
import type { Remote } from '../../pages/remote-cache.ts';
import { useWizard } from '../frame/wizard-context.tsx';

/** Draws what depends on remote data: a spinner, an error that can be tried again, or the thing itself. */
export function Loaded<Value>(props: {
  readonly remote: Remote<Value>;
  readonly children: (value: Value) => ReactNode;
}): ReactElement {
  const { send } = useWizard();
  const { remote, children } = props;
  const keyboard = useKeyboard();
  // What nobody has taken is meant for nothing that comes later.
  useLayoutEffect(() => () => keyboard.hold([]), [keyboard]);
  switch (remote.kind) {
    case 'loading':
      return <Waiting />;
    case 'failed':
      return (
        <ErrorPanel error={remote.error} onRetry={remote.retry} onBack={() => send({ type: 'wentBack' })} />
      );
    case 'ready':
      return <>{children(remote.value)}</>;
  }
}

/** Going back is possible while waiting too; what is typed goes into the search of the list, once it is there. */
function Waiting(): ReactElement {
  const { text, send, isActive } = useWizard();
  const keyboard = useKeyboard();
  const [held, setHeld] = useState('');
  useTyping(() => held !== '', isActive);
  useKeys((press) => {
    if (press.kind === 'key' && press.name === 'escape' && held === '') return send({ type: 'wentBack' });
    keyboard.hold(withPress(keyboard.held, press));
    setHeld(keyboard.held.map((one) => ('text' in one ? one.text : '')).join(''));
  }, isActive);
  return (
    <Spinner label={`${text('frame.loading')}${held === '' ? '' : `  ${text('list.search')}${held}`}`} />
  );
}

/** What is held, with one press more: text is kept, and can be taken back. A blank at first would select. */
function withPress(held: readonly KeyPress[], press: KeyPress): readonly KeyPress[] {
  if (press.kind === 'paste') return [...held, press];
  if (press.kind === 'text') {
    const said = held.length === 0 ? press.text.trimStart() : press.text;
    return said === '' ? held : [...held, { kind: 'text', text: said }];
  }
  if (press.kind === 'ctrl') return held;
  if (press.name === 'escape') return [];
  if (press.name !== 'backspace') return held;
  const last = held.at(-1);
  const rest = last !== undefined && 'text' in last ? withoutLastGrapheme(last.text) : '';
  return [...held.slice(0, -1), ...(rest === '' ? [] : [{ kind: 'text', text: rest } as const])];
}
