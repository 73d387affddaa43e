import type { Change } from '../../activation/change/changes.ts';
import { isSegment, type Unchanged } from '../../activation/change/unchanged.ts';
import { utcText } from '../../activation/content/schedule.ts';
import { isSettingName, labelOf, type SettingName } from '../../activation/settings.ts';
import type { DifferenceEvent } from '../../apply/events.ts';
import type { Text } from '../../locale/texts.ts';
import { type Clocks, nextExports } from './next-exports.ts';
import { locationValue, paramTitle } from '../target/field-title.ts';
import { settingText } from '../schedule/settings-text.ts';

const marks = {
  changed: '~',
  added: '+',
  removed: '-',
  reordered: '~',
  kept: '=',
  unchanged: '=',
  unread: '?',
} as const;

/** What may be told in a line, whatever becomes of it. */
type Told = Change | Unchanged;

/** One difference in a line: `~ "Loyalty" start time: 06:00 → 08:00`; or one thing that stays as it is. */
export function inWords(one: Told, text: Text): string {
  const [before, after] = toldApart(valueIn(one, one.before, text), valueIn(one, one.after, text), text);
  const values = { what: whatOf(one, text), before, after };
  return `${marks[one.kind]} ${text(`diff.${one.kind}`, values)}`;
}

/** Two values that differ in nothing but blanks would look alike: those are shown. @see living.md, D8 */
function toldApart(before: string, after: string, text: Text): readonly [string, string] {
  const [some, others] = [before, after].map((said) => said.replaceAll(/\s/g, ''));
  if (before === after || some !== others) return [before, after];
  const shown = (said: string): string => said.replaceAll(/\s/g, text('text.blank'));
  return [shown(before), shown(after)];
}

/** One of its values in words. A name that happens to be a word of the platform, or a day, stays a name. */
export function valueIn(one: Told, said = '', text: Text): string {
  const setting = settingOf(one);
  const way = paramOf(one);
  if (way !== undefined) return locationValue(text, way, said);
  return setting !== undefined && setting !== 'filenameTemplate' ? settingText(text, said) : said;
}

function settingOf({ path }: Told): SettingName | undefined {
  const name = /^\$\.segments\[[^\]]+\]\.(?:schedule\.)?(\w+)$/.exec(path)?.[1];
  return name !== undefined && isSettingName(name) ? name : undefined;
}

const paramOf = ({ path }: Told): string | undefined =>
  /^\$\.destination\.(?:auth\.params|location)\.(.+)$/.exec(path)?.[1];

/** What of a column is another one; nothing where a change is about none, or about a whole one. */
function columnOf({ path }: Told) {
  const [, subject = '', member] = /^\$\.attributes\.selected\[(.+)\]\.(column|path)$/.exec(path) ?? [];
  if (member === undefined) return undefined;
  return { subject, label: member === 'column' ? 'diff.what.columnName' : 'diff.what.columnSource' } as const;
}

/** The place in words, where there are any; else its path. */
export function whatOf(one: Told, text: Text): string {
  const named = columnOf(one);
  if (named) return text('diff.of', { segment: named.subject, what: text(named.label) });
  const { segment } = one;
  const setting = settingOf(one);
  const word = setting ? text(labelOf(setting)) : placeText(one, text);
  // Of many parameters the name tells which.
  const param = paramOf(one);
  const what =
    param === undefined ? word : text('diff.param', { what: word, param: paramTitle(text, param) });
  return segment === undefined ? what : text('diff.of', { segment, what });
}

/** What is at a place; its path where that has no words. */
export function placeText({ path }: Told, text: Text): string {
  const place = places.find(([pattern]) => pattern.test(path));
  return place ? text(place[1]) : path.replace(/^\$\./, '');
}

const places = [
  [/^\$\.name$/, 'diff.what.name'],
  [/^\$\.description$/, 'diff.what.description'],
  [/^\$\.sandbox$/, 'diff.what.sandbox'],
  [/^\$\.destination\.connectionSpecId$/, 'diff.what.destination'],
  [/^\$\.destination\.baseConnectionId$/, 'diff.what.account'],
  [/^\$\.destination\.auth\.specName$/, 'diff.what.signInMethod'],
  [/^\$\.destination\.auth/, 'diff.what.signIn'],
  [/^\$\.destination\.encryption\.publicKey$/, 'diff.what.publicKey'],
  [/^\$\.destination\.encryption/, 'diff.what.encryption'],
  [/^\$\.destination\.location/, 'diff.what.location'],
  [/^\$\.segments\[[^\]]+\]$/, 'diff.what.segment'],
  [/\.selected$|profileSelectors\.selectors$/, 'diff.what.attribute'],
  [/\.mandatory$/, 'diff.what.mandatory'],
  [/\.deduplication$/, 'diff.what.key'],
] as const;

/** Whether it says that files leave unencrypted which should not. */
const isInClear = ({ path, kind }: Change): boolean =>
  path === '$.destination.encryption.algorithm' && kind === 'added';

/** What is said of exports that are under way while a location is changed, or of not knowing. */
export const exportingTexts = (exporting: DifferenceEvent['exporting'], text: Text): readonly string[] =>
  exporting?.map(({ id, sinceMs }) =>
    sinceMs === undefined
      ? text('change.exporting', { id })
      : text('change.exportingSince', { id, since: `${utcText(sinceMs)} UTC` }),
  ) ?? [text('change.exportingUnknown')];

