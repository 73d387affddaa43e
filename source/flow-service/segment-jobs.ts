import * as z from 'zod';
import { momentMs } from './moment.ts';
import { maybe } from './shapes.ts';
import type { CallOptions, Transport } from './transport.ts';

const path = '/data/core/ups/segment/jobs';

/** Largest page. @see flow-service.md, section 2.8 */
const pageSize = 100;
/** Pages that are read at most: evaluations come once a day, or as they are asked for. */
const mostPages = 5;

/**
 * How an evaluation stands: `unknown` is a word that nobody here knows.
 *
 * @see manage.md, section 5.6
 */
type EvaluationState = 'succeeded' | 'failed' | 'cancelled' | 'underWay' | 'unknown';

/** An evaluation of segments. Moments are epoch milliseconds; whatever it does not say is absent. */
export interface Evaluation {
  readonly id: string;
  readonly state: EvaluationState;
  readonly createdMs?: number | undefined;
  /** When it ended, of one that has: by its own measure, else when it was changed last. */
  readonly endedMs?: number | undefined;
  /** Which it evaluates; `all` of the sandbox. Empty: it does not say. */
  readonly segments: 'all' | readonly string[];
}

/** What was read of the evaluations of a sandbox. */
export interface EvaluationsRead {
  /** The latest first. */
  readonly evaluations: readonly Evaluation[];
  /** Every evaluation that was made since the moment that was asked for is among them. */
  readonly isWhole: boolean;
}

const states: Readonly<Record<string, EvaluationState>> = {
  NEW: 'underWay',
  QUEUED: 'underWay',
  PROCESSING: 'underWay',
  CANCELLING: 'underWay',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
};

const told = <Shape extends z.ZodType>(shape: Shape) => maybe(shape).catch(undefined);
const moment = told(z.number().positive());

/** Only the words of the contract are sure; of its other members nothing is lost where they are called otherwise. */
const job = z
  .object({
    id: z.string(),
    status: told(z.string()),
    creationTime: moment,
    updateTime: moment,
    metrics: told(z.object({ totalTime: told(z.object({ endTimeInMs: moment })) })),
    segments: told(z.array(z.object({ segmentId: told(z.string()) }).catch({ segmentId: undefined }))),
  })
  .transform(({ id, status = '', creationTime, updateTime, metrics, segments = [] }): Evaluation => {
    const state = states[status.toUpperCase()] ?? 'unknown';
    const ids = segments.flatMap(({ segmentId }) => segmentId ?? []);
    const isOver = state === 'succeeded' || state === 'failed' || state === 'cancelled';
    return {
      id,
      state,
      createdMs: momentMs(creationTime),
      endedMs: isOver ? momentMs(metrics?.totalTime?.endTimeInMs ?? updateTime) : undefined,
      segments: ids.includes('*') ? 'all' : ids.map((one) => one.replace(/^segment:/i, '')),
    };
  });

const page = z
  .object({ children: told(z.array(job.nullable().catch(null))) })
  .transform(({ children }) => children ?? []);

/**
 * The evaluations of a sandbox since a moment, the latest first, in as few calls as they have pages.
 *
 * @param sinceMs - Epoch milliseconds.
 * @throws FlowServiceError
 * @see manage.md, section 5.6
 */
export async function readEvaluations(
  transport: Transport,
  sinceMs: number,
  options?: CallOptions,
): Promise<EvaluationsRead> {
  const found = new Map<string, Evaluation>();
  let isHoled = false;
  for (let at = 0; at < mostPages; at++) {
    const query = new URLSearchParams({
      sort: 'creationTime:desc',
      limit: String(pageSize),
      start: String(at * pageSize),
    });
    const { value } = await transport.call({
      method: 'GET',
      path: `${path}?${query}`,
      shape: page,
      ...options,
    });
    const read = value.filter((one) => one !== null);
    isHoled ||= read.length < value.length;
    for (const one of read) if ((one.createdMs ?? Infinity) >= sinceMs) found.set(one.id, one);
    // One that says no moment does not tell how far back the page goes.
    const isPast = read.some(({ createdMs = Infinity }) => createdMs < sinceMs);
    if (value.length < pageSize || isPast) return { evaluations: [...found.values()], isWhole: !isHoled };
  }
  return { evaluations: [...found.values()], isWhole: false };
}
