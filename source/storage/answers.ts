import type { Listing, Store, StoredFile } from './store.ts';

/** No answer to a question is longer, bytes: a page of a listing has a thousand names, of a thousand signs at most. */
export const mostAnswerBytes = 8 * 1024 * 1024;

/** Files of a page; the limit of S3. */
const filesPerPage = 1000;
/** A page may have few files, or none. */
const mostPages = 200;

/** An answer goes on and on. */
export class EndlessError extends Error {
  override readonly name = 'EndlessError';
}

/** What a client makes of an answer, as far as it comes. @throws EndlessError */
export async function* bounded(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > mostAnswerBytes) throw new EndlessError();
    yield piece;
  }
}

/** The beginning of what comes in pieces; whatever would come after it is not waited for. */
export async function beginningOf(pieces: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    read.push(piece);
    bytes += piece.length;
    if (bytes >= most) break;
  }
  return Buffer.concat(read).subarray(0, most);
}

/** A page of a listing. */
export interface Page {
  readonly files: readonly Listed[];
  /** What the next is asked for with. */
  readonly next?: string | undefined;
  /** There are more, whether or not anybody says how to ask for them. */
  readonly hasMore: boolean;
}

/** A file as a server tells of it: anything may be missing, and everything nonsense. */
interface Listed {
  readonly key: string;
  readonly bytes?: number | undefined;
  readonly changedMs?: number | undefined;
}

/** Asks for a page of what begins in a way; what was not said in the page before is asked for by its token. */
export type AskPage = (
  prefix: string,
  most: number,
  token: string | undefined,
  signal: AbortSignal,
) => Promise<Page>;

/** How a store is looked into that lists its files in pages. @param below - The folder of the place, with its slash. */
export const lookingBy = (page: AskPage, below: string): Pick<Store, 'look' | 'list' | 'find'> => ({
  async look(signal) {
    await page(below, 1, undefined, signal);
    return {};
  },
  list: ({ prefix = '', most, signal }) =>
    inPages((token, some) => page(below + prefix, some, token, signal), { below, prefix, most }),
  async find(name, signal) {
    // Names are listed in their order: the one that the others begin with is the first.
    const { files } = await page(below + name, 1, undefined, signal);
    return files.filter(({ key }) => key === below + name).map((one) => storedIn(one, below))[0];
  },
});

/** Asks for page after page, until there is no more or it is enough. What was not seen to its end is not whole. */
async function inPages(
  read: (token: string | undefined, most: number) => Promise<Page>,
  { below, prefix, most }: { readonly below: string; readonly prefix: string; readonly most: number },
): Promise<Listing> {
  const files: StoredFile[] = [];
  const asked = new Set<string | undefined>();
  let looked = 0;
  let token: string | undefined;
  for (;;) {
    asked.add(token);
    const page = await read(token, Math.min(filesPerPage, most - looked));
    for (const listed of page.files) {
      if (looked === most) return { files, looked, isWhole: false };
      looked += 1;
      // A server may tell of more than it was asked for, and of what an address leads elsewhere with.
      if (listed.key.startsWith(below + prefix) && staysInside(listed.key.slice(below.length)))
        files.push(storedIn(listed, below));
    }
    if (!page.hasMore) return { files, looked, isWhole: true };
    token = page.next;
    // One that says the same again would be asked for ever.
    const isOver = token === undefined || asked.has(token) || asked.size === mostPages || looked >= most;
    if (isOver) return { files, looked, isWhole: false };
  }
}

/** Whether a name is one in every place: in an address, some parts of it lead up. */
const staysInside = (name: string): boolean => !/(^|\/)\.{1,2}(\/|$)/.test(name);

/** A file by its name below a folder. */
const storedIn = ({ key, bytes, changedMs }: Listed, below: string): StoredFile => ({
  name: key.slice(below.length),
  bytes: count(bytes),
  changedMs: moment(changedMs),
});

/** A size as a server says it; nothing where it is none. */
export const count = (bytes: number | undefined): number | undefined =>
  bytes !== undefined && Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : undefined;

/** The latest moment that can be written, epoch milliseconds. */
const latestMs = 8.64e15;

/** A moment as a server says it, epoch milliseconds; nothing where it is none. */
export const moment = (ms: number | undefined): number | undefined =>
  ms !== undefined && Math.abs(ms) <= latestMs ? ms : undefined;
