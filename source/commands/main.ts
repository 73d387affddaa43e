import path from 'node:path';
import { asciiGlyphs, unicodeGlyphs } from '../components/theme/glyphs.ts';
import { isLanguage, languageOf } from '../locale/language.ts';
import { english, textIn } from '../locale/catalogs.ts';
import { isMissingPart } from '../locale/missing-part.ts';
import { inAscii, languages } from '../locale/texts.ts';
import { startedAs } from '../settings/started-as.ts';
import { canWriteUnicode, readCapabilities } from '../terminal/capabilities.ts';
import { type Arguments, type ArgumentsReading, readArguments, saysJson } from './console/arguments.ts';
import { type CommandName, commandNames } from './console/command-table.ts';
import { catchCrashes } from './console/catch-crashes.ts';
import { exitCode } from './console/exit-codes.ts';
import { Stop } from './console/stop.ts';
import { readOn, type Streams, watchPipe } from './console/streams.ts';
import { tellMissingPart } from './console/tell-missing-part.ts';
import { tell, tellColumns } from './console/wrap-said.ts';

type Run = (args: Arguments, streams: Streams) => Promise<number>;

/** One lazily loaded module a command: nobody waits for what is not used. */
const load: Record<Arguments['command'], () => Promise<Run>> = {
  wizard: async () => (await import('./wizard.tsx')).runWizard,
  apply: async () => (await import('./apply.ts')).runApply,
  pull: async () => (await import('./pull.ts')).runPull,
  diff: async () => (await import('./diff.ts')).runDiff,
  validate: async () => (await import('./validate.ts')).runValidate,
  plan: async () => (await import('./plan.ts')).runPlan,
  list: async () => (await import('./list.ts')).runList,
  runs: async () => (await import('./flow-runs.ts')).runRuns,
  status: async () => (await import('./status.ts')).runStatus,
  enable: async () => (await import('./flow-state.ts')).runEnable,
  disable: async () => (await import('./flow-state.ts')).runDisable,
  delete: async () => (await import('./delete.ts')).runDelete,
  account: async () => (await import('./account.ts')).runAccount,
  storage: async () => (await import('./storage.ts')).runStorage,
  export: async () => (await import('./export.ts')).runExport,
  work: async () => (await import('./work.ts')).runWork,
  state: async () => (await import('./state.ts')).runState,
  history: async () => (await import('./history.ts')).runHistory,
  resume: async () => (await import('./resume.ts')).runResume,
  rollback: async () => (await import('./rollback.ts')).runRollback,
  login: async () => (await import('./login.ts')).runLogin,
  logout: async () => (await import('./logout.ts')).runLogout,
  whoami: async () => (await import('./whoami.ts')).runWhoami,
  completion: async () => (await import('./completion.ts')).runCompletion,
  emulator: async () => (await import('./emulator.ts')).runEmulator,
};

/** Reads the arguments, runs one command and sets the exit code. @param door - The folder that `cli.js` is in. */
export async function main(args: readonly string[], door: string): Promise<void> {
  const { env } = process;
  const hasUnicode = canWriteUnicode(env);
  const reading = readArguments(args);
  const lang = reading.kind === 'arguments' ? reading.arguments.flags.lang : langOf(args);
  const language = lang !== undefined && isLanguage(lang) ? lang : languageOf(env, hasUnicode);
  let stderr: typeof process.stderr | undefined;
  // Each stream costs some milliseconds to make, and the wizard needs no stderr for its first frame.
  const streams: Streams = {
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return process.stdout;
    },
    get stderr() {
      stderr ??= heedless(process.stderr);
      return stderr;
    },
    env,
    brokenPipe: readOn(),
    text: await textIn(language, {
      isAscii: !hasUnicode,
      startedAs: startedAs({
        program: process.argv[1] ?? '',
        root: path.dirname(door),
        cwd: process.cwd(),
        env,
      }),
    }),
    english,
    glyphs: hasUnicode ? unicodeGlyphs : asciiGlyphs,
  };
  watchPipe(streams.stdout, streams.brokenPipe, (code) => {
    tell(streams.stderr, streams.text('command.outputLost', { code }));
    process.once('exit', () => {
      // What somebody waits for is not there, whatever else came of it.
      if (process.exitCode === undefined || process.exitCode === 0) process.exitCode = exitCode.usage;
    });
  });
  const isJson = reading.kind === 'arguments' ? reading.arguments.flags.json === true : saysJson(args);
  catchCrashes(streams, isJson);
  try {
    process.exitCode = await dispatch(reading, streams);
  } catch (error) {
    if (isMissingPart(error) && !args.includes('--nagios')) {
      tellMissingPart(streams, isJson);
      process.exitCode = exitCode.bug;
      return;
    }
    if (args.includes('--nagios')) {
      const { pluginFailure } = await import('./status/plugin-failure.ts');
      process.exitCode = pluginFailure(error, streams);
      return;
    }
    // Read where something fails: nobody waits for it before the first frame.
    const { withStop } = await import('./console/with-stop.ts');
    process.exitCode = await withStop(streams, isJson, () => Promise.reject(error)).catch(async () => {
      const { reportCrash } = await import('./console/crash.ts');
      await reportCrash(error, streams, isJson);
      return exitCode.bug;
    });
  }
}

