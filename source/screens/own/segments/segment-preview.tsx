import { Text } from 'ink';
import type { ReactElement } from 'react';
import { oneLine } from '../../../components/text/clean.ts';
import { truncate } from '../../../components/text/width.ts';
import { useGlyphs, useTone } from '../../../components/theme/theme.tsx';
import { valueText } from '../../../locale/texts.ts';
import type { Segment } from '../../../flow-service/segments.ts';
import { useWizard } from '../../frame/wizard-context.tsx';

/** Lines of a preview. */
export const previewLines = 3;

/** What the marked segment is: its description, its rule, and where it comes from. */
export function SegmentPreview({ segment }: { readonly segment: Segment }): ReactElement {
  const { text, width, services } = useWizard();
  const daysSince = (ms: number): number => Math.max(0, Math.floor((services.now() - ms) / 86_400_000));
  const glyphs = useGlyphs();
  const tone = useTone();
  const { description = '', expression = '', origin, mergePolicyId } = segment;
  const facts = [
    segment.id.slice(0, 8),
    valueText(text, origin ?? ''),
    mergePolicyId === undefined ? undefined : text('segments.mergePolicy', { id: mergePolicyId.slice(0, 8) }),
    segment.createdAtMs === undefined
      ? undefined
      : text('segments.made', { days: daysSince(segment.createdAtMs) }),
  ];
  const room = Math.max(1, width - 4);
  const lines = [
    oneLine(description) || text('segments.noDescription'),
    oneLine(expression) || text('segments.noExpression'),
    facts.filter((fact) => fact !== undefined && fact !== '').join(` ${glyphs.dot} `),
  ];
  return (
    <>
      {lines.map((line, at) => (
        <Text key={at} {...tone.muted} wrap="truncate">
          {`  ${glyphs.pipe} ${truncate(line, room, glyphs.ellipsis)}`}
        </Text>
      ))}
    </>
  );
}
