import { isOfId, readFindingId } from '../../activation/watch/finding.ts';
import { type Limits, usualLimits } from '../../activation/watch/watched.ts';
import type { ListedFlow } from '../../flow-service/flows.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import { meantBy, notOne } from '../flow/find-flow.ts';

/** A number that an option was given. @throws Stop (2) for what is none, or too much */
export function numberIn(
  flags: Flags,
  flag: keyof Flags & string,
  least: number,
  most: number,
): number | undefined {
  const given = flags[flag];
  if (given === undefined) return undefined;
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : NaN;
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  throw new Stop(exitCode.usage, (text) => text('status.badNumber', { flag: `--${flag}`, least, most }));
}

/** What counts as late, as slow and as left out. @throws Stop (2) */
export function limitsIn(flags: Flags): Limits {
  const grace = numberIn(flags, 'begin-within', 1, 1440);
  const length = numberIn(flags, 'length', 1, 1440);
  const rate = numberIn(flags, 'skip-rate', 0, 100);
  return {
    graceMs: grace === undefined ? usualLimits.graceMs : grace * 60_000,
    lengthMs: length === undefined ? usualLimits.lengthMs : length * 60_000,
    skipRate: rate === undefined ? usualLimits.skipRate : rate / 100,
  };
}

/**
 * The dataflows that were named, by id, by name or by a finding of theirs; all of them where none was.
 *
 * @throws Stop (2) for what is none of them, or several
 */
export function chosenFlows(
  all: readonly ListedFlow[],
  given: readonly string[],
  sandbox: string,
): readonly ListedFlow[] {
  if (given.length === 0) return all;
  const chosen = given.flatMap((one) => {
    const finding = readFindingId(one);
    // That everything stands still is of no one.
    if (finding?.kind === 'standstill') return all;
    const found = finding ? all.filter(({ id }) => isOfId(finding.flow, id)) : meantBy(one, all, 'alike');
    if (found.length === 1) return found;
    throw notOne(one, found, all, sandbox);
  });
  return all.filter((one) => chosen.includes(one));
}
