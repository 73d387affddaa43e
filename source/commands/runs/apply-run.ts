import type { ApplyEvent } from '../../apply/events.ts';
import { interruption } from '../../apply/interruption.ts';
import { displayWidth } from '../../components/text/width.ts';
import { explain, type Scene } from '../../locale/explain.ts';
import { unsentText } from '../../pages/ending/apply-text.ts';
import { reportLines } from '../../pages/ending/report-text.ts';
import { handleSignals } from '../../terminal/signals.ts';
import type { Connected } from '../connect/connect.ts';
import { exitCode, exitCodeOf } from '../console/exit-codes.ts';
import { performRun, type Performing } from './perform-run.ts';
import { tellError } from '../console/with-stop.ts';
import { json, line, type Streams, watchPipe } from '../console/streams.ts';

export interface ApplyRun extends Omit<Performing, 'env' | 'text' | 'glyphs' | 'stop' | 'abort'> {
  streams: Streams;
  isJson: boolean;
}

/** Draws the events of an apply as lines, or as NDJSON; returns the exit code. */
export async function applyAndTell({ streams, isJson, ...performing }: ApplyRun): Promise<number> {
  const { env, text, glyphs } = streams;
  const { connected } = performing;
  const { stop, abort, release } = interruptions(streams);
  try {
    const { result, failure, receipt } = await performRun(
      { ...performing, env, text, glyphs, stop, abort },
      (event) => {
        if (isJson) json(streams.stdout, jsonEvent(event, connected.scene, streams));
        else tellEvent(event, streams);
      },
    );
    return tellResult(result, failure, connected, streams, isJson, receipt);
  } finally {
    release();
  }
}

/** The first signal lets the call under way end, the second does not; a line that is cut always does. */
export function interruptions({
  brokenPipe,
  stderr,
  text,
}: Pick<Streams, 'brokenPipe' | 'stderr' | 'text'>): {
  stop: AbortSignal;
  abort: AbortSignal;
  release: () => void;
} {
  const { stop, abort, interrupt, end } = interruption();
  const ask = (): void => {
    if (interrupt()) line(stderr, text('apply.stopping'));
  };
  // A shell passes on the hang-up that the terminal has told of already.
  const forget = handleSignals({ SIGINT: ask, SIGTERM: ask, SIGHUP: end });
  watchPipe(process.stderr, brokenPipe);
  const usual = brokenPipe.act;
  brokenPipe.act = end;
  const release = (): void => {
    brokenPipe.act = usual;
    forget();
  };
  return { stop, abort, release };
}

/** Columns of the label and of what it took together; with mark and id a line has 80. */
const stepColumns = 41;

function tellEvent(event: ApplyEvent, { stdout, stderr, text, glyphs }: Streams): void {
  if (event.kind === 'succeeded') {
    const label = text(`apply.${event.step}`);
    const took = unsentText(event, text) ?? text('apply.milliseconds', { ms: Math.round(event.ms) });
    const gap = ' '.repeat(Math.max(1, stepColumns - displayWidth(label) - displayWidth(took)));
    line(stdout, `${glyphs.check} ${label}${gap}${took} ${event.id ?? ''}`.trimEnd());
  } else if (event.kind === 'retrying') {
    const again = text('apply.retrying', { seconds: tenths(event.afterMs), why: event.why });
    line(stderr, `${glyphs.ellipsis} ${text(`apply.${event.step}`)}: ${again}`);
  } else if (event.kind === 'failed') {
    line(stdout, `${glyphs.cross} ${text(`apply.${event.step}`)}`);
  }
}

/** Seconds, to a tenth. */
export const tenths = (ms: number): number => Math.round(ms / 100) / 10;

/** An event as JSON: errors become their sentences, and nothing of their insides. */
function jsonEvent(event: ApplyEvent, scene: Scene, { english }: Streams): unknown {
  if (event.kind !== 'failed') return event;
  return { ...event, error: explain(english, event.error, scene) };
}

type Result = Extract<ApplyEvent, { kind: 'result' }>;

function tellResult(
  result: Result,
  failure: unknown,
  { scene, isEmulator }: Connected,
  streams: Streams,
  isJson: boolean,
  receipt: string | undefined,
): number {
  const { stdout, stderr, text } = streams;
  const made = Object.entries(result.made);
  if (isJson) {
    const error = failure === undefined ? {} : { error: explain(streams.english, failure, scene) };
    json(stdout, { ...result, ...error, ...(receipt === undefined ? {} : { receipt }) });
  } else if (result.report) {
    line(stdout);
    for (const one of reportLines(streams, result.report, result.flowId)) line(stdout, one);
    if (receipt !== undefined) line(stdout, `  ${text('command.receipt', { file: receipt })}`);
  }
  switch (result.outcome) {
    case 'verified':
      return exitCode.done;
    case 'mismatch':
      return exitCode.differs;
    case 'failed':
    case 'interrupted': {
      if (failure !== undefined) tellError(streams, failure, scene);
      line(stderr, text(`apply.${result.outcome}`));
      if (made.length > 0) {
        const list = made.map(([name, id]) => `${name} ${id}`).join(', ');
        line(stderr, text('command.exist', { made: list }));
      }
      // What the embedded emulator held is gone with it.
      if (!isEmulator) line(stderr, text('command.resumeNext', { run: result.run }));
      return result.outcome === 'interrupted' ? exitCode.interrupted : exitCodeOf(failure);
    }
  }
}
