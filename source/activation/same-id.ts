/** Ids of the platform are the same in any case of letters. */
export const sameId = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Whether somebody means it who names it by its id, or by its whole name in any case of letters. */
export const isCalled = (
  { id, name = '' }: { readonly id: string; readonly name?: string | undefined },
  given: string,
): boolean => sameId(id, given) || sameId(name, given);
