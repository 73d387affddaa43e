// npm start: builds what is out of date, then becomes the built program.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = path.join(root, 'dist', 'cli.js');

function newest(file) {
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(file).map((name) => newest(path.join(file, name))));
}

const inputs = ['cli.tsx', 'source', 'package.json', 'package-lock.json', 'scripts'];
const isStale =
  !existsSync(built) ||
  Math.max(...inputs.map((name) => newest(path.join(root, name)))) > statSync(built).mtimeMs;
if (isStale) {
  // It takes seconds, and what is typed meanwhile is for the program.
  process.stderr.write('ferry: building…\n');
  const { buildProduct } = await import('./build.mjs');
  await buildProduct();
}
process.argv[1] = built;
await import(pathToFileURL(built).href);
