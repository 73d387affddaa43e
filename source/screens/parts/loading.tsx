import type { ReactElement, ReactNode } from 'react';
import { Spinner } from '../../components/spinner/spinner.tsx';
import { useKeys } from '../../components/keys/use-keys.ts';
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

/** Going back is possible while waiting too. */
function Waiting(): ReactElement {
  const { text, send, isActive } = useWizard();
  useKeys((press) => {
    if (press.kind === 'key' && press.name === 'escape') send({ type: 'wentBack' });
  }, isActive);
  return <Spinner label={text('frame.loading')} />;
}
