/** Which platform a run talks to, and as whom. */
export interface Platform {
  apiUrl: string;
  orgId: string;
  sandbox: string;
  /** The client id, sent as `x-api-key`. */
  apiKey: string;
  signIn:
    | { kind: 'token'; token: string }
    | { kind: 'credentials'; imsUrl: string; clientId: string; clientSecret: string; scopes: string };
}

export type PlatformReading =
  | { kind: 'ready'; platform: Platform }
  | { kind: 'missing'; names: readonly string[] }
  | { kind: 'badUrl'; name: string; value: string };

export const defaultApiUrl = 'https://platform.adobe.io';
const defaultImsUrl = 'https://ims-na1.adobelogin.com';
/** @see flow-service.md, section 1.1 */
const defaultScopes = 'openid,session,AdobeID,read_organizations,additional_info.projectedProductContext';

export interface PlatformFlags {
  apiUrl?: string | undefined;
  sandbox?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the platform from flags and environment; a flag beats the environment.
 *
 * @param fallbackSandbox - Where the caller knows one, for instance from a plan.
 * @see cli.md, "Environment"
 */
export function readPlatform(
  flags: PlatformFlags,
  env: Environment,
  fallbackSandbox?: string,
): PlatformReading {
  const given = (name: string): string | undefined => {
    const value = env[name]?.trim();
    return value === '' ? undefined : value;
  };
  const apiUrl = flags.apiUrl ?? given('FERRY_API_URL') ?? defaultApiUrl;
  const imsUrl = given('FERRY_IMS_URL') ?? defaultImsUrl;
  for (const [name, value] of [
    [flags.apiUrl === undefined ? 'FERRY_API_URL' : '--api-url', apiUrl],
    ['FERRY_IMS_URL', imsUrl],
  ] as const) {
    if (!/^https?:\/\/[^/]/.test(value) || !URL.canParse(value)) return { kind: 'badUrl', name, value };
  }
  const token = given('FERRY_ACCESS_TOKEN');
  const clientId = given('FERRY_CLIENT_ID');
  const clientSecret = given('FERRY_CLIENT_SECRET');
  const apiKey = given('FERRY_API_KEY') ?? clientId;
  const orgId = given('FERRY_ORG_ID');
  const sandbox = flags.sandbox ?? fallbackSandbox ?? given('FERRY_SANDBOX');
  const missing: string[] = [];
  if (token === undefined && (clientId === undefined || clientSecret === undefined)) {
    missing.push('FERRY_ACCESS_TOKEN');
  }
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
          imsUrl,
          clientId: clientId ?? '',
          clientSecret: clientSecret ?? '',
          scopes: given('FERRY_SCOPES') ?? defaultScopes,
        }
      : { kind: 'token', token };
  return { kind: 'ready', platform: { apiUrl: apiUrl.replace(/\/+$/, ''), orgId, sandbox, apiKey, signIn } };
}
