import type { Entry, Span } from '../../components/entries/entries.tsx';
import { labelColumns, labelledLines } from '../../components/entries/labelled-lines.ts';
import { wrapBeside, wrapText } from '../../components/text/wrap.ts';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import type { ToneName } from '../../components/theme/tone.ts';
import type { Text } from '../../locale/texts.ts';
import type { ReviewNote } from '../../pages/ending/review-notes.ts';
import type { ReviewRow } from '../../pages/ending/review-rows.ts';

const looks = {
  problem: { mark: 'cross', tone: 'danger' },
  warning: { mark: 'warning', tone: 'warning' },
  note: { mark: 'dot', tone: 'muted' },
  // It begins with a sign of its own.
  change: { mark: undefined, tone: 'accent' },
} as const satisfies Record<ReviewNote['severity'], { mark: keyof Glyphs | undefined; tone: ToneName }>;

/** The review as it is drawn in so many columns: everything wraps, nothing is cut. */
export function reviewEntries(
  rows: readonly ReviewRow[],
  { width, glyphs, text }: { width: number; glyphs: Glyphs; text: Text },
): readonly Entry[] {
  const labels = labelColumns(rows.map(({ label }) => label));
  return rows.map(({ id, label, values, notes, tone, fix, does }): Entry => {
    const worst = notes.find(({ severity }) => severity === 'problem' || severity === 'warning');
    const look = worst && looks[worst.severity];
    const first = {
      apply: glyphs.arrow,
      compare: glyphs.arrow,
      blocked: glyphs.cross,
      jump: undefined,
      rename: undefined,
    }[does.kind];
    const say = (columns: number): Span[][] => [
      ...values.flatMap((one) => wrapText(one, columns).map((line): Span[] => [{ said: line }])),
      ...notes.flatMap((note) => noteLines(note, columns, glyphs)),
      ...(fix === undefined ? [] : wrapText(text('review.fix', { fact: fix.fact }), columns)).map(
        (line): Span[] => [{ said: line, tone: 'accent' }],
      ),
    ];
    return {
      id,
      lines: labelledLines(label, labels, width, say, values.length === 1 ? values[0] : undefined),
      ...(first === undefined
        ? look && { mark: look.mark && glyphs[look.mark], tone: look.tone }
        : { mark: first, tone }),
    };
  });
}

function noteLines({ said, severity }: ReviewNote, columns: number, glyphs: Glyphs): Span[][] {
  const { mark, tone } = looks[severity];
  if (mark !== undefined)
    return wrapBeside(`${glyphs[mark]} `, said, columns).map((line): Span[] => [{ said: line, tone }]);
  // Only the sign is coloured, and says the same without it.
  const sign = said.slice(0, 2);
  return wrapBeside(sign, said.slice(2), columns).map((line, at): Span[] =>
    at === 0 ? [{ said: sign, tone }, { said: line.slice(sign.length) }] : [{ said: line }],
  );
}
