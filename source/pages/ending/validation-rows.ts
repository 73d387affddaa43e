import type { Mark, Report, ReportRow, ReportSection } from '../../activation/report.ts';
import type { TableRow } from '../../components/table/table-layout.ts';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import type { ToneName } from '../../components/theme/tone.ts';
import type { Text } from '../../locale/texts.ts';
import { sectionName } from './report-text.ts';
import { settingText } from '../schedule/settings-text.ts';

const tones: Record<Mark, ToneName> = {
  same: 'success',
  different: 'danger',
  missing: 'danger',
  extra: 'warning',
};

/** A report as rows: asked beside returned, a heading a section and a segment, a mark a line. */
export function validationRows(
  report: Report,
  text: Text,
  glyphs: Glyphs,
  onlyDifferences: boolean,
): TableRow[] {
  const rows: TableRow[] = [];
  let section: ReportSection | undefined;
  let subject: string | undefined;
  for (const row of report.rows) {
    if (onlyDifferences && row.mark === 'same') continue;
    if (row.section !== section) {
      section = row.section;
      subject = undefined;
      rows.push({ kind: 'group', label: heading(report, section, text) });
    }
    if (section === 'segment' && row.subject !== subject) {
      subject = row.subject;
      const all = report.rows.filter((one) => one.section === 'segment' && one.subject === subject);
      const worst = all.find((one) => one.mark !== 'same')?.mark ?? 'same';
      const name = row.name === undefined ? row.subject : `${row.name} ${glyphs.dot} ${row.subject}`;
      rows.push({ kind: 'group', label: `  ${name}`, mark: markOf(worst, glyphs), tone: tones[worst] });
      if (row.field === undefined) {
        rows.push({ cells: ['', '', text(row.mark === 'extra' ? 'report.extra' : 'report.missing')] });
        continue;
      }
    }
    rows.push({ cells: cellsOf(row, text), mark: markOf(row.mark, glyphs), tone: tones[row.mark] });
  }
  return rows;
}

function markOf(mark: Mark, glyphs: Glyphs): string {
  return mark === 'same' ? glyphs.check : mark === 'extra' ? glyphs.warning : glyphs.cross;
}

function cellsOf(row: ReportRow, text: Text): string[] {
  const shown = (value: string | undefined): string =>
    value === undefined ? text('report.none') : settingText(text, value);
  const label =
    row.field === undefined ? (row.section === 'flow' ? row.subject : '') : text(`segmentField.${row.field}`);
  const returned =
    row.mark === 'same'
      ? text('report.same')
      : row.mark === 'missing'
        ? text('report.missing')
        : row.mark === 'extra'
          ? `${shown(row.returned)} (${text('report.extra')})`
          : shown(row.returned);
  return [`    ${label}`, row.asked === undefined ? '' : shown(row.asked), returned];
}

function heading(report: Report, section: ReportSection, text: Text): string {
  const counts = {
    flow: undefined,
    segment: report.segments,
    attribute: report.attributes,
    mandatory: report.mandatory,
    deduplication: report.deduplication,
  }[section];
  const title = sectionName(text, section);
  return counts ? `${title}  ${text('report.ofCount', { same: counts.same, asked: counts.asked })}` : title;
}
