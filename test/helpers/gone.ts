/** What a write tells when the other side has ended before it could read. */
const codes = new Set(['EPIPE', 'ECONNRESET', 'EIO', 'EBADF', 'ERR_STREAM_DESTROYED']);

/**
For the errors of a stream whose reader may end first, a program that a test has started. That it has ended is
told by its exit; the stream has nothing to add. Anything else is thrown.
*/
export function ignoreGone(error: NodeJS.ErrnoException): void {
  if (!codes.has(error.code ?? '')) throw error;
}
