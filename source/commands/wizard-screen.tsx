import { existsSync } from 'node:fs';
import path from 'node:path';
import { render } from 'ink';
import { asciiGlyphs, Theme, unicodeGlyphs } from '../components/theme/theme.tsx';
import { english } from '../locale/texts.ts';
import { RemoteCache } from '../screens/remote.tsx';
import { preloadPages, Wizard } from '../screens/wizard.tsx';
import type { Ending, Offers } from '../screens/wizard-context.tsx';
import { defaultApiUrl, readPlatform } from '../settings/platform.ts';
import { stateFolder } from '../settings/state-folder.ts';
import type { Capabilities } from '../terminal/capabilities.ts';
import { slimStream } from '../terminal/slim-output.ts';
import { type Draft, withoutSecrets } from '../wizard/draft.ts';
import { initialState, questionOf } from '../wizard/reducer.ts';
import type { Flags } from './arguments.ts';
import { keepDrafts, type KeptDraft, offeredDrafts } from './drafts.ts';
import { exitCode } from './exit-codes.ts';
import { chosenProfile } from './profile.ts';
import { line, type Streams } from './streams.ts';
import type { Platforms } from './wizard-platforms.ts';

/** Pages that come last are read this long after the first is drawn, milliseconds. */
const preloadMs = 300;

/** Draws the wizard until the person leaves it; the composition root of the screens. */
export async function showWizard(
  flags: Flags,
  streams: Streams,
  capabilities: Capabilities,
  draft?: Draft,
): Promise<number> {
  const { env, stdin, stdout } = streams;
  // The heavy half (client, emulator) is read while the person looks at the first page: never before it.
  const platforms = afterFirstFrame().then(async () => {
    const { createPlatforms } = await import('./wizard-platforms.ts');
    setTimeout(() => void preloadPages(), preloadMs).unref();
    return createPlatforms(flags, { env, restriction: streams.restriction });
  });
  const sources = lazySources(() => platforms);
  const cache = new RemoteCache(sources);

  const drafts = keepDrafts(stateFolder(env), `${Date.now().toString(36)}-${process.pid}`);
  const organisation = organisationOf(flags, env);
  const { offers, kept } = await readOffers(flags, env, organisation.missing.length === 0);

  let ending: Ending = { kind: 'left', lines: [], exitCode: exitCode.interrupted };
  const app = render(
    <Theme
      glyphs={capabilities.hasUnicode ? unicodeGlyphs : asciiGlyphs}
      hidesSecrets={streams.restriction !== undefined}
      hasColour={capabilities.colourDepth !== 'none' && flags['no-color'] !== true}
    >
      <Wizard
        initialState={initialState(Date.now(), flags.emulator === true ? 'emulator' : undefined, {
          // Whoever names a plan has chosen what to go on with.
          hasOffers: draft === undefined && offers.drafts.length + offers.runs.length > 0,
          isFromPlan: draft !== undefined,
          ...(draft ? { draft } : {}),
          asksSecret: organisation.asksSecret,
        })}
        services={{
          organisation,
          offers,
          saveDraft(state) {
            const page = questionOf(state);
            // Before the destination there is nothing worth a question at the next start.
            if (page === undefined || state.draft.destination === undefined) return;
            drafts.keep({ version: 1, savedMs: Date.now(), page, draft: withoutSecrets(state.draft) });
          },
          isReadOnly: flags['read-only'] === true,
          idleMs: streams.restriction?.idleMs,
          apply: (...args) => lazily(platforms.then((one) => one.apply(...args))),
          giveSecret(secret) {
            // The lists of a sign-in that failed must not outlive it.
            void platforms.then((one) => {
              one.giveSecret(secret);
              cache.forget();
            });
          },
          savePlan: async (plan) => (await import('./save-plan.ts')).savePlan(plan),
          now: Date.now,
          get timeZone() {
            return Intl.DateTimeFormat().resolvedOptions().timeZone;
          },
        }}
        cache={cache}
        text={english}
        onRestored={(saved) => {
          const file = kept.find((one) => one.saved === saved)?.file;
          if (file !== undefined) drafts.adopt(file);
        }}
        onEnd={(end) => {
          ending = end;
          app.unmount();
        }}
      />
    </Theme>,
    {
      stdin,
      stdout: slimStream(stdout),
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
  await drafts.settled();
  // What is done need not be offered again.
  if (ending.kind === 'finished' && ending.exitCode === exitCode.done) drafts.forget();
  for (const one of ending.lines) line(stdout, one);
  if (ending.resume !== undefined) {
    const { runResume } = await import('./resume.ts');
    return runResume({ command: 'resume', rest: [ending.resume], flags }, streams);
  }
  // Nothing may keep a person waiting who has left.
  stdin.unref();
  return ending.exitCode;
}

/** What earlier starts left; nothing of another platform than the one that was asked for. */
async function readOffers(
  flags: Flags,
  env: Streams['env'],
  hasOrganisation: boolean,
): Promise<{ offers: Offers; kept: readonly KeptDraft[] }> {
  const folder = stateFolder(env);
  const kept = offeredDrafts(folder, ({ draft }) =>
    draft.platform === 'emulator' ? true : flags.emulator !== true && hasOrganisation,
  );
  const drafts = kept.map(({ saved }) => saved);
  const mayResume = flags.emulator !== true && hasOrganisation && existsSync(path.join(folder, 'open'));
  if (!mayResume) return { offers: { drafts, runs: [] }, kept };
  const { listOpenRuns } = await import('../apply/journal-file.ts');
  const runs = (await listOpenRuns(folder)).map(({ run, plan, place, begunMs }) => ({
    run,
    plan: plan.name,
    sandbox: place.sandbox,
    begunMs,
  }));
  return { offers: { drafts, runs }, kept };
}

/**
 * The person's organisation as far as the settings tell it; what is missing is named on screen.
 *
 * @throws Stop, ProfilesDamagedError
 */
function organisationOf(flags: Flags, env: Streams['env']) {
  // Emulator and organisation have nothing in common: a profile that is broken must not keep anybody from it.
  const named = flags.emulator === true ? undefined : chosenProfile(flags, env);
  const profile = named?.profile;
  // A sandbox is a question of the wizard: it need not be set.
  const sandbox = flags.sandbox ?? nonEmpty(env['FERRY_SANDBOX']) ?? profile?.sandbox;
  const reading = readPlatform({ apiUrl: flags['api-url'], sandbox: sandbox ?? 'prod' }, env, { profile });
  if (reading.kind === 'ready') {
    const { apiUrl, orgId, signIn } = reading.platform;
    const asksSecret = signIn.kind === 'credentials' && signIn.secret === 'prompt';
    return { host: new URL(apiUrl).host, orgId, sandbox, missing: [], profile: named?.name, asksSecret };
  }
  const missing = reading.kind === 'missing' ? reading.names : [reading.name];
  const orgId = env['FERRY_ORG_ID'] ?? '';
  return {
    host: new URL(defaultApiUrl).host,
    orgId,
    sandbox,
    missing,
    profile: undefined,
    asksSecret: false,
  };
}

const nonEmpty = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

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
    sources: async (...args) => (await load()).sources.sources(...args),
    flowCount: async (...args) => (await load()).sources.flowCount(...args),
    unionSchema: async (...args) => (await load()).sources.unionSchema(...args),
    segments: (...args) => lazily(load().then((platforms) => platforms.sources.segments(...args))),
  };
}

async function* lazily<Item>(promise: Promise<AsyncIterable<Item>>): AsyncGenerator<Item> {
  yield* await promise;
}
