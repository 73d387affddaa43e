import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { listedRuns } from '../../../pages/schedule/export-lines.ts';
import { scopeOf } from '../../../pages/schedule/scope.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { exportNotes, NoteLines, noteLines } from '../../parts/export-notes.tsx';

const longLines = 1 + listedRuns + 3;
const shortLines = 4;
/** What the form keeps, with every field and the help of one. */
const formLines = 10;

/** With fewer columns only one of the next exports is told. */
const leastForMoments = 60;

/** Lines of the preview on a page of this height. */
export const previewLines = (height: number): number =>
  height >= longLines + formLines ? longLines : Math.min(shortLines, Math.max(0, height - formLines + 3));

/** The next exports, here and in UTC, and the first file names, as the answers are now. */
export function ExportPreview(props: {
  readonly lines: number;
  readonly width: number;
  readonly isBeside: boolean;
  /** The fields of the form, which say themselves what is wrong with them. */
  readonly fields: readonly string[];
}): ReactElement {
  const { asking, text } = useWizard();
  const { lines, width, isBeside, fields } = props;
  const scope = scopeOf(asking.state, text);
  const [segment, another] = scope.segments;
  const isLong = isBeside || lines >= longLines;
  const notes = exportNotes(scope, asking, {
    isLong,
    most: width < leastForMoments ? 1 : undefined,
    isSaid: (setting) => fields.includes(setting),
  });
  // Of several it is the first one whose exports are told.
  const named = segment === undefined || another === undefined ? [] : [segment.name];
  const isNarrow = width < leastForMoments && !isBeside;
  // An id that hangs below its label needs all that there is.
  const indent = isBeside || isNarrow ? 0 : 2;
  const room = isBeside ? lines : lines - 1;
  const said = noteLines(notes, width - 2 - indent, room - named.length, asking.glyphs.ellipsis);
  return (
    <Box flexDirection="column" width={width} flexShrink={0}>
      {isBeside || lines === 0 ? null : <Text> </Text>}
      <Box flexDirection="column" paddingLeft={indent}>
        <NoteLines lines={said.length === 0 ? [] : [...named, ...said]} />
      </Box>
    </Box>
  );
}
