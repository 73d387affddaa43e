import { lstatSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder, and those above it that are missing, for this account alone.
 *
 * Not `mkdir` with `recursive`: that tries for ever where a folder says that nothing is there and lets nothing be made,
 * as `/proc` does, and nobody could interrupt it.
 *
 * @throws Error of the file system: `ENOENT`, `ENOTDIR`, `EACCES`, `EROFS` …
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = path.resolve(folder); !isThere(at) && at !== path.dirname(at); at = path.dirname(at))
    missing.unshift(at);
  for (const one of missing) makeOne(one);
  if (!statSync(folder).isDirectory())
    throw Object.assign(new Error(`ENOTDIR: ${folder}`), { code: 'ENOTDIR' });
}

/** A link that leads nowhere is there, too. */
const isThere = (at: string): boolean => lstatSync(at, { throwIfNoEntry: false }) !== undefined;

/** Another process may have been faster. */
function makeOne(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
