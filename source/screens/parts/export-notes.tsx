import { Text } from 'ink';
import type { ReactElement } from 'react';
import { displayWidth, fit } from '../../components/text/width.ts';
import { firstLines, wrapBeside, wrapText } from '../../components/text/wrap.ts';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import type { Asking } from '../../pages/page.ts';
import { previewOf } from '../../pages/schedule/export-lines.ts';
import type { Scope } from '../../pages/schedule/scope.ts';

/** Something that is set, or what it leads to. */
export interface Note {
  readonly label: string;
  /** Parts that stay together on a line. */
  readonly said: readonly string[];
}

/** How much there is room for. */
interface NotesRoom {
  /** An export a line, here and in UTC, and how a large one goes on. */
  readonly isLong: boolean;
  /** Most of the next exports, where they stand in lines. */
  readonly most?: number | undefined;
  /** Whether it is said elsewhere what is wrong with a setting. @default never */
  readonly isSaid?: ((setting: string) => boolean) | undefined;
}

/** Of the names of split files only the end differs. */
const tailLength = 21;

/**
 * What the settings of some segments lead to: the next exports, and the first file.
 *
 */
export function exportNotes(scope: Scope, asking: Asking, { isLong, most, isSaid }: NotesRoom): Note[] {
  const { text, glyphs } = asking;
  const preview = previewOf(scope, asking);
  if (preview === undefined) return [];
  const { runs, names, overwrites, makesFolders, wrong } = preview;
  const next = wrong && isSaid?.(wrong.setting) !== true ? [wrong.why] : preview.next;
  const [first, ...others] = names;
  const tails = others.map((name) => glyphs.ellipsis + name.slice(-tailLength));
  return [
    ...(isLong && runs.length > 0
      ? runs.map((run, at) => ({ label: at === 0 ? text('settings.next') : '', said: [run] }))
      : next.length > 0
        ? [{ label: text('settings.next'), said: most === undefined ? next : next.slice(0, most) }]
        : []),
    ...(first === undefined ? [] : [{ label: text('settings.file'), said: [first] }]),
    ...(isLong && tails.length > 0 ? [{ label: '', said: [text('settings.split', { names: tails })] }] : []),
    ...(makesFolders ? [{ label: glyphs.warning, said: [text('settings.makesFolders')] }] : []),
    ...(overwrites ? [{ label: glyphs.warning, said: [text('settings.overwrites')] }] : []),
  ];
}

/** Between parts on one line. */
const partGap = 3;

/** Parts on as few lines as they need; one that is too long for a line is broken. */
function packed(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const joined = last === undefined ? part : last + ' '.repeat(partGap) + part;
    if (last !== undefined && displayWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(...wrapText(part, width));
  }
  return lines;
}

/**
 * Notes as lines of at most so many columns, with their labels in a column of their own.
 *
 * @param most - Lines: of a name only the beginning would say nothing, so that a note is whole or not there; where one
 *   is not, the last line says so.
 */
export function noteLines(
  notes: readonly Note[],
  width: number,
  most = Infinity,
  ellipsis = '',
): readonly string[] {
  // A window that is drawn smaller and smaller leaves less than no line.
  const fits = (count: number): boolean => linesOf(notes.slice(0, count), width).length <= Math.max(0, most);
  let count = notes.length;
  while (count > 0 && !fits(count)) count--;
  const lines = linesOf(notes.slice(0, count), width);
  return count === notes.length ? lines : firstLines([...lines, ''], lines.length, width, ellipsis);
}

function linesOf(notes: readonly Note[], width: number): string[] {
  const label = Math.max(0, ...notes.map((one) => displayWidth(one.label)));
  const lead = (said: string): string => `${fit(said, label, '')}  `;
  return notes.flatMap(({ label: of, said }) => {
    const [only = '', ...others] = said;
    if (others.length === 0) return wrapBeside(lead(of), only, width);
    return packed(said, width - label - 2).map((line, at) => lead(at === 0 ? of : '') + line);
  });
}

/** Lines beside or below what is asked, apart from it. */
export function NoteLines({ lines }: { readonly lines: readonly string[] }): ReactElement {
  const glyphs = useGlyphs();
  const tone = useTone();
  return (
    <>
      {lines.map((line, at) => (
        <Text key={at} {...tone.muted} wrap="truncate">
          {`${glyphs.pipe} ${line}`.trimEnd()}
        </Text>
      ))}
    </>
  );
}
