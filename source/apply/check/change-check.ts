import type { Activation, Item } from '../../activation/activation.ts';
import { mostKeysOf } from '../../activation/content/profile-attributes.ts';
import type { Compared } from '../../activation/difference.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { type Problem, problem } from '../../activation/plan/problem.ts';
import type { ToDo } from '../live/course.ts';
import type { Applying } from '../steps.ts';
import { PlanRefusedError } from './plan-refused.ts';
import { checkPlatform } from './platform-check.ts';
import { publishedProblems, readSpecs } from './spec-check.ts';

/**
 * Holds what is new in a dataflow against what the platform holds. What was there before was judged when it came,
 * and stays even where it would not be taken today.
 *
 * @returns What does not fit, in the places of the plan.
 * @throws FlowServiceError
 */
export async function problemsOfNew(applying: Applying, { flow, columns: ofSet }: ToDo): Promise<Problem[]> {
  const { plan } = applying;
  const change: readonly Compared[] = [...flow, ...ofSet];
  const places = (part: 'segment' | 'column'): number[] =>
    change.flatMap((one) => {
      const isNew = one.part === part && one.kind === 'missing' && one.of.after !== undefined;
      const isWhole = isNew && (one.part !== 'segment' || one.member === undefined);
      return isWhole ? [Number(one.of.after?.at.at(-1))] : [];
    });
  const [segments, columns] = [places('segment'), places('column')];
  if (segments.length + columns.length === 0) return [];
  const only = <Of>(list: readonly Of[], indexes: readonly number[]): Of[] =>
    indexes.flatMap((index) => list[index] ?? []);
  const attributes = { selected: only(plan.attributes.selected, columns), mandatory: [], deduplication: [] };
  const restricted: Plan = { ...plan, segments: only(plan.segments, segments), attributes };
  /** Where it stands in the plan. */
  const placed = (problem: Problem): Problem => ({
    ...problem,
    path: problem.path
      .replace(/^\$\.segments\[(\d+)\]/, (_, at) => `$.segments[${segments[Number(at)]}]`)
      .replace(
        /^\$\.attributes\.selected\[(\d+)\]/,
        (_, at) => `$.attributes.selected[${columns[Number(at)]}]`,
      ),
  });
  const about = [
    ...(segments.length > 0 ? (['segments'] as const) : []),
    ...(columns.length > 0 ? (['attributes'] as const) : []),
  ];
  const problems = await problemsWith(() => checkPlatform({ ...applying, plan: restricted }, about));
  return problems.map(placed);
}

/**
 * Holds another place against what its destination publishes. A value that is there already, as the plan says it, was
 * taken when it came, published or not; what is missing depends on what comes.
 *
 * @throws FlowServiceError
 */
export async function problemsOfPlace(
  { plan, client, abort, stop }: Applying,
  { target }: ToDo,
): Promise<Problem[]> {
  if (target.length === 0) return [];
  const specs = await readSpecs(plan, client, { signal: abort, stop });
  const changed = target.map(({ place }) => place.after);
  const isNew = (path: string): boolean => changed.some((one) => isWithin(one, path) || isWithin(path, one));
  return publishedProblems(plan, {}, specs).filter(
    ({ id, path }) =>
      path.startsWith('$.destination.location') && (id === 'location.missingParam' || isNew(path)),
  );
}

/** Whether a JSON path is another one, or leads there first. */
const isWithin = (path: string, other: string): boolean =>
  path === other || path.startsWith(`${other}.`) || path.startsWith(`${other}[`);

/**
 * Holds the keys that a dataflow would have against the rule for them: those that are kept count, too. Keys that
 * were against it before are nobody's to judge until one comes.
 *
 * @see flow-service.md, section 5.5
 */
export function problemsOfKeys(
  { flow }: Pick<ToDo, 'flow'>,
  { wanted, aimed }: { readonly wanted: Activation; readonly aimed: Activation },
): Problem[] {
  if (!flow.some(({ part, kind }) => part === 'key' && kind === 'missing')) return [];
  const kindOf = ({ name }: Pick<Item, 'name'>): string => name.split(' ', 1)[0] ?? '';
  const asked = new Set(wanted.keys.items.map(({ name }) => name));
  const kept = aimed.keys.items.filter(({ name }) => !asked.has(name));
  const [kind = '', ...others] = new Set(aimed.keys.items.map(kindOf));
  const isMixed = others.length > 0;
  const isTooMany = !isMixed && aimed.keys.items.length > mostKeysOf(kind);
  if (kept.length === 0 || !(isMixed || isTooMany)) return [];
  const names = kept.map(({ name }) => name.slice(kindOf({ name }).length + 1));
  return [problem('attributes.keysHeld', '$.attributes.deduplication', { names })];
}

async function problemsWith(check: () => Promise<unknown>): Promise<readonly Problem[]> {
  try {
    await check();
    return [];
  } catch (error) {
    if (error instanceof PlanRefusedError) return error.problems;
    throw error;
  }
}
