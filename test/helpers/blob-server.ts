import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import { endWithTest } from './scope.ts';
import { projectRoot } from './terminal.ts';

/** What somebody asked a server for: `LIST`, or what is done with one file. */
export interface BlobAsked {
  readonly act: 'LIST' | 'PUT' | 'GET' | 'DELETE';
  /** Its name in the container; of a list how the names begin. */
  readonly name: string;
  /** What of a file is wanted: `bytes=0-99`. */
  readonly range?: string | undefined;
}

/** Answers in the server's place, or does something first. @returns whether it has answered */
export type BlobAnswer = (asked: BlobAsked, answer: ServerResponse) => Promise<boolean> | boolean;

/** A server of the Blob protocol by hand: one container, in memory. */
export interface BlobServer {
  readonly port: number;
  /** What opens it: the key is planted, and must be seen nowhere. */
  readonly connectionString: string;
  /** Its files by their names in the container. */
  readonly files: Map<string, Buffer>;
  readonly asked: BlobAsked[];
  /** How many have connected. */
  readonly connections: number;
}

const host = '127.0.0.1';
/** The key of its account, as it stands in the connection string. */
export const blobKey = Buffer.from('PLANTED-key').toString('base64');

export async function blobServer(before: BlobAnswer = () => false): Promise<BlobServer> {
  const files = new Map<string, Buffer>();
  const asked: BlobAsked[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((request, answer) => {
    answer.on('error', () => undefined);
    const one = askedBy(request);
    asked.push(one);
    void bodyOf(request).then(async (body) => {
      if (!(await before(one, answer))) answerWith(files, one, body, answer);
    });
  });
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
  });
  endWithTest(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const opens = [
    'DefaultEndpointsProtocol=http',
    'AccountName=acme',
    `AccountKey=${blobKey}`,
    `BlobEndpoint=http://${host}:${port}/acme`,
  ];
  return {
    port,
    connectionString: `${opens.join(';')};`,
    files,
    asked,
    get connections() {
      return connections;
    },
  };
}

/** `/acme/CONTAINER/NAME`, or a list of that container. */
function askedBy({ method = '', url = '', headers }: IncomingMessage): BlobAsked {
  const { pathname, searchParams } = new URL(url, `http://${host}`);
  if (searchParams.get('comp') === 'list') return { act: 'LIST', name: searchParams.get('prefix') ?? '' };
  const name = decodeURIComponent(pathname.split('/').slice(3).join('/'));
  if (method === 'PUT' || method === 'DELETE') return { act: method, name };
  return { act: 'GET', name, range: headers['x-ms-range']?.toString() };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function answerWith(
  files: Map<string, Buffer>,
  { act, name, range = '' }: BlobAsked,
  body: Buffer,
  answer: ServerResponse,
): void {
  const found = files.get(name);
  if (act === 'LIST') {
    const blobs = [...files]
      .filter(([one]) => one.startsWith(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([one, { length }]) => {
        const properties = `<Content-Length>${length}</Content-Length><Last-Modified>${new Date().toUTCString()}</Last-Modified>`;
        return `<Blob><Name>${one}</Name><Properties>${properties}</Properties></Blob>`;
      });
    answer.writeHead(200, { 'content-type': 'application/xml' });
    answer.end(`<EnumerationResults><Blobs>${blobs.join('')}</Blobs><NextMarker /></EnumerationResults>`);
  } else if (act === 'PUT') {
    files.set(name, body);
    answer.writeHead(201, { etag: '"e"' }).end();
  } else if (!found) {
    refuse(answer, 404, 'BlobNotFound');
  } else if (act === 'DELETE') {
    files.delete(name);
    answer.writeHead(202).end();
  } else {
    const [, last] = /bytes=0-(\d+)/.exec(range) ?? [];
    const part = found.subarray(0, last === undefined ? found.length : Number(last) + 1);
    answer.writeHead(206, {
      'content-type': 'text/csv',
      'content-length': part.length,
      'content-range': `bytes 0-${part.length - 1}/${found.length}`,
      etag: '"e"',
    });
    answer.end(part);
  }
}

/** An error as the service writes it. */
export function refuse(answer: ServerResponse, status: number, code: string, message = 'no'): void {
  answer.writeHead(status, { 'content-type': 'application/xml', 'x-ms-error-code': code });
  answer.end(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}

/** Changes to the plan of a container: of its location, and of every segment. */
export interface BlobPlan {
  readonly location?: object;
  readonly segment?: object;
  /** Where its connection string is. @default 'env:BLOB_CONNECTION_STRING' */
  readonly secret?: string;
}

/** Writes a plan that exports into a container of such a server. */
export function writeBlobPlan(folder: string, { location, segment, secret }: BlobPlan = {}): string {
  const example = path.join(projectRoot, 'examples/plans/newer-blob.plan.json');
  const plan = JSON.parse(readFileSync(example, 'utf8')) as {
    destination: { auth: { params: object }; location: object };
    segments: object[];
  };
  Object.assign(plan.destination.location, location);
  if (secret !== undefined) plan.destination.auth.params = { connectionString: { $secret: secret } };
  plan.segments = plan.segments.map((one) => ({ ...one, ...segment }));
  const file = path.join(folder, 'a.plan.json');
  writeFileSync(file, JSON.stringify(plan));
  return file;
}
