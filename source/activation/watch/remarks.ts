import type { Remark } from './decision.ts';
import type { Limits, WatchedRun, WatchedSegment } from './watched.ts';

/** With how many earlier exports one is compared. */
const compared = 5;

/**
 * In what way a good export is empty; an incremental one without rows is none.
 *
 * @see living.md, T13
 */
export function emptinessOf(
  { rowsIn, filesOut }: Pick<WatchedRun, 'rowsIn' | 'filesOut'>,
  isIncremental: boolean,
): 'noRows' | 'noFiles' | undefined {
  if (rowsIn === 0) return isIncremental ? undefined : 'noRows';
  return rowsIn !== undefined && filesOut === 0 ? 'noFiles' : undefined;
}

/**
 * What there is to say of a good export: rows that were left out, no file, nothing new. What it does not say is not
 * taken for zero.
 *
 * A mandatory attribute leaves out the same share every day, by design: only more than usual is a jump.
 *
 * @param earlier - Good exports before it, ascending.
 * @see living.md, T8 and T13
 */
export function remarksOn(
  run: WatchedRun,
  earlier: readonly WatchedRun[],
  { isIncremental }: Pick<WatchedSegment, 'isIncremental'>,
  { skipRate }: Pick<Limits, 'skipRate'>,
): Remark[] {
  const { rowsIn, skipped } = run;
  if (rowsIn === 0) return [{ kind: 'noRows', isIncremental }];
  if (rowsIn === undefined) return [];
  const remarks: Remark[] = [];
  if (skipped !== undefined && skipped / rowsIn > skipRate) {
    const before = earlier
      .flatMap((one) =>
        one.rowsIn !== undefined && one.rowsIn > 0 && one.skipped !== undefined
          ? [{ share: one.skipped / one.rowsIn, skipped: one.skipped }]
          : [],
      )
      .slice(-compared);
    const isJump =
      before.length > 0 &&
      (skipped / rowsIn > 2 * median(before.map(({ share }) => share)) ||
        skipped > 2 * median(before.map((one) => one.skipped)));
    remarks.push({ kind: 'skipped', isJump, skipped, rowsIn });
  }
  if (emptinessOf(run, isIncremental) === 'noFiles') remarks.push({ kind: 'noFiles', rowsIn });
  return remarks;
}

/** The middle one of some numbers, of which there is at least one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}
