/** What a test looks through. There has to be something: who looks through nothing finds nothing wrong. */
export function some<Item>(items: Iterable<Item>): readonly Item[] {
  const list = [...items];
  if (list.length === 0) throw new Error('There is nothing to look through.');
  return list;
}

/** Each day a property is tried less often: a case that has not come about yet may come with the next ones. */
const mostRounds = 8;

/**
Runs a property that says something in certain cases only, and demands that each of them has come about: `meet`
tells that one has.
*/
export function meeting<Case extends string>(
  cases: readonly Case[],
  property: (meet: (one: Case) => void) => void,
): void {
  const never = new Set(cases);
  for (let round = 0; round < mostRounds && never.size > 0; round++) property((one) => never.delete(one));
  if (never.size > 0) throw new Error(`Never came about: ${[...never].join(', ')}`);
}
