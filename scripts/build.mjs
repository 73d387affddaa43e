// Builds the product: split bundles in dist/, entered at dist/cli.js.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @type {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.19',
  // Node reads the `v` flag since 20; a literal is compiled when it is first used, `new RegExp` at once.
  supported: { 'regexp-set-notation': true },
  jsx: 'automatic',
  minify: true,
  legalComments: 'none',
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    // Where there is a fetch, yoga unpacks its own code with it, and Node first has to read all of its
    // HTTP client. Nothing in the bundle wants the global one.
    fetch: 'undefined',
    'Intl.Segmenter': 'LazySegmenter',
  },
  inject: [`${root}scripts/lazy-segmenter.mjs`],
  alias: {
    'react-devtools-core': `${root}scripts/no-devtools.mjs`,
    'string-width': `${root}scripts/string-width.mjs`,
  },
  // CommonJS dependencies call require() for Node's own modules, and ask where they are.
  banner: {
    js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;",
  },
  // A native module: it stays beside the bundle, and is loaded when somebody has a secret in the key store.
  external: ['@napi-rs/keyring'],
  logLevel: 'warning',
};

/**
 * The wizard is a bundle of its own beside the headless commands. In one bundle every rule that both use
 * would be a small file, and thirty small files take longer to read than the first page takes to draw.
 * Each has its own copy of them; a process that draws the wizard takes only its door from the other.
 */
const wizardApart = {
  name: 'wizard-apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/wizard\.tsx$/ }, ({ importer }) =>
      importer.endsWith('main.ts') ? { path: '../wizard.js', external: true } : undefined,
    );
  },
};

/** One program as it is shipped. @param {import('esbuild').BuildOptions} options */
export function bundle(options) {
  return build({ ...shared, chunkNames: 'chunks/[name]-[hash]', ...options });
}

/** @param {{outdir?: string}} [options] @returns What was built, for looking into. */
export async function buildProduct({ outdir = `${root}dist` } = {}) {
  rmSync(outdir, { recursive: true, force: true });
  const [headless, wizard] = await Promise.all([
    bundle({ outdir, entryPoints: [`${root}cli.tsx`], plugins: [wizardApart], metafile: true }),
    bundle({
      outdir,
      entryPoints: [`${root}source/commands/wizard.tsx`],
      chunkNames: 'wizard/[name]-[hash]',
      metafile: true,
    }),
  ]);
  return { outputs: { ...headless.metafile.outputs, ...wizard.metafile.outputs } };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildProduct();
