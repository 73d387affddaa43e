import { Readable } from 'node:stream';
import { BlobServiceClient } from '@azure/storage-blob';
import type { Place } from '../place.ts';
import type { Uploads } from './uploads.ts';

/** A container of Azure Blob Storage. */
export function azureUploads(place: Extract<Place, { kind: 'azure' }>, abortSignal: AbortSignal): Uploads {
  const { connectionString, container } = place;
  const service = BlobServiceClient.fromConnectionString(connectionString, { retryOptions: { maxTries: 2 } });
  const client = service.getContainerClient(container);
  return {
    async write(path, pieces) {
      const blob = client.getBlockBlobClient(path);
      await blob.uploadStream(Readable.from(pieces), undefined, undefined, { abortSignal });
    },
    close: () => undefined,
  };
}
