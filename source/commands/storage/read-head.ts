import { csvOptionsOf } from '../../activation/content/sample-file.ts';
import { type FileHead, headOf } from '../../activation/content/file-head.ts';
import { isObject } from '../../activation/plan/json-path.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { fileTypeOf } from '../../activation/spec/storage-location.ts';
import type { Manifest, StoredAt } from '../../activation/watch/arrivals.ts';
import { type Failure, failureIn, StorageError } from '../../storage/failure.ts';
import type { Store } from '../../storage/store.ts';
import { clearBytes } from './clear-bytes.ts';
import { isMadeUp } from './made-up.ts';

/** Of a file no more is read, bytes; of a manifest, which has to be whole, more. */
const headBytes = 64 * 1024;
const manifestBytes = 1024 * 1024;
/** What so little may grow to. */
const mostClear = 64 * headBytes;

/** How a file begins: `hidden` where it is encrypted or of a kind that is not read by its beginning. */
export type HeadReading =
  | { readonly kind: 'head'; readonly head: FileHead; readonly isSample: boolean }
  | { readonly kind: 'hidden'; readonly isSample: boolean }
  /** It was not as long as it was said to be, or gone. */
  | { readonly kind: 'changing' }
  | { readonly kind: 'unread'; readonly failure: Failure };

/** Reads how a file begins. */
export async function readHead(
  store: Store,
  file: StoredAt,
  plan: Plan,
  signal: AbortSignal,
): Promise<HeadReading> {
  const type = fileTypeOf(plan) ?? 'CSV';
  const isHidden = type === 'PARQUET' || plan.destination.encryption !== undefined;
  const isEncrypted = /\.(gpg|pgp)$/i.test(file.name);
  // A sample is in clear, also where exports are not, and small.
  if (isEncrypted || (isHidden && (file.bytes ?? 0) > headBytes)) return { kind: 'hidden', isSample: false };
  // What keeps one from being read keeps nobody from telling of the others.
  const read = await readSome(store, file, headBytes, signal).catch(failureIn);
  if (!read) return { kind: 'changing' };
  if (!Buffer.isBuffer(read)) return { kind: 'unread', failure: read };
  // How long a packed file is in clear is known only where all of it was read.
  const isAll = file.bytes === undefined ? read.length < headBytes : read.length >= file.bytes;
  const isSample = isAll && (await isMadeUp(read));
  const unpacked = isHidden ? undefined : await clearBytes(read, mostClear);
  if (!unpacked) return { kind: 'hidden', isSample };
  const { clear, isGzip } = unpacked;
  const bytes = isAll ? clear.length : isGzip ? undefined : file.bytes;
  // The last sign may be cut in two: it counts as much as it stands for.
  const text = clear.toString('utf8');
  const head = headOf(text, type === 'JSON' ? 'JSON' : 'CSV', csvOptionsOf(plan), bytes);
  return head ? { kind: 'head', head, isSample } : { kind: 'hidden', isSample };
}

async function readSome(
  store: Store,
  { name, bytes }: StoredAt,
  most: number,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  if (bytes === 0) return Buffer.alloc(0);
  try {
    const wanted = Math.min(most, bytes ?? most);
    const read = Buffer.from(await store.read(name, wanted, signal));
    return bytes !== undefined && read.length < wanted ? undefined : read;
  } catch (error) {
    if (error instanceof StorageError && error.failure.kind === 'noFile') return undefined;
    throw error;
  }
}

/** Reads a manifest: without files where it is none. */
export async function readManifest(
  store: Store,
  file: StoredAt,
  run: string,
  signal: AbortSignal,
): Promise<Manifest | Failure> {
  const unread = { name: file.name, run };
  if ((file.bytes ?? 0) > manifestBytes) return unread;
  const read = await readSome(store, file, manifestBytes, signal).catch(failureIn);
  if (read && !Buffer.isBuffer(read)) return read;
  try {
    const said: unknown = JSON.parse(read?.toString('utf8') ?? '');
    const results = isObject(said) ? said['exportResults'] : undefined;
    if (!Array.isArray(results)) return unread;
    const files = results.flatMap((one: unknown) => {
      if (!isObject(one) || typeof one['name'] !== 'string') return [];
      const { size } = one;
      return [{ name: one['name'], bytes: typeof size === 'number' ? size : undefined }];
    });
    return { ...unread, files };
  } catch {
    return unread;
  }
}
