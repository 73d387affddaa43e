import { parseArgs } from 'node:util';
import { type CommandName, commands, flagsOf, mostWords, options, takesValue } from './command-table.ts';

export type Flags = Partial<ReturnType<typeof parse>['values']>;

/** The flags for what is chosen within the wizard: whoever chooses a row has not said yes to a sandbox. */
export const withoutYes = (flags: Flags): Flags => ({ ...flags, yes: false });

export interface Arguments {
  command: CommandName;
  /** Words behind the command. */
  rest: readonly string[];
  flags: Flags;
}

export type ArgumentsReading =
  | { kind: 'arguments'; arguments: Arguments }
  | UnknownCommand
  | BadOption
  | BadWord;

interface UnknownCommand {
  kind: 'unknownCommand';
  name: string;
  /** Where it may be the name of a dataflow: what opens that. */
  asFlow: Arguments | undefined;
}

/** What is wrong with the first option that is wrong. */
interface BadOption {
  kind: 'badOption';
  problem: 'unknown' | 'valueMissing' | 'valueTooMuch' | 'foreign' | 'blank';
  /** As it was written. */
  option: string;
  /** The command that the options are of; empty when it is not known. */
  command: string;
}

/** A word that says nothing, as a variable gives that is not set, or one more than is taken. */
interface BadWord {
  kind: 'badWord';
  problem: 'blank' | 'tooMany';
  word: string;
  /** Empty when it is not known. */
  command: string;
}

const isBlank = (word: string): boolean => /^[\s\p{Default_Ignorable_Code_Point}]*$/u.test(word);

/** Searching for nothing finds everything. */
const mayBeBlank: ReadonlySet<string> = new Set(['search']);

/** The first value of an option that says nothing. */
const blankOption = (flags: Flags): string | undefined =>
  Object.entries(flags).find(
    ([flag, value]) =>
      !mayBeBlank.has(flag) && [value].flat().some((one) => typeof one === 'string' && isBlank(one)),
  )?.[0];

/** The first word that is blank, or one too many. */
function badWordIn(command: CommandName, rest: readonly string[]): BadWord | undefined {
  const blank = rest.find(isBlank);
  if (blank !== undefined) return { kind: 'badWord', problem: 'blank', word: blank, command };
  const most = mostWords[command];
  const [verb = ''] = rest;
  // A word that is none of its verbs is told by the command.
  const count =
    typeof most === 'object' ? (Object.hasOwn(most, verb) ? 1 + (most[verb] ?? 0) : undefined) : most;
  const word = count === undefined ? undefined : rest[count];
  return word === undefined ? undefined : { kind: 'badWord', problem: 'tooMany', word, command };
}

const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], options, allowPositionals: true, strict: true });

/** Node says what is wrong in a sentence of its language; here it is a fact, which every language can say. */
function findBadOption(args: readonly string[]): BadOption | undefined {
  const { tokens } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const bad = (problem: BadOption['problem']): BadOption => ({
      kind: 'badOption',
      problem,
      option: token.rawName,
      command: '',
    });
    if (!Object.hasOwn(options, token.name)) return bad('unknown');
    const hasValue = token.value !== undefined;
    if (!takesValue(token.name) && hasValue) return bad('valueTooMuch');
    // `--flow --json`: the value was forgotten. One that begins with a dash is written with "=".
    if (takesValue(token.name) && (!hasValue || (!token.inlineValue && token.value.startsWith('-'))))
      return bad('valueMissing');
  }
  return undefined;
}

/** `--prune` takes days of the history, and of a dataflow everything: there it has no value. */
function withoutDays(args: readonly string[]): readonly string[] {
  const { positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: false });
  return positionals[0] === 'apply' || positionals[0] === 'diff'
    ? args.map((one) => (one === '--prune' ? '--prune=all' : one))
    : args;
}

/** Whether it is the id of something on the platform. */
export const isId = (given: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(given);

/** Whether it may be the id of a finding: `late:8256cfb4:9f7d37fd:2026-11-25T12`. No command and no name of a file is. */
const looksLikeFinding = (given: string): boolean => /^[a-z]+:[0-9a-f]{4}[-0-9a-f:t]*$/i.test(given);

/** Whether a command line that cannot be read asks for JSON, wherever it does. */
export function saysJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? undefined : end).some((one) => /^--json(=|$)/.test(one));
}

/** Reads the command line. Nothing is printed or run here. */
export function readArguments(args: readonly string[]): ArgumentsReading {
  let parsed: ReturnType<typeof parse>;
  const written = withoutDays(args);
  try {
    parsed = parse(written);
  } catch (error) {
    const bad = findBadOption(written);
    if (bad) return bad;
    throw error;
  }
  const { values: flags, positionals } = parsed;
  const [first = 'wizard', ...others] = positionals;
  // A plan alone, or a dataflow, is where the wizard begins.
  const isOpened = first.endsWith('.json') || isId(first);
  // A finding alone is explained.
  const isFinding = others.length === 0 && flags.explain === undefined && looksLikeFinding(first);
  if (isFinding) flags.explain = first;
  const [name, rest] = isFinding ? ['status', []] : isOpened ? ['wizard', positionals] : [first, others];
  if (isBlank(name)) return { kind: 'badWord', problem: 'blank', word: name, command: '' };
  if (!Object.hasOwn(commands, name)) {
    const isFit =
      others.length === 0 && !Object.keys(flags).some((flag) => !flagsOf('wizard').includes(flag));
    return {
      kind: 'unknownCommand',
      name,
      asFlow: isFit ? { command: 'wizard', rest: positionals, flags } : undefined,
    };
  }
  const command = name as CommandName;
  const allowed = flagsOf(command);
  const foreign = Object.keys(flags).find((flag) => !allowed.includes(flag));
  if (foreign !== undefined) {
    return { kind: 'badOption', problem: 'foreign', option: `--${foreign}`, command };
  }
  const blank = blankOption(flags);
  if (blank !== undefined) return { kind: 'badOption', problem: 'blank', option: `--${blank}`, command };
  const bad = badWordIn(command, rest);
  if (bad) return bad;
  return { kind: 'arguments', arguments: { command, rest, flags } };
}
