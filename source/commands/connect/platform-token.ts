import { knowSecret } from '../../flow-service/secrets/known-secrets.ts';
import { clientCredentialsToken, staticToken, type TokenSource } from '../../flow-service/token.ts';
import type { Text } from '../../locale/texts.ts';
import type { Platform } from '../../settings/platform.ts';
import { undecorated } from '../../settings/decoration.ts';
import { readSecret, SecretMissingError, type SecretSources } from '../../settings/secrets.ts';

/** The token of a platform: a given one, or one that is asked for when needed. The secret is fetched once. */
export function tokenOf({ signIn }: Platform, sources: SecretSources, text: Text): TokenSource {
  if (signIn.kind === 'token') {
    knowSecret(signIn.token);
    return staticToken(signIn.token);
  }
  const clientSecret = (): Promise<string> => clientSecretOf(signIn.secret, sources, text);
  return clientCredentialsToken({ ...signIn, clientSecret, now: Date.now });
}

/** Fetches a client secret. @throws SecretMissingError */
export async function clientSecretOf(reference: string, sources: SecretSources, text: Text): Promise<string> {
  const reading = await readSecret(reference, text('login.secret'), sources);
  if (reading.kind === 'value') return undecorated(reading.value);
  throw new SecretMissingError(reading);
}
