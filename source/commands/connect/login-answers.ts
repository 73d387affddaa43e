import { openKeyStore } from '../../settings/key-store.ts';
import { undecorated } from '../../settings/decoration.ts';
import { configFolder, writeSecretFile } from '../../settings/profiles.ts';
import { shownReference } from '../../settings/secrets.ts';
import type { Flags } from '../console/arguments.ts';
import { askChoice, askHidden, askLine } from '../console/ask.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import { type Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';

/** What a login needs to know. */
export interface Answers {
  clientId: string;
  orgId: string;
  /** A reference, or the way a typed secret is to be kept; nothing when that is still to be asked. */
  secret: string;
  /** The secret itself, where it was typed. Lives no longer than the login. */
  typed?: string | undefined;
}

/** What is known without asking. */
type Given = { [K in keyof Answers]?: Answers[K] | undefined };

const isOrganisation = (text: string): boolean => /^[0-9A-Za-z]+@AdobeOrg$/.test(text);

/** Ways to keep a typed secret. `prompt` is not to keep it. */
const keepings = ['keystore', 'prompt', 'file'] as const;
/** The way is asked for after the secret has worked. */
const undecided = '';

/** What flags and environment answer. @throws Stop (2) for a reference that is none. */
export function givenAnswers(flags: Flags, env: Streams['env']): Given {
  const { secret } = flags;
  const fromEnv = (name: string): string | undefined =>
    env[name] === undefined ? undefined : undecorated(env[name]);
  const isKnown =
    secret === undefined ||
    (keepings as readonly string[]).includes(secret) ||
    /^env:[A-Za-z_][A-Za-z0-9_]*$/.test(secret) ||
    /^(file|command):./.test(secret);
  if (!isKnown) throw new Stop(exitCode.usage, (text) => text('login.badSecret'));
  const typed = undecorated(env['FERRY_CLIENT_SECRET'] ?? '');
  return {
    clientId: flags['client-id'] ?? fromEnv('FERRY_CLIENT_ID'),
    orgId: flags.org ?? fromEnv('FERRY_ORG_ID'),
    ...(secret === undefined ? {} : { secret }),
    ...(typed === '' ? {} : { typed }),
  };
}

/**
 * Asks for what was not given.
 *
 * @param kept - Where the secret of this profile is now; Enter alone leaves it there.
 * @throws Stop (3) that names the flags, where nobody can be asked.
 */
export async function askAnswers(
  given: Given,
  suggested: { clientId?: string | undefined; orgId?: string | undefined },
  kept: string | undefined,
  isAsking: boolean,
  streams: Streams,
): Promise<Answers> {
  const { stdout, text } = streams;
  const isTyped = given.secret === undefined || (keepings as readonly string[]).includes(given.secret);
  if (!isAsking) {
    const clientId = given.clientId ?? suggested.clientId;
    const orgId = given.orgId ?? suggested.orgId;
    const isSecretGiven = given.secret !== undefined && (!isTyped || given.typed !== undefined);
    const secret = isSecretGiven ? given.secret : given.secret === undefined ? kept : undefined;
    const missing = [
      ...(clientId === undefined ? ['--client-id'] : []),
      ...(orgId === undefined ? ['--org'] : []),
      ...(secret === undefined ? ['--secret'] : []),
    ];
    if (clientId === undefined || orgId === undefined || secret === undefined)
      throw new Stop(
        exitCode.needsTerminal,
        (words) => words('login.needs', { flags: missing }),
        (words) => words('login.needsSecret'),
      );
    requireOrganisation(orgId);
    return { clientId, orgId, secret, ...(isTyped && isSecretGiven ? { typed: given.typed } : {}) };
  }
  const clientId = given.clientId ?? (await askWith(text('login.clientId'), suggested.clientId, streams));
  let orgId = given.orgId ?? (await askWith(text('login.orgId'), suggested.orgId, streams));
  while (!isOrganisation(orgId)) {
    tell(stdout, text('login.badOrg'));
    orgId = await askWith(text('login.orgId'), suggested.orgId, streams);
  }
  if (!isTyped) return { clientId, orgId, secret: given.secret ?? undecided };
  const typed = given.typed ?? (await askSecret(kept, streams));
  if (typed === '' && kept !== undefined) return { clientId, orgId, secret: kept };
  return { clientId, orgId, secret: given.secret ?? undecided, typed };
}

function requireOrganisation(orgId: string): void {
  if (!isOrganisation(orgId)) throw new Stop(exitCode.usage, (text) => text('login.badOrg'));
}

async function askWith(question: string, suggested: string | undefined, streams: Streams): Promise<string> {
  const { text } = streams;
  const prompt =
    suggested === undefined
      ? text('login.ask', { question })
      : text('login.askSuggested', { question, suggested });
  for (;;) {
    const said = (await askLine(prompt, streams)) || suggested;
    if (said !== undefined) return said;
  }
}

async function askSecret(kept: string | undefined, streams: Streams): Promise<string> {
  const { text } = streams;
  const question =
    kept === undefined
      ? text('login.askSecret')
      : text('login.askSecretKept', { reference: shownReference(kept) });
  for (;;) {
    const said = undecorated(await askHidden(question, streams));
    if (said !== '' || kept !== undefined) return said;
  }
}

/**
 * Puts a typed secret where the person wants it.
 *
 * @returns The reference for the profile.
 * @throws Stop (2) where the key store was named and there is none: never kept in another way instead.
 */
export async function keepSecret(
  { secret, typed }: Answers,
  profile: string,
  isAsking: boolean,
  streams: Streams,
): Promise<string> {
  if (typed === undefined) return secret;
  const store = secret === undecided || secret === 'keystore' ? await openKeyStore() : undefined;
  const keeping =
    secret === undecided && isAsking ? await askKeeping(store !== undefined, profile, streams) : secret;
  if (keeping === 'keystore') {
    if (!store)
      throw new Stop(
        exitCode.usage,
        (text) => text('login.noKeyStore'),
        (text) => text('login.needsSecret'),
      );
    await store.set(profile, typed);
    return `keystore:${profile}`;
  }
  if (keeping === 'file') return `file:${await writeSecretFile(configFolder(streams.env), profile, typed)}`;
  return 'prompt';
}

async function askKeeping(hasStore: boolean, profile: string, streams: Streams): Promise<string> {
  const { stdout, text } = streams;
  if (!hasStore) tell(stdout, text('login.noKeyStore'));
  const options = [
    ...(hasStore ? [{ name: 'keystore', hint: text('login.keepStore') }] : []),
    { name: 'prompt', hint: text('login.keepPrompt') },
    { name: 'file', hint: text('login.keepFile', { file: `${profile}.secret` }) },
  ];
  tell(stdout, text('login.keepOther'));
  return askChoice(text('login.keep'), options, options[0]?.name, streams);
}
