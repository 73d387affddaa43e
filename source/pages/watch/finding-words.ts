import { type Finding, type FindingGroup, findingKinds } from '../../activation/watch/finding.ts';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import { listText, type Text } from '../../locale/texts.ts';
import { unreadText, type WatchSaying } from './explain-lines.ts';
import { lengthText, momentHere } from './times.ts';

/** How much a finding weighs, in one sign. */
export const signOf = ({ severity }: Pick<Finding, 'severity'>, glyphs: Glyphs): string =>
  severity === 'wrong' ? glyphs.cross : severity === 'look' ? glyphs.warning : '?';

/** Whose they are: the segment by its name where it is one. */
export function subjectOf([one, ...others]: FindingGroup, text: Text): string {
  const { flowName: flow, segmentId, segmentName } = one;
  if (segmentId === undefined) return flow;
  return others.length === 0
    ? text('status.of', { flow, segment: segmentName ?? segmentId })
    : text('status.ofMany', { flow, count: others.length + 1 });
}

/** Since when, and for how long. */
export function whenOf({ kind, slotMs, sinceMs, overMs, inARow }: Finding, saying: WatchSaying): string {
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

/** What is wrong, in a few words. */
export function whatOf(one: Finding, { text, sandbox }: Pick<WatchSaying, 'text' | 'sandbox'>): string {
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
