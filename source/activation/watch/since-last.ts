import type { Finding, FindingKind } from './finding.ts';

/** What a person saw when they last looked: what was wrong then, by the ids that each finding has at every reading. */
export interface Look {
  /** Epoch milliseconds of the platform's clock. */
  readonly atMs: number;
  readonly wrong: readonly string[];
}

/** What has become of it since. */
interface SinceLast {
  readonly sinceMs: number;
  /** What is wrong now and was not then, by kind. */
  readonly fresh: ReadonlyMap<FindingKind, number>;
  /** What was wrong then and is not any more. */
  readonly mended: number;
}

const wrongIn = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ severity }) => severity === 'wrong');

/** A late export that the next one overtakes is the same one still. */
const keyOf = (id: string): string => id.replace(/^missed:/, 'late:');

export const lookOf = (findings: readonly Finding[], atMs: number): Look => ({
  atMs,
  wrong: wrongIn(findings).map(({ id }) => id),
});

/** The dataflow that a finding is of, as its id has it. */
const flowIn = (id: string): string => id.split(':')[1] ?? '';

/**
 * What happened since somebody last looked, by what is wrong now and was then. It says nothing of what came and went in
 * between, and calls nothing mended of a dataflow whose exports are not known now.
 */
export function sinceLast(before: Look, findings: readonly Finding[]): SinceLast {
  const then = new Set(before.wrong.map(keyOf));
  const now = new Map(wrongIn(findings).map((one) => [keyOf(one.id), one]));
  const fresh = new Map<FindingKind, number>();
  for (const [key, { kind }] of now) if (!then.has(key)) fresh.set(kind, (fresh.get(kind) ?? 0) + 1);
  const unknown = new Set(findings.flatMap(({ severity, id }) => (severity === 'unknown' ? flowIn(id) : [])));
  const mended = [...then].filter((key) => !now.has(key) && !unknown.has(flowIn(key)));
  return { sinceMs: before.atMs, fresh, mended: mended.length };
}
