import { render } from 'ink';
import { asciiGlyphs, Theme, unicodeGlyphs } from '../components/theme/theme.tsx';
import { english } from '../locale/texts.ts';
import { RemoteCache } from '../screens/remote.tsx';
import { Wizard } from '../screens/wizard.tsx';
import { defaultApiUrl, readPlatform } from '../settings/platform.ts';
import type { Capabilities } from '../terminal/capabilities.ts';
import { initialState } from '../wizard/reducer.ts';
import type { Flags } from './arguments.ts';
import { exitCode } from './exit-codes.ts';
import { line, type Streams } from './streams.ts';
import type { Platforms } from './wizard-platforms.ts';

/** Draws the wizard until the person leaves it; the composition root of the screens. */
export async function showWizard(
  flags: Flags,
  streams: Streams,
  capabilities: Capabilities,
): Promise<number> {
  const { env, stdin, stdout } = streams;
  // The heavy half (client, emulator) is read while the person looks at the first page: never before it.
  const platforms = afterFirstFrame().then(async () => {
    const { createPlatforms } = await import('./wizard-platforms.ts');
    return createPlatforms(flags, env);
  });
  const sources = lazySources(() => platforms);
  const cache = new RemoteCache(sources);

  let ending: { lines: readonly string[]; exitCode: number } = { lines: [], exitCode: exitCode.interrupted };
  const app = render(
    <Theme
      glyphs={capabilities.hasUnicode ? unicodeGlyphs : asciiGlyphs}
      hasColour={capabilities.colourDepth !== 'none' && flags['no-color'] !== true}
    >
      <Wizard
        initialState={initialState(Date.now(), flags.emulator === true ? 'emulator' : undefined)}
        services={{
          organisation: organisationOf(flags, env),
          isReadOnly: flags['read-only'] === true,
          apply: (...args) => lazily(platforms.then((one) => one.apply(...args))),
          savePlan: async (plan) => (await import('./save-plan.ts')).savePlan(plan),
          now: Date.now,
        }}
        cache={cache}
        text={english}
        onEnd={(end) => {
          ending = end;
          app.unmount();
        }}
      />
    </Theme>,
    {
      stdin,
      stdout,
      exitOnCtrlC: false,
      alternateScreen: true,
      incrementalRendering: true,
      interactive: true,
      patchConsole: false,
    },
  );
  const { guardTerminal } = await import('./guard-terminal.ts');
  const release = guardTerminal(streams, () => app.unmount());
  await app.waitUntilExit();
  release();
  cache.close();
  await platforms.then((one) => one.close()).catch(() => undefined);
  for (const one of ending.lines) line(stdout, one);
  // Nothing may keep a person waiting who has left.
  stdin.unref();
  return ending.exitCode;
}

/** The person's organisation as far as the settings tell it; what is missing is named on screen. */
function organisationOf(flags: Flags, env: Streams['env']) {
  // A sandbox is a question of the wizard: it need not be set.
  const reading = readPlatform(
    { apiUrl: flags['api-url'], sandbox: flags.sandbox },
    env,
    env['FERRY_SANDBOX'] ?? 'prod',
  );
  const sandbox = flags.sandbox ?? env['FERRY_SANDBOX'];
  if (reading.kind === 'ready') {
    const { apiUrl, orgId } = reading.platform;
    return { host: new URL(apiUrl).host, orgId, sandbox, missing: [] };
  }
  const missing = reading.kind === 'missing' ? reading.names : [reading.name];
  return { host: new URL(defaultApiUrl).host, orgId: env['FERRY_ORG_ID'] ?? '', sandbox, missing };
}

/** The first frame is drawn in the turn that renders; what is scheduled now comes after it. */
function afterFirstFrame(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 1);
  });
}

type Sources = Platforms['sources'];

/** Sources that wait for the module that has them. */
function lazySources(load: () => Promise<Platforms>): Sources {
  return {
    sandboxes: async (...args) => (await load()).sources.sandboxes(...args),
    destinations: async (...args) => (await load()).sources.destinations(...args),
    unionSchema: async (...args) => (await load()).sources.unionSchema(...args),
    segments: (...args) => lazily(load().then((platforms) => platforms.sources.segments(...args))),
  };
}

async function* lazily<Item>(promise: Promise<AsyncIterable<Item>>): AsyncGenerator<Item> {
  yield* await promise;
}
