import type { Change } from '../../activation/change/changes.ts';

/** A dataflow is not any more what it was when its change was confirmed. Nothing was sent. */
export class ChangedSinceError extends Error {
  override readonly name = 'ChangedSinceError';
  readonly kind = 'changedSince';
  readonly id: string;
  /** What would have been done beside what was confirmed: names of segments and columns, or places. */
  readonly found: readonly string[];
  constructor(id: string, changes: readonly Change[]) {
    const found = changes.map(({ segment, before, after, path }) => segment ?? before ?? after ?? path);
    super(`${id}: ${found.join(', ')}`);
    this.id = id;
    this.found = [...new Set(found)];
  }
}
