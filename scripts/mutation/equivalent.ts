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
  {
    file: 'source/flow-service/known-secrets.ts',
    within: 'replaced',
    from: '0',
    to: '(0 + 1)',
    nth: 0,
    why: 'Every unit has its place; the number is for the compiler.',
  },
  {
    file: 'source/flow-service/known-secrets.ts',
    within: 'replaced',
    from: '0',
    to: '(0 + 1)',
    nth: 1,
    why: 'Every unit has its place; the number is for the compiler.',
  },
  {
    file: 'source/flow-service/known-secrets.ts',
    within: 'replaced',
    from: '0',
    to: '(0 + 1)',
    nth: 5,
    why: 'Every unit has its place; the number is for the compiler.',
  },
  {
    file: 'source/flow-service/known-secrets.ts',
    within: 'replaced',
    from: '0',
    to: '(0 + 1)',
    nth: 6,
    why: 'Every unit has its place; the number is for the compiler.',
  },
  {
    file: 'source/flow-service/kept-segments.ts',
    within: 'segmentKeeper',
    from: '<',
    to: '<=',
    why: 'One more or less that is shared weighs the same.',
  },
  {
    file: 'source/flow-service/list-segments.ts',
    within: 'readAudiences',
    from: '>',
    to: '>=',
    nth: 1,
    why: 'A next page at 0 is never beyond what was read.',
  },
  {
    file: 'source/flow-service/list-segments.ts',
    within: 'listSegments',
    from: '0',
    to: '(0 + 1)',
    nth: 5,
    why: 'The first page either has rows, which sets it anew, or none, which ends the list.',
  },
  {
    file: 'source/flow-service/sendable.ts',
    within: 'requireSendable',
    from: '/^[!-~]$/',
    to: '/^[!-~]/',
    why: 'It is one sign that is looked at.',
  },
  {
    file: 'source/flow-service/sendable.ts',
    within: 'requireSendable',
    from: '/^[!-~]$/',
    to: '/[!-~]$/',
    why: 'It is one sign that is looked at.',
  },
  {
    file: 'source/apply/converge.ts',
    within: 'converge',
    from: 'push',
    to: 'unshift',
    why: 'It is put into an empty list.',
  },
  {
    file: 'source/apply/converge.ts',
    within: 'problemsOfNew',
    from: String.raw`/^\$\.attributes\.selected\[(\d+)\]/`,
    to: String.raw`/\$\.attributes\.selected\[(\d+)\]/`,
    why: 'A path begins with "$" and has no other.',
  },
  {
    file: 'source/apply/errand/errand.ts',
    within: 'act',
    from: 'break;',
    to: ';',
    nth: 2,
    why: 'Nothing comes after it.',
  },
];
