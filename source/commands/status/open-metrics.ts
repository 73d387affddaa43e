import { findingKinds } from '../../activation/watch/finding.ts';
import type { Run } from '../../flow-service/runs.ts';
import type { Status, Watched } from './read-status.ts';

/** Runs, rows, files and bytes are summed over so long, milliseconds. */
const windowMs = 86_400_000;
/** Dataflows that are written, at most: those with findings first. */
const mostFlows = 500;
/** Series of single segments, at most. */
export const mostSegmentSeries = 5000;

/**
 * Every family, and what is said of it. All are gauges: a sum over a window can fall. Once published a text never
 * changes: two files that differ in it are an error to whoever collects them.
 *
 * @see living.md, M1, M4 and the table of section 6
 */
const families = {
  ferry_status_complete: '1 if everything that status needs could be read, 0 if something is unknown.',
  ferry_status_timestamp_seconds: 'When the reading ended, by the clock of the platform.',
  ferry_status_duration_seconds: 'How long the reading took.',
  ferry_status_requests: 'Requests that the reading took.',
  ferry_status_window_seconds: 'Time over which runs, rows, files and bytes are summed.',
  ferry_status_left_out: 'Dataflows that are not written here because there are too many.',
  ferry_clock_offset_seconds: 'The clock of this machine minus the clock of the platform.',
  ferry_flow_info: 'Name and destination of a dataflow, always 1.',
  ferry_flow_enabled: '1 if a dataflow is enabled, 0 if not.',
  ferry_flow_segments: 'Segments of a dataflow whose schedule has not ended.',
  ferry_flow_findings: 'Present findings of a dataflow by kind.',
  ferry_flow_runs: 'Runs that began in the window, by state.',
  ferry_flow_rows: 'Rows of the finished runs in the window, by direction.',
  ferry_flow_files: 'Files of the finished runs in the window.',
  ferry_flow_output_bytes: 'Bytes written by the finished runs in the window.',
  ferry_flow_last_success_timestamp_seconds: 'When the last good run ended.',
  ferry_flow_next_export_timestamp_seconds: 'When the next export is due.',
  ferry_segment_findings: 'Present findings of a segment of a dataflow.',
  ferry_segment_last_success_timestamp_seconds: 'When the last good run of a segment ended.',
  ferry_segment_next_export_timestamp_seconds: 'When the next export of a segment is due.',
} as const;
type Family = keyof typeof families;

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [family: Family, labels: Labels, value: number | undefined];

/**
 * How things stand as metrics, in what Prometheus' text format and OpenMetrics have in common. What is not known is
 * not there: a zero would be a number.
 *
 * @see living.md, M1 to M9
 */
export function openMetrics(status: Status, sandbox: string, isPerSegment = false): string {
  const written = status.watched.toSorted((one, other) => weight(other) - weight(one)).slice(0, mostFlows);
  const samples: Sample[] = [
    ...statusSamples(status, status.watched.length - written.length),
    ...written.flatMap((one) => flowSamples(one, status.atMs)),
    ...(isPerSegment ? segmentSamples(written) : []),
  ];
  const byFamily = Map.groupBy(samples, ([family]) => family);
  const lines = (Object.keys(families) as Family[]).flatMap((family) => {
    const own = (byFamily.get(family) ?? []).flatMap(([, labels, value]) =>
      value === undefined ? [] : [`${family}${labelsText({ sandbox, ...labels })} ${value}`],
    );
    return own.length === 0 ? [] : [...headOf(family), ...own];
  });
  return `${[...lines, '# EOF'].join('\n')}\n`;
}

/** How many series the single segments would take. */
export const segmentSeries = ({ watched }: Status): number =>
  segmentSamples(watched).filter(([, , value]) => value !== undefined).length;

const weight = ({ watch }: Watched): number => (watch.findings.length > 0 ? 1 : 0);

function headOf(family: Family): string[] {
  const unit = /_(seconds|bytes)$/.exec(family)?.[1];
  return [
    `# TYPE ${family} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${family} ${unit}`]),
    `# HELP ${family} ${families[family]}`,
  ];
}

