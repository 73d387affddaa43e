import { ofFlow } from '../../activation/of-flow.ts';
import { ofPlan } from '../../activation/of-plan.ts';
import { type Compared, difference } from '../../activation/difference.ts';
import { isUntouchedItem, isUntouchedSegment } from '../../activation/change/untouched.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { isSettingName } from '../../activation/settings.ts';
import { type Flow, readAgain } from '../../flow-service/flows.ts';

/**
 * What others have brought into a dataflow since a run made it, or made of what the run has put there: names of
 * segments, paths of columns, texts. What they have only taken out is lost to nobody.
 *
 * @param became - The dataflow as the run read it back; where it did not, only its plan says what is its own.
 */
export function broughtIn(plan: Plan, became: unknown, now: Flow): string[] {
  const read = ofFlow(now);
  const asked = difference(ofPlan(plan), read);
  const left = became === undefined ? undefined : ofFlow(readAgain(became));
  const since = left ? difference(left, read) : asked;
  // What is as the plan says was never anybody else's, whatever was read back.
  const unasked = new Set(asked.filter(isTheirs).map(keyOf));
  const isTouched = (one: Compared): boolean => {
    if (!('of' in one) || !one.of.before || !one.of.after) return false;
    if (one.part === 'segment') return !isUntouchedSegment(one.of.after, one.of.before);
    return left !== undefined && !left.hasSet && !isUntouchedItem(one.of.after, one.of.before);
  };
  const set = read.links.profileMapping;
  return [
    ...new Set([
      ...since.filter((one) => (isTheirs(one) && unasked.has(keyOf(one))) || isTouched(one)).map(labelOf),
      ...(left && left.links.profileMapping !== set && set !== undefined ? [set] : []),
    ]),
  ];
}

function isTheirs(one: Compared): boolean {
  if (one.kind === 'same' || one.kind === 'missing') return false;
  switch (one.part) {
    case 'name':
    case 'description':
    case 'column':
    case 'mandatory':
    case 'key':
      return true;
    case 'segment':
      // Who it is the platform may tell of its own accord.
      return one.member === undefined || one.member === 'type' || isSettingName(one.member);
    default:
      return false;
  }
}

const keyOf = (one: Compared): string =>
  JSON.stringify([one.part, one.kind, one.subject.toLowerCase(), one.part === 'segment' ? one.member : '']);

function labelOf(one: Compared): string {
  if (one.part === 'segment') return one.of.before?.name ?? one.subject;
  return 'of' in one ? one.subject : (one.before ?? one.subject);
}
