// Fills the code cache beside a build: node scripts/fill-code-cache.mjs DIST. Node notes what it compiled of each
// file that is read, and writes that down when the program ends by itself. Reading them all is enough (nothing
// that runs later is kept), and leaves nothing for a run of the program to add.
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { builtCodeCache, enableCodeCache } from '../source/settings/code-cache.ts';

// What Node makes in it must be nobody else's to write either.
process.umask(0o022);
const dist = path.resolve(process.argv[2] ?? 'dist');
const folder = builtCodeCache(dist);
// Whatever the umask: a cache that others can write is not used.
mkdirSync(folder, { recursive: true, mode: 0o755 });
enableCodeCache(folder);
for (const name of readdirSync(path.join(dist, 'chunks'))) {
  await import(pathToFileURL(path.join(dist, 'chunks', name)).href);
}
// The one package that is not bundled; it is optional.
await import('@napi-rs/keyring').catch(() => undefined);
