import type { Activation } from '../activation.ts';
import { type Compared, difference, isOfAccount } from '../difference.ts';
import { settingNames } from '../settings.ts';

/**
 * What still has to be done for a dataflow to be what it was to become: of its findings those that a patch, or a
 * change of its storage location, is about.
 */
export const open = (aimed: Activation, found: Activation): Compared[] =>
  difference(aimed, found).filter(isOpen);

/** Whether a finding is one that is still to be done. */
export const isOpen = (one: Compared): boolean => one.kind !== 'same' && isChangeable(one);

function isChangeable(one: Compared): boolean {
  switch (one.part) {
    case 'state':
    case 'link':
    case 'document':
      return false;
    case 'segment':
      return one.member !== 'name' && one.member !== 'id';
    default:
      return !isOfAccount(one);
  }
}

/**
 * Whether a dataflow holds a change: everything that the change is about is as it was to become, whatever else has
 * become of the dataflow. What cannot be read holds nothing.
 */
export const holds = (change: readonly Compared[], aimed: Activation, now: Activation): boolean =>
  notHeld(change, aimed, now).length === 0;

/** What a change is about and is not as it was to become. */
export function notHeld(change: readonly Compared[], aimed: Activation, now: Activation): Compared[] {
  const ours = new Set(change.flatMap(keysOf));
  const parts = new Set(change.map(({ part }) => part));
  return open(aimed, now).filter((one) =>
    one.kind === 'unread' ? parts.has(one.part) : keysOf(one).some((key) => ours.has(key)),
  );
}

/** What a finding is about; one about a whole segment is about each of its members. */
function keysOf(one: Compared): string[] {
  const { part, subject, kind } = one;
  const about = `${part} ${subject.toLowerCase()} `;
  if (part !== 'segment') return [`${about}${kind === 'reordered' ? 'order' : ''}`];
  return one.member === undefined
    ? [about, ...['type', 'namespace', 'systemSegmentId', ...settingNames].map((name) => `${about}${name}`)]
    : [`${about}${one.member}`];
}
