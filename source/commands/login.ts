import { createFlowService } from '../flow-service/create-client.ts';
import { RefusedError } from '../flow-service/errors.ts';
import type { Sandbox } from '../flow-service/sandboxes.ts';
import { clientCredentialsToken, type TokenSource } from '../flow-service/token.ts';
import {
  addressOf,
  addressProblem,
  defaultApiUrl,
  defaultImsUrl,
  defaultScopes,
} from '../settings/platform.ts';
import {
  configFolder,
  isProfileName,
  type Profile,
  type Profiles,
  writeProfiles,
} from '../settings/profiles.ts';
import { SecretMissingError } from '../settings/secrets.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { askChoice, askLine, canAsk } from './console/ask.ts';
import { exitCode } from './console/exit-codes.ts';
import { type Answers, askAnswers, givenAnswers, keepSecret } from './connect/login-answers.ts';
import { savedProfiles } from './connect/profile.ts';
import { clientSecretOf } from './connect/platform-token.ts';
import { Stop } from './console/stop.ts';
import { tellError, withStop } from './console/with-stop.ts';
import { json, type Streams } from './console/streams.ts';
import { tell } from './console/wrap-said.ts';
import { isoText } from './console/here.ts';

/**
 * `ferry login [PROFILE]`: makes or renews a profile and makes it the current one. A token is asked for
 * before anything is kept: a profile that is there is one that worked.
 *
 * @param onTyped - Told the secret once it is known to work, where one was typed.
 * @see flow-service.md, section 1.1
 */
export function runLogin(
  { rest, flags }: Arguments,
  streams: Streams,
  onTyped: (secret: string | undefined) => void = () => undefined,
): Promise<number> {
  return withStop(streams, flags.json === true, async (enter) => {
    const name = rest[0] ?? flags.profile ?? 'default';
    if (!isProfileName(name)) throw new Stop(exitCode.usage, (text) => text('login.badName', { name }));
    const known = savedProfiles(streams.env);
    const before = Object.hasOwn(known.profiles, name) ? known.profiles[name] : undefined;
    const place = placeOf(flags, streams.env, before);
    const scene = { host: new URL(place.imsUrl).host, sandbox: '' };
    enter(scene);

    const { stdout, text } = streams;
    const isAsking = canAsk(flags, streams);
    if (isAsking) tell(stdout, text('login.intro', { name }));
    let suggested = { clientId: before?.clientId, orgId: before?.orgId };
    for (let isFirst = true; ; isFirst = false) {
      const given = isFirst ? givenAnswers(flags, streams.env) : {};
      const answers = await askAnswers(given, suggested, before?.secret, isAsking, streams);
      try {
        const { token, sandboxes } = await tryOut(answers, place, streams);
        const sandbox = await chooseSandbox(sandboxes, before, flags, streams, isAsking);
        const profile: Profile = {
          clientId: answers.clientId,
          orgId: answers.orgId,
          secret: await keepSecret(answers, name, isAsking, streams),
          ...(sandbox === undefined ? {} : { sandbox }),
          ...place.kept,
        };
        await keep(name, profile, known, token, flags, streams);
        onTyped(answers.typed);
        return exitCode.done;
      } catch (error) {
        if (!isAsking || !(error instanceof RefusedError || error instanceof SecretMissingError)) throw error;
        tellError(streams, error, scene);
        tell(stdout, text('login.again'));
        suggested = answers;
      }
    }
  });
}

interface PlaceOfLogin {
  apiUrl: string;
  imsUrl: string;
  scopes: string;
  /** What of it is not as everywhere, for the profile. */
  kept: Pick<Profile, 'apiUrl' | 'imsUrl' | 'scopes' | 'stateUrl'>;
}

