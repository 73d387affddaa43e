import type { Plan } from '../../activation/plan/plan.ts';
import { readPlan } from '../../activation/plan/read-plan.ts';
import type { OfferedPlan } from '../../pages/remote-cache.ts';
import type { Draft } from '../../wizard/draft.ts';
import { variableOf } from '../../settings/secrets.ts';
import { fromPlan, whatIsLost } from '../../wizard/from-plan.ts';
import { withVariables } from '../../wizard/from-variables.ts';
import type { Flags } from '../console/arguments.ts';
import { isStop } from '../console/stop.ts';
import type { Streams } from '../console/streams.ts';
import { visible } from '../console/visible.ts';
import { planSource } from '../plan/read-plan.ts';

/** The draft that goes on with a plan; why there is none where the wizard could not ask for all of it. */
export function draftOfPlan(
  plan: Plan,
  file: string,
  flags: Flags,
  { text, env }: Pick<Streams, 'text' | 'env'>,
): { readonly draft: Draft } | { readonly why: string } {
  const lost = whatIsLost(plan);
  if (lost !== undefined) return { why: text(`command.planLost.${lost}`, { file }) };
  // A flag beats a plan, as everywhere.
  const said = fromPlan(shownPlan({ ...plan, sandbox: flags.sandbox ?? plan.sandbox }));
  return { draft: withVariables({ ...said, opened: plan }, (name) => variableOf(env, name)) };
}

/** A plan of a file as it may be shown. */
export const shownPlan = (plan: Plan): Plan => ({
  ...plan,
  name: visible(plan.name),
  segments: plan.segments.map((one) => ({ ...one, name: visible(one.name ?? one.id) })),
});

/** The plans of these files, each as a draft or with what is wrong with it. */
export function offeredPlans(
  files: readonly string[],
  flags: Flags,
  streams: Streams,
): Promise<readonly OfferedPlan[]> {
  return Promise.all(files.map((file) => offeredPlan(file, flags, streams)));
}

async function offeredPlan(file: string, flags: Flags, streams: Streams): Promise<OfferedPlan> {
  const { text } = streams;
  const shown = visible(file);
  const unusable = (why: string): OfferedPlan => ({ kind: 'unusable', file: shown, why });
  try {
    const reading = readPlan(await planSource(file, '', streams));
    if (reading.kind !== 'plan') {
      const [first] = reading.problems;
      return unusable(
        first ? `${visible(first.path)} ${text(first.id, first.values)}` : text('command.why.other'),
      );
    }
    const made = draftOfPlan(reading.plan, shown, flags, streams);
    return 'why' in made ? unusable(made.why) : { kind: 'plan', file: shown, draft: made.draft };
  } catch (error) {
    if (!isStop(error)) throw error;
    return unusable(error.sentences[0]?.(text) ?? '');
  }
}
