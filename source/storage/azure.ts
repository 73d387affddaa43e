import {
  BlobServiceClient,
  ContainerClient,
  newPipeline,
  type RequestPolicyFactory,
} from '@azure/storage-blob';
import { type AskPage, beginningOf, EndlessError, lookingBy, mostAnswerBytes, type Page } from './answers.ts';
import {
  type Act,
  codeOf,
  type Failure,
  netFailure,
  nothingOfEmpty,
  StorageError,
  untilAborted,
} from './failure.ts';
import type { Place, Store } from './store.ts';

type AzurePlace = Extract<Place, { kind: 'azure' }>;

/** One attempt: whoever waits is told at once. The service sends nobody elsewhere, and nobody else is told what opens it. */
const clientOptions = { retryOptions: { maxTries: 1 }, redirectOptions: { maxRetries: 0 } };

function containerOf({ opens, container }: AzurePlace): ContainerClient {
  try {
    const { url, credential } =
      opens.by === 'sas'
        ? new ContainerClient(opens.uri)
        : BlobServiceClient.fromConnectionString(opens.connectionString).getContainerClient(container);
    const pipeline = newPipeline(credential, clientOptions);
    pipeline.factories.push(ofBoundedAnswers);
    return new ContainerClient(url, pipeline);
  } catch (error) {
    throw new StorageError({ kind: 'connectionString' }, error);
  }
}

/** Answers that end. What is read of a file is cut by whoever reads it, long before. */
const ofBoundedAnswers: RequestPolicyFactory = {
  create: (next) => ({
    sendRequest(request) {
      request.onDownloadProgress = ({ loadedBytes }) => {
        if (loadedBytes > mostAnswerBytes) throw new EndlessError();
      };
      return next.sendRequest(request);
    },
  }),
};

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
  const page: AskPage = async (prefix, maxPageSize, continuationToken, abortSignal) => {
    const read = async (): Promise<Page> => {
      const pages = container
        .listBlobsFlat({ prefix, abortSignal })
        .byPage({ maxPageSize, ...(continuationToken === undefined ? {} : { continuationToken }) });
      const { value, done } = await pages.next();
      if (done === true) return { files: [], hasMore: false };
      const next = value.continuationToken || undefined;
      const files = value.segment.blobItems.map(({ name, properties }) => ({
        key: String(name),
        bytes: properties.contentLength,
        // The types say that it is always there.
        changedMs: (properties.lastModified as Date | undefined)?.getTime(),
      }));
      return { files, next, hasMore: next !== undefined };
    };
    return send('list', read, abortSignal);
  };
  return {
    ...lookingBy(page, below),
    async put(name, bytes, signal) {
      await send('write', () => blob(name).upload(bytes, bytes.length, { abortSignal: signal }), signal);
    },
    async remove(name, signal) {
      await send('delete', () => blob(name).delete({ abortSignal: signal }), signal);
    },
    async read(name, most, signal) {
      const read = async (): Promise<Uint8Array> => {
        const { readableStreamBody } = await blob(name).download(0, most, { abortSignal: signal });
        return beginningOf((readableStreamBody ?? []) as AsyncIterable<Uint8Array>, most);
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
  AuthorizationSourceIPMismatch: { kind: 'notLetIn' },
  KeyBasedAuthenticationNotPermitted: { kind: 'keysOff' },
  NoAuthenticationInformation: { kind: 'wrongSecret' },
  InvalidAuthenticationInfo: { kind: 'wrongSecret' },
};

/** Codes that say that who has signed in may not do this. */
const ofRights =
  /^(Authorization(Permission|Protocol|ResourceType|Service)?Mismatch|InsufficientAccountPermissions|UnauthorizedBlobOverwrite)$/;

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
  if (name === 'AuthenticationFailed') return signInFailure(said);
  if (ofRights.test(name)) return { kind: 'noRight', act };
  if (name === '' && (statusCode === 401 || statusCode === 403))
    return { kind: 'forbidden', code: String(statusCode) };
  const isSentElsewhere = name === '' && statusCode !== undefined && statusCode < 400;
  if (isSentElsewhere || statusCode === undefined || /^(PARSE_ERROR|REQUEST_SEND_ERROR)$/.test(name))
    return { kind: 'otherServer' };
  return { kind: 'other', code: name === '' ? String(statusCode) : name };
}

/** One code for all that is wrong with a signature: its words tell more. */
function signInFailure(said: string): Failure {
  if (/date header too old|RequestTimeTooSkewed|Request date/i.test(said)) return { kind: 'clockSkew' };
  return /time frame|expir|Signed expiry/i.test(said) ? { kind: 'expired' } : { kind: 'wrongSecret' };
}
