import type { Activation } from '../../activation/activation.ts';
import { ofFlow } from '../../activation/of-flow.ts';
import { ofPlanOver } from '../../activation/of-plan.ts';
import { linkedSet, type LinkedSet, setLink } from '../../activation/linked-set.ts';
import { aim } from '../../activation/change/aim.ts';
import { type Change, changesOf } from '../../activation/change/changes.ts';
import { type Conflict, merge } from '../../activation/change/merge.ts';
import { type Extras, type NamedSet, patchOf } from '../../activation/change/patch.ts';
import { holds, notHeld, open } from '../../activation/change/still-open.ts';
import { targetPatchOf } from '../../activation/change/target-patch.ts';
import type { StoredLine } from '../../activation/content/mapping-set.ts';
import { type Compared, textOf } from '../../activation/difference.ts';
import { lookUp, placeOf } from '../../activation/plan/json-path.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { basePath } from '../../activation/requests.ts';
import type { Connection } from '../../flow-service/connections.ts';
import { UnreadableAnswerError } from '../../flow-service/errors.ts';
import type { Flow, PatchOperation } from '../../flow-service/flows.ts';
import { activationOf, type Live } from './live.ts';

/** Somebody else has changed the same, and does not agree. Nothing was sent. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
  readonly kind = 'conflict';
  readonly id: string;
  readonly conflicts: readonly Conflict[];
  /** `opened`: it was done before anything was sent, since somebody opened the dataflow. */
  readonly when: 'sending' | 'opened' | 'undoing';
  constructor(id: string, conflicts: readonly Conflict[], when: ConflictError['when'] = 'sending') {
    super(`${id}: ${conflicts.map(({ part, subject }) => `${part} ${subject}`).join(', ')}`);
    this.id = id;
    this.conflicts = conflicts;
    this.when = when;
  }
}

/** A plan about a dataflow. */
interface Wish {
  readonly plan: Plan;
  readonly extras: Extras;
  /** What the dataflow held when the plan was written. @default what is found */
  readonly since?: Plan | undefined;
}

/**
 * What a dataflow is to become. Where a plan was written over something else than is found, what others have changed
 * since stays, as after a 412.
 *
 * @throws ConflictError where both have changed the same.
 */
function aimAt({ plan, extras, since }: Wish, found: Activation): Activation {
  const aimed = aim(ofPlanOver(plan, found), found, extras);
  if (!since) return aimed;
  const result = merge(aim(ofPlanOver(since, found), found, extras), found, aimed);
  if (result.kind === 'conflict') throw new ConflictError(plan.flow ?? '', result.conflicts, 'opened');
  return result.activation;
}

/** What others have changed of what somebody saw. @param since - What that was. */
export const changedSince = (since: Plan, found: Activation): Change[] => {
  const before = aim(ofPlanOver(since, found), found, 'prune');
  return changesOf(found, found, before);
};

/** What a dataflow named before its columns are changed, and what after; nothing where it names none. */
export interface SetMove {
  readonly from: LinkedSet | undefined;
  readonly to: NamedSet | undefined;
}

/** What is to be done to a dataflow and to its storage location, wherever they have gone meanwhile. */
export interface ToDo {
  /** What the change is about, of each of the two. */
  readonly flow: readonly Compared[];
  readonly target: readonly Compared[];
  /** What it is about of columns that stand in a mapping set, and the lines of the set that is to be named. */
  readonly columns: readonly Compared[];
  readonly lines: readonly StoredLine[];
  /** Whether it shows. @param move - Where columns are changed: a dataflow that names a third set is another's. */
  readonly isInFlow: (flow: Flow, move?: SetMove) => boolean;
  readonly isInTarget: (target: Connection) => boolean;
  /** What of it does not show, by the names that people know. */
  readonly lackingInFlow: (flow: Flow) => readonly string[];
  readonly lackingInTarget: (target: Connection) => readonly string[];
  /** What of it is still to be sent, to one that was just read. @throws ConflictError */
  readonly nextOfFlow: (flow: Flow, move?: SetMove) => PatchOperation[];
  readonly nextOfTarget: (target: Connection) => PatchOperation[];
}

/**
 * What a plan makes of a dataflow: what it wants, what was found, what that is to become, and what leads there.
 *
 * @throws ConflictError
 */
export function courseOf(
  wish: Wish,
  before: Live,
): { wanted: Activation; found: Activation; aimed: Activation; todo: ToDo } {
  const found = activationOf(before);
  const aimed = aimAt(wish, found);
  return { wanted: ofPlanOver(wish.plan, found), found, aimed, todo: toDo(before, found, aimed) };
}

