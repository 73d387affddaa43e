/** What can be found, as it is counted. @see living.md, section 6, table of families */
export const findingKinds = [
  'late',
  'missed',
  'failed',
  'slow',
  'skipped',
  'empty',
  'idle',
  'unknown',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** `wrong`: data did not leave. `look`: it left, but. `unknown`: nobody could look. @see living.md, R24 */
export type Severity = 'wrong' | 'look' | 'unknown';

/**
 * Something that somebody should know. Facts for a sentence, which depends on no language; moments are epoch
 * milliseconds.
 */
export interface Finding {
  /** The same at every reading, for as long as it is the same. */
  readonly id: string;
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly flowId: string;
  readonly flowName: string;
  /** What it is of: nothing where it is of the dataflow as a whole. */
  readonly segmentId?: string | undefined;
  readonly segmentName?: string | undefined;
  readonly slotMs?: number | undefined;
  readonly sinceMs?: number | undefined;
  /** How long it lasts, milliseconds. */
  readonly overMs?: number | undefined;
  readonly nextMs?: number | undefined;
  readonly run?: string | undefined;
  /** Failures in a row, as far as was read. */
  readonly inARow?: number | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** How long its good runs usually take, milliseconds. */
  readonly usualMs?: number | undefined;
  readonly skipped?: number | undefined;
  readonly rowsIn?: number | undefined;
  /** What more there is to say of its kind. */
  readonly why?:
    | 'noFiles'
    | 'noRows'
    | 'noSegments'
    | 'over'
    | 'quiet'
    | 'refused'
    | 'unread'
    | 'kept'
    | 'notEvaluated'
    | 'segments'
    | undefined;
}

/** Findings that are one to a reader: of one kind, one dataflow and one slot. */
export type FindingGroup = readonly [Finding, ...Finding[]];

/**
 * The id of a finding: `late:8256cfb4:9f7d37fd:2026-11-25T12`.
 *
 * @param slotMs - Nothing for what lasts over slots, as failures do.
 * @see living.md, T17
 */
export function findingId(
  kind: string,
  flowId: string,
  segmentId: string | undefined,
  slotMs: number | undefined,
): string {
  return [
    kind,
    short(flowId),
    ...(segmentId === undefined ? [] : [short(segmentId)]),
    ...(slotMs === undefined ? [] : [new Date(slotMs).toISOString().slice(0, 13)]),
  ].join(':');
}

/** How an id begins by which somebody is told of it. */
const short = (id: string): string => id.slice(0, 8).toLowerCase();

/** Of what a finding is, as its id says: the beginnings of other ids. Of everything: it says neither. */
export interface FindingOf {
  readonly kind: FindingKind | 'standstill';
  readonly flow?: string | undefined;
  readonly segment?: string | undefined;
}

/** Of what a finding is that somebody names by its id; nothing for what is the id of none. */
export function readFindingId(given: string): FindingOf | undefined {
  const [word = '', flow = '', ...others] = given.trim().toLowerCase().split(':');
  if (word === 'standstill') return others.length === 0 ? { kind: word } : undefined;
  const kind = findingKinds.find((one) => one === word);
  if (!kind || flow === '' || others.length > 2) return undefined;
  const [segment] = others.filter((one) => !/^\d{4}-\d\d-\d\dt\d\d$/.test(one));
  return { kind, flow, segment };
}

/** Whether an id that was read so is the beginning of this one. */
export const isOfId = (said: string | undefined, id: string): boolean =>
  said === undefined || said === short(id);

/** Findings that are told in one line. @see living.md, T17 */
export function grouped(findings: readonly Finding[]): FindingGroup[] {
  const groups = Map.groupBy(findings, ({ kind, severity, flowId, slotMs, code, message, why }) =>
    JSON.stringify([kind, severity, flowId.toLowerCase(), kind === 'failed' ? [code, message] : slotMs, why]),
  );
  return [...groups.values()].flatMap(([first, ...others]): FindingGroup[] =>
    first === undefined ? [] : [[first, ...others]],
  );
}

const severities: readonly Severity[] = ['wrong', 'look', 'unknown'];

/** The worst first; then the oldest, then by name and id, so that nothing ever swaps. */
export function byWeight(one: Finding, other: Finding): number {
  return (
    severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
    findingKinds.indexOf(one.kind) - findingKinds.indexOf(other.kind) ||
    (one.slotMs ?? one.sinceMs ?? 0) - (other.slotMs ?? other.sinceMs ?? 0) ||
    compare(one.flowName, other.flowName) ||
    compare(one.id, other.id)
  );
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Whether there is a finding of that weight. */
export const hasOf =
  (findings: readonly Finding[]) =>
  (severity: Severity): boolean =>
    findings.some((one) => one.severity === severity);
