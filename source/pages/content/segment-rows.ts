import { changedMs } from '../../activation/segment-filter.ts';
import type { ListRow } from '../../components/searchable-list/search.ts';
import type { Segment } from '../../flow-service/segments.ts';
import { type Text, valueText } from '../../locale/texts.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Rows of segments; a segment keeps its row, so that a list of many costs only what is new in it. */
export class SegmentRows {
  readonly #rows = new WeakMap<Segment, ListRow>();
  readonly #text: Text;
  readonly #nowMs: number;

  /** @param nowMs - The moment that ages are told for, epoch milliseconds. */
  constructor(text: Text, nowMs: number) {
    this.#text = text;
    this.#nowMs = nowMs;
  }

  of(segments: readonly Segment[]): ListRow[] {
    return segments.map((segment) => {
      const known = this.#rows.get(segment);
      if (known) return known;
      const row: ListRow = {
        id: segment.id,
        label: segment.name,
        cells: [
          segment.evaluation === 'unknown' ? '' : valueText(this.#text, segment.evaluation),
          this.#age(segment),
        ],
        searchText: segment.id,
      };
      this.#rows.set(segment, row);
      return row;
    });
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