/** The way of a dataflow from what it names to a set. */
export const moveOf = (flow: Flow, to: NamedSet | undefined): SetMove => ({ from: linkedSet(flow), to });

const names = (flow: Flow, set: LinkedSet | undefined): boolean => {
  const named = linkedSet(flow);
  return (named && setLink(named)) === (set && setLink(set));
};

/** Whether it names the set before a change, or the one after. */
export const namesOneOf = (flow: Flow, move: SetMove | undefined): boolean =>
  names(flow, move?.from) || names(flow, move?.to);

/**
 * What leads from what was found to what it is to become, merged with whatever others have done since.
 *
 * @param before - The dataflow as it was found.
 */
export function toDo(before: Live, found: Activation, aimed: Activation): ToDo {
  // What cannot be read cannot be written over.
  const change = open(aimed, found).filter(({ kind }) => kind !== 'unread');
  const isOfTarget = ({ part }: Compared): boolean => part === 'account' || part === 'location';
  const isOfSet = ({ part }: Compared): boolean => found.hasSet && part === 'column';
  const target = change.filter(isOfTarget);
  const flow = change.filter((one) => !isOfTarget(one) && !isOfSet(one));
  const columns = change.filter(isOfSet);
  const isSetChanged = columns.length > 0;
  const merged = (now: Activation, id: string): Activation => {
    const result = merge(found, now, aimed);
    if (result.kind === 'conflict') throw new ConflictError(id, result.conflicts);
    return result.activation;
  };
  const withTarget = (now: Connection): Activation => activationOf({ ...before, target: now });
  const plain = (now: Flow): Activation => ofFlow(now, {}, found.hasSet);
  /** As it is now, where it names what it named, or what it is to name: any other set is another's. */
  function read(now: Flow, move: SetMove | undefined): Activation {
    if (!isSetChanged || namesOneOf(now, move)) return plain(now);
    const [was, is, shall] = [move?.from, linkedSet(now), move?.to].map((one) => one && setLink(one));
    const texts = { before: was, theirs: is, yours: shall };
    throw new ConflictError(now.id ?? '', [{ part: 'column', subject: 'profileMapping', ...texts }]);
  }
  return {
    flow,
    target,
    columns,
    lines: found.hasSet ? aimed.columns.items.map(({ value }) => value as StoredLine) : [],
    isInFlow: (now, move) => holds(flow, aimed, plain(now)) && (!isSetChanged || names(now, move?.to)),
    isInTarget: (now) => holds(target, aimed, withTarget(now)),
    lackingInFlow: (now) => namesOf(notHeld(flow, aimed, plain(now))),
    lackingInTarget: (now) => namesOf(notHeld(target, aimed, withTarget(now))),
    nextOfFlow: (now, move) =>
      asItWas(
        patchOf(
          merged(read(now, move), now.id ?? ''),
          now,
          'prune',
          isSetChanged ? (move?.to ?? 'none') : undefined,
        ),
        before.flow,
      ),
    nextOfTarget(now) {
      const held = withTarget(now);
      requireRead(target, held, now.id);
      return asItWas(targetPatchOf(merged(held, now.id), held), before.target);
    },
  };
}

const namesOf = (compared: readonly Compared[]): string[] => [
  ...new Set(
    compared.map((one) => {
      const of = one.part === 'segment' ? (one.of.before ?? one.of.after) : undefined;
      return of?.name ?? ('of' in one ? one.subject : (one.before ?? one.after ?? one.subject));
    }),
  ),
];

/** What is about to be changed was read before, and must be readable still. @throws UnreadableAnswerError */
function requireRead(change: readonly Compared[], { account, location }: Activation, id: string): void {
  const parts = new Set(change.map(({ part }) => part));
  const problems = [
    ...(parts.has('account') && account.kind !== 'known'
      ? [{ path: '$.baseConnectionId', expected: 'string' }]
      : []),
    ...(parts.has('location') && location.kind !== 'known' ? [{ path: '$.params', expected: 'object' }] : []),
  ];
  if (problems.length > 0)
    throw new UnreadableAnswerError(
      { method: 'GET', path: `${basePath}/targetConnections/${id}` },
      200,
      problems,
    );
}

/** What is put back is what was there, and not how that was read: a text may have hidden what is marked in it. */
function asItWas(patch: PatchOperation[], held: Flow | Connection | undefined): PatchOperation[] {
  return patch.map((one) => {
    const at = placeOf(one.path);
    const [read, raw] = [lookUp(held, at), lookUp(held?.raw, at)];
    const isBack = raw !== undefined && one.value !== undefined && textOf(read) === textOf(one.value);
    return isBack ? { ...one, value: raw } : one;
  });
}
