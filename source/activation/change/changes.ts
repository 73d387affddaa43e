import type { Activation } from '../activation.ts';
import { type Joins, ofFlow } from '../of-flow.ts';
import { ofPlan } from '../of-plan.ts';
import { difference, isOfAccount } from '../difference.ts';
import { isOpen, open } from './still-open.ts';
import { empties, aim } from './aim.ts';
import { byOccurrence, nameOfSegment } from './occurrence.ts';
import type { DeduplicationKey, Plan } from '../plan/plan.ts';
import { type Difference, worded } from '../plan-differences.ts';
import { withRenames } from '../renames.ts';
import type { Schedule } from '../content/schedule.ts';
import { scheduleNames, type Settings, withSettings } from '../settings.ts';
import { sameId } from '../same-id.ts';
import { isBeyond } from '../sayable.ts';

/** One thing that a change does, or does not do: `kept` is what the dataflow holds and nobody wants. */
export interface Change extends Omit<Difference, 'kind'> {
  readonly kind: Difference['kind'] | 'kept';
}

/** What cannot be overlooked comes first. */
const danger: readonly Change['kind'][] = ['unread', 'removed', 'changed', 'added', 'reordered', 'kept'];

/**
 * What would be done to a dataflow, in the order of danger: what could not be read and is not touched, what goes,
 * changes, comes, moves, and what it keeps although nobody wants it. How files are encrypted and
 * how the account signs in are among them, although they are the account's and not sent.
 *
 * @param aimed - What it is to become.
 * @param wanted - What is wanted of it.
 */
export function changesOf(wanted: Activation, aimed: Activation, found: Activation): Change[] {
  const sent = withRenames(difference(aimed, found), aimed, found).filter(isOpen).flatMap(worded);
  const beyond = isBeyond(aimed, wanted);
  const kept = open(wanted, aimed)
    .filter((one) => one.kind === 'extra' && !beyond(one))
    .flatMap(worded)
    .map((one): Change => ({ ...one, kind: 'kept' }));
  return [...ofAccount(wanted, found), ...sent, ...kept].sort(
    (one, other) => danger.indexOf(one.kind) - danger.indexOf(other.kind),
  );
}

const ofAccount = (wanted: Activation, found: Activation): Change[] =>
  difference(wanted, found).filter(isOfAccount).flatMap(worded);

/** What a plan about a dataflow says of the sign-in, and its account says otherwise. */
export const signInChanges = (plan: Plan, account: Joins['account']): Change[] =>
  ofAccount(ofPlan(plan), ofFlow({ transformations: [] }, { account })).filter(({ path }) =>
    path.startsWith('$.destination.auth'),
  );

/**
 * What a plan does to a dataflow that holds another one, where whatever it no longer names is to go.
 *
 * @param before - What the dataflow holds.
 */
export function planChange(before: Plan, after: Plan): PlanChange {
  const [wanted, found] = [ofPlan(after), ofPlan(before)];
  const aimed = aim(wanted, found, 'prune');
  return {
    differences: changesOf(wanted, aimed, found),
    isEmptying: empties(aimed, found),
    schedules: rescheduled(aimed, found),
  };
}

interface PlanChange {
  readonly differences: readonly Change[];
  readonly isEmptying: boolean;
  readonly schedules: readonly Rescheduled[];
}

/** A segment that is to be exported at other times. */
export interface Rescheduled {
  readonly id: string;
  /** Its name, for people. */
  readonly segment: string;
  readonly before: Schedule;
  readonly after: Schedule;
}

/** Segments that stay, and are exported at other times than before. */
export function rescheduled(aimed: Activation, found: Activation): Rescheduled[] {
  const there = byOccurrence(found.segments, nameOfSegment);
  return [...byOccurrence(aimed.segments, nameOfSegment)].flatMap(([key, one]): Rescheduled[] => {
    const held = there.get(key);
    if (!held) return [];
    const isAlike = scheduleNames.every((name) => held.settings[name] === one.settings[name]);
    const { id, name = held.name ?? id } = one;
    return isAlike
      ? []
      : [{ id, segment: name, before: scheduleOf(held.settings), after: scheduleOf(one.settings) }];
  });
}

const scheduleOf = (settings: Settings): Schedule =>
  withSettings({ schedule: {} as Schedule }, settings).schedule;

/**
 * What a plan makes of a dataflow while nothing is taken out of it, as a plan: whatever the dataflow holds beside it
 * stays, and where it stood.
 *
 * @param live - What the dataflow holds.
 */
export function joinedPlan(live: Plan, plan: Plan): Plan {
  const { segments, columns, mandatory, keys } = aim(ofPlan(plan), ofPlan(live), 'keep');
  const { description = live.description } = plan;
  const { connectionSpecId, location, baseConnectionId: account } = live.destination;
  const { baseConnectionId = account, encryption = live.destination.encryption } = plan.destination;
  const said = [...plan.segments, ...live.segments];
  return {
    ...plan,
    source: undefined,
    ...(description === undefined ? {} : { description }),
    sandbox: live.sandbox,
    flow: live.flow,
    destination: {
      connectionSpecId,
      ...(baseConnectionId === undefined ? {} : { baseConnectionId }),
      ...(encryption === undefined ? {} : { encryption }),
      location: { ...location, ...plan.destination.location },
    },
    segments: segments.items.flatMap(({ id }) => said.find((one) => sameId(one.id, id)) ?? []),
    attributes: {
      selected: columns.items.map(({ name, selected = name }) => selected),
      mandatory: mandatory.items.map(({ name }) => name),
      deduplication: keys.items.map(({ value }) => value as DeduplicationKey),
    },
  };
}

/** What of a change was not in another one: what somebody would be surprised by who has confirmed that. */
export function unforeseen(change: readonly Change[], confirmed: readonly Change[]): Change[] {
  const said = ({ kind, path, before, after }: Change): string => JSON.stringify([kind, path, before, after]);
  const known = new Set(confirmed.map(said));
  return change.filter((one) => one.kind !== 'kept' && !known.has(said(one)));
}
