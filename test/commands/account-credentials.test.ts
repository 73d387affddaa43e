import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { credentialsOf } from '../../source/commands/account-credentials.ts';
import type { Flags } from '../../source/commands/console/arguments.ts';
import { isStop } from '../../source/commands/console/stop.ts';
import type { Streams } from '../../source/commands/console/streams.ts';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import type { Connection } from '../../source/flow-service/connections.ts';
import { english } from '../../source/locale/catalogs.ts';

const card = '36965a81-b1c6-401b-99f8-22508f1e6a26';
const properties = { domain: { type: 'string' }, username: { type: 'string' } } as const;
const method = (name: string, secret: string) => ({
  name,
  spec: {
    properties: { ...properties, [secret]: { type: 'string', format: 'password' } },
    required: [...Object.keys(properties), secret],
  },
});
const spec = {
  id: card,
  name: 'SFTP',
  authSpec: [method('SFTP with Password', 'password'), method('SFTP with SSH Key', 'sshKey')],
};
const client = { getConnectionSpecs: () => Promise.resolve([spec]) };

const account = (
  specName: string,
  params: Record<string, unknown>,
): Pick<Connection, 'auth' | 'connectionSpec'> => ({
  connectionSpec: { id: card },
  auth: { specName, params },
});
const withPassword = account('SFTP with Password', {
  domain: 'files.example.com',
  username: 'aep',
  password: '*****',
  port: '2222',
});
const param = ['domain=new.example.com', 'username=aep', 'password=env:SFTP_PASSWORD'];

/** @param typed - What somebody types at a terminal; without it there is none. */
function streamsFor(typed?: string): { streams: Streams; said: () => string } {
  let written = '';
  const isTTY = typed !== undefined;
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => stdin });
  if (isTTY) stdin.write(typed);
  const stdout = Object.assign(new PassThrough(), { isTTY, columns: 100 });
  stdout.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const streams = {
    stdin,
    stdout,
    stderr: stdout,
    env: { SFTP_PASSWORD: 'PLANTED' },
    text: english,
    english,
    glyphs: unicodeGlyphs,
  };
  return { streams: streams as unknown as Streams, said: () => written };
}

const ask = (
  flags: Flags,
  of = withPassword,
  streams = streamsFor().streams,
): ReturnType<typeof credentialsOf> => credentialsOf(client, of, flags, streams);

describe('credentials of an account, given anew', () => {
  it.each<[string, string[], string | undefined, string | undefined]>([
    ['keeps without a terminal', [], undefined, '2222'],
    ['keeps by Enter', [], '\r', '2222'],
    ['takes what is typed for', [], '22022\r', '22022'],
    ['takes what is said for', ['port=2022'], undefined, '2022'],
    ['leaves out where that is said', ['port='], undefined, undefined],
  ])('%s what a sign-in need not have', async (_, more, typed, port) => {
    const { streams, said } = streamsFor(typed);
    const { params } = await ask({ param: [...param, ...more] }, withPassword, streams);
    expect(params).toEqual({
      domain: 'new.example.com',
      username: 'aep',
      password: 'PLANTED',
      ...(port === undefined ? {} : { port }),
    });
    expect(said().includes('port [2222]: ')).toBe(typed !== undefined);
  });

  it('asks again for what a sign-in must have', async () => {
    await expect(ask({ param: param.slice(1) })).rejects.toMatchObject({ exitCode: 3 });
  });

  it.each([
    ['Basic Authentication for sftp', 'password', 'SFTP with Password'],
    ['SSH PublicKey Authentication for sftp', 'sshKey', 'SFTP with SSH Key'],
    ['SFTP with Password', 'sshKey', 'SFTP with SSH Key'],
  ])('takes %s with %s for %s', async (stored, secret, chosen) => {
    const told = ['domain=new.example.com', 'username=aep'];
    const of = account(stored, { domain: 'd.example.com', username: 'aep', [secret]: '*****' });
    const flags: Flags = { emulator: true, param: [...told, `${secret}=env:NOT_SET`] };
    expect(await ask(flags, of)).toMatchObject({ specName: chosen });
  });

  it.each([
    ['no secret', {}],
    ['the secrets of several', { password: '*****', sshKey: '*****' }],
  ])('names --auth and the choices for an unknown sign-in with %s', async (_, secrets) => {
    const of = account('Basic Authentication for sftp', { domain: 'd.example.com', ...secrets });
    const error: unknown = await ask({ param }, of).catch((one: unknown) => one);
    if (!isStop(error)) throw error;
    expect(error.sentences.map((sentence) => sentence(english))).toEqual([
      'Unknown sign-in "Basic Authentication for sftp". Choose one with --auth: SFTP with Password, SFTP with SSH Key',
    ]);
    expect(await ask({ auth: 'SFTP with Password', param }, of)).toMatchObject({
      specName: 'SFTP with Password',
    });
  });
});
