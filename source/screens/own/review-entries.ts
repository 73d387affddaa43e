import { type Entry, entryLead, type Span } from '../../components/entries/entries.tsx';
import { displayWidth } from '../../components/text/width.ts';
import { wrapText } from '../../components/text/wrap.ts';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import type { ToneName } from '../../components/theme/tone.ts';
import type { Text } from '../../locale/texts.ts';
import type { ReviewNote, ReviewRow } from '../../pages/ending/review-rows.ts';

/** Narrower than this, what is said stands below its label. */
const columnsForBeside = 60;

/** Between a label and what is said of it. */
const gap = 2;

const looks = {
  problem: { mark: 'cross', tone: 'danger' },
  warning: { mark: 'warning', tone: 'warning' },
  note: { mark: 'dot', tone: 'muted' },
} as const satisfies Record<ReviewNote['severity'], { mark: keyof Glyphs; tone: ToneName }>;

/** The review as it is drawn in so many columns: everything wraps, nothing is cut. */
export function reviewEntries(
  rows: readonly ReviewRow[],
  { width, glyphs, text }: { width: number; glyphs: Glyphs; text: Text },
): readonly Entry[] {
  const isBeside = width >= columnsForBeside;
  const room = width - entryLead;
  const labelWidth = Math.max(...rows.map(({ label }) => displayWidth(label))) + gap;
  return rows.map((row): Entry => {
    const { id, label, values, notes, tone, fix, does } = row;
    const worst = notes.find(({ severity }) => severity !== 'note');
    const look = worst && looks[worst.severity];
    const first = does.kind === 'apply' ? glyphs.arrow : does.kind === 'none' ? glyphs.cross : undefined;
    const [value = ''] = values;
    const fits = values.length === 1 && labelWidth + displayWidth(value) <= room;
    const columns = isBeside || (fits && label !== '') ? room - labelWidth : room;
    const said: readonly Span[][] = [
      ...values.flatMap((one) => wrapText(one, columns).map((line): Span[] => [{ said: line }])),
      ...notes.flatMap((note) => noteLines(note, columns, glyphs)),
      ...(fix === undefined
        ? []
        : wrapText(text('review.fix', { fact: fix.fact }), columns).map((line): Span[] => [
            { said: line, tone: 'accent' },
          ])),
    ];
    const padded = (at: number): Span => ({
      said:
        at === 0 ? label + ' '.repeat(Math.max(0, labelWidth - displayWidth(label))) : ' '.repeat(labelWidth),
    });
    const lines =
      columns < room
        ? said.map((spans, at): Span[] => [padded(at), ...spans])
        : label === ''
          ? said
          : [[{ said: label }], ...said];
    return {
      id,
      lines,
      ...(first === undefined
        ? look
          ? { mark: glyphs[look.mark], tone: look.tone }
          : {}
        : { mark: first, tone }),
    };
  });
}

function noteLines({ said, severity }: ReviewNote, columns: number, glyphs: Glyphs): Span[][] {
  const { mark, tone } = looks[severity];
  const lead = displayWidth(glyphs[mark]) + 1;
  return wrapText(said, columns - lead).map((line, at): Span[] => [
    { said: `${at === 0 ? `${glyphs[mark]} ` : ' '.repeat(lead)}${line}`, tone },
  ]);
}
