import { RefusedError } from './errors.ts';

export const isNotFound = (error: unknown): error is RefusedError =>
  error instanceof RefusedError && error.status === 404;

/**
 * Whether a refusal proves that something is gone. Two things do, and nothing else:
 *
 * - a 404 in JSON whose words name what was asked for, as the service says it: `flows not found with id = [F]`. The id
 *   as a part of an address is none: so speaks who knows no such address;
 * - after any other 404, a look through the list, to its end, that does not show it. A web page, an empty answer, words
 *   about a sandbox: all of these come as well from who stands between.
 *
 * @param list - The list that it would stand in, page by page.
 * @returns `false` for every other refusal, and for one that the list still shows.
 * @throws FlowServiceError where the list cannot be looked through: then nothing is known.
 * @see flow-service.md, sections 3.1 and 3.3
 */
export async function provesGone(
  error: unknown,
  id: string,
  list: () => AsyncIterable<readonly { readonly id: string }[]>,
): Promise<boolean> {
  if (!isNotFound(error)) return false;
  if (names(error, id)) return true;
  const meant = id.toLowerCase();
  for await (const page of list()) if (page.some((one) => one.id.toLowerCase() === meant)) return false;
  return true;
}

/** An id of the service is long and has digits: no prose has it by chance. */
const isUnlikeWords = (id: string): boolean => id.length >= 8 && /\d/.test(id);

/** Whether words have an id by itself, in whatever case; one that could be a word only where they say that it is the id. */
function names({ isHtml, serverMessage = '' }: RefusedError, id: string): boolean {
  if (isHtml || id === '') return false;
  const [words, meant] = [serverMessage.toLowerCase(), id.toLowerCase()];
  for (let at = words.indexOf(meant); at >= 0; at = words.indexOf(meant, at + 1)) {
    const end = at + meant.length;
    const [before, after] = [words.slice(Math.max(0, at - 16), at), words.slice(end, end + 2)];
    const isIt = isUnlikeWords(id)
      ? !/[\p{L}\p{N}_/.-]$/u.test(before) && !/^[\p{L}\p{N}_/-]/u.test(after)
      : /(^|[^\p{L}\p{N}_])id\s?[=:]?\s?["'[]$/u.test(before) && /^["'\]]/.test(after);
    if (isIt) return true;
  }
  return false;
}
