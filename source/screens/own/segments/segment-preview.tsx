import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { daysSince, startOfDay } from '../../../activation/content/local-time.ts';
import { oneLine } from '../../../components/text/clean.ts';
import { displayWidth, truncate } from '../../../components/text/width.ts';
import { wrapText } from '../../../components/text/wrap.ts';
import { useGlyphs, useTone } from '../../../components/theme/theme.tsx';
import type { Segment } from '../../../flow-service/segments.ts';
import { type Text as Say, valueText } from '../../../locale/texts.ts';
import type { WizardServices } from '../../../pages/services.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { NoteLines } from '../../parts/export-notes.tsx';

/** Lines of a preview. */
export const previewLines = 3;

/** What the marked segment is: its description, its rule, and where it comes from. */
export function SegmentPreview({ segment }: { readonly segment: Segment }): ReactElement {
  const { text, width, services } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const room = Math.max(1, width - 4);
  const facts = factsOf(segment, text, services);
  const lines = [
    oneLine(segment.description ?? '') || text('segments.noDescription'),
    oneLine(segment.expression ?? '') || text('segments.noExpression'),
    wholeFacts([...facts, segment.id.slice(0, 8)], room, ` ${glyphs.dot} `),
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

/** As many facts as there is room for, none of them cut: most segments come from where the first one says. */
function wholeFacts(facts: readonly string[], room: number, separator: string): string {
  const line = facts.join(separator);
  return displayWidth(line) > room && facts.length > 1 ? wholeFacts(facts.slice(1), room, separator) : line;
}

/** The same beside the list, with nothing cut but what is longer than the panel. */
export function SegmentPanel(props: {
  readonly segment: Segment | undefined;
  readonly width: number;
  readonly lines: number;
}): ReactElement | null {
  const { text, services } = useWizard();
  const { segment, width } = props;
  if (segment === undefined) return null;
  const said = [
    segment.name,
    oneLine(segment.description ?? '') || text('segments.noDescription'),
    '',
    oneLine(segment.expression ?? '') || text('segments.noExpression'),
    '',
    ...factsOf(segment, text, services),
    segment.id,
  ];
  const lines = said.flatMap((line) => (line === '' ? [''] : wrapText(line, width - 2)));
  return (
    <Box flexDirection="column" flexShrink={0} width={width}>
      <NoteLines lines={lines.slice(0, props.lines)} />
    </Box>
  );
}

function factsOf(
  { origin, mergePolicyId, createdAtMs }: Segment,
  text: Say,
  { now, timeZone }: Pick<WizardServices, 'now' | 'timeZone'>,
): string[] {
  const days = createdAtMs === undefined ? undefined : daysSince(createdAtMs, startOfDay(now(), timeZone));
  return [
    origin === undefined ? '' : valueText(text, origin),
    mergePolicyId === undefined ? '' : text('segments.mergePolicy', { id: mergePolicyId.slice(0, 8) }),
    days === undefined ? '' : days < 1 ? text('segments.madeToday') : text('segments.made', { days }),
  ].filter((fact) => fact !== '');
}
