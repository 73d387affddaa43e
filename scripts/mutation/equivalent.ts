import type { Mutant } from './mutants.ts';

/** A change that no test can notice, since the program does the same with it. */
interface Equivalent extends Pick<Mutant, 'file' | 'within' | 'from' | 'to'> {
  why: string;
}

export const equivalents: readonly Equivalent[] = [];
