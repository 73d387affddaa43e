import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { firstLines, wrapText } from '../../components/text/wrap.ts';
import { useGlyphs } from '../../components/theme/theme.tsx';
import { displayWidth, truncate } from '../../components/text/width.ts';
import { type Asking, letteredOf, type SettingsPage } from '../../pages/page.ts';
import type { Scope } from '../../pages/schedule/scope.ts';
import { letterOf } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { exportNotes, type Note, NoteLines, noteLines } from './export-notes.tsx';

/** With fewer columns there is only what the settings lead to. */
const leastForValues = 60;

/** Lines below a table of so many columns; with an empty one before them where there is room. */
export const settingsNotesLines = (width: number): number => (width < leastForValues ? 5 : 8);

/** `m f d n change all 12 segments` */
function whomText({ segments }: Scope, { text, state }: Asking, letters: string): string {
  const count = segments.length;
  const isAll = count === state.draft.segments.length;
  const whom =
    count === 1
      ? text('settings.thisOne')
      : text(isAll ? 'settings.allOfThem' : 'settings.marked', { count });
  return text('settings.letters', { letters, whom });
}

/** What the settings of a row lead to, and the values that its letters go through. */
export function SettingsNotes(props: {
  readonly page: SettingsPage;
  /** What a letter changes. */
  readonly scope: Scope;
  /** Whose exports are shown. */
  readonly shown: Scope;
  readonly lines: number;
  readonly width: number;
  readonly isBeside: boolean;
}): ReactElement {
  const { asking, text } = useWizard();
  const { page, scope, shown, isBeside, width } = props;
  const glyphs = useGlyphs();
  const values = page.switches.map((one): Note => {
    const chosen = one.chosen(scope.settings);
    const options = one
      .options(scope.settings, text, scope.card)
      .filter(({ disabled }) => disabled === undefined);
    const note = one.note(scope.settings, text, scope.card);
    return {
      label: letterOf(one.name),
      said: [
        ...options.map(
          ({ value, label }) => `${value === chosen ? glyphs.radioOn : glyphs.radioOff} ${label}`,
        ),
        ...(note === undefined ? [] : [note]),
      ],
    };
  });
  const lines = Math.max(0, props.lines);
  const isNarrow = width < leastForValues && !isBeside;
  // An id that hangs below its label needs all that there is.
  const indent = isBeside || isNarrow ? 0 : 2;
  const room = width - 2 - indent;
  const whom = whomText(scope, asking, letteredOf(page).map(letterOf).join(' '));
  const separator = ` ${glyphs.dot} `;
  const left = room - displayWidth(whom + separator);
  // Of one segment the table says which.
  const isOnly = asking.state.draft.segments.length === 1;
  // On a narrow screen the table has room for the beginning of a name.
  const narrowly = scope.segments.length === 1 ? wrapText(shown.name, room) : [whom];
  const named = isOnly
    ? []
    : isNarrow
      ? narrowly
      : [truncate(shown.name, left, glyphs.ellipsis) + separator + whom];
  const led = noteLines(
    exportNotes(shown, asking, { isLong: isBeside, most: isNarrow ? 1 : undefined }),
    room,
    lines - (isNarrow ? 0 : 1) - Math.max(isNarrow ? 0 : 1, named.length),
    glyphs.ellipsis,
  );
  const set = isNarrow ? [] : noteLines(values, room);
  if (isBeside)
    return (
      <Box flexDirection="column" flexShrink={0} width={width}>
        <NoteLines lines={firstLines([...named, ...led, '', ...set], lines, room, glyphs.ellipsis)} />
      </Box>
    );
  return (
    <Box flexDirection="column" flexShrink={0} width={width}>
      {isNarrow ? null : <Text> </Text>}
      <Box flexDirection="column" paddingLeft={indent}>
        <NoteLines
          lines={firstLines([...named, ...led, ...set], lines - (isNarrow ? 0 : 1), room, glyphs.ellipsis)}
        />
      </Box>
    </Box>
  );
}
