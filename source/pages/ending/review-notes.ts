import type { Finding } from '../../activation/findings/findings.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import type { Problem } from '../../activation/plan/problem.ts';
import { isFileField } from '../../activation/spec/newer-forms.ts';
import { sameId } from '../../activation/same-id.ts';
import { inWords } from '../../locale/plan-words.ts';
import type { Values } from '../../locale/texts.ts';
import type { Draft } from '../../wizard/draft.ts';
import type { Asking } from '../page.ts';
import type { Group } from './review-groups.ts';

/** Something that is wrong, or that may not be meant, with the line that it speaks of. */
export interface ReviewNote {
  readonly said: string;
  /** `change`: what becomes of the line, in a dataflow that is there. */
  readonly severity: 'problem' | 'warning' | 'note' | 'change';
}

/** A problem or a finding, with the place in the plan that it is about. */
export interface Noted {
  readonly id: Finding['id'] | Problem['id'];
  readonly path: string;
  readonly values: Finding['values'];
  readonly severity: Exclude<ReviewNote['severity'], 'change'>;
}

/** Names of segments that are told one by one. */
const mostNamed = 3;

/** What is said of several segments in the same words is said once. */
export function notesOf({ text }: Asking, told: readonly Noted[]): readonly ReviewNote[] {
  const alike = ({ id, values }: Noted): string => JSON.stringify([id, { ...values, segment: undefined }]);
  return [...Map.groupBy(told, alike).values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const names = all.flatMap(({ values: { segment } }) => (segment === undefined ? [] : [String(segment)]));
    const left = names.length - mostNamed;
    const segment = names.slice(0, mostNamed);
    const values: Values = names.length > 1 ? { ...first.values, segment } : first.values;
    const sentence = text(first.id, inWords(text, values));
    const said =
      left > 0
        ? text('text.sentences', { first: sentence, then: text('review.sameFor', { count: left }) })
        : sentence;
    return [{ said, severity: first.severity }];
  });
}

/** `$.segments[9f7d37fd-…].schedule` → `$.segments[0].schedule` */
export const inPlan = (path: string, { segments }: Plan): string =>
  path.replace(/^\$\.segments\[([^\]]+)\]/, (_, id: string) => {
    const place = segments.findIndex((one) => sameId(one.id, id));
    return `$.segments[${place}]`;
  });

/** Whether a finding is about a start that has long been: of a dataflow that is there that is no surprise. */
export function isAsBefore({ id, path }: Finding, plan: Plan, { live }: Draft): boolean {
  if (id !== 'finding.startPast' && id !== 'finding.startSoon') return false;
  const segment = plan.segments[Number(/^\$\.segments\[(\d+)\]/.exec(path)?.[1] ?? -1)];
  const before = live?.segments.find((one) => one.id === segment?.id)?.schedule;
  return (
    before !== undefined &&
    before.startDate === segment?.schedule.startDate &&
    before.startTime === segment.schedule.startTime
  );
}

/** The line that a place in the plan is shown on. */
export function rowOf(path: string, groups: readonly Group[]): string {
  const place = Number(/^\$\.segments\[(\d+)\]/.exec(path)?.[1] ?? -1);
  const group = Math.max(
    0,
    groups.findIndex(({ places }) => places.includes(place)),
  );
  const isSet = groups[group]?.settings !== undefined;
  if (/^\$\.(name|description)/.test(path)) return 'name';
  if (path.startsWith('$.sandbox')) return 'sandbox';
  if (path.startsWith('$.source')) return 'source';
  if (/^\$\.destination\.(auth|baseConnectionId)/.test(path)) return 'signIn';
  if (path.startsWith('$.destination.location'))
    return isFileField({ name: path.split('.')[3] ?? '' }) ? 'files' : 'location';
  if (path.startsWith('$.destination.encryption')) return 'encryption';
  if (path.startsWith('$.destination')) return 'destination';
  if (isSet && path.includes('.exportMode')) return `mode.${group}`;
  if (isSet && path.includes('.schedule')) return `when.${group}`;
  if (isSet && path.includes('.filenameTemplate')) return `file.${group}`;
  if (path.startsWith('$.segments')) return `segments.${group}`;
  if (path.startsWith('$.attributes.mandatory')) return 'mandatory';
  return path.startsWith('$.attributes.deduplication') ? 'deduplication' : 'attributes';
}
