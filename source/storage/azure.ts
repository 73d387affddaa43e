import { ContainerClient, BlobServiceClient } from '@azure/storage-blob';
import {
  type Act,
  codeOf,
  type Failure,
  netFailure,
  nothingOfEmpty,
  StorageError,
  untilAborted,
} from './failure.ts';
import type { ListOptions, Place, Store, StoredFile } from './store.ts';

type AzurePlace = Extract<Place, { kind: 'azure' }>;

function containerOf({ opens, container }: AzurePlace): ContainerClient {
  // One attempt: whoever waits is told at once.
  const options = { retryOptions: { maxTries: 1 } };
  try {
    return opens.by === 'sas'
      ? new ContainerClient(opens.uri, undefined, options)
      : BlobServiceClient.fromConnectionString(opens.connectionString, options).getContainerClient(container);
  } catch (error) {
    throw new StorageError({ kind: 'connectionString' }, error);
  }
}

/** A container of Azure Blob Storage. @throws StorageError for a connection string that is none */
export function openAzure(place: AzurePlace): Store {
  const container = containerOf(place);
  const below = place.folder === '' ? '' : `${place.folder}/`;
  const send = async <Answer>(
    act: Act,
    call: () => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer> => {
    try {
      return await untilAborted(call(), signal);
    } catch (error) {
      throw new StorageError(signal.aborted ? { kind: 'timeout' } : azureFailure(error, act), error);
    }
  };
  const blob = (name: string) => container.getBlockBlobClient(below + name);
  const pages = (prefix: string, abortSignal: AbortSignal, maxPageSize: number) =>
    container.listBlobsFlat({ prefix, abortSignal }).byPage({ maxPageSize });
  return {
    async look(signal) {
      await send('list', () => pages(below, signal, 1).next(), signal);
      return {};
    },
    async list({ prefix = '', most, signal }: ListOptions) {
      const files: StoredFile[] = [];
      const all = pages(below + prefix, signal, Math.min(5000, most));
      for (;;) {
        const page = await send('list', () => all.next(), signal);
        if (page.done === true) return { files, looked: files.length, isWhole: true };
        for (const { name, properties } of page.value.segment.blobItems)
          files.push({
            name: name.slice(below.length),
            bytes: properties.contentLength ?? 0,
            changedMs: properties.lastModified.getTime(),
          });
        const isWhole = !page.value.continuationToken;
        if (isWhole || files.length >= most) return { files, looked: files.length, isWhole };
      }
    },
    async put(name, bytes, signal) {
      await send('write', () => blob(name).upload(bytes, bytes.length, { abortSignal: signal }), signal);
    },
    async remove(name, signal) {
      await send('delete', () => blob(name).delete({ abortSignal: signal }), signal);
    },
    async read(name, most, signal) {
      const read = async (): Promise<Uint8Array> => {
        const { readableStreamBody } = await blob(name).download(0, most, { abortSignal: signal });
        const chunks: Uint8Array[] = [];
        for await (const chunk of readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
        return Buffer.concat(chunks);
      };
      return send('read', read, signal).catch(nothingOfEmpty);
    },
    close: () => undefined,
  };
}

/** What the code of an answer means. @see status and error codes of the Blob service */
const byCode: Readonly<Record<string, Failure>> = {
  ContainerNotFound: { kind: 'noContainer' },
  ContainerBeingDeleted: { kind: 'noContainer' },
  ContainerDisabled: { kind: 'noContainer' },
  ResourceNotFound: { kind: 'noContainer' },
  InvalidResourceName: { kind: 'noContainer' },
  OutOfRangeInput: { kind: 'noContainer' },
  BlobNotFound: { kind: 'noFile' },
  AccountIsDisabled: { kind: 'notLetIn' },
  AuthorizationFailure: { kind: 'notLetIn' },
  KeyBasedAuthenticationNotPermitted: { kind: 'keysOff' },
  NoAuthenticationInformation: { kind: 'wrongSecret' },
  InvalidAuthenticationInfo: { kind: 'wrongSecret' },
};

/** What an error of the client says. */
export function azureFailure(error: unknown, act: Act): Failure {
  const net = netFailure(error);
  if (net) return net;
  if (typeof error !== 'object' || error === null) return { kind: 'other', code: '' };
  const { code, statusCode, message, details } = error as {
    code?: unknown;
    statusCode?: number;
    message?: unknown;
    details?: {
      errorCode?: unknown;
      authenticationErrorDetail?: unknown;
      AuthenticationErrorDetail?: unknown;
    };
  };
  const name = codeOf(details?.errorCode ?? code);
  const said = [message, details?.authenticationErrorDetail, details?.AuthenticationErrorDetail].join(' ');
  const known = Object.hasOwn(byCode, name) ? byCode[name] : undefined;
  if (known) return known;
  if (name === 'AuthenticationFailed' || statusCode === 401) return signInFailure(said);
  if (
    /^Authorization(Permission|Protocol|ResourceType|Service|SourceIP)?Mismatch$|^InsufficientAccountPermissions$/.test(
      name,
    )
  )
    return /SourceIP/.test(name) ? { kind: 'notLetIn' } : { kind: 'noRight', act };
  if (statusCode === 403) return { kind: 'noRight', act };
  if (statusCode === undefined || /^(PARSE_ERROR|REQUEST_SEND_ERROR)$/.test(name))
    return { kind: 'otherServer' };
  return { kind: 'other', code: name === '' ? String(statusCode) : name };
}

/** One code for all that is wrong with a signature: its words tell more. */
function signInFailure(said: string): Failure {
  if (/date header too old|RequestTimeTooSkewed|Request date/i.test(said)) return { kind: 'clockSkew' };
  return /time frame|expir|Signed expiry/i.test(said) ? { kind: 'expired' } : { kind: 'wrongSecret' };
}
