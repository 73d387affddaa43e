import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../source/commands/console/exit-codes.ts';
import { proxiesOf } from '../../source/flow-service/proxy.ts';
import { clientCredentialsToken, staticToken } from '../../source/flow-service/token.ts';
import type { ClientSettings } from '../../source/flow-service/transport.ts';
import { answerWith, clientOf, failureOf } from '../helpers/answers.ts';

describe('a setting that cannot be sent', () => {
  it.each<[string, Partial<ClientSettings>, string, object]>([
    [
      'a key with a sign of no width',
      { apiKey: 'the\u200bkey' },
      'apiKey',
      { fault: 'invisible', code: 'U+200B', place: 4 },
    ],
    [
      'a key with a soft hyphen',
      { apiKey: 'the\u00adkey' },
      'apiKey',
      { fault: 'invisible', code: 'U+00AD' },
    ],
    [
      'a key with a blank that is none',
      { apiKey: 'the\u00a0key' },
      'apiKey',
      { fault: 'invisible', code: 'U+00A0' },
    ],
    ['a key with a blank', { apiKey: 'the key' }, 'apiKey', { fault: 'blank' }],
    [
      'an organisation with a full-width sign',
      { orgId: 'X＠AdobeOrg' },
      'orgId',
      { fault: 'foreign', sign: '＠' },
    ],
    ['an organisation with an accent', { orgId: 'é@AdobeOrg' }, 'orgId', { fault: 'foreign', sign: 'é' }],
    [
      'a token with a line end',
      { token: staticToken('the\ntoken') },
      'token',
      { fault: 'lineEnd', code: 'U+000A' },
    ],
    [
      'a token with a bell',
      { token: staticToken('the\u0007token') },
      'token',
      { fault: 'control', code: 'U+0007' },
    ],
    ['a token with half a sign', { token: staticToken('the\ud83dtoken') }, 'token', { fault: 'control' }],
    ['a sandbox with a mark of direction', { sandbox: 'dev\u200f' }, 'sandbox', { fault: 'invisible' }],
    ['a sandbox of another script', { sandbox: '開發' }, 'sandbox', { fault: 'foreign', place: 1 }],
  ])('is named: %s', async (_, settings, setting, wrong) => {
    const server = await answerWith(() => ({ json: {} }));
    const error = await failureOf(clientOf(server.url, settings).listSandboxes());
    expect(error).toMatchObject({ kind: 'unsendable', setting, wrong });
    expect(exitCodeOf(error)).toBe(2);
    // Nothing of the setting is told but one sign that is none of a good one.
    expect(JSON.stringify(error) + String(error)).not.toMatch(/the.?token|the.?key/);
    expect(server.seen).toEqual([]);
  });

  it('is named before it is given away for a token', async () => {
    const server = await answerWith(() => ({ json: { access_token: 'x' } }));
    const token = clientCredentialsToken({
      imsUrl: server.url,
      clientId: 'id',
      clientSecret: () => Promise.resolve('se\u200bcret'),
      scopes: 's',
      now: () => 0,
    });
    expect(await failureOf(token.get())).toMatchObject({ kind: 'unsendable', setting: 'clientSecret' });
    expect(server.seen).toEqual([]);
  });

  it('is an answer that cannot be read where the service gave it', async () => {
    const server = await answerWith(() => ({ json: { access_token: 'a\nb' } }));
    const token = clientCredentialsToken({
      imsUrl: server.url,
      clientId: 'id',
      clientSecret: () => Promise.resolve('secret'),
      scopes: 's',
      now: () => 0,
    });
    expect(await failureOf(token.get())).toMatchObject({
      kind: 'unreadable',
      problems: [{ path: '$.access_token' }],
    });
  });
});

describe('a proxy', () => {
  it.each<[string, string]>([
    ['http://proxy.corp:3128', 'http://proxy.corp:3128'],
    ['proxy.corp:3128', 'http://proxy.corp:3128'],
    ['localhost:3128', 'http://localhost:3128'],
    ['10.0.0.1:3128', 'http://10.0.0.1:3128'],
    ['[::1]:3128', 'http://[::1]:3128'],
    ['proxy', 'http://proxy'],
    ['user:pass@proxy.corp:3128', 'http://user:pass@proxy.corp:3128'],
    ['HTTPS://proxy.corp', 'HTTPS://proxy.corp'],
    ['socks5://proxy.corp:1080', 'socks5://proxy.corp:1080'],
    [' "proxy.corp:3128"\r', 'http://proxy.corp:3128'],
  ])('%j is spoken to as %s', (said, meant) => {
    expect(proxiesOf({ HTTPS_PROXY: said })).toEqual({ httpsProxy: meant });
    expect(proxiesOf({ http_proxy: said })).toEqual({ httpProxy: meant });
  });

  it.each([
    'http://',
    'ftp://proxy:1080',
    'proxy corp:3128',
    'proxy:port',
    'http://proxy\u200b:3128',
    '://',
    'pro＠xy:1',
  ])('%j is none: its variable is named, and never its value', (said) => {
    const attempt = (): unknown => proxiesOf({ https_proxy: said });
    expect(attempt).toThrow(expect.objectContaining({ kind: 'badProxy', variable: 'https_proxy' }));
    expect(attempt).not.toThrow(said);
  });

  it('is none where nothing is named, or nothing but blanks', () => {
    expect(proxiesOf({ HTTPS_PROXY: ' ', http_proxy: '' })).toBeUndefined();
  });
});
