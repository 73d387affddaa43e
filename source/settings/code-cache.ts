import { lstatSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import path from 'node:path';
import { makeFolder } from '../ground/make-folder.ts';
import { mayReplaceIn, writableByOthers } from './safe-place.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Lets Node keep what it compiles, so that the next start has only to read it. Call it before the rest of the
 * program is imported.
 *
 * A code cache is code. The one beside the program is filled by the build and as safe as the program; where there
 * is none of this Node and this user, Node fills one in the user's cache folder. A restricted console has none:
 * what Node would take for a cache of its account, the account can write.
 *
 * @param dist - The folder of the built program.
 * @returns Whether the program may go on: not a restricted one that got a cache from its environment.
 */
export function openCodeCache(dist: string, args: readonly string[], env: Environment): boolean {
  if (args.includes('--restricted')) return module.getCompileCacheDir() === undefined;
  const built = builtCodeCache(dist);
  // Windows has no such owners: what is in a user's profile is the user's.
  const uid = process.getuid?.();
  if (isOwn(built, uid)) enableCodeCache(built);
  else {
    const folder = preparedFolder(userCodeCache(process.platform, env, homedir()), uid);
    if (folder !== undefined) module.enableCompileCache(folder);
  }
  return true;
}

/** Where the build leaves the code cache for the Node that it runs on. */
export const builtCodeCache = (dist: string): string =>
  path.join(dist, 'cache', `${process.version}-${process.arch}`);

/** Uses the cache beside a program, which stays good when both are moved. */
export function enableCodeCache(folder: string): void {
  // As an option it would be an error in the first Nodes that ferry runs on; they know no such variable either.
  process.env['NODE_COMPILE_CACHE_PORTABLE'] = '1';
  module.enableCompileCache(folder);
  delete process.env['NODE_COMPILE_CACHE_PORTABLE'];
}

/** Where a user's programs keep what they can make again. `env-paths` would have to be read before there is a cache. */
export function userCodeCache(platform: NodeJS.Platform, env: Environment, home: string): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = env;
  if (platform === 'win32') return path.join(local ?? path.join(home, 'AppData', 'Local'), 'ferry', 'Cache');
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'ferry');
  return path.join(xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(home, '.cache'), 'ferry');
}

/** A folder of the user's that nobody else can fill or replace, or nothing. */
export function preparedFolder(folder: string, uid: number | undefined): string | undefined {
  try {
    makeFolder(folder);
    const real = realpathSync(folder);
    return isOwn(real, uid) && above(real).every((one) => isSafe(one, uid)) ? real : undefined;
  } catch {
    // No home, or one that cannot be written: the program only starts a little later.
    return undefined;
  }
}

/** Whether it is a folder of the user's that only the user can write. */
function isOwn(folder: string, uid: number | undefined): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory() !== true) return false;
  return uid === undefined || (found.uid === uid && (found.mode & writableByOthers) === 0);
}

/** Whether nobody else can put another folder into the place of one in it. */
function isSafe(folder: string, uid: number | undefined): boolean {
  if (uid === undefined) return true;
  const found = lstatSync(folder);
  return (found.uid === uid || found.uid === 0) && !mayReplaceIn(found);
}

function above(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [] : [parent, ...above(parent)];
}
