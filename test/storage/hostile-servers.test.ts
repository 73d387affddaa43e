import { createServer, type RequestListener } from 'node:http';
import { createServer as createListener, type AddressInfo, type Server, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkPlace } from '../../source/storage/check.ts';
import { openStore } from '../../source/storage/open-store.ts';
import type { Place } from '../../source/storage/store.ts';
import { endWithTest } from '../helpers/scope.ts';

const host = '127.0.0.1';

function portOf(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  endWithTest(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, host, () => resolve((server.address() as AddressInfo).port));
  });
}

type Kind = 's3' | 'azure';

/** A server that says this to whoever lists, and takes what is written and deleted. */
async function placeOf(kind: Kind, lists: RequestListener): Promise<Place> {
  const server = createServer((request, answer) => {
    request.resume();
    answer.on('error', () => undefined);
    if (request.method === 'PUT') return void answer.writeHead(201, { etag: '"e"' }).end();
    if (request.method === 'DELETE') return void answer.writeHead(kind === 's3' ? 204 : 202).end();
    answer.setHeader('content-type', 'application/xml');
    lists(request, answer);
  });
  const address = `http://${host}:${await portOf(server)}`;
  if (kind === 's3')
    return {
      ...{ kind, cloud: 'amazon', bucket: 'crm', folder: '', region: 'us-east-1' },
      ...{ accessKeyId: 'AK', secretAccessKey: 'a secret', endpoint: address },
    };
  const connectionString = `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=c2VjcmV0;BlobEndpoint=${address}/a;`;
  return { kind, container: 'crm', folder: '', opens: { by: 'connectionString', connectionString } };
}

/** Longer than anything takes that is not about time, milliseconds. */
const longMs = 120_000;

async function toldOf(place: Place, mostMs = longMs): Promise<string> {
  const said: string[] = [];
  for await (const step of checkPlace(place, { writes: true, mostMs }))
    said.push(`${step.name} ${step.kind === 'failed' ? step.failure.kind : step.kind}`);
  return said.join(', ');
}

async function listed(place: Place) {
  const store = await openStore(place);
  endWithTest(() => store.close());
  return store.list({ most: 20_000, signal: AbortSignal.timeout(longMs) });
}

const file = { s3: (size: string): string => `<Contents><Key>a</Key><Size>${size}</Size></Contents>` };
const blob = (size: string): string =>
  `<Blob><Name>a</Name><Properties><Content-Length>${size}</Content-Length></Properties></Blob>`;
const page = {
  s3: (token: string, size = '5'): string =>
    `<ListBucketResult><Name>crm</Name><IsTruncated>true</IsTruncated>${token === '' ? '' : `<NextContinuationToken>${token}</NextContinuationToken>`}${file.s3(size)}</ListBucketResult>`,
  azure: (token: string, size = '5'): string =>
    `<EnumerationResults ContainerName="crm"><Blobs>${blob(size)}</Blobs><NextMarker>${token}</NextMarker></EnumerationResults>`,
};

