import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { useKeys } from '../../components/keys/use-keys.ts';
import { wrapBeside } from '../../components/text/wrap.ts';
import { type ToneName, useGlyphs, useTone } from '../../components/theme/theme.tsx';
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
  const { text, scene, isActive, height, width } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const told = explain(text, props.error, scene);
  const id = told.requestId === undefined ? '' : text('error.requestId', { requestId: told.requestId });
  const lines = (lead: string, words: string, look: ToneName) =>
    wrapBeside(lead, words, width - 2).map((line) => [line, look] as const);
  const said = [
    ...lines(`${glyphs.cross} `, told.what, 'danger'),
    ...lines('', told.why, 'plain'),
    ...lines('', told.next, 'plain'),
    ...(id === '' ? [] : lines('', id, 'muted')),
    ...(height < leastForAir ? [] : ([[' ', 'plain']] as const)),
    ...lines('', text('error.retry'), 'muted'),
  ];
  useKeys((press) => {
    if (press.kind !== 'key') return;
    if (press.name === 'enter') props.onRetry();
    if (press.name === 'escape') props.onBack();
  }, isActive);
  return (
    <Box flexDirection="column" paddingLeft={2}>
      {said.map(([line, look], at) => (
        <Text key={at} {...tone[look]}>
          {line}
        </Text>
      ))}
    </Box>
  );
}
