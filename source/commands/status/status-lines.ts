import { byWeight, type Finding, type FindingGroup, grouped } from '../../activation/watch/finding.ts';
import type { Standstill } from '../../activation/watch/standstill.ts';
import { displayWidth, fit } from '../../components/text/width.ts';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import type { Text } from '../../locale/texts.ts';
import type { Status } from './read-status.ts';
import { countsText, signOf, subjectOf, whatOf, whenOf } from '../../pages/watch/finding-words.ts';
import { type Here, momentHere } from '../../pages/watch/times.ts';

/** What it takes to say how things stand. */
export interface Saying extends Here {
  readonly text: Text;
  readonly glyphs: Glyphs;
  readonly sandbox: string;
}

/** Cells that a subject takes in a line of 80, at most. */
const subjectWidth = 34;

export const findingsOf = ({ watched }: Status): Finding[] =>
  watched.flatMap(({ watch }) => watch.findings).sort(byWeight);

/** Every finding in two lines: what, which and since when; then what next. @see living.md, T19 */
export function findingLines(status: Status, saying: Saying): string[] {
  const { text, glyphs } = saying;
  const { standstill } = status;
  const found = findingsOf(status);
  // What stands still with everything else is told once.
  const folded = standstill ? found.filter(({ kind }) => kind === 'late') : [];
  const groups = grouped(found.filter((one) => !folded.includes(one)));
  const first = standstill && [standstillText(standstill, found, saying)];
  const rows = groups.map((group) => ({
    sign: signOf(group[0], glyphs),
    kind: text(`status.kind.${group[0].kind}`),
    subject: subjectOf(group, text),
    when: whenOf(group[0], saying),
    detail: detailOf(group, saying),
  }));
  const kinds = Math.max(0, ...rows.map(({ kind }) => displayWidth(kind)));
  const subjects = Math.min(subjectWidth, Math.max(0, ...rows.map(({ subject }) => displayWidth(subject))));
  const padded = (value: string, width: number): string =>
    fit(value, Math.max(width, displayWidth(value)), '');
  return [
    ...(first ?? []),
    ...rows.flatMap(({ sign, kind, subject, when, detail }) => [
      `${sign} ${padded(kind, kinds)}  ${padded(subject, subjects)}  ${when}`.trimEnd(),
      `${' '.repeat(kinds + displayWidth(sign) + 3)}${detail}`,
    ]),
  ];
}

/** That hardly anything has run; what is late is folded below it. */
export const standstillText = (
  { late, due, sinceMs }: Standstill,
  found: readonly Finding[],
  saying: Saying,
): string =>
  `${saying.glyphs.cross} ${saying.text('status.standstill', {
    late,
    due,
    at: momentHere(saying.text, sinceMs, saying),
    count: found.filter(({ kind }) => kind === 'late').length,
  })}`;

/** What it is, when the next export comes, and the command that shows more. */
function detailOf(group: FindingGroup, saying: Saying): string {
  const { text } = saying;
  const [one] = group;
  const nexts = group.flatMap(({ nextMs }) => nextMs ?? []);
  const nextMs = nexts.length === 0 ? undefined : Math.min(...nexts);
  const parts = [
    whatOf(one, saying),
    ...(nextMs === undefined || one.kind === 'slow'
      ? []
      : [text('status.next', { at: momentHere(text, nextMs, saying) })]),
    ...(one.kind === 'unknown' ? [] : [text.command(commandOf(one))]),
  ];
  return parts.reduce((all, part) => text('status.parts', { one: all, other: part }));
}

const commandOf = ({ kind, why, flowId }: Finding): string => {
  // The wizard takes whole ids only.
  if (why === 'noSegments' || why === 'over') return flowId;
  const short = flowId.slice(0, 8);
  return kind === 'slow' ? `runs ${short} --follow` : `runs ${short}`;
};

/** The last line: how many of what, what it cost, and as of when. */
export function sumLines(status: Status, saying: Saying): string[] {
  const { text } = saying;
  const { watched, calls, atMs } = status;
  const told = countsText(findingsOf(status), text);
  const common = { flows: watched.length, calls, at: momentHere(text, atMs, saying) };
  const unjudged = watched
    .flatMap(({ watch }) => watch.segments)
    .filter(({ decision }) => decision.state === 'notJudged').length;
  return [
    ...(unjudged === 0 ? [] : [text('status.notJudged', { count: unjudged })]),
    told === undefined ? text('status.sumGood', common) : text('status.sum', { ...common, counts: told }),
  ];
}