const labelsText = (labels: Labels): string =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`;

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const seconds = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.floor(ms / 1000);

function statusSamples(status: Status, leftOut: number): Sample[] {
  const { watched, atMs, durationMs, calls, offsetMs } = status;
  const isComplete = !watched.some(({ watch }) => watch.findings.some(({ kind }) => kind === 'unknown'));
  return [
    ['ferry_status_complete', {}, isComplete ? 1 : 0],
    ['ferry_status_timestamp_seconds', {}, seconds(atMs)],
    ['ferry_status_duration_seconds', {}, Math.round(durationMs) / 1000],
    ['ferry_status_requests', {}, calls],
    ['ferry_status_window_seconds', {}, windowMs / 1000],
    ['ferry_status_left_out', {}, leftOut],
    [
      'ferry_clock_offset_seconds',
      {},
      offsetMs === undefined ? undefined : -Math.round(offsetMs / 1000) || 0,
    ],
  ];
}

function flowSamples(one: Watched, atMs: number): Sample[] {
  const { watch, listed, destination, runs } = one;
  const flow = { flow: listed.id };
  const { seen, findings } = watch;
  const count = (kind: string): number => findings.filter((own) => own.kind === kind).length;
  // Of what could not be read only that is said.
  if (seen.kind === 'unread' || !seen.reading.isWhole)
    return count('unknown') === 0 ? [] : [['ferry_flow_findings', { ...flow, kind: 'unknown' }, 1]];
  return [
    ['ferry_flow_info', { ...flow, flow_name: watch.flow.name, destination }, 1],
    ['ferry_flow_enabled', flow, listed.state === 'enabled' ? 1 : 0],
    ['ferry_flow_segments', flow, watch.livingSegments],
    ...findingKinds.map((kind): Sample => ['ferry_flow_findings', { ...flow, kind }, count(kind)]),
    ...(seen.reading.fromMs <= atMs - windowMs ? runSamples(flow, runs, atMs) : []),
    ['ferry_flow_last_success_timestamp_seconds', flow, seconds(lastSuccessMs(one))],
    ['ferry_flow_next_export_timestamp_seconds', flow, seconds(watch.nextMs)],
  ];
}

const states = { success: 'good', failed: 'failed', running: 'running', other: 'unknown' } as const;

function runSamples(flow: Labels, runs: readonly Run[], atMs: number): Sample[] {
  const inWindow = runs.filter((run) => (run.beganMs ?? 0) >= atMs - windowMs);
  const ended = inWindow.filter(({ isUnderWay }) => !isUnderWay);
  const sum = (of: (run: Run) => number | undefined): number | undefined => {
    const known = ended.map(of).filter((value) => value !== undefined);
    return known.length === 0 && ended.length > 0 ? undefined : known.reduce((all, value) => all + value, 0);
  };
  return [
    ...Object.entries(states).map(([state, own]): Sample => [
      'ferry_flow_runs',
      { ...flow, state },
      inWindow.filter((run) => run.state === own).length,
    ]),
    ['ferry_flow_rows', { ...flow, direction: 'in' }, sum(({ rowsIn }) => rowsIn)],
    ['ferry_flow_rows', { ...flow, direction: 'out' }, sum(({ rowsOut }) => rowsOut)],
    ['ferry_flow_rows', { ...flow, direction: 'skipped' }, sum(({ skipped }) => skipped)],
    ['ferry_flow_files', flow, sum(({ filesOut }) => filesOut)],
    ['ferry_flow_output_bytes', flow, sum(({ bytesOut }) => bytesOut)],
  ];
}

/** When the last good run ended: of those that were read, else of what the list says. Epoch milliseconds. */
export function lastSuccessMs({ runs, listed }: Pick<Watched, 'runs' | 'listed'>): number | undefined {
  const { lastRun } = listed;
  const ends = [
    ...runs.filter(({ state }) => state === 'good').map(({ endedMs }) => endedMs),
    ...(lastRun?.state === 'success' ? [lastRun.endedMs] : []),
  ].filter((ms) => ms !== undefined);
  return ends.length === 0 ? undefined : ends.reduce((one, other) => Math.max(one, other));
}

function segmentSamples(watched: readonly Watched[]): Sample[] {
  return watched.flatMap(({ watch, listed, runs }) => {
    const goodOf = Map.groupBy(
      runs
        .filter(({ state }) => state === 'good')
        .flatMap((run) => run.segments.map(({ id }) => ({ id, endedMs: run.endedMs }))),
      ({ id }) => id.toLowerCase(),
    );
    return watch.segments.flatMap(({ segment, decision }): Sample[] => {
      const labels = { flow: listed.id, segment: segment.id };
      const ends = (goodOf.get(segment.id.toLowerCase()) ?? []).flatMap(({ endedMs }) => endedMs ?? []);
      const own = watch.findings.filter(({ segmentId }) => segmentId === segment.id);
      return [
        ['ferry_segment_findings', labels, own.length],
        [
          'ferry_segment_last_success_timestamp_seconds',
          labels,
          ends.length === 0 ? undefined : seconds(Math.max(...ends)),
        ],
        ['ferry_segment_next_export_timestamp_seconds', labels, seconds(decision.nextMs)],
      ];
    });
  });
}
