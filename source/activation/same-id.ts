/** Ids of the platform are the same in any case of letters. */
export const sameId = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
