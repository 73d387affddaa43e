import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { ScrollTable } from '../../components/table/scroll-table.tsx';
import { displayWidth, truncate } from '../../components/text/width.ts';
import { wrapText } from '../../components/text/wrap.ts';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import { type GuideLine, guideLines } from './guide-lines.ts';
import { hintOf } from './page-keys.ts';
import { useWizard } from './wizard-context.tsx';

/** Columns before an explanation: a line that sets it apart, and a space. */
export const guideLead = 2;

/** The explanation of the step, in the room that the page leaves it; what does not fit is one key away. */
export function GuidePanel(): ReactElement | null {
  const { guided, text } = useWizard();
  const glyphs = useGlyphs();
  if (guided === undefined) return null;
  const { entry, room } = guided;
  const columns = room.columns - guideLead;
  const all = guideLines(entry, text, columns);
  const isCut = all.length > room.lines;
  // In so few lines it says what the step is.
  if (isCut && room.lines <= fewLines)
    return (
      <Explained
        lines={beginning(entry.what, room.lines, columns, `${glyphs.ellipsis} ${hintOf('guide', text).key}`)}
        columns={room.columns}
      />
    );
  const shown = all.slice(0, room.lines).map((line, at): GuideLine => {
    if (!isCut || at !== room.lines - 1) return line;
    const more = text('guide.more', { line: '' }).trim();
    const titleWidth = displayWidth(line.title ?? '');
    return {
      ...line,
      said: `${truncate(line.said, columns - titleWidth - displayWidth(more) - 1, glyphs.ellipsis)} ${more}`,
    };
  });
  return <Explained lines={shown} columns={room.columns} />;
}

const fewLines = 2;

/** As much of a sentence as there is room for, and what there is more. */
function beginning(said: string, count: number, columns: number, more: string): GuideLine[] {
  const lines = wrapText(said, columns);
  return lines.slice(0, count).map((line, at) => ({
    said:
      at < count - 1 || lines.length <= count
        ? line
        : `${truncate(line, columns - displayWidth(more), '').trimEnd()}${more}`,
  }));
}

/** Lines of an explanation, set apart from the page. */
export function Explained(props: {
  readonly lines: readonly GuideLine[];
  readonly columns: number;
}): ReactElement {
  const glyphs = useGlyphs();
  const tone = useTone();
  return (
    <Box flexDirection="column" width={props.columns} flexShrink={0}>
      {props.lines.map((line, at) => (
        <Text key={at} wrap="truncate">
          <Text {...tone.accent}>{glyphs.pipe} </Text>
          <Text {...tone.strong}>{line.title ?? ''}</Text>
          <Text>{line.said}</Text>
        </Text>
      ))}
    </Box>
  );
}

/** The whole explanation over the page; it scrolls where the window is small. */
export function GuideOverlay({ onClose }: { readonly onClose: () => void }): ReactElement | null {
  const { guided, text, width, height } = useWizard();
  if (guided === undefined) return null;
  const rows = guideLines(guided.entry, text, width - guideLead).map((line) => ({
    cells: [`${line.title ?? ''}${line.said}`],
  }));
  return (
    <ScrollTable
      columns={[{ title: '' }]}
      rows={rows}
      height={height - 1}
      width={width}
      range={(first, last, total) => text('list.range', { first, last, total })}
      onEnter={onClose}
      onBack={onClose}
    />
  );
}
