import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { limits } from '../../activation/findings/limits.ts';
import { Meter } from '../../components/meter/meter.tsx';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import { useWizard } from '../frame/wizard-context.tsx';

const barWidth = 10;

/** How much of a guardrail is used: advised where it is soft, allowed where it is hard. One line. */
export function LimitMeter(props: {
  readonly limit: 'segmentsPerFlow' | 'attributesPerFlow' | 'destinationsPerSandbox';
  readonly count: number;
}): ReactElement {
  const { text } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const { most, kind } = limits[props.limit];
  const label = text(`meter.${props.limit}`, {
    count: props.count,
    most,
    kind: text(`meter.${kind}`),
  });
  const isOver = props.count > most;
  return (
    <Box paddingLeft={2}>
      {isOver ? <Text {...tone.warning}>{`${glyphs.warning} `}</Text> : null}
      <Meter value={props.count / most} width={barWidth} label={label} />
    </Box>
  );
}
