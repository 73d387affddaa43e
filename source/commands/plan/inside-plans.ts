import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import type { Streams } from '../console/streams.ts';

/** A file inside the folder of plans, links followed. @throws Stop (2) for any other. */
export function insidePlans(file: string, { restriction }: Pick<Streams, 'restriction'>): string {
  if (!restriction) return file;
  const { planFolder } = restriction;
  const wanted = path.resolve(planFolder, file);
  // What is not there yet is where its folder is.
  const real = existsSync(wanted)
    ? realpathSync(wanted)
    : path.join(realpathOf(path.dirname(wanted)), path.basename(wanted));
  if (real !== planFolder && !real.startsWith(planFolder + path.sep))
    throw new Stop(exitCode.usage, (text) => text('restricted.outside', { file, folder: planFolder }));
  return real;
}

/**
 * The file that a plan goes into; nothing for the output, which `-` means too.
 *
 * @throws Stop (2) for one outside the folder of plans.
 */
export function fileToWrite(
  given: string | undefined,
  streams: Pick<Streams, 'restriction'>,
): string | undefined {
  if (given === undefined || given === '-') return undefined;
  insidePlans(given, streams);
  return given;
}

function realpathOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return '/nowhere';
  }
}

/** As `insidePlans`, for asking. */
export function isInsidePlans(file: string, streams: Pick<Streams, 'restriction'>): boolean {
  try {
    insidePlans(file, streams);
    return true;
  } catch {
    return false;
  }
}
