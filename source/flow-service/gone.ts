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

/** Whether words have an id by itself, in whatever case. */
function names({ isHtml, serverMessage = '' }: RefusedError, id: string): boolean {
  if (isHtml || id === '') return false;
  const parts = serverMessage.toLowerCase().split(id.toLowerCase());
  return parts
    .slice(1)
    .some((after, index) => !/[\w/.-]$/.test(parts[index] ?? '') && !/^[\w/-]/.test(after));
}
