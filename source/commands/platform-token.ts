import { clientCredentialsToken, staticToken, type TokenSource } from '../flow-service/token.ts';
import { english } from '../locale/texts.ts';
import type { Platform } from '../settings/platform.ts';
import { readSecret, SecretMissingError } from '../settings/secrets.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The token of a platform: a given one, or one that is asked for when needed. The secret is fetched once.
 *
 * @param askSecret - Asks the person; absent where nobody can be asked.
 */
export function tokenOf(
  { signIn }: Platform,
  env: Environment,
  askSecret?: (name: string) => Promise<string>,
  isRestricted = false,
): TokenSource {
  if (signIn.kind === 'token') return staticToken(signIn.token);
  const what = english('login.secret');
  const clientSecret = async (): Promise<string> => {
    const reading = await readSecret(signIn.secret, what, { env, prompt: askSecret, isRestricted });
    if (reading.kind === 'value') return reading.value;
    throw new SecretMissingError(what, reading);
  };
  return clientCredentialsToken({ ...signIn, clientSecret, now: Date.now });
}
