import { Box, Text } from 'ink';
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { type Entry, Entries, linesIn, type Span } from '../../../components/entries/entries.tsx';
import { displayWidth } from '../../../components/text/width.ts';
import { wrapText } from '../../../components/text/wrap.ts';
import { useGlyphs, useTone } from '../../../components/theme/theme.tsx';
import type { Text as Say } from '../../../locale/texts.ts';
import { verdictText } from '../../../pages/ending/ending.ts';
import { notesText, proofFacts, type Proven } from '../../../pages/ending/proof-facts.ts';
import { proofParts } from '../../../pages/ending/proof-parts.ts';
import { useBodyLines } from '../../frame/body-room.ts';
import { factEntries, noteEntry, partEntries, partTitles } from './proof-entries.ts';

/** Nothing for what is no part. */
export type Fold = 'openPart' | 'closePart' | undefined;

export interface ValidationViewProps extends Proven {
  readonly text: Say;
  readonly height: number;
  /** Lines that something takes below it, beyond its height. @default 0 */
  readonly linesBelow?: number | undefined;
  readonly width: number;
  readonly isActive: boolean;
  readonly onDone: () => void;
  /** What can be done about a difference, where something can: Enter and `s`. */
  readonly remedy?: { readonly resend: () => void; readonly saveReport: () => void } | undefined;
  /** Takes back what was changed, where that can be: `u`. */
  readonly undo?: (() => void) | undefined;
  /** To the dataflow that was made: `o`. */
  readonly look?: (() => void) | undefined;
  /** What came of it, below the parts. */
  readonly told?: string | undefined;
  /** Told what can be done to the part under the cursor, as often as it changes. */
  readonly onFold?: ((fold: Fold) => void) | undefined;
  /** Gives a text to the clipboard. @returns whether the terminal is one that takes it, as far as it says */
  readonly onCopy: (text: string) => boolean;
}

/** With fewer lines than this, only the verdict stays above what scrolls. */
const leastForNotes = 12;

/** The titles of what follows belong to the entry before: the cursor does not stand on them. */
const titled = (entries: readonly Entry[], titles: readonly Span[], hasAir: boolean): readonly Entry[] =>
  entries.map((one, at) =>
    at === entries.length - 1 && titles.length > 0
      ? { ...one, lines: [...one.lines, ...(hasAir ? [[]] : []), titles] }
      : one,
  );

/** What air takes: a line after the verdict, one before the parts, and room for a line that is told below. */
const airLines = 3;

/**
 * The proof: verdict and facts, then what was asked beside what came back. What agrees is a line, what differs is
 * open; everything can be opened, and nothing is cut.
 */
