// npm run bench:startup: time to the first drawn frame of the wizard, side by side with a bare Ink program as a
// user would bundle it, a hello of @clack/prompts and `node -e 0`; and of the headless `plan check`. Both with the
// code cache that the build fills, and without.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildProduct } from '../scripts/build.mjs';
import { median, setting } from './median.mjs';
import { timeUntil } from './pty.mjs';

const rounds = Number(process.argv[2] ?? 15);
const here = fileURLToPath(new URL('.', import.meta.url));
// Inside the project, so that Node knows from package.json that these files are modules.
const folder = path.join(here, 'build');

const product = path.join(folder, 'ferry');
const ferryFiles = await buildProduct({ outdir: product });
const ferry = path.join(product, 'cli.js');

/** Another program, as a user would bundle it: one file, minified, production React. */
async function bundled(name, entry) {
  const outfile = path.join(folder, name, `${name}.js`);
  await build({
    entryPoints: [path.join(here, 'startup', entry)],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    jsx: 'automatic',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Ink asks for it in development only, and it is not installed.
    plugins: [
      {
        name: 'no-devtools',
        setup: ({ onResolve }) =>
          void onResolve({ filter: /devtools/ }, () => ({
            path: path.join(here, '..', 'scripts', 'nothing.mjs'),
          })),
      },
    ],
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  });
  return outfile;
}
const ink = await bundled('ink', 'bare-ink.tsx');
const clack = await bundled('clack', 'clack-hello.ts');
const plan = path.join(here, '..', 'examples', 'plans', 'campaign-s3.plan.json');

const noCache = { NODE_DISABLE_COMPILE_CACHE: '1' };
const firstPage = { wanted: 'Where do you want to work?', stays: true };
const programs = {
  'node -e 0': () => timeUntil(['-e', '0']),
  '@clack/prompts hello': () => timeUntil([clack], { wanted: 'hello from clack' }),
  'bare Ink <Text>': () => timeUntil([ink], { wanted: 'hello from ink' }),
  'ferry, first page': () => timeUntil([ferry], firstPage),
  '  without the cache': () => timeUntil([ferry], { ...firstPage, env: noCache }),
  'ferry --emulator, first page': () =>
    timeUntil([ferry, '--emulator'], { wanted: 'In which sandbox?', stays: true }),
  'ferry plan check': () => timeUntil([ferry, 'plan', 'check', plan]),
  '  without the cache ': () => timeUntil([ferry, 'plan', 'check', plan], { env: noCache }),
};

// Each round runs every program once: a busy moment of the machine hits all of them alike.
const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
for (let round = -2; round < rounds; round++) {
  for (const [name, run] of Object.entries(programs)) {
    const ms = await run();
    if (round >= 0) times[name].push(ms);
  }
}

const medians = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
const bare = medians['node -e 0'];
const bareInk = medians['bare Ink <Text>'];
console.log(`Time to the first drawn frame in a pseudo-terminal, median of ${rounds} (${setting()})\n`);
for (const [name, ms] of Object.entries(medians)) {
  const ratios = `${(ms / bare).toFixed(2)} × node -e 0   ${(ms / bareInk).toFixed(2)} × bare Ink`;
  console.log(`  ${name.padEnd(30)}${ms.toFixed(0).padStart(5)} ms   ${ratios}`);
}
console.log();
for (const [name, ratio, most] of [
  ['ferry ÷ bare Ink', medians['ferry, first page'] / bareInk, 1.15],
  ['plan check ÷ node -e 0', medians['ferry plan check'] / bare, 2.2],
]) {
  const verdict = ratio <= most ? 'ok' : 'TOO SLOW';
  console.log(`  ${name.padEnd(28)} ${ratio.toFixed(2)}   (at most ${String(most).padEnd(4)})   ${verdict}`);
}

console.log('\nCode that is read before it (minified)');
for (const [name, entries] of Object.entries({
  'first page': ['cli', 'chunks/main', 'chunks/wizard', 'chunks/drawn'],
  'plan check': ['cli', 'chunks/main', 'chunks/plan'],
})) {
  const read = readAtStart(entries.map((entry) => `${entry}.js`));
  const most = read.slice(0, 4).map(({ fileName, code }) => `${fileName} ${kB(code.length)}`);
  const total = read.reduce((sum, { code }) => sum + code.length, 0);
  console.log(`  ${name}  ${kB(total).padStart(4)} kB in ${read.length} files: ${most.join(', ')}`);
}

console.log('\nWhat is shipped');
const shipped = ferryFiles.reduce((sum, { code, source }) => sum + Buffer.byteLength(code ?? source), 0);
console.log(`  dist               ${kB(shipped).padStart(5)} kB in ${ferryFiles.length} files`);
const cached = filesBelow(path.join(product, 'cache')).map((file) => statSync(file).size);
const cacheSize = cached.reduce((sum, size) => sum + size, 0);
console.log(`  its cache, filled  ${kB(cacheSize).padStart(5)} kB in ${cached.length} files, not packed`);

function kB(bytes) {
  return (bytes / 1024).toFixed(0);
}

function filesBelow(below) {
  return readdirSync(below, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** The files that the entries need, themselves and their static imports, the largest first. */
function readAtStart(entries) {
  const queue = [...entries];
  const seen = new Map();
  while (queue.length > 0) {
    const name = queue.pop();
    const file = ferryFiles.find(({ fileName }) => fileName === name);
    if (seen.has(name) || (!file && !entries.includes(name))) continue;
    if (!file) throw new Error(`${name} was not built`);
    seen.set(name, file);
    queue.push(...file.imports);
  }
  return [...seen.values()].sort((one, other) => other.code.length - one.code.length);
}
