import { createServer as createHttp, type Server } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, connect, type Server as NetServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Finished, runProgram } from '../helpers/program.ts';
import { makeCertificate } from './servers.ts';

const sandboxes = JSON.stringify({
  sandboxes: [{ name: 'dev', title: 'Development', state: 'active', type: 'development', isDefault: false }],
});

const listening = (server: NetServer): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

let secure: Server;
let proxy: Server;
let address: string;
let proxyAddress: string;
let tunnels: string[] = [];
let ca: string;
let certificate: ReturnType<typeof makeCertificate>;

beforeAll(async () => {
  certificate = makeCertificate();
  ca = certificate.file;
  secure = createHttps(certificate, (_, answer) => answer.end(sandboxes));
  address = `https://localhost:${await listening(secure)}`;
  proxy = createHttp();
  proxy.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    const { port, hostname } = new URL(`http://${request.url ?? ''}`);
    const there = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      there.pipe(socket).pipe(there);
    });
    for (const one of [socket, there]) one.on('error', () => one.destroy());
  });
  proxyAddress = `http://127.0.0.1:${await listening(proxy)}`;
});
beforeEach(() => {
  tunnels = [];
});
afterAll(() => {
  for (const server of [secure, proxy]) {
    server.closeAllConnections();
    server.close();
  }
});

const list = (env: Record<string, string>): Promise<Finished> =>
  runProgram(['list', 'sandboxes', '--json'], {
    env: {
      FERRY_API_URL: address,
      FERRY_ACCESS_TOKEN: 'token',
      FERRY_API_KEY: 'key',
      FERRY_ORG_ID: 'a@AdobeOrg',
      FERRY_SANDBOX: 'dev',
      ...env,
    },
  });

describe('a platform behind a certificate of the company', () => {
  it('is not trusted, and the sentence says what to set', async () => {
    const { exitCode, stderr } = await list({});
    expect(exitCode).toBe(7);
    expect(stderr).toContain('certificate is not trusted');
    expect(stderr).toContain('NODE_EXTRA_CA_CERTS');
  });

  it('works with NODE_EXTRA_CA_CERTS', async () => {
    const { exitCode, stdout } = await list({ NODE_EXTRA_CA_CERTS: ca });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Development');
  });

  it('is spoken to in HTTP/2 where it offers nothing else', async () => {
    const modern = createSecureServer(certificate, ({ httpVersion }, answer) => {
      answer.end(httpVersion === '2.0' ? sandboxes : '{}');
    });
    const sessions = new Set<{ destroy: () => void }>();
    modern.on('session', (session) => void sessions.add(session));
    try {
      const FERRY_API_URL = `https://localhost:${await listening(modern)}`;
      const { exitCode, stdout } = await list({ NODE_EXTRA_CA_CERTS: ca, FERRY_API_URL });
      expect(exitCode).toBe(0);
      expect(stdout).toContain('Development');
      expect(sessions.size).toBeGreaterThan(0);
    } finally {
      for (const session of sessions) session.destroy();
      modern.close();
    }
  });
});

describe('a proxy', () => {
  it('is used when HTTPS_PROXY names it; the token goes through the tunnel, not to the proxy', async () => {
    const { exitCode } = await list({ NODE_EXTRA_CA_CERTS: ca, HTTPS_PROXY: proxyAddress });
    expect(exitCode).toBe(0);
    // What is read side by side may take a tunnel each.
    expect(new Set(tunnels)).toEqual(new Set([new URL(address).host]));
  });

  it('is not used for a host of NO_PROXY', async () => {
    const { exitCode } = await list({
      NODE_EXTRA_CA_CERTS: ca,
      HTTPS_PROXY: proxyAddress,
      NO_PROXY: 'localhost',
    });
    expect(exitCode).toBe(0);
    expect(tunnels).toEqual([]);
  });

  it('that is not there is named', async () => {
    const { exitCode, stderr } = await list({ HTTPS_PROXY: 'http://127.0.0.1:9' });
    expect(exitCode).toBe(7);
    expect(stderr).toContain('Cannot reach');
    expect(stderr).toContain('127.0.0.1:9');
  });
});
