import { existsSync, readFileSync } from 'node:fs';
import type { Terminal } from './pseudo-terminal.ts';

/**
 * The frame on the screen. On a busy machine one may stay for long before something has arrived: it becomes the one that
 * is kept, or is another one when the time to wait is over.
 *
 * @param file - Below `test/golden`. @param read - Without what is another each time.
 */
export async function keptFrame(
  terminal: Terminal,
  file: string,
  read: (seen: string) => string = (seen) => seen,
): Promise<string> {
  const kept = new URL(`../golden/${file}`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1' || !existsSync(kept)) return read(terminal.screen());
  const wanted = readFileSync(kept, 'utf8');
  return terminal.waitFor((seen) => read(seen) === wanted).then(read, () => read(terminal.screen()));
}
