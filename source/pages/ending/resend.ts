import type { Change } from '../../activation/change/changes.ts';
import type { Report } from '../../activation/report.ts';

/** A dataflow that is not what was asked for, and how that was told. */
export interface Differing {
  readonly flowId: string;
  readonly report: Report;
}

/**
 * What would go from a dataflow beside what its proof has shown as not asked for: somebody has put it there since.
 *
 * @param change - What is about to be sent.
 */
export function unshown(change: readonly Change[], { rows }: Report): Change[] {
  const extra = new Set(rows.flatMap(({ mark, subject }) => (mark === 'extra' ? [subject] : [])));
  return change.filter(
    ({ kind, path, before = '' }) =>
      kind === 'removed' && !extra.has(before) && !extra.has(/\[([^\]]+)\]$/.exec(path)?.[1] ?? ''),
  );
}