function placeOf(flags: Flags, env: Streams['env'], before: Profile | undefined): PlaceOfLogin {
  const given = {
    '--api-url': flags['api-url'] ?? env['FERRY_API_URL'] ?? before?.apiUrl ?? defaultApiUrl,
    FERRY_IMS_URL: env['FERRY_IMS_URL'] ?? before?.imsUrl ?? defaultImsUrl,
  };
  const scopes = env['FERRY_SCOPES'] ?? before?.scopes ?? defaultScopes;
  for (const [name, address] of Object.entries(given)) {
    const wrong = addressProblem(address);
    if (wrong) throw new Stop(exitCode.usage, (text) => text(`command.${wrong.kind}`, { name }));
  }
  const [apiUrl, imsUrl] = [addressOf(given['--api-url']), addressOf(given.FERRY_IMS_URL)];
  return {
    apiUrl,
    imsUrl,
    scopes,
    kept: {
      ...(apiUrl === defaultApiUrl ? {} : { apiUrl }),
      ...(imsUrl === defaultImsUrl ? {} : { imsUrl }),
      ...(scopes === defaultScopes ? {} : { scopes }),
      ...(before?.stateUrl === undefined ? {} : { stateUrl: before.stateUrl }),
    },
  };
}

/** Gets a token and the list of sandboxes with it. `undefined` where the credential may not list them. */
async function tryOut(
  answers: Answers,
  place: PlaceOfLogin,
  { env, text }: Streams,
): Promise<{ token: TokenSource; sandboxes: Sandbox[] | undefined }> {
  const { clientId, orgId } = answers;
  const token = clientCredentialsToken({
    ...place,
    clientId,
    now: Date.now,
    clientSecret: async () => answers.typed ?? clientSecretOf(answers.secret, { env }, text),
  });
  await token.get();
  const client = createFlowService({
    apiUrl: place.apiUrl,
    token,
    apiKey: clientId,
    orgId,
    sandbox: 'prod',
    readOnly: true,
  });
  try {
    return { token, sandboxes: await client.listSandboxes() };
  } catch (error) {
    // The gateway knows wrong keys and organisations by their codes; the rest is a missing permission.
    const isUnlisted = error instanceof RefusedError && (error.status === 403 || error.status === 404);
    if (!isUnlisted || /^4030(0|10|25|27)/.test(error.code ?? '')) throw error;
    return { token, sandboxes: undefined };
  } finally {
    await client.close();
  }
}

async function chooseSandbox(
  sandboxes: readonly Sandbox[] | undefined,
  before: Profile | undefined,
  flags: Flags,
  streams: Streams,
  isAsking: boolean,
): Promise<string | undefined> {
  const { stdout, env, text, glyphs } = streams;
  const given = flags.sandbox ?? env['FERRY_SANDBOX'];
  const usable = sandboxes?.filter(({ state }) => state === 'active');
  if (given !== undefined) {
    if (usable && !usable.some(({ name }) => name === given)) {
      const names = usable.map(({ name }) => name);
      throw new Stop(exitCode.usage, (text) => text('login.noSandbox', { sandbox: given, names }));
    }
    return given;
  }
  if (!isAsking) return before?.sandbox;
  if (!usable || usable.length === 0) {
    tell(stdout, text('login.sandboxUnlisted'));
    return (await askLine(text('login.sandboxName'), streams)) || before?.sandbox;
  }
  const options = usable.map(({ name, title, isProduction }) => ({
    name,
    hint: isProduction ? `${title} ${glyphs.dot} ${text('sandbox.production')}` : title,
  }));
  // Nobody should land in production by pressing Enter once too often.
  const harmless = usable.find((one) => !one.isProduction)?.name;
  const preferred = usable.some(({ name }) => name === before?.sandbox) ? before?.sandbox : harmless;
  return askChoice(text('login.sandbox'), options, preferred, streams);
}

async function keep(
  name: string,
  profile: Profile,
  known: Profiles,
  token: TokenSource,
  flags: Flags,
  { stdout, env, text }: Streams,
): Promise<void> {
  const file = await writeProfiles(configFolder(env), {
    version: 1,
    current: name,
    profiles: { ...known.profiles, [name]: profile },
  });
  const { clientId, orgId, sandbox, secret } = profile;
  if (flags.json === true) {
    const endMs = token.endMs();
    const tokenEnd = isoText(endMs);
    json(stdout, { profile: name, clientId, orgId, sandbox, secret, file, tokenEnd });
    return;
  }
  tell(stdout, text('login.done', { name, org: orgId, sandbox: sandbox ?? text('review.none') }));
  tell(stdout, text('login.kept', { file }));
  tell(stdout, text('login.next'));
}
