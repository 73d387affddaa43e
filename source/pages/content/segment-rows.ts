import { changedMs } from '../../activation/content/segment-filter.ts';
import type { ListRow } from '../../components/searchable-list/search.ts';
import type { Segment } from '../../flow-service/segments.ts';
import { type Text, valueText } from '../../locale/texts.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A row of a segment, which knows its segment. */
export class SegmentRow implements ListRow {
  readonly segment: Segment;
  readonly cells: readonly string[];

  constructor(segment: Segment, cells: readonly string[]) {
    this.segment = segment;
    this.cells = cells;
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

/** Rows of segments; while a list only grows its rows stay, so that many cost only what is new. */
export class SegmentRows {
  readonly #text: Text;
  readonly #nowMs: number;
  /** Cells by what they say: 100,000 rows say little that is different. */
  readonly #cells = new Map<string, readonly string[]>();
  #last: readonly SegmentRow[] = [];

  /** @param nowMs - The moment that ages are told for, epoch milliseconds. */
  constructor(text: Text, nowMs: number) {
    this.#text = text;
    this.#nowMs = nowMs;
  }

  of(segments: readonly Segment[]): readonly SegmentRow[] {
    const last = this.#last;
    this.#last = segments.map((segment, at) => {
      const known = last[at];
      return known?.segment === segment ? known : new SegmentRow(segment, this.#cellsOf(segment));
    });
    return this.#last;
  }

  #cellsOf(segment: Segment): readonly string[] {
    const age = this.#age(segment);
    const key = `${segment.evaluation} ${age}`;
    const known = this.#cells.get(key);
    if (known) return known;
    const cells = [segment.evaluation === 'unknown' ? '' : valueText(this.#text, segment.evaluation), age];
    this.#cells.set(key, cells);
    return cells;
  }

  #age(segment: Segment): string {
    const ageMs = segment.createdAtMs === undefined ? Infinity : this.#nowMs - segment.createdAtMs;
    if (ageMs < hourMs) return this.#text('segments.justMade');
    if (ageMs < dayMs) return this.#text('segments.new', { hours: Math.floor(ageMs / hourMs) });
    const changed = changedMs(segment);
    if (changed === undefined) return '';
    const days = Math.floor((this.#nowMs - changed) / dayMs);
    return days < 1 ? this.#text('segments.today') : this.#text('segments.days', { days });
  }
}
