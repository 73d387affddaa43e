import { type Change, planChange } from '../../activation/changes.ts';
import { listText, type Text } from '../../locale/texts.ts';
import type { Draft } from '../../wizard/draft.ts';
import { toPlan } from '../../wizard/to-plan.ts';
import { placeText } from './change-text.ts';

/** Drafts are never altered; one is looked at again with every key. */
const known = new WeakMap<Draft, ReturnType<typeof planChange>>();

/** What a draft does to the dataflow that it was opened from; nothing where it was not. */
export function changeIn(draft: Draft): ReturnType<typeof planChange> | undefined {
  if (!draft.live) return undefined;
  const change = known.get(draft) ?? planChange(draft.live, toPlan(draft));
  known.set(draft, change);
  return change;
}

const isPlace = ({ path }: Change): boolean => /^\$\.destination\.(location|baseConnectionId)/.test(path);

/** What a draft changes of where a dataflow stores: an export that is under way may go to either place. */
export const movedPlace = (draft: Draft): readonly Change[] =>
  (changeIn(draft)?.differences ?? []).filter(isPlace);

const isWhole = ({ path }: Change): boolean => /^\$\.segments\[[^\]]+\]$/.test(path);
const isColumn = ({ path }: Change): boolean => path.startsWith('$.attributes.selected');

/** Segments that go with a change. */
export const removedSegments = (differences: readonly Change[]): Change[] =>
  differences.filter((one) => one.kind === 'removed' && isWhole(one));

/** What is sent, by counts and nouns: `changes 1 dataflow: 1 segment added, 1 removed, 1 schedule` */
export function sentText(differences: readonly Change[], text: Text): string {
  if (differences.length === 0) return text('change.none');
  const settings = differences.filter(({ path, segment }) => segment !== undefined && !/\]$/.test(path));
  const counted = (
    [
      ['review.segmentsRemoved', removedSegments(differences)],
      ['review.segmentsAdded', differences.filter((one) => one.kind === 'added' && isWhole(one))],
      [
        'review.segmentsSet',
        [...new Map(settings.map((one) => [/\[[^\]]+\]/.exec(one.path)?.[0], one])).values()],
      ],
      ['review.columnsRemoved', differences.filter((one) => one.kind === 'removed' && isColumn(one))],
      ['review.columnsAdded', differences.filter((one) => one.kind === 'added' && isColumn(one))],
      ['review.columnsChanged', differences.filter((one) => one.kind === 'changed' && isColumn(one))],
      ['review.columnsReordered', differences.filter((one) => one.kind === 'reordered' && isColumn(one))],
    ] as const
  ).flatMap(([id, { length: count }]) => (count === 0 ? [] : [text(id, { count })]));
  const others = differences
    .filter((one) => !isWhole(one) && !isColumn(one) && !settings.includes(one))
    .map((one) => placeText(one, text));
  return text('review.changes', { what: listText(text, [...counted, ...new Set(others)]) });
}