export function ValidationView(props: ValidationViewProps): ReactElement {
  const { report, plan, flowId, nowMs, zone, text, height, width, isActive } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const parts = useMemo(
    () => proofParts(report, plan, { text, glyphs }, zone),
    [report, plan, text, glyphs, zone],
  );
  const different = useMemo(() => parts.filter(({ isSame }) => !isSame), [parts]);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [onlyDifferent, setOnlyDifferent] = useState(false);
  const [said, setSaid] = useState<string>();
  const isShort = height < leastForNotes;
  const look = useMemo(() => ({ width, glyphs, text }), [width, glyphs, text]);
  const proven = useMemo(() => ({ report, plan, flowId, nowMs, zone }), [report, plan, flowId, nowMs, zone]);
  const lead = displayWidth(glyphs.check) + 1;
  const verdict = wrapText(verdictText(report, text), width - lead);
  const notes = isShort ? [] : wrapText(notesText(proven, text), width - lead);
  const facts = useMemo(
    () => [
      ...factEntries(proofFacts(proven, { text, glyphs }), look),
      ...(isShort ? [noteEntry(notesText(proven, text), look)] : []),
    ],
    [proven, text, glyphs, look, isShort],
  );
  const above = verdict.length + notes.length;
  const closed = useMemo(
    () => linesIn([...titled(facts, partTitles(parts, look), false), ...partEntries(parts, new Set(), look)]),
    [facts, parts, look],
  );
  const hasAir = !isShort && height >= above + closed + airLines;
  const entries = useMemo(() => {
    const shown = onlyDifferent ? different : parts;
    const before = onlyDifferent ? facts.filter(({ id }) => id === 'notes') : facts;
    return [...titled(before, partTitles(shown, look), hasAir), ...partEntries(shown, open, look)];
  }, [parts, different, open, onlyDifferent, facts, look, hasAir]);

  const remedy = report.isVerified ? undefined : props.remedy;
  const whatNow = remedy === undefined || isShort ? undefined : text('report.whatNow');
  const told = said ?? props.told ?? whatNow;
  // Where something is asked below, that needs the room.
  const below = told === undefined || !isActive ? [] : wrapText(told, width - 2);
  const air = hasAir ? 1 : 0;
  const top = above + air;
  // What is opened goes down from where it stands.
  useBodyLines(top + linesIn(entries) + below.length + (props.linesBelow ?? 0), true, top + closed + air);
  const [under, setUnder] = useState(different[0]?.id);
  const { onFold } = props;
  const foldUnder: Fold = !parts.some(({ id }) => id === under)
    ? undefined
    : open.has(under ?? '')
      ? 'closePart'
      : 'openPart';
  useEffect(() => onFold?.(foldUnder), [onFold, foldUnder]);
  const fold = (id: string, isOpen: boolean): void => {
    if (!parts.some((one) => one.id === id)) return;
    const next = new Set(open);
    if (isOpen) next.add(id);
    else next.delete(id);
    setOpen(next);
  };
  const keys: Readonly<Record<string, () => void>> = {
    a: () => setOpen(open.size < parts.length ? new Set(parts.map(({ id }) => id)) : new Set()),
    d: () => (different.length === 0 ? setSaid(text('report.noDifferences')) : setOnlyDifferent((is) => !is)),
    y: () => {
      if (flowId !== undefined) setSaid(text(props.onCopy(flowId) ? 'copy.sent' : 'copy.doubtful'));
    },
    q: () => props.onDone(),
    s: () => remedy?.saveReport(),
    u: () => props.undo?.(),
    o: () => props.look?.(),
  };
  return (
    <Box flexDirection="column" width={width}>
      {verdict.map((line, at) => (
        <Text key={at} {...(report.isVerified ? tone.success : tone.danger)} bold>
          {at === 0 ? `${report.isVerified ? glyphs.check : glyphs.cross} ` : ' '.repeat(lead)}
          {line}
        </Text>
      ))}
      {notes.map((line, at) => (
        <Text key={at} {...tone.muted}>
          {' '.repeat(lead)}
          {line}
        </Text>
      ))}
      {hasAir ? <Text> </Text> : null}
      <Entries
        entries={entries}
        height={Math.max(1, height - top - below.length)}
        width={width}
        isActive={isActive}
        initialEntry={different[0]?.id}
        range={(first, last, total) => text('list.range', { first, last, total })}
        onSelect={(id) => {
          if (remedy) remedy.resend();
          else if (parts.some((one) => one.id === id)) fold(id, !open.has(id));
          else props.onDone();
        }}
        onBack={props.onDone}
        onCursorChange={(id) => {
          setUnder(id);
          setSaid(undefined);
        }}
        onKey={(press, id) => {
          if (press.kind === 'key' && (press.name === 'right' || press.name === 'left'))
            fold(id, press.name === 'right');
          if (press.kind === 'text' && Object.hasOwn(keys, press.text)) keys[press.text]?.();
        }}
      />
      {below.map((line, at) => (
        <Text key={at} {...tone.accent}>
          {`  ${line}`}
        </Text>
      ))}
    </Box>
  );
}
