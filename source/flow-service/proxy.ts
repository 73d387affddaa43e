import { BadProxyError } from './errors.ts';

/** The variables that name a proxy, the stronger first, as undici reads them. */
const variables = {
  httpProxy: ['http_proxy', 'HTTP_PROXY'],
  httpsProxy: ['https_proxy', 'HTTPS_PROXY'],
} as const;

/** What undici can speak to a proxy. */
const schemes = ['http:', 'https:', 'socks5:', 'socks:'];

/** Addresses of proxies, each with its scheme. */
interface Proxies {
  httpProxy?: string;
  httpsProxy?: string;
}

/**
 * The proxies that the environment names; one without a scheme is spoken to by http, as curl does it.
 *
 * @throws BadProxyError that names the variable and never its value, which may hold a password.
 */
export function proxiesOf(env: Readonly<Record<string, string | undefined>>): Proxies | undefined {
  const found: Proxies = {};
  for (const kind of ['httpProxy', 'httpsProxy'] as const) {
    for (const name of variables[kind]) {
      const value = (env[name] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2');
      if (value === '') continue;
      found[kind] = addressOf(name, value);
      break;
    }
  }
  return found.httpProxy === undefined && found.httpsProxy === undefined ? undefined : found;
}

function addressOf(name: string, value: string): string {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // What an address would drop without a word was not meant either.
  const isPlain = /^[!-~]+$/.test(value);
  if (!url || !isPlain || !schemes.includes(url.protocol) || url.hostname === '')
    throw new BadProxyError(name);
  return address;
}
