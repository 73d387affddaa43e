import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import type { Plan } from '../activation/plan.ts';
import { type ResolvedParams } from '../activation/requests.ts';
import type { ApplyEvent } from '../apply/events.ts';
import { execute } from '../apply/execute.ts';
import { explain, type Scene } from '../locale/explain.ts';
import { english } from '../locale/texts.ts';
import type { Arguments, Flags } from './arguments.ts';
import { type Connected, connect } from './connect.ts';
import { exitCode, exitCodeOf } from './exit-codes.ts';
import { requestsOf } from './plan-requests.ts';
import { planSummary } from './plan-summary.ts';
import { readPlanFile } from './read-plan.ts';
import { reportLines } from './report-text.ts';
import { resolveSecrets } from './resolve-secrets.ts';
import { Stop, tellError, withStop } from './stop.ts';
import { json, line, type Streams } from './streams.ts';

/** `ferry apply PLAN`: create, activate, read back, compare. @see cli.md */
export function runApply({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  let scene: Scene = { host: '', sandbox: '' };
  return withStop(
    streams,
    () => scene,
    isJson,
    async () => {
      const [file] = rest;
      const read = await readPlanFile(file, 'apply', streams, isJson);
      if (!read) return exitCode.usage;
      const plan = flags.sandbox === undefined ? read : { ...read, sandbox: flags.sandbox };
      if (flags['dry-run'] === true) {
        json(streams.stdout, requestsOf(plan, streams.env), 2);
        line(streams.stderr, english('command.dryRun'));
        return exitCode.done;
      }
      const connected = await connect({ flags, env: streams.env, planSandbox: plan.sandbox });
      scene = connected.scene;
      try {
        const prompt = canAsk(flags, streams) ? (name: string) => askHidden(name, streams) : undefined;
        const onDummy = flags.emulator === true ? (told: string) => line(streams.stderr, told) : undefined;
        const authParams = await resolveSecrets(plan, { env: streams.env, prompt }, onDummy);
        if (!(await isConfirmed(plan, connected, flags, streams))) return exitCode.interrupted;
        return await applyAndTell(plan, authParams, connected, streams, isJson);
      } finally {
        await connected.close();
      }
    },
  );
}

const canAsk = (flags: Flags, { stdin, stdout }: Streams): boolean =>
  flags['no-input'] !== true && flags.json !== true && stdin.isTTY && stdout.isTTY;

async function isConfirmed(
  plan: Plan,
  connected: Connected,
  flags: Flags,
  streams: Streams,
): Promise<boolean> {
  if (flags.yes === true) return true;
  if (!canAsk(flags, streams)) {
    const { host, sandbox } = connected.scene;
    throw new Stop(exitCode.needsTerminal, [english('command.needsYes', { plan: plan.name, sandbox, host })]);
  }
  for (const one of planSummary(english, plan)) line(streams.stdout, one);
  const isProduction = plan.sandbox === 'prod';
  const question = isProduction
    ? english('command.confirmProduction', { sandbox: plan.sandbox })
    : english('command.confirm');
  const asking = createInterface({ input: streams.stdin, output: streams.stdout });
  try {
    const said = (await asking.question(question)).trim();
    const isYes = isProduction ? said === plan.sandbox : /^y(es)?$/i.test(said);
    if (!isYes) line(streams.stdout, english('command.notConfirmed'));
    return isYes;
  } finally {
    asking.close();
  }
}

/** Asks for a secret without showing it. */
async function askHidden(name: string, { stdin, stdout }: Streams): Promise<string> {
  const { Writable } = await import('node:stream');
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  stdout.write(`${name}: `);
  const asking = createInterface({ input: stdin, output: silent, terminal: true });
  try {
    return await asking.question('');
  } finally {
    asking.close();
    stdout.write('\n');
  }
}

/** Draws the events of an apply as lines, or as NDJSON; returns the exit code. */
async function applyAndTell(
  plan: Plan,
  authParams: ResolvedParams,
  connected: Connected,
  streams: Streams,
  isJson: boolean,
): Promise<number> {
  const stop = new AbortController();
  const abort = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) abort.abort();
    stop.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, interrupt);
  const run = randomBytes(4).toString('hex');
  let failure: unknown;
  try {
    const events = execute(plan, {
      client: connected.client,
      authParams,
      run,
      clock: () => performance.now(),
      stop: stop.signal,
      abort: abort.signal,
    });
    for await (const event of events) {
      if (event.kind === 'failed') failure ??= event.error;
      if (event.kind === 'result') return tellResult(event, failure, connected.scene, streams, isJson);
      if (isJson) json(streams.stdout, jsonEvent(event, connected.scene));
      else tellEvent(event, streams);
    }
    throw new Error('an apply ended without a result');
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

function tellEvent(event: ApplyEvent, streams: Streams): void {
  if (event.kind === 'succeeded') {
    const id = event.id === undefined ? '' : `  ${event.id}`;
    line(
      streams.stdout,
      `✓ ${english(`apply.${event.step}`).padEnd(34)}${String(Math.round(event.ms)).padStart(6)} ms${id}`,
    );
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
  scene: Scene,
  streams: Streams,
  isJson: boolean,
): number {
  const made = Object.entries(result.made);
  if (isJson) {
    const error = failure === undefined ? {} : { error: explain(english, failure, scene) };
    json(streams.stdout, { ...result, ...error });
  } else if (result.report) {
    line(streams.stdout);
    for (const one of reportLines(english, result.report, result.flowId)) line(streams.stdout, one);
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
        line(streams.stderr, english('command.interruptNext', { made: list }));
      }
      return result.outcome === 'interrupted' ? exitCode.interrupted : exitCodeOf(failure);
    }
  }
}
