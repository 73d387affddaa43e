import { lstatSync } from 'node:fs';
import path from 'node:path';
import { StateUnreadableError } from '../errors.ts';

/**
 * What to make of a file or folder that could not be read: nothing where there is none yet.
 *
 * @throws StateUnreadableError where there is one.
 */
export function orNothing(file: string, error: unknown): undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  if (code === 'ENOENT' && isAbsent(file)) return undefined;
  throw new StateUnreadableError(file, code);
}

/** Whether there is really nothing: a link that leads nowhere is something, above the file too. */
function isAbsent(file: string): boolean {
  for (let at = path.resolve(file); ; at = path.dirname(at)) {
    const found = lstatSync(at, { throwIfNoEntry: false });
    if (found) return !found.isSymbolicLink();
    if (at === path.dirname(at)) return true;
  }
}
