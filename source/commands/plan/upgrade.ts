import { type Decision, upgradePlan } from '../../activation/plan/upgrade-plan.ts';
import { documented } from '../../activation/spec/catalog.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import { json, type Streams } from '../console/streams.ts';
import { visible } from '../console/visible.ts';
import { tell } from '../console/wrap-said.ts';
import { fileToWrite } from './inside-plans.ts';
import { readPlanFile } from './read-plan.ts';
import { writePlan } from './write-plan.ts';

/**
 * `ferry plan upgrade PLAN [FILE]`: a plan for an older card as one for the newer card of its kind, without a network.
 * What a person has to decide is told beside it.
 *
 * @returns 2 where something is open without which the plan cannot be applied; it is written all the same.
 * @throws Stop (2) for a plan to any other card.
 * @see cli.md
 */
export async function planUpgrade(
  [from, target]: readonly (string | undefined)[],
  flags: Flags,
  streams: Streams,
): Promise<number> {
  const isJson = flags.json === true;
  const file = fileToWrite(target, streams);
  const before = await readPlanFile(from, 'plan upgrade', streams, isJson);
  if (!before) return exitCode.usage;
  const upgrade = upgradePlan(before);
  if (upgrade.kind === 'other') {
    const id = before.destination.connectionSpecId;
    throw new Stop(exitCode.usage, (text) =>
      text(upgrade.isNewer ? 'upgrade.isNewer' : 'upgrade.noNewer', { name: documented(id)?.name ?? id }),
    );
  }
  const { plan, newer, decisions } = upgrade;
  const { stdout, text, english } = streams;
  if (file !== undefined) await writePlan(plan, file, flags, streams);
  if (isJson) {
    const told = decisions.map((one) => ({ ...one, message: english(one.id, one.values) }));
    json(stdout, { ...(file === undefined ? { plan } : { file }), decisions: told });
  } else if (file === undefined) {
    json(stdout, plan, 2);
  } else {
    tell(stdout, text('upgrade.done', { file, name: newer.name }));
  }
  tellDecisions(decisions, streams);
  return decisions.some(({ isOpen }) => isOpen) ? exitCode.usage : exitCode.done;
}

/** Beside the plan, which may go into a pipe. */
function tellDecisions(decisions: readonly Decision[], { stderr, text, glyphs }: Streams): void {
  const groups = [
    ['upgrade.open', glyphs.cross, decisions.filter(({ isOpen }) => isOpen)],
    ['upgrade.known', glyphs.dot, decisions.filter(({ isOpen }) => !isOpen)],
  ] as const;
  for (const [title, mark, some] of groups) {
    if (some.length > 0) tell(stderr, text(title));
    for (const { id, path, values } of some) tell(stderr, `  ${mark} ${visible(path)}  ${text(id, values)}`);
  }
}
