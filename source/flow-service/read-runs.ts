import { inChunks } from '../ground/in-chunks.ts';
import { type FlowServiceError, isFlowServiceError, UnreadableAnswerError } from './errors.ts';
import type { Limiter } from './limiter.ts';
import { everyPage, inOne, nextPath } from './paging.ts';
import { leanRuns } from './lean-runs.ts';
import { type Run, run } from './runs.ts';
import type { CallOptions, Transport } from './transport.ts';

const path = '/data/foundation/flowservice/runs';

/** Ids in one filter: forty of them stay below 1.6 kB of address. @see manage.md, section 1.3 */
export const mostIds = 40;
/** Lists of runs that a client reads at once, whoever asks for them. */
export const mostLists = 4;
/**
 * How long a run may wait between being made and beginning, milliseconds: runs are asked for by when they were made, as
 * one that waits has no begin yet. Longer than that is an alarm of the platform's own.
 *
 * @see manage.md, section 7
 */
export const mostQueuedMs = 9_000_000;

/** How much earlier a run may begin than it was made, milliseconds: they are told by two clocks. @see living.md, T5 */
const mostAheadMs = 300_000;

/** A stretch of time, epoch milliseconds of the platform's clock; `toMs` does not belong to it. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What was read of a window. @see living.md, T16 */
export interface RunsRead {
  /** Runs that began in the window, or are still to begin; the earliest first. Of one without any moment nothing is known, so it is here. */
  readonly runs: readonly Run[];
  /**
   * Of each dataflow the stretch in which every run that began was read: "no run" can be said of nothing else. A
   * dataflow that is not here was not read at all.
   */
  readonly whole: ReadonlyMap<string, Stretch>;
  /** What kept a list from being read to its end, and the dataflows it is about. */
  readonly lacks: readonly { readonly flowIds: readonly string[]; readonly error: FlowServiceError }[];
}

export interface RunsWanted {
  readonly flowIds: readonly string[];
  /** Epoch milliseconds. */
  readonly sinceMs: number;
  /** How long before that a run may have been made that began since, milliseconds. @default mostQueuedMs */
  readonly leadMs?: number | undefined;
  /** Takes the runs of each page as it comes, each run once. */
  readonly onPage?: ((runs: readonly Run[]) => void) | undefined;
}

const key = (id: string): string => id.toLowerCase();
const distinct = (ids: readonly string[]): string[] => [...new Map(ids.map((id) => [key(id), id])).values()];

/** A run that cannot be read does not take the others with it. */
const maybeRun = run.nullable().catch(null);

const unreadable = (member: string): UnreadableAnswerError =>
  new UnreadableAnswerError({ method: 'GET', path }, 200, [
    { path: `$.items[].${member}`, expected: 'string' },
  ]);

/** Every page of a list, each run once; in the end it throws where some could not be read. @throws FlowServiceError */
async function* pagesOf(
  transport: Transport,
  query: readonly [string, string][],
  options: CallOptions | undefined,
): AsyncGenerator<Run[]> {
  const asked = new URLSearchParams([...query]);
  let isHoled = false;
  yield* everyPage<Run, string>(
    path,
    async (place = `${path}?${asked}`) => {
      const { items, links } = await transport.page(place, maybeRun, options);
      const read = items.filter((one) => one !== null);
      isHoled ||= read.length < items.length;
      return { items: read, next: nextPath(links, path, asked) };
    },
    ({ id }) => key(id),
    options?.isOver,
  );
  if (isHoled) throw unreadable('id');
}

/**
 * The runs of some dataflows since a moment, by few calls for many of them.
 *
 * Asked for by when they were made, the earliest first: what comes meanwhile comes last, so that no page loses one. A
 * service that refuses that filter or order is asked for all of them. What it gives beside what was asked for is left
 * out, and an order that it ignores costs nothing but what could be said of a list that broke off.
 *
 * @returns Whatever fails: what was read, and of which stretch that is all.
 * @throws CancelledError
 * @see manage.md, section 5.3
 */
