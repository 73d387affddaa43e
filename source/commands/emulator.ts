import type { Arguments, Flags } from './console/arguments.ts';
import { emulatorChoices } from './console/emulator-choices.ts';
import { emulatorOrg } from './connect/open-client.ts';
import type { Deliver } from '../emulator/options.ts';
import type { Text } from '../locale/texts.ts';
import { exitCode } from './console/exit-codes.ts';
import { Stop } from './console/stop.ts';
import { withStop } from './console/with-stop.ts';
import { endNow, json, type Streams } from './console/streams.ts';
import { tell } from './console/wrap-said.ts';

/** Which of a few is meant. @throws Stop (2) for a word that is none of them. */
function chosen<Flag extends keyof typeof emulatorChoices>(
  flags: Flags,
  flag: Flag,
): (typeof emulatorChoices)[Flag][number] | undefined {
  const word = flags[flag];
  const known: readonly (typeof emulatorChoices)[Flag][number][] = emulatorChoices[flag];
  const found = known.find((one) => one === word);
  if (word === undefined || found) return found;
  throw new Stop(exitCode.usage, (text) =>
    text('command.notOneOf', { word, form: `--${flag} ${known.join('|')}` }),
  );
}

/** A clock that begins at a moment. @throws Stop (2) for what is none. */
function clockFrom(given: string | undefined): (() => number) | undefined {
  if (given === undefined) return undefined;
  const ms = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/.test(given)
    ? Date.parse(`${given.includes('T') ? given : `${given}T00:00`}Z`)
    : NaN;
  if (Number.isNaN(ms))
    throw new Stop(exitCode.usage, (text) =>
      text('command.emulator.badNow', { given, form: '2026-11-26T07:00' }),
    );
  const startedAt = performance.now();
  return () => Math.floor(ms + performance.now() - startedAt);
}

/** Servers that stand in for others by the variables that other programs know too. What is written is told to people. */
function deliveryFor({ env, stdout, text }: Streams, isJson: boolean): Deliver {
  return {
    s3Endpoint: (env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL']) || undefined,
    gcsEndpoint: env['STORAGE_EMULATOR_HOST'] || undefined,
    onDelivery(delivery) {
      if (isJson) return;
      const { where } = delivery;
      if (delivery.kind === 'written')
        for (const { path, bytes } of delivery.files)
          tell(stdout, text('command.emulator.written', { where, path, bytes }));
      else tell(stdout, text('command.emulator.unwritten', { where, why: whyText(delivery.why, text) }));
    },
  };
}

const hindrances = [
  'unknownPlace',
  'madeUpAccount',
  'assumedRole',
  'landingZone',
  'servicePrincipal',
  'encryption',
] as const;

function whyText(why: string, text: Text): string {
  const known = hindrances.find((one) => one === why);
  return known === undefined ? why : text(`command.emulator.unwritten.${known}`);
}

/** `ferry emulator`: serves until it is interrupted. @see cli.md */
export function runEmulator({ flags }: Arguments, streams: Streams): Promise<number> {
  const number = (
    flag: 'port' | 'segments' | 'flows' | 'latency' | 'speed' | 'rows' | 'rows-per-file',
    most: number,
    least = 0,
  ): number | undefined => {
    const value = flags[flag];
    if (value === undefined) return undefined;
    if (!/^\d+$/.test(value) || Number(value) > most || Number(value) < least) {
      throw new Stop(exitCode.usage, (text) =>
        text('command.badNumber', { flag: `--${flag}`, least, most: String(most) }),
      );
    }
    return Number(value);
  };
  return withStop(streams, flags.json === true, async (enter) => {
    enter({ host: 'emulator', sandbox: '' });
    const options = {
      port: number('port', 65_535),
      segments: number('segments', 1_000_000),
      flows: number('flows', 1000),
      latencyMs: number('latency', 600_000),
      faults: flags.fault,
      runFaults: flags['run-fault'],
      speed: number('speed', 100_000, 1),
      now: clockFrom(flags.now),
      logFile: flags.log,
      stateFile: flags.state,
      organisation: chosen(flags, 'organisation'),
      landingZone: chosen(flags, 'landing-zone'),
      encryptionMember: chosen(flags, 'encryption'),
      rows: number('rows', 1_000_000),
      rowsPerFile: number('rows-per-file', 5_000_000, 1),
      deliver: flags.deliver === true ? deliveryFor(streams, flags.json === true) : undefined,
      ...(flags.strict === true
        ? {
            strictEtags: true,
            strictCards: true,
            acceptCloudStorage: false,
            strictChanges: true,
            deleteDelayMs: 500,
          }
        : {}),
    };
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    const { EmulatorStartError, startEmulator } = await import('../emulator/server.ts');
    const emulator = await startEmulator(given).catch((error: unknown) => {
      if (!(error instanceof EmulatorStartError)) throw error;
      const { problem, given } = error;
      throw new Stop(exitCode.usage, (text) => text(`command.emulator.${problem}`, { given }));
    });
    // Whoever has started it is gone.
    streams.brokenPipe.act = endNow;
    if (flags.json === true) {
      json(streams.stdout, { url: emulator.url, pid: process.pid });
    } else {
      const { stdout, text } = streams;
      tell(stdout, text('command.emulatorReady', { url: emulator.url }));
      tell(stdout, text('command.emulatorHint', { url: emulator.url, org: emulatorOrg }));
    }
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    });
    await emulator.close();
    return exitCode.done;
  });
}