describe.each(['s3', 'azure'] as const)('a server that speaks %s', (kind) => {
  it.each([
    ['a page', '<html><body>Sign in</body></html>'],
    ['nothing', ''],
  ])('is none where it answers everything with %s', async (_, said) => {
    expect(await toldOf(await placeOf(kind, (_request, answer) => answer.end(said)))).toBe(
      'reached otherServer',
    );
  });

  it('is left where its answer goes on and on', async () => {
    const place = await placeOf(kind, (_, answer) => {
      const more = '<a>b</a>'.repeat(10_000);
      const go = (): void => {
        while (!answer.destroyed && answer.write(more));
        if (!answer.destroyed) answer.once('drain', go);
      };
      go();
    });
    expect(await toldOf(place)).toBe('reached otherServer');
  });

  it.each([
    ['says the same mark again', () => 'same', 2],
    ['says two marks by turns', (asked: number) => `mark${asked % 2}`, 3],
    ['always has another mark', (asked: number) => `mark${asked}`, 200],
  ])('has no whole listing where it %s', async (_, mark, most) => {
    let asked = 0;
    const place = await placeOf(kind, (_request, answer) => {
      asked += 1;
      answer.end(page[kind](mark(asked)));
    });
    expect((await listed(place)).isWhole).toBe(false);
    expect(asked).toBe(most);
  });

  it.each(['NaN', '-7', '1e999'])('does not say how long a file of %s bytes is', async (size) => {
    const place = await placeOf(kind, (_, answer) => answer.end(page[kind]('same', size)));
    expect((await listed(place)).files[0]?.bytes).toBeUndefined();
  });

  it.each([401, 403])(
    'is not said to have let anybody in where it says %d and nothing else',
    async (status) => {
      const place = await placeOf(kind, (_, answer) => answer.writeHead(status).end());
      expect(await toldOf(place)).toBe('reached fine, signedIn unseen, place unseen, list forbidden');
    },
  );

  it.each([301, 302, 307, 308])('is asked alone, where it sends elsewhere with %d', async (status) => {
    let connections = 0;
    let asked = 0;
    const other = createServer((_, answer) => answer.end('<a/>')).on('connection', () => {
      connections += 1;
    });
    const elsewhere = `http://${host}:${await portOf(other)}/taken?`;
    const toOther = await placeOf(kind, (_, answer) =>
      answer.writeHead(status, { location: elsewhere }).end(),
    );
    expect(await toldOf(toOther)).toBe('reached otherServer');
    expect(connections).toBe(0);
    // Nor is it asked again and again where it sends to itself.
    const toItself = await placeOf(kind, (_, answer) => {
      asked += 1;
      answer.writeHead(status, { location: '/again' }).end();
    });
    expect(await toldOf(toItself)).toBe('reached otherServer');
    expect(asked).toBe(1);
  });

  it('tells of no file whose name leads out of the folder', async () => {
    const names = ['daily/../out.csv', 'daily/in/../../out.csv', 'daily/./in.csv', 'daily/..csv'];
    const files = names.map((name) =>
      kind === 's3'
        ? `<Contents><Key>${name}</Key></Contents>`
        : `<Blob><Name>${name}</Name><Properties><Content-Length>1</Content-Length></Properties></Blob>`,
    );
    const said =
      kind === 's3'
        ? `<ListBucketResult><KeyCount>4</KeyCount>${files.join('')}</ListBucketResult>`
        : `<EnumerationResults><Blobs>${files.join('')}</Blobs><NextMarker/></EnumerationResults>`;
    const place = await placeOf(kind, (_, answer) => answer.end(said));
    expect((await listed({ ...place, folder: 'daily' })).files.map(({ name }) => name)).toEqual(['..csv']);
  });

  it('is waited for no longer where its answer comes drop by drop', async () => {
    const place = await placeOf(kind, (_, answer) => {
      const timer = setInterval(() => answer.write(' '), 20);
      answer.on('close', () => clearInterval(timer));
    });
    expect(await toldOf(place, 500)).toBe('reached timeout');
  });

  it('says nothing of the sign-in where it fails itself', async () => {
    const place = await placeOf(kind, (_, answer) =>
      answer.writeHead(500).end('<Error><Code>InternalError</Code></Error>'),
    );
    expect(await toldOf(place)).toBe('reached fine, signedIn unseen, place unseen, list other');
  });
});

it('a listing that has more, and no mark to ask for it, is not whole', async () => {
  const place = await placeOf('s3', (_, answer) => answer.end(page.s3('')));
  expect((await listed(place)).isWhole).toBe(false);
});

describe('a server that does not speak SFTP', () => {
  it.each([
    ['a line without an end', 'x'.repeat(300_000)],
    ['noise after its greeting', `SSH-2.0-x\r\n${'\u00ff'.repeat(300_000)}`],
  ])('is reached, and nothing more: %s', async (_, said) => {
    const server = createListener((socket) => {
      socket.on('error', () => undefined);
      socket.write(said, 'latin1');
    });
    const place: Place = {
      ...{ kind: 'sftp', host, port: await portOf(server), username: 'u', folder: '', knownHosts: [] },
      opens: { by: 'password', password: 'a secret' },
    };
    expect(await toldOf(place)).toBe('reached otherServer');
  });
});
