import type { ApplyEvent } from '../apply/events.ts';
import { explain, type Scene } from '../locale/explain.ts';
import { english } from '../locale/texts.ts';
import type { Connected } from './connect.ts';
import { exitCode, exitCodeOf } from './exit-codes.ts';
import { performRun, type Performing } from './perform-run.ts';
import { reportLines } from './report-text.ts';
import { tellError } from './stop.ts';
import { brokenPipe, json, line, type Streams, watchPipe } from './streams.ts';

export interface ApplyRun extends Omit<Performing, 'env' | 'stop' | 'abort'> {
  streams: Streams;
  isJson: boolean;
}

/** Draws the events of an apply as lines, or as NDJSON; returns the exit code. */
export async function applyAndTell({ streams, isJson, ...performing }: ApplyRun): Promise<number> {
  const { connected } = performing;
  const { stop, abort, release } = interruptions();
  try {
    const { result, failure, receipt } = await performRun(
      { ...performing, env: streams.env, stop, abort },
      (event) => {
        if (isJson) json(streams.stdout, jsonEvent(event, connected.scene));
        else tellEvent(event, streams);
      },
    );
    return tellResult(result, failure, connected, streams, isJson, receipt);
  } finally {
    release();
  }
}

/** The first signal lets the call under way end, the second does not. */
export function interruptions(): { stop: AbortSignal; abort: AbortSignal; release: () => void } {
  const stop = new AbortController();
  const abort = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) abort.abort();
    stop.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  watchPipe(process.stderr);
  const usual = brokenPipe.act;
  brokenPipe.act = interrupt;
  const release = (): void => {
    brokenPipe.act = usual;
    for (const signal of signals) process.off(signal, interrupt);
  };
  return { stop: stop.signal, abort: abort.signal, release };
}

function tellEvent(event: ApplyEvent, streams: Streams): void {
  if (event.kind === 'succeeded') {
    const id = event.id === undefined ? '' : `  ${event.id}`;
    const took =
      event.isReused === true
        ? english('apply.reused')
        : event.isEarlier === true
          ? english('apply.earlier')
          : `${Math.round(event.ms)} ms`;
    // Label, time and id: 80 columns.
    line(streams.stdout, `✓ ${english(`apply.${event.step}`).padEnd(33)}${took.padStart(8)}${id.slice(1)}`);
  } else if (event.kind === 'retrying') {
    const seconds = (event.afterMs / 1000).toFixed(1);
    line(
      streams.stderr,
      `… ${english(`apply.${event.step}`)}: ${english('apply.retrying', { seconds, why: event.why })}`,
    );
  } else if (event.kind === 'failed') {
    line(streams.stdout, `✗ ${english(`apply.${event.step}`)}`);
  }
}

/** An event as JSON: errors become their sentences, and nothing of their insides. */
function jsonEvent(event: ApplyEvent, scene: Scene): unknown {
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
  const made = Object.entries(result.made);
  if (isJson) {
    const error = failure === undefined ? {} : { error: explain(english, failure, scene) };
    json(streams.stdout, { ...result, ...error, ...(receipt === undefined ? {} : { receipt }) });
  } else if (result.report) {
    line(streams.stdout);
    for (const one of reportLines(english, result.report, result.flowId)) line(streams.stdout, one);
    if (receipt !== undefined) line(streams.stdout, `  ${english('command.receipt', { file: receipt })}`);
  }
  switch (result.outcome) {
    case 'verified':
      return exitCode.done;
    case 'mismatch':
      return exitCode.differs;
    case 'failed':
    case 'interrupted': {
      if (failure !== undefined) tellError(streams, explain(english, failure, scene));
      line(streams.stderr, english(`apply.${result.outcome}`));
      if (made.length > 0) {
        const list = made.map(([name, id]) => `${name} ${id}`).join(', ');
        line(streams.stderr, english('command.exist', { made: list }));
      }
      // What the embedded emulator held is gone with it.
      if (!isEmulator) line(streams.stderr, english('command.resumeNext', { run: result.run }));
      return result.outcome === 'interrupted' ? exitCode.interrupted : exitCodeOf(failure);
    }
  }
}
