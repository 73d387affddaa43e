import { changedMs, type SegmentOrder } from '../../activation/content/segment-filter.ts';
import { daysSince, startOfDay } from '../../activation/content/local-time.ts';
import type { ListRow } from '../../components/searchable-list/search.ts';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import type { Segment } from '../../flow-service/segments.ts';
import { type Text, valueText } from '../../locale/texts.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A row of a segment, which knows its segment. */
export class SegmentRow implements ListRow {
  readonly segment: Segment;
  readonly cells: readonly string[];
  readonly disabled: string | undefined;

  constructor(segment: Segment, cells: readonly string[], disabled: string | undefined) {
    this.segment = segment;
    this.cells = cells;
    this.disabled = disabled;
  }

  get id(): string {
    return this.segment.id;
  }
  get label(): string {
    return this.segment.name;
  }
  get searchText(): string {
    return this.segment.id;
  }
}

interface RowWords {
  readonly text: Text;
  readonly glyphs: Glyphs;
  /** The moment that ages are told for, epoch milliseconds. */
  readonly nowMs: number;
  /** Whose midnight ends a day, an IANA name. */
  readonly zone: string;
  /** What the list is sorted by is what is shown. @default 'listed' */
  readonly order?: SegmentOrder | undefined;
}

/** Rows of segments; while a list only grows its rows stay, so that many cost only what is new. */
export class SegmentRows {
  readonly #words: RowWords;
  /** Cells by what they say: 100,000 rows say little that is different. */
  readonly #cells = new Map<string, readonly string[]>();
  readonly #todayMs: number;
  #last: readonly SegmentRow[] = [];

  constructor(words: RowWords) {
    this.#words = words;
    this.#todayMs = startOfDay(words.nowMs, words.zone);
  }

  of(segments: readonly Segment[]): readonly SegmentRow[] {
    const { text } = this.#words;
    const last = this.#last;
    this.#last = segments.map((segment, at) => {
      const known = last[at];
      return known?.segment === segment
        ? known
        : new SegmentRow(segment, this.#cellsOf(segment), whyNotSegment(segment, text));
    });
    return this.#last;
  }

  #cellsOf(segment: Segment): readonly string[] {
    const { text, glyphs } = this.#words;
    const age = this.#age(segment);
    const state = unreadyState(segment);
    const first =
      state !== undefined
        ? `${glyphs.warning} ${text(`segments.${state}`)}`
        : segment.evaluation === 'unknown'
          ? ''
          : valueText(text, segment.evaluation);
    const key = `${first} ${age}`;
    const known = this.#cells.get(key);
    if (known) return known;
    // What the list is sorted by stays longest on a narrow screen.
    const cells = [age, first];
    this.#cells.set(key, cells);
    return cells;
  }

  #age(segment: Segment): string {
    const { text, nowMs, order = 'listed' } = this.#words;
    const { createdAtMs } = segment;
    const ageMs = createdAtMs === undefined ? Infinity : nowMs - createdAtMs;
    if (ageMs < hourMs) return text('segments.justMade');
    if (ageMs < dayMs) return text('segments.new', { hours: Math.floor(ageMs / hourMs) });
    const isByMaking = order === 'listed' && createdAtMs !== undefined;
    const ms = isByMaking ? createdAtMs : changedMs(segment);
    if (ms === undefined) return '';
    const days = daysSince(ms, this.#todayMs);
    if (isByMaking) return text('segments.made', { days });
    return days < 1 ? text('segments.changedToday') : text('segments.changed', { days });
  }
}

/** States that the platform exports nothing of. @see flow-service.md, section 2.8 */
const unready = ['draft', 'inactive'] as const;

export const unreadyState = ({ lifecycleState }: Segment): (typeof unready)[number] | undefined =>
  unready.find((state) => state === lifecycleState?.toLowerCase());

/** Why a segment cannot be chosen; nothing when it can. */
function whyNotSegment(segment: Segment, text: Text): string | undefined {
  const state = unreadyState(segment);
  return state && text(state === 'draft' ? 'segments.whyDraft' : 'segments.whyInactive');
}
