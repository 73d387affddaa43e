import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import ssh2, { type SFTPWrapper } from 'ssh2';
import type { Place } from '../place.ts';
import type { Uploads } from './uploads.ts';

/** A server that speaks SFTP: whatever its key, as the platform does. */
export async function sftpUploads(
  { host, port, username, password, key }: Extract<Place, { kind: 'sftp' }>,
  signal: AbortSignal,
): Promise<Uploads> {
  const client = new ssh2.Client();
  const privateKey =
    key === undefined ? {} : { privateKey: key.includes('-----BEGIN ') ? key : Buffer.from(key, 'base64') };
  // Whoever waits is told by what waits; a connection that breaks off later breaks off what is written.
  const ready = once(client, 'ready', { signal });
  client.on('error', () => undefined);
  try {
    client.connect({
      host,
      port,
      username,
      ...(password === undefined ? privateKey : { password }),
      readyTimeout: 20_000,
    });
    await ready;
    // Else every piece waits for the last one to be known.
    client.setNoDelay(true);
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
      client.sftp((error, opened) => (error ? reject(error) : resolve(opened)));
    });
    return {
      write: (path, pieces) => pipeline(Readable.from(pieces), sftp.createWriteStream(path), { signal }),
      makeFolder: (path) =>
        new Promise((resolve) => {
          // One that is there is as good; one that cannot be made shows when a file is written into it.
          sftp.mkdir(path, () => resolve());
        }),
      close: () => client.destroy(),
    };
  } catch (error) {
    ready.catch(() => undefined);
    client.destroy();
    throw error;
  }
}
