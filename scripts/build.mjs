// Builds the product: one split bundle in dist/, entered at dist/cli.js.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {{outdir?: string, entry?: string, metafile?: boolean}} [options] */
export async function buildProduct({
  outdir = `${root}dist`,
  entry = `${root}cli.tsx`,
  metafile = false,
} = {}) {
  rmSync(outdir, { recursive: true, force: true });
  return build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.19',
    jsx: 'automatic',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    metafile,
    chunkNames: 'chunks/[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    alias: { 'react-devtools-core': `${root}scripts/no-devtools.mjs` },
    // CommonJS dependencies call require() for Node's own modules, and ask where they are.
    banner: {
      js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;",
    },
    logLevel: 'warning',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildProduct();
