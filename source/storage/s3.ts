import { Agent } from 'node:https';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  type Act,
  codeOf,
  type Failure,
  netFailure,
  nothingOfEmpty,
  StorageError,
  untilAborted,
} from './failure.ts';
import { type AskPage, beginningOf, bounded, lookingBy } from './answers.ts';
import { bucketAddress, firstRegion } from './server-of.ts';
import type { Place, Store } from './store.ts';

type S3Place = Extract<Place, { kind: 's3' }>;

function clientOf(place: S3Place, region: string): S3Client {
  const { accessKeyId, secretAccessKey, sessionToken, bucket } = place;
  const client = new S3Client({
    region,
    endpoint: bucketAddress(place, region),
    // A certificate is of one level of names, and another server has no names of buckets.
    forcePathStyle: place.endpoint !== undefined || place.cloud === 'google' || bucket.includes('.'),
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    // A clock that is wrong is told instead of being worked around.
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    // Servers beside Amazon's do not know the newer ones.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { httpsAgent: new Agent({ proxyEnv: process.env } as object) },
  });
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        const { response } = answer;
        // A file is read as far as is wanted.
        if (commandName !== GetObjectCommand.name && hasBody(response))
          response.body = Readable.from(bounded(response.body));
        return answer;
      },
    { step: 'deserialize', priority: 'low' },
  );
  return client;
}

const hasBody = (response: unknown): response is { body: Readable } =>
  typeof response === 'object' &&
  response !== null &&
  'body' in response &&
  response.body instanceof Readable;

/** A bucket of Amazon's, of Google's, or of another server that speaks S3. */
export function openS3(place: S3Place): Store {
  const { bucket: Bucket, folder } = place;
  let region = place.region ?? (place.cloud === 'google' ? 'auto' : firstRegion);
  let client = clientOf(place, region);
  const below = folder === '' ? '' : `${folder}/`;
  /** Sends; a bucket that is elsewhere is asked there, where that is known. */
  async function send<Answer>(
    act: Act,
    call: (client: S3Client) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer> {
    try {
      return await untilAborted(call(client), signal);
    } catch (error) {
      const failure = signal.aborted ? ({ kind: 'timeout' } as const) : s3Failure(error, act);
      const isElsewhere = failure.kind === 'wrongRegion' && /^[a-z]{2}(-[a-z]+)+-\d$/.test(failure.region);
      if (!isElsewhere || place.endpoint !== undefined || failure.region === region)
        throw new StorageError(
          failure,
          error,
          isUnsent(error) ? { hostKey: undefined, at: 'reached' } : undefined,
        );
      client.destroy();
      region = failure.region;
      client = clientOf(place, region);
      try {
        return await untilAborted(call(client), signal);
      } catch (again) {
        throw new StorageError(signal.aborted ? { kind: 'timeout' } : s3Failure(again, act), again);
      }
    }
  }
  const page: AskPage = async (Prefix, MaxKeys, token, abortSignal) => {
    const command = () => new ListObjectsV2Command({ Bucket, Prefix, MaxKeys, ContinuationToken: token });
    const {
      Name,
      IsTruncated,
      KeyCount,
      Contents = [],
      NextContinuationToken: next,
    } = await send('list', (by) => by.send(command(), { abortSignal }), abortSignal);
    // A page of a proxy's that says nothing of a bucket is no listing of it.
    if (Name === undefined && IsTruncated === undefined && KeyCount === undefined)
      throw new StorageError({ kind: 'otherServer' }, undefined);
    const files = Contents.map(({ Key = '', Size, LastModified }) => ({
      key: Key,
      bytes: Size,
      changedMs: LastModified?.getTime(),
    }));
    return { files, next, hasMore: IsTruncated === true || next !== undefined };
  };
  return {
    ...lookingBy(page, below),
    async put(name, bytes, signal) {
      const command = () => new PutObjectCommand({ Bucket, Key: below + name, Body: bytes });
      const { ETag } = await send('write', (by) => by.send(command(), { abortSignal: signal }), signal);
      // Whoever keeps a file says which.
      if (ETag === undefined) throw new StorageError({ kind: 'otherServer' }, undefined);
    },
    async remove(name, signal) {
      const command = () => new DeleteObjectCommand({ Bucket, Key: below + name });
      await send('delete', (by) => by.send(command(), { abortSignal: signal }), signal);
    },
    async read(name, most, signal) {
      const command = () => new GetObjectCommand({ Bucket, Key: below + name, Range: `bytes=0-${most - 1}` });
      const read = async (by: S3Client): Promise<Uint8Array> => {
        const { Body } = await by.send(command(), { abortSignal: signal });
        return Body instanceof Readable ? beginningOf(Body, most) : new Uint8Array();
      };
      return send('read', read, signal).catch(nothingOfEmpty);
    },
    close: () => client.destroy(),
  };
}

/** Whether nobody has answered: a name that no bucket can have is not asked for. */
const isUnsent = (error: unknown): boolean =>
  !(typeof error === 'object' && error !== null && '$metadata' in error);

/** What the code of an answer means. @see the list of S3's error codes; Google's are the same but where they are listed */
const byCode: Readonly<Record<string, Failure>> = {
  RequestTimeTooSkewed: { kind: 'clockSkew' },
  InvalidAccessKeyId: { kind: 'unknownKeyId' },
  InvalidAccessKey: { kind: 'unknownKeyId' },
  InvalidSecurity: { kind: 'unknownKeyId' },
  SignatureDoesNotMatch: { kind: 'wrongSecret' },
  ExpiredToken: { kind: 'expired' },
  InvalidToken: { kind: 'expired' },
  TokenRefreshRequired: { kind: 'expired' },
  NoSuchBucket: { kind: 'noBucket' },
  InvalidBucketName: { kind: 'noBucket' },
  UserProjectAccountProblem: { kind: 'notLetIn' },
  NoSuchKey: { kind: 'noFile' },
};

/** What an error of the client says. */
export function s3Failure(error: unknown, act: Act): Failure {
  const net = netFailure(error);
  if (net) return net;
  if (typeof error !== 'object' || error === null) return { kind: 'other', code: '' };
  const facts = error as {
    name?: unknown;
    Region?: unknown;
    $metadata?: { httpStatusCode?: number };
    $response?: { headers?: Readonly<Record<string, string | undefined>> };
  };
  const name = codeOf(facts.name);
  const known = Object.hasOwn(byCode, name) ? byCode[name] : undefined;
  if (known) return known;
  const status = facts.$metadata?.httpStatusCode;
  const region = codeOf(facts.$response?.headers?.['x-amz-bucket-region'] ?? facts.Region);
  const isElsewhere =
    /^(PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/.test(name);
  const isSentThere = (status === 301 || status === 307) && region !== '';
  if (isElsewhere || isSentThere) return { kind: 'wrongRegion', region };
  if (name === 'AccessDenied' || name === 'AllAccessDisabled') return { kind: 'noRight', act };
  const hasName =
    name !== '' && !/^(\d+|Error|UnknownError|Unknown|S3ServiceException|SyntaxError)$/.test(name);
  if (!hasName && (status === 401 || status === 403)) return { kind: 'forbidden', code: String(status) };
  // What is no XML, no answer at all, or an answer that leads to somebody else.
  const isSentElsewhere = !hasName && status !== undefined && status < 400;
  if (isSentElsewhere || status === undefined || status < 300 || name === 'SyntaxError')
    return { kind: 'otherServer' };
  return { kind: 'other', code: hasName ? name : String(status) };
}
