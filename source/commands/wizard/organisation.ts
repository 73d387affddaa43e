import type { Organisation } from '../../pages/services.ts';
import { defaultApiUrl, readPlatform } from '../../settings/platform.ts';
import { chosenProfile } from '../connect/profile.ts';
import type { Flags } from '../console/arguments.ts';
import type { Streams } from '../console/streams.ts';

/**
 * The person's organisation as far as the settings tell it; what is missing is named on screen.
 *
 * @throws Stop, ProfilesDamagedError
 */
export function organisationOf(
  flags: Flags,
  streams: Streams,
): { organisation: Organisation; asksSecret: boolean } {
  const { env } = streams;
  // Emulator and organisation have nothing in common: a profile that is broken must not keep anybody from it.
  const named = flags.emulator === true ? undefined : chosenProfile(flags, env);
  const profile = named?.profile;
  // A sandbox is a question of the wizard: it need not be set.
  const sandbox = flags.sandbox ?? nonEmpty(env['FERRY_SANDBOX']) ?? profile?.sandbox;
  const reading = readPlatform({ apiUrl: flags['api-url'], sandbox: sandbox ?? 'prod' }, env, { profile });
  if (reading.kind === 'ready') {
    const { apiUrl, orgId, signIn } = reading.platform;
    return {
      organisation: { host: new URL(apiUrl).host, orgId, sandbox, missing: [], profile: named?.name },
      asksSecret: signIn.kind === 'credentials' && signIn.secret === 'prompt',
    };
  }
  const missing = reading.kind === 'missing' ? reading.names : [reading.name];
  const orgId = env['FERRY_ORG_ID'] ?? '';
  const host = new URL(defaultApiUrl).host;
  // Of nothing that is set nothing is worth a word: then there is a sign-in to begin with.
  const isBegun =
    reading.kind !== 'missing' || signInVariables.some((name) => nonEmpty(env[name]) !== undefined);
  return { organisation: { host, orgId, sandbox, missing, isBegun }, asksSecret: false };
}

const signInVariables = ['FERRY_ACCESS_TOKEN', 'FERRY_API_KEY', 'FERRY_CLIENT_ID', 'FERRY_ORG_ID'];

const nonEmpty = (value: string | undefined): string | undefined => (value === '' ? undefined : value);
