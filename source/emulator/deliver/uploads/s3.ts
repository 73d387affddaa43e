import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Place } from '../place.ts';
import type { Uploads } from './uploads.ts';

/** Larger files go in parts of this size; no part but the last may be smaller than 5 MiB. */
const partBytes = 8 * 1024 * 1024;

/** A bucket, of Google's by the same requests. */
export function s3Uploads(place: Extract<Place, { kind: 's3' }>, abortSignal: AbortSignal): Uploads {
  const { bucket: Bucket, endpoint, isGoogle, keyId, secret } = place;
  const address = endpoint ?? (isGoogle ? 'https://storage.googleapis.com' : undefined);
  const client = new S3Client({
    region: 'us-east-1',
    followRegionRedirects: true,
    ...(address === undefined ? {} : { endpoint: address, forcePathStyle: true }),
    credentials: { accessKeyId: keyId, secretAccessKey: secret },
    maxAttempts: 2,
    // Only Amazon's own servers know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return {
    async write(Key, pieces) {
      const parts = inParts(pieces);
      const first = await parts.next();
      const second = first.done === true ? first : await parts.next();
      if (second.done === true) {
        const Body = first.value ?? Buffer.alloc(0);
        await client.send(new PutObjectCommand({ Bucket, Key, Body }), { abortSignal });
        return;
      }
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }), {
        abortSignal,
      });
      const Parts: { ETag: string | undefined; PartNumber: number }[] = [];
      const send = async (Body: Buffer): Promise<void> => {
        const PartNumber = Parts.length + 1;
        const command = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body });
        const { ETag } = await client.send(command, { abortSignal });
        Parts.push({ ETag, PartNumber });
      };
      try {
        if (first.value) await send(first.value);
        await send(second.value);
        for await (const part of parts) await send(part);
        const whole = { Bucket, Key, UploadId, MultipartUpload: { Parts } };
        await client.send(new CompleteMultipartUploadCommand(whole), { abortSignal });
      } catch (error) {
        // Parts that are left are paid for.
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })).catch(() => undefined);
        throw error;
      }
    },
    close: () => client.destroy(),
  };
}

async function* inParts(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, undefined> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    held.push(piece);
    bytes += piece.length;
    if (bytes < partBytes) continue;
    yield Buffer.concat(held);
    [held, bytes] = [[], 0];
  }
  if (bytes > 0) yield Buffer.concat(held);
  return undefined;
}
