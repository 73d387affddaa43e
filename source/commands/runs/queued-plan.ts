import * as z from 'zod/mini';
import type { Row } from '../../state/postgres/queue.ts';
import type { Done } from './apply-many.ts';

const place = z.object({ apiUrl: z.string(), orgId: z.string(), sandbox: z.string() });

/** A plan in the queue, as it was put in: its text, so that no number of it changes. */
const queued = z.object({
  /** Its run from the first try on: what that has noted says what another may do. */
  run: z.string(),
  file: z.string(),
  plan: z.string(),
  /** What the plan says of the dataflow that it is about; absent in what an older ferry has put in. */
  name: z.exactOptional(z.string()),
  flow: z.exactOptional(z.string()),
  place,
  by: z.string(),
  prune: z.boolean(),
});
export type QueuedPlan = z.infer<typeof queued>;

/** What a list shows of it. */
const listed = z.pick(queued, { run: true, file: true, by: true, place: true, name: true, flow: true });
type ListedPlan = z.infer<typeof listed>;
export const listedMembers = Object.keys(listed.shape);

/** Nothing for what no ferry has put in. */
export const queuedPlan = (body: unknown): QueuedPlan | undefined => queued.safeParse(body).data;
/** The same of what a list has read. */
const listedPlan = (body: unknown): ListedPlan | undefined => listed.safeParse(body).data;

/** Something in the queue that a ferry has put in. */
interface ListedRow extends Row {
  readonly listed: ListedPlan;
}

/**
 * The last of each plan. What has ended and named no dataflow is the same as a later one of its name in its place, which
 * was told its dataflow meanwhile (`--bind`).
 *
 * @param rows - The oldest first.
 */
export function lastOfEach(rows: readonly Row[]): readonly ListedRow[] {
  const known = rows.flatMap((row) => {
    const one = listedPlan(row.body);
    return one ? [{ ...row, listed: one, named: JSON.stringify([one.place, one.name]) }] : [];
  });
  const lastAt = new Map(known.map(({ key }, at) => [key, at]));
  const boundAt = new Map(
    known.flatMap(({ listed: { flow }, named }, at) => (flow === undefined ? [] : [[named, at] as const])),
  );
  return known.filter(
    ({ key, state, listed: { name, flow }, named }, at) =>
      lastAt.get(key) === at &&
      (state !== 'over' || flow !== undefined || name === undefined || (boundAt.get(named) ?? -1) < at),
  );
}

/** What came of a plan; what else stands there is why it was put off. */
const ended = z.object({
  file: z.string(),
  outcome: z.enum(['verified', 'mismatch', 'failed', 'interrupted', 'notBegun']),
  run: z.exactOptional(z.string()),
  flowId: z.exactOptional(z.string()),
  exitCode: z.number(),
  why: z.exactOptional(z.string()),
  ms: z.number(),
});
export const doneOf = ({ output }: Pick<Row, 'output'>): Done | undefined => ended.safeParse(output).data;

/** Why a job was put off, as the queue keeps an error. */
export const reasonOf = (output: unknown): string =>
  typeof output === 'object' && output !== null && 'message' in output ? String(output.message) : '';
