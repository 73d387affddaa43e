import {
  byWeight,
  type Finding,
  findingKinds,
  type FindingGroup,
  grouped,
} from '../../activation/watch/finding.ts';
import type { Standstill } from '../../activation/watch/standstill.ts';
import { displayWidth, fit } from '../../components/text/width.ts';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import { listText, type Text } from '../../locale/texts.ts';
import type { Status } from './read-status.ts';
import { unreadText } from '../../pages/watch/explain-lines.ts';
import { signOf } from '../../pages/watch/finding-words.ts';
import { type Here, lengthText, momentHere } from '../../pages/watch/times.ts';

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

/** Whose they are: the segment by its name where it is one. */
export function subjectOf([one, ...others]: FindingGroup, text: Text): string {
  const { flowName: flow, segmentId, segmentName } = one;
  if (segmentId === undefined) return flow;
  return others.length === 0
    ? text('status.of', { flow, segment: segmentName ?? segmentId })
    : text('status.ofMany', { flow, count: others.length + 1 });
}

function whenOf({ kind, slotMs, sinceMs, overMs, inARow }: Finding, saying: Saying): string {
  const { text } = saying;
  const ms = sinceMs ?? slotMs;
  if (ms === undefined) return '';
  const at = momentHere(text, ms, saying);
  if (kind === 'failed' && inARow !== undefined && inARow > 1)
    return text('status.when.row', { at, count: inARow });
  if (overMs === undefined) return at;
  const length = lengthText(text, overMs);
  return text(kind === 'slow' ? 'status.when.soFar' : 'status.when.ago', { at, length });
}

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

/** What is wrong, in a few words. */
export function whatOf(one: Finding, { text, sandbox }: Pick<Saying, 'text' | 'sandbox'>): string {
  const { kind, why, message, code, usualMs, skipped = 0, rowsIn = 0 } = one;
  switch (kind) {
    case 'late':
    case 'missed':
      return text(why === 'notEvaluated' ? 'status.what.notEvaluated' : `status.what.${kind}`);
    case 'failed':
      if (message !== undefined && code !== undefined) return text('status.what.failed', { message, code });
      return message ?? code ?? text('status.what.failedPlain');
    case 'slow':
      return usualMs === undefined
        ? text('status.what.slow')
        : text('status.what.slowUsual', { usual: lengthText(text, usualMs) });
    case 'skipped': {
      const share = Math.round((skipped / rowsIn) * 1000) / 10;
      const values = { skipped, rows: rowsIn, share };
      return text(one.severity === 'wrong' ? 'status.what.skippedJump' : 'status.what.skipped', values);
    }
    case 'empty':
      return why === 'noFiles' ? text('status.what.noFiles', { rows: rowsIn }) : text('status.what.noRows');
    case 'idle':
      return text(
        why === 'noSegments'
          ? 'status.what.noSegments'
          : why === 'over'
            ? 'status.what.over'
            : 'status.what.quiet',
      );
    case 'unknown':
      if (why === 'segments' || why === 'kept') return text(`status.what.${why}`);
      return unreadText(why === 'refused', { text, sandbox });
  }
}

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

/** The counts in words; nothing where there is no finding. */
export function countsText(findings: readonly Finding[], text: Text): string | undefined {
  const counts = countsOf(findings);
  const told = findingKinds.flatMap((kind) =>
    counts[kind] === 0
      ? []
      : [text('status.count', { count: counts[kind], kind: text(`status.kind.${kind}`) })],
  );
  return told.length === 0 ? undefined : listText(text, told);
}

/** How many dataflows have a finding of each kind. */
export function countsOf(findings: readonly Finding[]): Record<(typeof findingKinds)[number], number> {
  const flows = (kind: string): number =>
    new Set(findings.filter((one) => one.kind === kind).map(({ flowId }) => flowId.toLowerCase())).size;
  return Object.fromEntries(findingKinds.map((kind) => [kind, flows(kind)])) as ReturnType<typeof countsOf>;
}
