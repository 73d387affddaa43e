import { constants, gunzip } from 'node:zlib';
import { promisify } from 'node:util';

/**
 * What a file, or its beginning, says in clear: what is read may end anywhere.
 *
 * @param most - Bytes that it may grow to.
 * @returns Nothing where it is no sound gzip, or grows larger.
 */
export async function clearBytes(
  read: Buffer,
  most: number,
): Promise<{ readonly clear: Buffer; readonly isGzip: boolean } | undefined> {
  if (read[0] !== 0x1f || read[1] !== 0x8b) return { clear: read, isGzip: false };
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: most };
  return promisify(gunzip)(read, options).then(
    (clear) => ({ clear, isGzip: true }),
    () => undefined,
  );
}
