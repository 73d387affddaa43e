import { rowRulesOf } from '../rules/server-members.ts';
import type { JsonObject } from '../store.ts';
import type { PlannedRun } from './plan-runs.ts';
import { drawn } from './run-faults.ts';

/** How large exports are. */
export interface Sizes {
  /** Members of every segment; 1,000 to two million where nothing is said. */
  readonly rows?: number | undefined;
  /** Rows of a file before it is split. @see flow-service.md, section 6 */
  readonly rowsPerFile: number;
}

/** What an export reads, leaves out and writes. */
interface RunRows {
  readonly input: number;
  readonly output: number;
  readonly skipped: number;
  /** Parts count as files. */
  readonly files: number;
}

/** As many as the segment has; of an incremental file some of a hundred. Where a field is mandatory, one segment of three leaves 2 of 1,000 out every day. */
export function rowsOf(
  { flow, segmentId, slotMs, course, isFull }: PlannedRun,
  { rows, rowsPerFile }: Sizes,
): RunRows {
  const all = rows ?? 1000 + drawn(`rows ${segmentId}`, 2_000_000);
  const changed = 1 + drawn(`changed ${segmentId} ${slotMs}`, 5);
  const input = course.hasNoRows === true ? 0 : isFull ? all : Math.floor((all * changed) / 100);
  const isLacking = hasMandatory(flow) && drawn(`lack ${segmentId}`, 3) === 1;
  const skipped = Math.floor(input * (course.skipShare ?? (isLacking ? 0.002 : 0)));
  const output = course.isEmpty === true ? 0 : input - skipped;
  return { input, output, skipped, files: Math.ceil(output / rowsPerFile) };
}

const hasMandatory = (flow: JsonObject): boolean =>
  rowRulesOf(flow['transformations']).some(
    ({ mandatoryFields: fields }) => Array.isArray(fields) && fields.length > 0,
  );
