import { type Mark, type Report, type ReportRow, type ReportSection } from '../../activation/report.ts';
import displayWidth from 'string-width';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import type { Text } from '../../locale/texts.ts';
import type { Words } from '../page.ts';
import { unsaidTexts } from './unsaid-text.ts';
import { fieldLabel, fieldValue } from './proof-parts.ts';

const markOf = (mark: Mark, glyphs: Glyphs): string =>
  mark === 'same' ? glyphs.check : mark === 'extra' ? '+' : glyphs.cross;

/** A report in lines: the verdict, a count a section, then everything that is not the same. */
export function reportLines(words: Words, report: Report, flowId: string | undefined): string[] {
  const { text, glyphs } = words;
  const wrong = report.rows.filter((row) => row.mark !== 'same');
  const verdict = report.isVerified
    ? `${glyphs.check} ${text('report.verified')}`
    : `${glyphs.cross} ${text('report.differs', { count: wrong.length, total: report.rows.length })}`;
  const lines = [verdict, ...(flowId === undefined ? [] : [`  ${text('report.flow', { id: flowId })}`])];
  const counts = [
    ['report.segments', report.segments],
    ['review.attributes', report.attributes],
    ['report.mandatory', report.mandatory],
    ['report.deduplication', report.deduplication],
  ] as const;
  const widest = Math.max(...counts.map(([title]) => displayWidth(text(title))));
  for (const [title, count] of counts) {
    const label = text(title) + ' '.repeat(widest - displayWidth(text(title)) + 2);
    lines.push(`  ${count.isSame ? glyphs.check : glyphs.cross} ${label}${countText(count, text)}`);
  }
  if (report.isReordered) lines.push(`  ${text('report.reordered')}`);
  for (const row of wrong) lines.push(`  ${rowLine(words, row)}`);
  if (wrong.some(({ subject }) => subject.startsWith('destination.auth.')))
    lines.push(`  ${text('change.otherSignIn', { id: report.accountId ?? 'ID' })}`);
  for (const one of unsaidTexts(report.beside ?? [], text)) lines.push(`  ${one}`);
  return lines;
}

/** `2 of 3`, `3 of 3, 1 not asked for` */
export const countText = (
  { same, asked, extra }: { same: number; asked: number; extra: number },
  text: Text,
): string => text(extra === 0 ? 'report.ofCount' : 'report.ofCountExtra', { same, asked, extra });

/** `✗ Loyalty Segment · frequency: asked every 6 hours, returned every 12 hours` */
export function rowLine({ text, glyphs }: Words, row: ReportRow): string {
  const subject = row.name ?? (row.section === 'segment' ? row.subject : fieldLabel(row, text));
  const field = row.field === undefined ? sectionName(text, row.section) : text(`segmentField.${row.field}`);
  const shown = (value: string | undefined): string =>
    value === undefined ? text('report.none') : fieldValue(row, value, text);
  const verdict =
    row.mark === 'same'
      ? text('report.sameValue', { asked: shown(row.asked) })
      : row.mark === 'unread'
        ? text('report.unread')
        : row.mark === 'missing' && row.field === undefined
          ? text('report.missing')
          : row.mark === 'extra' && row.field === undefined
            ? text('report.extra')
            : text('report.differing', { asked: shown(row.asked), returned: shown(row.returned) });
  const what = `${subject} ${glyphs.dot} ${field}`;
  return `${markOf(row.mark, glyphs)} ${text('text.labelled', { label: what, value: verdict })}`;
}

function sectionName(text: Text, section: ReportSection): string {
  const names = {
    flow: 'report.dataflow',
    segment: 'report.segments',
    attribute: 'review.attributes',
    mandatory: 'report.mandatory',
    deduplication: 'report.deduplication',
  } as const;
  return text(names[section]);
}
