import { Text } from 'ink';
import type { ReactElement } from 'react';
import { displayWidth, fit } from '../../components/text/width.ts';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import type { FinishedStep } from '../../pages/summary.ts';

/** What was answered so far, a step a line. */
export function Trail({ steps }: { readonly steps: readonly FinishedStep[] }): ReactElement {
  const glyphs = useGlyphs();
  const tone = useTone();
  const labelWidth = Math.max(...steps.map(({ label }) => displayWidth(label)));
  return (
    <>
      {steps.map(({ label, value }) => (
        <Text key={label} wrap="truncate">
          <Text {...tone.success}>{glyphs.check} </Text>
          <Text>
            {fit(label, labelWidth, '')}
            {'  '}
          </Text>
          <Text {...tone.muted}>{value}</Text>
        </Text>
      ))}
    </>
  );
}
