import type { Place, Store } from './store.ts';

/** Opens a place with the client of its kind, which is read only now. Nothing is sent yet. @throws StorageError for what opens nothing: a key, a connection string */
export async function openStore(place: Place): Promise<Store> {
  switch (place.kind) {
    case 's3':
      return (await import('./s3.ts')).openS3(place);
    case 'azure':
      return (await import('./azure.ts')).openAzure(place);
    case 'sftp':
      return (await import('./sftp.ts')).openSftp(place);
  }
}
