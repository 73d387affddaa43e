/** What a test looks through. There has to be something: who looks through nothing finds nothing wrong. */
export function some<Item>(items: Iterable<Item>): readonly Item[] {
  const list = [...items];
  if (list.length === 0) throw new Error('There is nothing to look through.');
  return list;
}

/**
Runs a property that says something in certain cases only, and demands that each of them has come about: `meet`
tells that one has.
*/
export function meeting<Case extends string>(
  cases: readonly Case[],
  property: (meet: (one: Case) => void) => void,
): void {
  const never = new Set(cases);
  property((one) => never.delete(one));
  if (never.size > 0) throw new Error(`Never came about: ${[...never].join(', ')}`);
}
