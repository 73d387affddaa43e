import { useWindowSize } from 'ink';
import type { ReactElement } from 'react';
import { useKeys } from '../components/keys/use-keys.ts';
import { ValidationView, type ValidationViewProps } from '../screens/validation-view.tsx';
import { openScreen } from './open-screen.tsx';
import type { Streams } from './streams.ts';
import type { Look } from './theme-of.ts';

type Shown = Pick<ValidationViewProps, 'report' | 'plan' | 'flowId'>;

/** Draws the validation view until the person leaves it. */
export function showReportScreen(shown: Shown, streams: Streams, look: Look): Promise<void> {
  return openScreen(streams, look, (close) => (
    <ReportScreen {...shown} text={streams.text} nowMs={Date.now()} onDone={close} />
  ));
}

function ReportScreen(props: Shown & Pick<ValidationViewProps, 'text' | 'nowMs' | 'onDone'>): ReactElement {
  const { columns, rows } = useWindowSize();
  useKeys((press) => {
    if (press.kind === 'ctrl' && press.letter === 'c') props.onDone();
  });
  return <ValidationView {...props} width={columns} height={rows - 1} isActive />;
}
