import { type Mark, type Report, type ReportRow, type ReportSection } from '../activation/compare.ts';
import { type Text, valueText } from '../locale/texts.ts';

const marks: Record<Mark, string> = { same: '✓', different: '✗', missing: '✗', extra: '+' };

/** A report in lines: the verdict, a count a section, then everything that is not the same. */
export function reportLines(text: Text, report: Report, flowId: string | undefined): string[] {
  const wrong = report.rows.filter((row) => row.mark !== 'same');
  const verdict = report.isVerified
    ? `✓ ${text('report.verified')}`
    : `✗ ${text('report.differs', { count: wrong.length, total: report.rows.length })}`;
  const lines = [flowId === undefined ? verdict : `${verdict}  ${text('report.flow', { id: flowId })}`];
  const counts = [
    ['report.segments', report.segments],
    ['report.attributes', report.attributes],
    ['report.mandatory', report.mandatory],
    ['report.deduplication', report.deduplication],
  ] as const;
  for (const [title, { asked, same, returned }] of counts) {
    const mark = same === asked && returned === asked ? '✓' : '✗';
    lines.push(`  ${mark} ${text(title).padEnd(15)}${text('report.ofCount', { same, asked })}`);
  }
  if (report.isReordered) lines.push(`  ${text('report.reordered')}`);
  for (const row of wrong) lines.push(`  ${rowLine(text, row)}`);
  return lines;
}

/** `✗ Loyalty Segment · frequency: asked every 6 hours, returned every 12 hours` */
export function rowLine(text: Text, row: ReportRow): string {
  const subject = row.name ?? row.subject;
  const field = row.field === undefined ? sectionName(text, row.section) : text(`segmentField.${row.field}`);
  const shown = (value: string | undefined): string =>
    value === undefined ? text('report.none') : valueText(text, value);
  const verdict =
    row.mark === 'missing' && row.field === undefined
      ? text('report.missing')
      : row.mark === 'extra' && row.field === undefined
        ? text('report.extra')
        : `${text('report.asked')} ${shown(row.asked)}, ${text('report.returned')} ${shown(row.returned)}`;
  return `${marks[row.mark]} ${subject} · ${field}: ${verdict}`;
}

export function sectionName(text: Text, section: ReportSection): string {
  const names = {
    flow: 'report.dataflow',
    segment: 'report.segments',
    attribute: 'report.attributes',
    mandatory: 'report.mandatory',
    deduplication: 'report.deduplication',
  } as const;
  return text(names[section]);
}