export async function readRuns(
  transport: Transport,
  { flowIds, sinceMs, leadMs = mostQueuedMs, onPage }: RunsWanted,
  options: CallOptions | undefined,
  lists: Limiter,
): Promise<RunsRead> {
  const kept = leanRuns();
  const found = new Map<string, Run>();
  const whole = new Map<string, Stretch>();
  const lacks: RunsRead['lacks'][number][] = [];

  async function read(ids: readonly string[], filters: readonly [string, string][]): Promise<void> {
    const wanted = new Set(ids.map(key));
    const flowOf = ({ flowId = ids.length === 1 ? ids[0] : undefined }: Run): string | undefined => flowId;
    const say = (toMs: number): void => {
      if (toMs > sinceMs) for (const id of ids) whole.set(id, { fromMs: sinceMs, toMs });
    };
    let pages = 0;
    let newestMs = -Infinity;
    let isOrdered = filters.length > 0;
    let hasStray = false;
    let asked = askedNow();
    let untilMs = -Infinity;
    try {
      const query: [string, string][] = [
        ['property', `flowId==${ids.join(',')}`],
        ...filters,
        ['limit', '100'],
      ];
      for await (const page of pagesOf(transport, query, options)) {
        pages++;
        for (const { createdMs = -Infinity } of page) {
          isOrdered &&= createdMs >= newestMs;
          newestMs = createdMs;
        }
        hasStray ||= page.some((one) => flowOf(one) === undefined);
        const fresh = page.flatMap((one) => {
          const [flowId, began = Infinity] = [flowOf(one), one.beganMs];
          return flowId !== undefined && wanted.has(key(flowId)) && began >= sinceMs
            ? [kept({ ...one, flowId })]
            : [];
        });
        for (const one of fresh) found.set(key(one.id), one);
        onPage?.(fresh);
        untilMs = Math.min(transport.clock.nowMs - (performance.now() - asked.at), asked.clockMs);
        asked = askedNow();
      }
      if (hasStray) throw unreadable('flowId');
      say(untilMs);
    } catch (error) {
      if (!isFlowServiceError(error) || error.kind === 'cancelled') throw error;
      if (error.kind === 'refused' && error.status === 400 && filters.length > 0 && pages === 0)
        return read(ids, []);
      lacks.push({ flowIds: ids, error });
      // What cannot be read may have begun at any time.
      if (isOrdered && error.kind !== 'unreadable') say(newestMs - mostAheadMs);
    }
  }

  /** What has begun when a page is asked for is on it; a clock that nobody has heard of says nothing of that. */
  function askedNow(): { readonly at: number; readonly clockMs: number } {
    const { nowMs, offsetMs } = transport.clock;
    return { at: performance.now(), clockMs: offsetMs === undefined ? Infinity : nowMs };
  }

  const since: [string, string][] = [
    ['property', `createdAt>=${Math.floor(sinceMs - leadMs)}`],
    ['orderby', 'createdAt'],
  ];
  await Promise.all(
    inChunks(distinct(flowIds), mostIds).map(async (ids) => {
      const leave = await lists.enter(options?.signal);
      await read(ids, since).finally(leave);
    }),
  );
  return { runs: [...found.values()].sort(byBegin), whole, lacks };
}

/**
 * Runs by their ids, few calls for many; those that there are.
 *
 * @throws FlowServiceError
 * @see manage.md, section 1.3
 */
export async function getRuns(
  transport: Transport,
  ids: readonly string[],
  options: CallOptions | undefined,
  lists: Limiter,
): Promise<Run[]> {
  const wanted = new Set(ids.map(key));
  const found = await Promise.all(
    inChunks(distinct(ids), mostIds).map(async (some) => {
      const leave = await lists.enter(options?.signal);
      const query: [string, string][] = [
        ['property', `id==${some.join(',')}`],
        ['limit', '100'],
      ];
      return inOne(pagesOf(transport, query, options)).finally(leave);
    }),
  );
  // A service that ignores the filter must not answer for another.
  return found.flat().filter(({ id }) => wanted.has(key(id)));
}

/**
 * The earliest run that the platform still has: of what was before nothing can be said.
 *
 * @returns Nothing where there is none, and where the order was ignored.
 * @throws FlowServiceError
 * @see manage.md, section 5.5
 */
export async function oldestRun(transport: Transport, options?: CallOptions): Promise<Run | undefined> {
  const query = new URLSearchParams({ orderby: 'createdAt', limit: '2' });
  const { items } = await transport.page(`${path}?${query}`, maybeRun, options);
  const [first, second] = items;
  if (first?.createdMs === undefined) return undefined;
  return second === undefined || (second?.createdMs ?? 0) >= first.createdMs ? first : undefined;
}

/** By when they began; those that say nothing last, and of one moment by their ids. */
export const byBegin = (one: Run, other: Run): number => {
  // Asked for each of ten thousands: without an object for each.
  const a = one.beganMs ?? Infinity;
  const b = other.beganMs ?? Infinity;
  return a === b ? (one.id < other.id ? -1 : 1) : a < b ? -1 : 1;
};
