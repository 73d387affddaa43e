import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { useKeys } from '../../components/keys/use-keys.ts';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import { explain } from '../../locale/explain.ts';
import { useWizard } from '../frame/wizard-context.tsx';

/** With fewer lines than this there are only words. */
const leastForAir = 13;

/** What happened, why and what to do; Enter tries again, Esc goes back. */
export function ErrorPanel(props: {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onBack: () => void;
}): ReactElement {
  const { text, scene, isActive, height } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const told = explain(text, props.error, scene);
  useKeys((press) => {
    if (press.kind !== 'key') return;
    if (press.name === 'enter') props.onRetry();
    if (press.name === 'escape') props.onBack();
  }, isActive);
  return (
    <Box flexDirection="column" paddingLeft={2}>
      <Text {...tone.danger}>
        {glyphs.cross} {told.what}
      </Text>
      <Text>{told.why}</Text>
      <Text>{told.next}</Text>
      {told.requestId === undefined ? null : (
        <Text {...tone.muted}>{text('error.requestId', { requestId: told.requestId })}</Text>
      )}
      {height < leastForAir ? null : <Text> </Text>}
      <Text {...tone.muted}>{text('error.retry')}</Text>
    </Box>
  );
}
