import type { Place } from '../place.ts';

/** Storage that is open. Paths begin in its bucket or container; on a server they may begin at its root. */
export interface Uploads {
  /** Writes a file of any length, in pieces. @throws Error of the client's own */
  write(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /** Makes a folder, where the storage has folders. */
  makeFolder?(path: string): Promise<void>;
  close(): void;
}

/** Opens storage with the client of its kind, which is read only now. */
export async function openUploads(place: Place, signal: AbortSignal): Promise<Uploads> {
  switch (place.kind) {
    case 's3':
      return (await import('./s3.ts')).s3Uploads(place, signal);
    case 'azure':
      return (await import('./azure.ts')).azureUploads(place, signal);
    case 'sftp':
      return (await import('./sftp.ts')).sftpUploads(place, signal);
  }
}
