import type { ListedFlow } from '../flow-service/flows.ts';
import { isCalled, sameId } from './same-id.ts';
import type { Finding } from './watch/finding.ts';
import { exportAhead, saysWhen } from './watch/slots.ts';

/** When a dataflow exports next: at a moment (epoch milliseconds), or whenever its segments have been evaluated. */
export type NextExport = { readonly kind: 'at'; readonly ms: number } | { readonly kind: 'evaluated' };

/** A dataflow with what it leads to. */
export interface TableFlow {
  readonly flow: ListedFlow;
  /** By the name that people know it by, or else the id of its spec. */
  readonly destination: string;
  /** The account: its id, and its name where it could be read. */
  readonly account?: { readonly id: string; readonly name?: string | undefined } | undefined;
  /** Where its files go, in words, where it could be read. */
  readonly location?: string | undefined;
  readonly next?: NextExport | undefined;
  /** What there is to say of it by the rule of `ferry status`, the worst first, where that was read. */
  readonly findings?: readonly Finding[] | undefined;
}

/** An export of it failed and was not mended; as long as nobody could look, its last run did. */
export const isFailing = ({ flow, findings }: Pick<TableFlow, 'flow' | 'findings'>): boolean =>
  findings === undefined || findings.some(isUnseen)
    ? flow.lastRun?.outcome === 'failed'
    : findings.some(({ kind }) => kind === 'failed');

/** Nothing of the dataflow could be read. */
const isUnseen = ({ kind, segmentId }: Finding): boolean => kind === 'unknown' && segmentId === undefined;

/** Dataflows with what was found of them. @param watched - All that was looked at. */
export function judgedBy<Row extends TableFlow>(
  rows: readonly Row[],
  watched: readonly { readonly flow: { readonly id: string }; readonly findings: readonly Finding[] }[],
): Row[] {
  const known = new Map(watched.map(({ flow, findings }) => [flow.id.toLowerCase(), findings]));
  return rows.map((row) => ({ ...row, findings: known.get(row.flow.id.toLowerCase()) }));
}

/** The same as a row of a page. */
export interface FlowRow extends TableFlow {
  readonly id: string;
  /** When it was read, epoch milliseconds of the platform's clock. */
  readonly atMs: number;
}

/**
 * When a dataflow exports next. Nothing while it is paused, when all of its schedules have ended, and where nobody knows.
 *
 * @param nowMs - Epoch milliseconds.
 */
export function nextExport({ state, segments }: ListedFlow, nowMs: number): NextExport | undefined {
  if (state !== 'enabled') return undefined;
  const ahead = segments.flatMap(({ schedule = {} }) =>
    saysWhen(schedule) ? (exportAhead(schedule, nowMs + 1) ?? []) : [],
  );
  const moments = ahead.flatMap((one) => (one.kind === 'at' ? [one.ms] : []));
  if (moments.length > 0) return { kind: 'at', ms: moments.reduce((one, other) => Math.min(one, other)) };
  return ahead.length > 0 ? { kind: 'evaluated' } : undefined;
}

/** What a table can be sorted by. */
export const sortKeys = ['changed', 'name', 'destination', 'state', 'segments', 'last-run', 'next'] as const;
export type SortKey = (typeof sortKeys)[number];

const compared = <Value extends string | number>(one: Value, other: Value): number =>
  one < other ? -1 : one > other ? 1 : 0;

/** By the value and never by the words for it; what comes first is what somebody looks for. */
const orders: Record<SortKey, (one: TableFlow, other: TableFlow) => number> = {
  changed: (one, other) => compared(other.flow.updatedMs ?? 0, one.flow.updatedMs ?? 0),
  name: () => 0,
  destination: (one, other) => compared(one.destination, other.destination),
  state: (one, other) => compared(one.flow.state, other.flow.state),
  segments: (one, other) => compared(other.flow.segmentCount, one.flow.segmentCount),
  'last-run': (one, other) => compared(other.flow.lastRun?.startedMs ?? 0, one.flow.lastRun?.startedMs ?? 0),
  next: (one, other) => compared(momentOf(one.next), momentOf(other.next)),
};

const momentOf = (next: NextExport | undefined): number =>
  next === undefined ? Infinity : next.kind === 'at' ? next.ms : Number.MAX_VALUE;

/** By values alone, equal ones by name, then by id: rows of one value never swap. @see living.md, L7 */
export const flowOrder =
  (key: SortKey) =>
  (one: TableFlow, other: TableFlow): number =>
    orders[key](one, other) ||
    compared(one.flow.name, other.flow.name) ||
    compared(one.flow.id, other.flow.id);

/** Those in that order. */
export const sortedBy = <Row extends TableFlow>(key: SortKey, rows: readonly Row[]): Row[] =>
  [...rows].sort(flowOrder(key));

/** What is looked for; all of it has to be true. @see living.md, L10 */
interface FlowFilter {
  /** In its names, its ids, its place or its segments. */
  readonly search?: string | undefined;
  /** An export of it failed. */
  readonly isFailing?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  /** A part of the destination's name, or the id of its spec. */
  readonly destination?: string | undefined;
  /** Each of them is exported, by its id or its whole name. */
  readonly segments?: readonly string[] | undefined;
}

/** What is shown of the dataflows, and in which order. */
export interface FlowSight extends Pick<FlowFilter, 'isFailing' | 'isDisabled' | 'destination'> {
  readonly sort: SortKey;
}

export const allFlows: FlowSight = { sort: 'changed' };

export function isMeant(row: TableFlow, filter: FlowFilter): boolean {
  const { flow, destination, account, location } = row;
  const folded = (text: string): string => text.toLowerCase();
  const { search, isFailing: mustFail, isDisabled, destination: to, segments = [] } = filter;
  const texts = [
    flow.id,
    flow.name,
    flow.state,
    destination,
    flow.targetSpecId ?? '',
    account?.id ?? '',
    account?.name ?? '',
    location ?? '',
    ...flow.segments.flatMap(({ id, name = '' }) => [id, name]),
  ];
  return (
    (search === undefined || texts.some((text) => folded(text).includes(folded(search)))) &&
    (mustFail !== true || isFailing(row)) &&
    (isDisabled !== true || flow.state === 'disabled') &&
    (to === undefined || folded(destination).includes(folded(to)) || sameId(flow.targetSpecId ?? '', to)) &&
    segments.every((wanted) =>
      flow.segments.some((one) => isCalled(one, wanted) || sameId(one.systemId ?? one.id, wanted)),
    )
  );
}
