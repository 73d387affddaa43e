import { Box, useWindowSize } from 'ink';
import { type ReactElement, useState } from 'react';
import { KeyHints } from '../../components/key-hints/key-hints.tsx';
import { useKeys } from '../../components/keys/use-keys.ts';
import { hintOf, proofKeys } from '../../screens/frame/page-keys.ts';
import {
  type Fold,
  ValidationView,
  type ValidationViewProps,
} from '../../screens/own/apply/validation-view.tsx';
import { copyText } from '../../terminal/clipboard.ts';
import { openScreen } from './open-screen.tsx';
import type { Streams } from '../console/streams.ts';
import { localZone } from '../console/here.ts';
import type { Look } from './theme-of.ts';

type Shown = Pick<ValidationViewProps, 'report' | 'plan' | 'flowId'>;

/** The line of keys, and the last line of the terminal: a frame as tall as the screen is redrawn whole. */
const frameLines = 2;

/** Draws the validation view until the person leaves it. */
export function showReportScreen(shown: Shown, streams: Streams, look: Look): Promise<void> {
  const nowMs = Date.now();
  const zone = localZone();
  return openScreen(streams, look, (close) => (
    <ReportScreen
      {...shown}
      text={streams.text}
      nowMs={nowMs}
      zone={zone}
      onCopy={(copied) => copyText(streams.stdout, copied, streams.env)}
      onDone={close}
    />
  ));
}

function ReportScreen(
  props: Shown & Pick<ValidationViewProps, 'text' | 'nowMs' | 'zone' | 'onCopy' | 'onDone'>,
): ReactElement {
  const { columns, rows } = useWindowSize();
  useKeys((press) => {
    if (press.kind === 'ctrl' && press.letter === 'c') props.onDone();
  });
  const [fold, setFold] = useState<Fold>();
  const keys = proofKeys(fold).map((name) => hintOf(name, props.text));
  return (
    <Box flexDirection="column">
      <ValidationView {...props} width={columns} height={rows - frameLines} isActive onFold={setFold} />
      <KeyHints keys={keys} />
    </Box>
  );
}
