import {
  byWeight,
  type FindingGroup,
  findingKinds,
  grouped,
  readFindingId,
} from '../../activation/watch/finding.ts';
import type { FlowWatch } from '../../activation/watch/watch.ts';
import type { LivingCells } from '../../components/living/living-table.tsx';
import type { Identified, LivingRow } from '../../components/living/living-rows.ts';
import type { TableColumn } from '../../components/table/scroll-table.tsx';
import type { ToneName } from '../../components/theme/theme.tsx';
import { listText, type Text } from '../../locale/texts.ts';
import { joined } from '../page.ts';
import type { StatusReading } from '../remote-cache.ts';
import { explainLines, type WatchSaying } from './explain-lines.ts';
import { signOf, subjectOf, whatOf, whenOf } from './finding-words.ts';
import { minuteText } from './freshness.ts';
import type { RunSaying } from './run-words.ts';
import { listedMoment } from './times.ts';

/** Findings that are one to a reader, and the dataflow that they are of. */
interface FindingItem extends Identified {
  readonly group: FindingGroup;
  readonly watch: FlowWatch;
}

type Saying = WatchSaying & Pick<RunSaying, 'glyphs'>;

/** What is said where nothing was found: of what could not be read nobody can say that it is good. */
export const nothingFound = ({ isCut }: Pick<StatusReading, 'isCut'>, text: Text): string =>
  text(isCut ? 'home.cut' : 'home.good');

/** The worst first, as `ferry status` has them; each with the id that it has at every reading. */
export const findingItems = ({ watched }: Pick<StatusReading, 'watched'>): FindingItem[] =>
  watched
    .flatMap((watch) => grouped(watch.findings).map((group) => ({ id: group[0].id, group, watch })))
    .sort(findingOrder);

export const findingOrder = ({ group: [one] }: FindingItem, { group: [other] }: FindingItem): number =>
  byWeight(one, other);

export const findingColumns = (text: Text): readonly TableColumn[] => [
  { title: text('findings.column.kind'), minWidth: 6 },
  { title: text('runs.column.of'), minWidth: 20 },
  { title: text('findings.column.since'), minWidth: 20 },
  { title: text('findings.column.what'), minWidth: 12 },
];

const tones: Record<FindingGroup[0]['severity'], ToneName> = {
  wrong: 'danger',
  look: 'warning',
  unknown: 'muted',
};

export function findingCells(
  { value: { group }, goneMs }: LivingRow<FindingItem>,
  saying: Saying,
  width: number,
): LivingCells {
  const [one] = group;
  const { text, glyphs } = saying;
  const subject = subjectOf(group, text);
  const sinceMs = one.sinceMs ?? one.slotMs;
  return {
    mark: signOf(one, glyphs),
    tone: tones[one.severity],
    cells: [
      text(`status.kind.${one.kind}`),
      goneMs === undefined ? subject : text('living.gone', { at: minuteText(goneMs), what: subject }),
      sinceMs === undefined ? text('runs.absent') : listedMoment(text, sinceMs, saying, width),
      whatOf(one, saying),
    ],
  };
}

/** The one under the cursor by its whole name, with how long it is over. */
export const findingNote = ({ group }: FindingItem, saying: Saying): string =>
  joined(saying.glyphs, [subjectOf(group, saying.text), whenOf(group[0], saying), whatOf(group[0], saying)]);

/** A finding in two lines, as `ferry status` says it but for the command. */
export const findingText = ({ group }: FindingItem, saying: Saying): string[] => {
  const [one] = group;
  const { text, glyphs } = saying;
  return [
    `${signOf(one, glyphs)} ${text(`status.kind.${one.kind}`)}  ${subjectOf(group, text)}  ${whenOf(one, saying)}`.trimEnd(),
    `  ${whatOf(one, saying)}`,
  ];
};

/** What was expected, what was read and what decided, of what a finding is of. @see living.md, T20 */
export const findingDetails = (
  item: FindingItem,
  { limits }: Pick<StatusReading, 'limits'>,
  saying: Saying,
): string[] => {
  const [first = [], ...others] = item.group.map(({ id }) =>
    explainLines(item.watch, limits, saying, readFindingId(id)),
  );
  // Of which dataflow, and what was read, is said once.
  const common = first.slice(0, commonLines);
  const rest = others.flatMap((lines) => lines.filter((line) => !common.includes(line)));
  return [...findingText(item, saying), '', ...first, ...rest];
};

/** The title of an explanation, and what was read. */
const commonLines = 2;

/** How many rows there are of each kind. */
export const findingCounts = (items: readonly FindingItem[], text: Text): string =>
  listText(
    text,
    findingKinds.flatMap((kind) => {
      const { length: count } = items.filter(({ group: [one] }) => one.kind === kind);
      return count === 0 ? [] : [text('status.count', { count, kind: text(`status.kind.${kind}`) })];
    }),
  );
