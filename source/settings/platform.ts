import { undecorated } from './decoration.ts';
import type { Profile } from './profiles.ts';

/** Which platform a run talks to, and as whom. */
export interface Platform {
  apiUrl: string;
  orgId: string;
  sandbox: string;
  /** The client id, sent as `x-api-key`. */
  apiKey: string;
  /** `secret` is a reference, never the secret: see `readSecret`. */
  signIn:
    | { kind: 'token'; token: string }
    | { kind: 'credentials'; imsUrl: string; clientId: string; secret: string; scopes: string };
}

export type PlatformReading =
  | { kind: 'ready'; platform: Platform }
  | { kind: 'missing'; names: readonly string[] }
  | { kind: 'badUrl'; name: string }
  /** A user name or a password stands in the address. */
  | { kind: 'userInUrl'; name: string };

export const defaultApiUrl = 'https://platform.adobe.io';
export const defaultImsUrl = 'https://ims-na1.adobelogin.com';
/** @see flow-service.md, section 1.1 */
export const defaultScopes =
  'openid,session,AdobeID,read_organizations,additional_info.projectedProductContext';

interface PlatformFlags {
  apiUrl?: string | undefined;
  sandbox?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the platform from flags, environment and profile; the earlier of these beats the later.
 *
 * @param fallbackSandbox - Where the caller knows one, for instance from a plan.
 * @see cli.md, "Environment"
 */
export function readPlatform(
  flags: PlatformFlags,
  env: Environment,
  { fallbackSandbox, profile }: { fallbackSandbox?: string | undefined; profile?: Profile | undefined } = {},
): PlatformReading {
  const given = (name: string, isToken = false): string | undefined => {
    const value = undecorated(env[name] ?? '', { isToken });
    return value === '' ? undefined : value;
  };
  const apiUrl = flags.apiUrl ?? given('FERRY_API_URL') ?? profile?.apiUrl ?? defaultApiUrl;
  const imsUrl = given('FERRY_IMS_URL') ?? profile?.imsUrl ?? defaultImsUrl;
  for (const [name, value] of [
    [flags.apiUrl === undefined ? 'FERRY_API_URL' : '--api-url', apiUrl],
    ['FERRY_IMS_URL', imsUrl],
  ] as const) {
    const wrong = addressProblem(value);
    if (wrong) return { ...wrong, name };
  }
  const token = given('FERRY_ACCESS_TOKEN', true);
  const clientId = given('FERRY_CLIENT_ID') ?? profile?.clientId;
  const secret = given('FERRY_CLIENT_SECRET') === undefined ? secretOf(profile, clientId) : ownSecret;
  const apiKey = given('FERRY_API_KEY') ?? clientId;
  const orgId = given('FERRY_ORG_ID') ?? profile?.orgId;
  const sandbox = flags.sandbox ?? fallbackSandbox ?? given('FERRY_SANDBOX') ?? profile?.sandbox;
  const missing: string[] = [];
  if (token === undefined && (clientId === undefined || secret === undefined))
    missing.push('FERRY_ACCESS_TOKEN');
  if (apiKey === undefined) missing.push('FERRY_API_KEY');
  if (orgId === undefined) missing.push('FERRY_ORG_ID');
  if (sandbox === undefined) missing.push('FERRY_SANDBOX');
  if (apiKey === undefined || orgId === undefined || sandbox === undefined || missing.length > 0) {
    return { kind: 'missing', names: missing };
  }
  const signIn: Platform['signIn'] =
    token === undefined
      ? {
          kind: 'credentials',
          imsUrl: addressOf(imsUrl),
          clientId: clientId ?? '',
          secret: secret ?? ownSecret,
          scopes: given('FERRY_SCOPES') ?? profile?.scopes ?? defaultScopes,
        }
      : { kind: 'token', token };
  return { kind: 'ready', platform: { apiUrl: addressOf(apiUrl), orgId, sandbox, apiKey, signIn } };
}

/** Where the secret of the environment is. */
const ownSecret = 'env:FERRY_CLIENT_SECRET';

/** A profile's secret belongs to its own client id, not to one that the environment names instead. */
function secretOf(profile: Profile | undefined, clientId: string | undefined): string | undefined {
  return profile?.clientId === clientId ? profile?.secret : undefined;
}

/**
 * What is wrong with an address. Nobody is told what stands there: what cannot be read as an address may hold a
 * password at any place.
 */
export function addressProblem(value: string): { kind: 'badUrl' | 'userInUrl' } | undefined {
  // A backslash is a slash to a URL, and none to whoever wrote it.
  if (/^https?:\/\/[^/]/.test(value) && !value.includes('\\') && URL.canParse(value)) {
    const { username, password } = new URL(value);
    // An empty name before "@" is none to a URL, and would still be kept.
    const isNamed = username !== '' || password !== '' || /^https?:\/\/[^/?#]*@/.test(value);
    return isNamed ? { kind: 'userInUrl' } : undefined;
  }
  // NFKC makes a sign of every width the usual one.
  return { kind: /@|%40/.test(value.normalize('NFKC')) ? 'userInUrl' : 'badUrl' };
}

/** An address as it is used, kept and shown: without query, fragment and the slashes at its end. */
export const addressOf = (value: string): string => value.replace(/[?#].*$/s, '').replace(/\/+$/, '');
