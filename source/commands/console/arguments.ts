import { type ParseArgsOptionDescriptor, parseArgs } from 'node:util';

/** Every option ferry has; a command says below which of them it takes. @see cli.md */
const options = {
  emulator: { type: 'boolean' },
  'api-url': { type: 'string' },
  sandbox: { type: 'string' },
  profile: { type: 'string' },
  json: { type: 'boolean' },
  'no-input': { type: 'boolean' },
  yes: { type: 'boolean' },
  'read-only': { type: 'boolean' },
  lang: { type: 'string' },
  accessible: { type: 'boolean' },
  guide: { type: 'boolean' },
  presenter: { type: 'boolean' },
  restricted: { type: 'boolean' },
  'plan-dir': { type: 'string' },
  'config-dir': { type: 'string' },
  'state-dir': { type: 'string' },
  'state-url': { type: 'string' },
  'idle-minutes': { type: 'string' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
  'dry-run': { type: 'boolean' },
  'fail-fast': { type: 'boolean' },
  'with-connections': { type: 'boolean' },
  flow: { type: 'string' },
  confirm: { type: 'string' },
  allow: { type: 'string' },
  bind: { type: 'boolean' },
  again: { type: 'boolean' },
  requests: { type: 'boolean' },
  curl: { type: 'boolean' },
  search: { type: 'string' },
  failing: { type: 'boolean' },
  disabled: { type: 'boolean' },
  sort: { type: 'string' },
  since: { type: 'string' },
  failed: { type: 'boolean' },
  follow: { type: 'boolean' },
  'when-possible': { type: 'boolean' },
  prune: { type: 'string' },
  destination: { type: 'string' },
  auth: { type: 'string' },
  param: { type: 'string', multiple: true },
  location: { type: 'string', multiple: true },
  'public-key': { type: 'string' },
  mode: { type: 'string' },
  segment: { type: 'string', multiple: true },
  attribute: { type: 'string', multiple: true },
  mandatory: { type: 'string', multiple: true },
  key: { type: 'string', multiple: true },
  'export-mode': { type: 'string' },
  every: { type: 'string' },
  start: { type: 'string' },
  time: { type: 'string' },
  end: { type: 'string' },
  template: { type: 'string' },
  name: { type: 'string' },
  'client-id': { type: 'string' },
  org: { type: 'string' },
  secret: { type: 'string' },
  port: { type: 'string' },
  segments: { type: 'string' },
  flows: { type: 'string' },
  latency: { type: 'string' },
  fault: { type: 'string', multiple: true },
  'run-fault': { type: 'string', multiple: true },
  speed: { type: 'string' },
  now: { type: 'string' },
  log: { type: 'string' },
  state: { type: 'string' },
  organisation: { type: 'string' },
  'landing-zone': { type: 'string' },
  encryption: { type: 'string' },
  deliver: { type: 'boolean' },
  rows: { type: 'string' },
  'rows-per-file': { type: 'string' },
  strict: { type: 'boolean' },
  quiet: { type: 'boolean' },
  explain: { type: 'string' },
  nagios: { type: 'boolean' },
  openmetrics: { type: 'string' },
  'per-segment': { type: 'boolean' },
  timeout: { type: 'string' },
  'begin-within': { type: 'string' },
  length: { type: 'string' },
  'skip-rate': { type: 'string' },
  'no-write': { type: 'boolean' },
  remove: { type: 'boolean' },
  role: { type: 'string' },
  queue: { type: 'boolean' },
  concurrency: { type: 'string' },
  limit: { type: 'string' },
  calls: { type: 'string' },
  list: { type: 'boolean' },
  drain: { type: 'boolean' },
} as const satisfies Record<string, ParseArgsOptionDescriptor>;

const common = [
  'emulator',
  'api-url',
  'sandbox',
  'profile',
  'json',
  'no-input',
  'yes',
  'read-only',
  'lang',
  'accessible',
  'restricted',
  'plan-dir',
  'config-dir',
  'state-dir',
  'state-url',
  'idle-minutes',
  'allow',
  'no-color',
  'help',
  'version',
] as const;

/** Commands, and the options each takes besides the common ones. */
export const commands = {
  wizard: ['guide', 'presenter'],
  apply: ['dry-run', 'fail-fast', 'prune', 'confirm', 'bind', 'again', 'queue', 'follow'],
  work: ['concurrency', 'limit', 'calls', 'list', 'drain'],
  pull: [],
  diff: ['prune'],
  validate: ['flow'],
  plan: [
    'requests',
    'curl',
    'destination',
    'auth',
    'param',
    'location',
    'public-key',
    'mode',
    'segment',
    'attribute',
    'mandatory',
    'key',
    'export-mode',
    'every',
    'start',
    'time',
    'end',
    'template',
    'name',
  ],
  list: ['search', 'failing', 'disabled', 'destination', 'segment', 'sort'],
  runs: ['since', 'failed', 'segment', 'follow'],
  export: ['segment', 'follow', 'when-possible', 'dry-run'],
  storage: ['no-write', 'param', 'segment', 'remove', 'since'],
  status: [
    'quiet',
    'strict',
    'explain',
    'nagios',
    'openmetrics',
    'per-segment',
    'timeout',
    'begin-within',
    'length',
    'skip-rate',
  ],
  history: ['prune'],
  state: ['role'],
  enable: [],
  disable: [],
  delete: ['with-connections'],
  account: ['auth', 'param', 'public-key'],
  resume: [],
  rollback: [],
  login: ['client-id', 'org', 'secret'],
  logout: [],
  whoami: [],
  emulator: [
    'port',
    'segments',
    'flows',
    'latency',
    'fault',
    'run-fault',
    'speed',
    'now',
    'log',
    'state',
    'organisation',
    'landing-zone',
    'encryption',
    'strict',
    'deliver',
    'rows',
    'rows-per-file',
  ],
  completion: [],
} as const satisfies Record<string, readonly (keyof typeof options)[]>;

/** How many words each takes behind its name, and with which first one; nothing where it takes any number. */
const mostWords: Readonly<
  Record<keyof typeof commands, number | Readonly<Record<string, number>> | undefined>
> = {
  wizard: 1,
  apply: 1,
  pull: 2,
  diff: 1,
  validate: 1,
  plan: { check: 1, show: 1, new: 1, diff: 2, copy: 2, upgrade: 2, schema: 0 },
  list: 1,
  runs: 1,
  export: undefined,
  storage: { check: 1, sample: 1, files: 1 },
  status: undefined,
  work: 0,
  state: { check: 0, migrate: 0, copy: 0, receipt: 1 },
  history: 0,
  enable: 1,
  disable: 1,
  delete: 1,
  account: { update: 1 },
  resume: 1,
  rollback: 1,
  login: 1,
  logout: 1,
  whoami: 0,
  emulator: 0,
  completion: 1,
};

/** Every option of a command, without dashes. */
export const flagsOf = (command: keyof typeof commands): readonly string[] => [
  ...common,
  ...commands[command],
];

/** Whether an option is followed by a value. */
export const takesValue = (flag: string): boolean =>
  Object.hasOwn(options, flag) && options[flag as keyof typeof options].type === 'string';

export type CommandName = keyof typeof commands;
export const commandNames = Object.keys(commands) as readonly CommandName[];
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
  const allowed: readonly string[] = [...common, ...commands[command]];
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
