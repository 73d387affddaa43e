import { planDifferences } from '../../activation/plan-differences.ts';
import { inWords } from '../../pages/ending/change-text.ts';
import { exitCode } from '../console/exit-codes.ts';
import { readPlanFile } from './read-plan.ts';
import { visible } from '../console/visible.ts';
import { Stop } from '../console/stop.ts';
import { json, type Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';

/** `ferry plan diff A B`: what changed, in words. Exit 6 when something did, as `validate` does. */
export async function planDiff(
  files: readonly (string | undefined)[],
  isJson: boolean,
  streams: Streams,
): Promise<number> {
  const [first, second] = files;
  if (first === undefined || second === undefined)
    throw new Stop(exitCode.usage, (text) => text('diff.usage'));
  const before = await readPlanFile(first, 'plan diff', streams, isJson);
  const after = before && (await readPlanFile(second, 'plan diff', streams, isJson));
  if (!before || !after) return exitCode.usage;
  const differences = planDifferences(before, after);
  const { stdout, text, glyphs } = streams;
  if (isJson) json(stdout, { differences });
  else if (differences.length === 0) tell(stdout, `${glyphs.check} ${text('diff.same')}`);
  else for (const one of differences) tell(stdout, `  ${visible(inWords(one, text))}`);
  return differences.length === 0 ? exitCode.done : exitCode.differs;
}
