import type { Gate } from '../../flow-service/limiter.ts';
import type { Scene } from '../../locale/explain.ts';
import type { Platform } from '../../settings/platform.ts';
import type { Flags } from '../console/arguments.ts';
import { secretPrompt } from '../console/ask.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import type { Streams } from '../console/streams.ts';
import { type Connected, emulatorSandbox, openClient, startEmbedded } from './open-client.ts';
import { tokenOf } from './platform-token.ts';
import { platformReading } from './profile.ts';

export interface ConnectOptions {
  flags: Flags;
  streams: Streams;
  /** Where a plan names one; a flag beats it. */
  planSandbox?: string | undefined;
  /** Refuses every write, whatever the flags say. */
  readOnly?: boolean;
  /** Where several processes share a limit of calls: that of an organisation. */
  gateOf?: ((orgId: string) => Gate) | undefined;
}

/**
 * The platform of a run: the embedded emulator with `--emulator`, otherwise what flags, environment and
 * profile say.
 *
 * @throws Stop (2) when something is missing, with the sentence that says what.
 */
export async function connect(options: ConnectOptions): Promise<Connected> {
  const { flags, streams, planSandbox } = options;
  const more = { readOnly: options.readOnly === true || flags['read-only'] === true };
  if (flags.emulator === true) {
    const emulator = await startEmbedded();
    const sandbox = flags.sandbox ?? planSandbox ?? emulatorSandbox;
    const connected = openClient({ kind: 'emulator', url: emulator.url, sandbox }, more);
    return {
      ...connected,
      async close() {
        await connected.close();
        await emulator.close();
      },
    };
  }
  const platform = requirePlatform(flags, streams.env, planSandbox);
  const { env, restriction, text } = streams;
  const ask = secretPrompt(flags, streams);
  const prompt = ask && (() => ask(text('login.secret')));
  const token = tokenOf(platform, { env, prompt, isRestricted: restriction !== undefined }, text);
  // Asked for before anything is drawn or begun: a question has no place among the lines of a run.
  if (platform.signIn.kind === 'credentials' && platform.signIn.secret === 'prompt') await token.get();
  return openClient(
    { kind: 'organisation', platform, token },
    { ...more, gate: options.gateOf?.(platform.orgId) },
  );
}

/**
 * Does what is to be done with a platform: connects, says where, and lets go at the end, whatever becomes of it.
 *
 * @param enter - As `withStop` hands it to a command.
 * @throws as `connect` and `work` do
 */
export async function withConnected<Result>(
  options: ConnectOptions,
  enter: (scene: Scene) => void,
  work: (connected: Connected) => Promise<Result>,
): Promise<Result> {
  const connected = await connect(options);
  enter(connected.scene);
  try {
    return await work(connected);
  } finally {
    await connected.close();
  }
}

/** The platform that flags, environment and profile name. @throws Stop (2, 4) that says what is missing */
export function requirePlatform(
  flags: Flags,
  env: Streams['env'],
  planSandbox: string | undefined,
): Platform {
  const reading = platformReading(flags, env, planSandbox);
  if (reading.kind === 'ready') return reading.platform;
  if (reading.kind !== 'missing') {
    const { kind, name } = reading;
    throw new Stop(exitCode.usage, (text) => text(`command.${kind}`, { name }));
  }
  const names = reading.names;
  throw new Stop(
    exitCode.notAllowed,
    (text) => text('command.platformMissing', { names }),
    (text) => text('command.platformMissingWhy'),
    (text) => text('command.platformMissingNext'),
  );
}
