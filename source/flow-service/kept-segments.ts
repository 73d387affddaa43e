import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Segment } from './segments.ts';

/** Longest description and rule that are kept, UTF-16 units: more than a line of any terminal shows. */
const longestDetail = 400;

/** More different values than these are no longer shared: then they are no facts that segments have in common. */
const mostShared = 4096;

/** What many segments have alike. */
type Facts = Pick<
  Segment,
  'namespace' | 'lifecycleState' | 'mergePolicyId' | 'isExternal' | 'origin' | 'evaluation'
>;

/**
 * Makes segments that weigh little, since a list holds 100,000 of them: what they have alike is held once,
 * and descriptions and rules, which are looked at one by one, are pressed together by the page and cut to
 * one line that can be shown.
 *
 * @returns A function for the pages of one list.
 */
export function segmentKeeper(): (page: readonly Segment[]) => Segment[] {
  const known = new Map<string, Facts>();
  const shared = (facts: Facts): Facts => {
    const key = JSON.stringify(facts);
    const before = known.get(key);
    if (before) return before;
    if (known.size < mostShared) known.set(key, facts);
    return facts;
  };
  return (page) => {
    const details = new Details(page);
    return page.map((segment, at) => {
      const { namespace, lifecycleState, mergePolicyId, isExternal, origin, evaluation } = segment;
      const facts = shared({ namespace, lifecycleState, mergePolicyId, isExternal, origin, evaluation });
      return new KeptSegment(segment, facts, details, at);
    });
  };
}

type Detail = readonly [description: string | null, expression: string | null];

class Details {
  /** By place: few have one. */
  readonly systemIds: ReadonlyMap<number, string>;
  /** A sign a byte: what lies in the engine's own memory is moved together, and what is outside of it keeps holes open. */
  readonly #packed: string;
  /** When each was created and when updated, milliseconds UTC, one after the other; NaN where that is unknown. */
  readonly #moments: readonly number[];

  constructor(page: readonly Segment[]) {
    this.systemIds = new Map(
      page.flatMap(({ systemSegmentId }, at) =>
        systemSegmentId === undefined ? [] : [[at, systemSegmentId]],
      ),
    );
    this.#moments = page.flatMap(({ createdAtMs, updatedAtMs }) => [createdAtMs ?? NaN, updatedAtMs ?? NaN]);
    const details = page.map(({ description, expression }): Detail => [
      oneLine(description),
      oneLine(expression),
    ]);
    this.#packed = deflateRawSync(JSON.stringify(details), { level: 1 }).toString('latin1');
  }

  createdAtMs(at: number): number | undefined {
    return this.#moment(2 * at);
  }

  updatedAtMs(at: number): number | undefined {
    return this.#moment(2 * at + 1);
  }

  #moment(place: number): number | undefined {
    const ms = this.#moments[place];
    return ms === undefined || Number.isNaN(ms) ? undefined : ms;
  }

  of(at: number): Detail {
    const details = JSON.parse(
      inflateRawSync(Buffer.from(this.#packed, 'latin1')).toString('utf8'),
    ) as Detail[];
    return details[at] ?? [null, null];
  }
}

function oneLine(text: string | undefined): string | null {
  if (text === undefined) return null;
  // Bounded first: a rule may be as long as an answer.
  const flat = text
    .slice(0, 8 * longestDetail)
    .replaceAll(/\s+/g, ' ')
    .trim();
  return flat.length <= longestDetail && text.length <= 8 * longestDetail
    ? flat
    : `${flat.slice(0, longestDetail).replace(/[\ud800-\udbff]$/, '')}…`;
}

class KeptSegment implements Segment {
  readonly id: string;
  readonly name: string;
  readonly #facts: Facts;
  readonly #details: Details;
  readonly #at: number;

  constructor(segment: Segment, facts: Facts, details: Details, at: number) {
    this.id = segment.id;
    this.name = segment.name;
    this.#facts = facts;
    this.#details = details;
    this.#at = at;
  }

  get systemSegmentId(): string | undefined {
    return this.#details.systemIds.get(this.#at);
  }
  get createdAtMs(): number | undefined {
    return this.#details.createdAtMs(this.#at);
  }
  get updatedAtMs(): number | undefined {
    return this.#details.updatedAtMs(this.#at);
  }
  get namespace(): string | undefined {
    return this.#facts.namespace;
  }
  get lifecycleState(): string | undefined {
    return this.#facts.lifecycleState;
  }
  get mergePolicyId(): string | undefined {
    return this.#facts.mergePolicyId;
  }
  get isExternal(): boolean {
    return this.#facts.isExternal;
  }
  get origin(): string | undefined {
    return this.#facts.origin;
  }
  get evaluation(): Segment['evaluation'] {
    return this.#facts.evaluation;
  }
  get description(): string | undefined {
    return this.#details.of(this.#at)[0] ?? undefined;
  }
  get expression(): string | undefined {
    return this.#details.of(this.#at)[1] ?? undefined;
  }
}