/** Whether it is the account's: how that signs in, and how files are encrypted. No apply changes that. */
export const isOfAccount = ({ path }: Pick<Change, 'path'>): boolean =>
  /^\$\.destination\.(auth|encryption)/.test(path);

/** What of an account is not as a plan says, and how that is changed. @param id - Of the account, where it is known. */
export function accountLines(differences: readonly Change[], id: string | undefined, text: Text): string[] {
  const own = differences.filter((one) => isOfAccount(one) && one.kind !== 'kept');
  const said = own.map((one) =>
    text('change.ofAccount', {
      what: whatOf(one, text),
      plan: valueIn(one, one.after ?? text('review.none'), text),
      account: valueIn(one, one.before ?? text('review.none'), text),
    }),
  );
  const isKey = ({ path }: Change): boolean => path.startsWith('$.destination.encryption');
  const key = own.find(isKey);
  const values = { id: id ?? 'ID' };
  return [
    ...said,
    ...(key ? [text(isInClear(key) ? 'change.inClear' : 'change.otherKey', values)] : []),
    ...(own.every(isKey) ? [] : [text('change.otherSignIn', values)]),
  ];
}

const isWhole = ({ path }: Change): boolean => /^\$\.segments\[[^\]]+\]$/.test(path);
const isColumn = ({ path }: Change): boolean => path.startsWith('$.attributes.selected');

/** Segments that go with a change. */
export const removedSegments = (differences: readonly Change[]): Change[] =>
  differences.filter((one) => one.kind === 'removed' && isWhole(one));

/** What is sent, by counts and nouns: `1 segment removed`, `2 schedules changed`, `storage location` */
export function nounsOf(all: readonly Change[], text: Text): string[] {
  const differences = all.filter((one) => !isOfAccount(one));
  const settings = differences.filter(({ path, segment }) => segment !== undefined && !/\]$/.test(path));
  const ofSegment = ({ path }: Change): string | undefined => /\[[^\]]+\]/.exec(path)?.[0];
  const rescheduled = [...new Set(settings.filter(({ path }) => path.includes('.schedule.')).map(ofSegment))];
  const counted = (
    [
      ['review.segmentsRemoved', removedSegments(differences)],
      ['review.segmentsAdded', differences.filter((one) => one.kind === 'added' && isWhole(one))],
      ['review.segmentsSet', rescheduled],
      [
        'review.segmentsChanged',
        [...new Set(settings.map(ofSegment))].filter((one) => !rescheduled.includes(one)),
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
  return [...counted, ...new Set(others)];
}

/** What is as it should be: how many segments and columns, or each of them. @see living.md 2, D6 */
function unchangedLines({ all, isFull }: Folded, text: Text): string[] {
  if (isFull) return all.map((one) => inWords(one, text));
  const { length: segments } = all.filter(isSegment);
  return [`${marks.unchanged} ${text('diff.unchangedCount', { segments, columns: all.length - segments })}`];
}

/** What stays as it is, and whether each of it is told. */
export interface Folded {
  readonly all: readonly Unchanged[];
  readonly isFull: boolean;
}

/**
 * What a change does, for whoever confirms it: first by counts and where, then each of it, what cannot be overlooked
 * first; who else is reached; what is as it should be, where somebody has looked for it; at last what is kept.
 */
export function changeLines(
  event: DifferenceEvent,
  text: Text,
  clocks: Clocks,
  unchanged?: Folded,
): string[] {
  const { differences, schedules, requests, alsoReaches, exporting, name, lostSet, accountId } = event;
  const unread = differences.filter(({ kind }) => kind === 'unread');
  const sent = differences.filter((one) => one.kind !== 'kept' && one.kind !== 'unread' && !isOfAccount(one));
  const kept = differences.filter(({ kind }) => kind === 'kept');
  const first =
    requests.length === 0
      ? text(differences.length === 0 ? 'change.none' : 'change.noneSent')
      : text('change.sent', { name, what: nounsOf(sent, text), requests: requests.length });
  return [
    first,
    ...(lostSet === undefined ? [] : [`  ! ${text('change.lostSet', { set: lostSet })}`]),
    ...unread.map((one) => `  ${inWords(one, text)}`),
    ...sent.map((one) => `  ${inWords(one, text)}`),
    ...accountLines(differences, accountId, text).map((one) => `  ! ${one}`),
    ...nextExports(schedules, text, clocks).map((one) => `  ${one}`),
    ...alsoReaches.map(
      (one) => `  ! ${text('change.alsoReaches', { name: one.name ?? one.id, id: one.id })}`,
    ),
    ...exportingTexts(exporting, text).map((one) => `  ! ${one}`),
    // Where nothing differs, the first line has said it of all.
    ...(unchanged && (unchanged.isFull || differences.length > 0)
      ? unchangedLines(unchanged, text).map((one) => `  ${one}`)
      : []),
    ...(kept.length === 0 ? [] : [text('change.kept'), ...kept.map((one) => `  ${inWords(one, text)}`)]),
  ];
}