/** Notes that nobody reads any more are no reason to end, and no crash. */
const heedless = (stream: typeof process.stderr): typeof process.stderr =>
  stream.on('error', () => undefined);

/** The language of a command line that cannot be read: what is wrong with it is said in that. */
function langOf(args: readonly string[]): string | undefined {
  const at = args.findIndex((one) => one === '--lang' || one.startsWith('--lang='));
  return args[at]?.split('=')[1] ?? (at < 0 ? undefined : args[at + 1]);
}

/** @throws Stop (2) for a command line that cannot be read, and whatever a command throws. */
async function dispatch(given: ReturnType<typeof readArguments>, streams: Streams): Promise<number> {
  const reading = await orFlow(given, streams);
  if (reading.kind === 'unknownCommand') {
    const { name } = reading;
    const near = await nearestCommand(name);
    throw new Stop(exitCode.usage, (text) =>
      near === undefined
        ? text('command.unknown', { name })
        : text('command.unknownNear', { name, command: text.command(near) }),
    );
  }
  if (reading.kind === 'badOption') {
    const { problem, option, command } = reading;
    throw new Stop(exitCode.usage, (text) => {
      const help = text.command(command === '' ? '--help' : `${command} --help`);
      return text(`command.option.${problem}`, { option, command, help });
    });
  }
  if (reading.kind === 'badWord') {
    const { problem, word, command } = reading;
    throw new Stop(exitCode.usage, (text) => {
      const help = text.command(command === '' ? '--help' : `${command} --help`);
      return text(`command.word.${problem}`, { word, help });
    });
  }
  const { flags } = reading.arguments;
  const { lang } = flags;
  if (lang !== undefined && !isLanguage(lang))
    throw new Stop(exitCode.usage, (text) => text('command.language', { given: lang, languages }));
  if (flags.restricted === true) {
    const { runRestricted } = await import('./console/restricted.ts');
    return runRestricted(reading.arguments, streams, perform);
  }
  return perform(reading.arguments, streams);
}

async function nearestCommand(name: string): Promise<CommandName | undefined> {
  const { similarRanges } = await import('../components/searchable-list/similar.ts');
  return commandNames.find((one) => similarRanges(one, name).length > 0);
}

/** A word that is no command, nor nearly one, is a dataflow's name, for somebody who can be shown it. */
async function orFlow(reading: ArgumentsReading, streams: Streams): Promise<ArgumentsReading> {
  if (reading.kind !== 'unknownCommand' || reading.asFlow === undefined) return reading;
  if (!readCapabilities(streams.env, streams).canAsk) return reading;
  if ((await nearestCommand(reading.name)) !== undefined) return reading;
  return { kind: 'arguments', arguments: reading.asFlow };
}

/** Whoever asks nothing of what is kept need not know where that is. */
const keepsNothing = ({ command, rest }: Arguments): boolean =>
  (command === 'plan' && rest[0] === 'check') || command === 'completion' || command === 'emulator';

async function perform(args: Arguments, streams: Streams): Promise<number> {
  const { command, flags } = args;
  if (flags.version === true || flags.help === true) {
    const { helpText, version } = await import('./help/help.ts');
    const said = flags.version === true ? version : await helpText(command, streams.text);
    tellColumns(streams.stdout, streams.glyphs.isAscii ? inAscii(said) : said);
    return exitCode.done;
  }
  const run = await load[command]();
  if (keepsNothing(args)) return run(args, streams);
  const { mayNameState } = await import('../settings/profiles.ts');
  if (!mayNameState(streams.env)) return run(args, streams);
  const { withStateOfProfile } = await import('./state/of-profile.ts');
  return run(args, withStateOfProfile(flags, streams));
}
