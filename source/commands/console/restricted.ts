import { realpathSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { makeFolder } from '../../ground/make-folder.ts';
import { explain } from '../../locale/explain.ts';
import { isLanguage } from '../../locale/language.ts';
import { textIn } from '../../locale/catalogs.ts';
import { languages } from '../../locale/texts.ts';
import { holdsPassword } from '../../settings/state-url.ts';
import { type Arguments, type Flags, readArguments, saysJson } from './arguments.ts';
import type { CommandName } from './command-table.ts';
import { exitCode } from './exit-codes.ts';
import { isRight, NotPermittedError, requireRight, type Right, rights, usualRights } from './rights.ts';
import type { Restriction, Streams } from './streams.ts';
import { isStop, Stop } from './stop.ts';
import { withStop } from './with-stop.ts';

type Run = (args: Arguments, streams: Streams) => Promise<number>;

/** What the client of an SSH session may bring along; everything else is the administrator's. */
const kept =
  /^(HOME|USER|LOGNAME|PATH|TERM|COLORTERM|NO_COLOR|ACCESSIBLE|INK_SCREEN_READER|COLORFGBG|FERRY_BACKGROUND|TZ|LANG|LC_[A-Z]+|SSH_(CLIENT|CONNECTION|TTY)|HTTPS?_PROXY|NO_PROXY|https?_proxy|no_proxy)$/;

/** Commands that only look, and with which words. */
const reading: Partial<Record<CommandName, (rest: readonly string[]) => boolean>> = {
  list: () => true,
  runs: () => true,
  status: () => true,
  whoami: () => true,
  history: () => true,
  validate: () => true,
  pull: ({ length }) => length < 2,
  diff: () => true,
  // From an account to a server of anybody's choice: only where the wrapper says so.
  storage: ([verb = '']) => verb === 'check' || verb === 'files',
  plan: ([verb = '', ...files]) =>
    ['check', 'show', 'diff', 'schema'].includes(verb) || (verb === 'upgrade' && files.length < 2),
};
/** What such a command may be told. */
const readingFlags: readonly string[] = [
  ...[
    'json',
    'search',
    'failing',
    'disabled',
    'destination',
    'segment',
    'sort',
    'since',
    'failed',
    'follow',
    'sandbox',
    'flow',
    'requests',
    'curl',
    'prune',
    'quiet',
    'strict',
    'explain',
    'no-write',
    'help',
    'version',
    'lang',
    'no-color',
  ],
];

/** Where people who were given a terminal may go. */
const commands: readonly string[] = ['wizard', ...Object.keys(reading), 'apply', 'resume', 'rollback'];

/** Commands that are somebody's only with a right of its own; what a plan takes is known once it is read. */
const rightOf: Readonly<Record<string, Right>> = {
  enable: 'pause',
  disable: 'pause',
  delete: 'delete',
  export: 'export',
  storage: 'storage',
  account: 'change',
};

/** Minutes without a key after which a console ends. */
const idleMinutes = 15;

/**
 * `ferry --restricted`: the console of an account that reaches nothing else, behind sshd.
 *
 * The command line is the administrator's; what the person asked for is in `SSH_ORIGINAL_COMMAND`, and is a
 * command that only looks, or refused.
 */
export function runRestricted(given: Arguments, streams: Streams, perform: Run): Promise<number> {
  const { flags } = given;
  const original = (streams.env['SSH_ORIGINAL_COMMAND'] ?? '').trim();
  const isJson = original === '' ? flags.json === true : saysJson(original.split(/\s+/));
  return withStop(streams, isJson, async () => {
    const home = userInfo().homedir;
    const planFolder = path.resolve(home, flags['plan-dir'] ?? 'plans');
    makeFolder(planFolder);
    process.chdir(planFolder);
    const allowed = rightsOf(flags);
    const restriction: Restriction = {
      planFolder: realpathSync(planFolder),
      idleMs: idleMsOf(flags),
      rights: allowed,
    };
    const env = {
      ...Object.fromEntries(Object.entries(streams.env).filter(([name]) => kept.test(name))),
      FERRY_CONFIG_DIR: flags['config-dir'] ?? path.join(home, '.config', 'ferry'),
      FERRY_STATE_DIR: flags['state-dir'] ?? path.join(home, '.local', 'share', 'ferry'),
      ...(flags['state-url'] === undefined ? {} : { FERRY_STATE_URL: stateUrlOf(flags['state-url']) }),
    };
    const inside: Streams = { ...streams, env, stdin: streams.stdin, stdout: streams.stdout, restriction };
    const { audit } = await import('../runs/record-run.ts');
    try {
      const asked = original === '' ? given : askedFor(original, flags);
      requireAllowed(asked, restriction);
      await audit(env, { act: 'console', command: original === '' ? asked.command : original });
      const mayWrite = [...allowed].some((right) => right !== 'view');
      const done = mayWrite ? asked : { ...asked, flags: { ...asked.flags, 'read-only': true } };
      return await perform(done, await inLanguage(asked.flags, inside));
    } catch (error) {
      const why = refusedFor(error, streams);
      if (why !== undefined) await audit(env, { act: 'refused', command: original.slice(0, 500), why });
      throw error;
    }
  });
}

/** The words of the person, as a command that only looks. @throws Stop (2) */
function askedFor(original: string, flags: Flags): Arguments {
  const refuse = (): never => {
    throw refused(original.slice(0, 200));
  };
  const words = wordsOf(original);
  if (!words) return refuse();
  const [first, ...others] = words;
  const read = readArguments(first === 'ferry' ? others : words);
  if (read.kind !== 'arguments') return refuse();
  const { command, rest, flags: asked } = read.arguments;
  const isTold = asked.help === true || asked.version === true;
  if (
    (!isTold && reading[command]?.(rest) !== true) ||
    Object.keys(asked).some((flag) => !readingFlags.includes(flag)) ||
    // Of a dataflow it is a way to look, of the history it removes.
    (asked.prune !== undefined && command !== 'diff')
  )
    return refuse();
  const { lang } = asked;
  if (lang !== undefined && !isLanguage(lang))
    throw new Stop(exitCode.usage, (text) => text('command.language', { given: lang, languages }));
  const { profile, emulator } = flags;
  const fixed = {
    ...(profile === undefined ? {} : { profile }),
    ...(emulator === undefined ? {} : { emulator }),
    'read-only': true,
    'no-input': true,
  };
  return { command, rest, flags: { ...asked, ...fixed } };
}

/** What is noted of a command that was not run; nothing of one that was, and failed. */
function refusedFor(error: unknown, { english }: Streams): string | undefined {
  if (error instanceof NotPermittedError) return explain(english, error, { host: '', sandbox: '' }).what;
  return isStop(error) ? (error.sentences[0]?.(english) ?? '') : undefined;
}

/** What a console does not run, and what it does. */
const refused = (command: string): Stop =>
  new Stop(
    exitCode.usage,
    (text) => text('restricted.refused', { command }),
    (text) => text('restricted.allowed'),
  );

/** As the streams are, in the language that the person has named. */
async function inLanguage({ lang }: Flags, streams: Streams): Promise<Streams> {
  if (lang === undefined || !isLanguage(lang)) return streams;
  return { ...streams, text: await textIn(lang, { isAscii: streams.glyphs.isAscii }) };
}

/** Words as a person types them: quotes keep spaces together. Nothing else of a shell means anything. */
function wordsOf(text: string): string[] | undefined {
  if (text.length > 4096 || /[\u0000-\u001f\u007f$`\\;&|<>(){}*?!~#]/.test(text)) return undefined;
  const quoted = /"([^"]*)"|'([^']*)'/g;
  if (/["']/.test(text.replaceAll(quoted, ''))) return undefined;
  const words = text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replaceAll(quoted, '$1$2'));
}

function requireAllowed({ command, flags }: Arguments, restriction: Restriction): void {
  const right = Object.hasOwn(rightOf, command) ? rightOf[command] : undefined;
  if (!commands.includes(command) && right === undefined) throw refused(command);
  requireRight(right ?? 'view', restriction);
  if (flags['api-url'] !== undefined) throw new Stop(exitCode.usage, (text) => text('restricted.noApiUrl'));
}

/** @throws Stop (2) for a word that is no right: a wrapper with a slip must not let more pass than was meant. */
function rightsOf({ allow }: Flags): ReadonlySet<Right> {
  if (allow === undefined) return new Set(usualRights);
  const words = allow.split(',').map((word) => word.trim());
  const wrong = words.find((word) => !isRight(word));
  if (wrong !== undefined)
    throw new Stop(exitCode.usage, (text) =>
      text('command.notOneOf', { word: wrong, form: `--allow ${rights.join(',')}` }),
    );
  return new Set(words.filter(isRight));
}

/** The database of a console, which is named by its wrapper alone. @throws Stop (2) for a password: all may read it there */
function stateUrlOf(url: string): string {
  if (holdsPassword(url)) throw new Stop(exitCode.usage, (text) => text('restricted.statePassword'));
  // The driver looks for what it is not told in the environment, which is the client's.
  for (const name of Object.keys(process.env))
    if (name.startsWith('PG')) Reflect.deleteProperty(process.env, name);
  return url;
}

function idleMsOf(flags: Flags): number {
  const minutes = Number(flags['idle-minutes'] ?? idleMinutes);
  if (!(minutes > 0)) throw new Stop(exitCode.usage, (text) => text('restricted.badIdle'));
  return minutes * 60_000;
}
