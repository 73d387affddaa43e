import type { Mutant } from './mutants.ts';

/** A change that no test can notice, since the program does the same with it. */
interface Equivalent extends Pick<Mutant, 'file' | 'within' | 'from' | 'to'> {
  /** Only this one of several that read the same. */
  nth?: number;
  why: string;
}

export const equivalents: readonly Equivalent[] = [
  {
    file: 'source/activation/spec/condition.ts',
    within: 'conditionOf',
    from: "''",
    to: "'?'",
    nth: 1,
    why: 'What is split has a last part; the text is for the compiler.',
  },
  {
    file: 'source/activation/spec/pattern.ts',
    within: 'matchesPattern',
    from: '??=',
    to: '=',
    why: 'What is kept is only kept for its time.',
  },
  {
    file: 'source/activation/difference.ts',
    within: 'segments',
    from: "''",
    to: "'?'",
    why: 'Of a pair one is always there; the text is for the compiler.',
  },
  {
    file: 'source/apply/journal/kept-files.ts',
    within: 'isAbsent',
    from: 'at === path.dirname(at)',
    to: 'false',
    why: 'The root of a file system is always found; only a drive of Windows may not be there.',
  },
];
