import { clientCredentialsToken, staticToken, type TokenSource } from '../flow-service/token.ts';
import { english } from '../locale/texts.ts';
import type { Platform } from '../settings/platform.ts';
import { readSecret, SecretMissingError, type SecretSources } from '../settings/secrets.ts';

/** The token of a platform: a given one, or one that is asked for when needed. The secret is fetched once. */
export function tokenOf({ signIn }: Platform, sources: SecretSources): TokenSource {
  if (signIn.kind === 'token') return staticToken(signIn.token);
  const what = english('login.secret');
  const clientSecret = async (): Promise<string> => {
    const reading = await readSecret(signIn.secret, what, sources);
    if (reading.kind === 'value') return reading.value;
    throw new SecretMissingError(what, reading);
  };
  return clientCredentialsToken({ ...signIn, clientSecret, now: Date.now });
}
