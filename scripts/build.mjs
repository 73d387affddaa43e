// Builds the product: split bundles in dist/, entered at dist/cli.js.
import { rmSync } from 'node:fs';
import path from 'node:path';
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
 * Four bundles: the door, the wizard as it is drawn, the commands on a plan, and everything else. In one bundle
 * every rule that two commands use would be a small file, and thirty small files take longer to read than the
 * first page takes to draw. Each bundle has its own copy of what they share, so nothing may live in a module but
 * what is the same in every copy.
 *
 * @param {string} folder - Where the bundle is below `dist/`. @param {readonly string[]} own - Modules that a
 * bundle imports late and still keeps. @param {Set<string>} others - Gets every other module that is imported late.
 */
const apart = (folder, own, others) => ({
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ kind, path: wanted, resolveDir }) => {
      const file = path.relative(`${root}source`, path.resolve(resolveDir, wanted));
      if (kind !== 'dynamic-import' || own.includes(file) || file.startsWith('..')) return undefined;
      const ownBundle = doors.get(file);
      if (ownBundle === undefined) others.add(file);
      const built = ownBundle ?? `rest/${file.replace(/\.tsx?$/, '')}`;
      const from = path.relative(folder, built);
      return { path: `${from.startsWith('.') ? from : `./${from}`}.js`, external: true };
    });
  },
});

/** What the bundles of one command each begin with, and where they are. */
const doors = new Map([
  ['commands/wizard.tsx', 'wizard/wizard'],
  ['commands/plan.ts', 'plan/plan'],
]);

/** One program as it is shipped. @param {import('esbuild').BuildOptions} options */
export function bundle(options) {
  return build({ ...shared, chunkNames: 'chunks/[name]-[hash]', ...options });
}

/** @param {{outdir?: string}} [options] @returns What was built, for looking into. */
export async function buildProduct({ outdir = `${root}dist` } = {}) {
  rmSync(outdir, { recursive: true, force: true });
  /** @type {Set<string>} */
  const others = new Set();
  const [door, wizard, plan] = await Promise.all([
    bundle({
      outdir,
      entryPoints: [`${root}cli.tsx`],
      chunkNames: '[name]-[hash]',
      plugins: [apart('', ['commands/main.ts'], others)],
      metafile: true,
    }),
    bundle({
      outdir: `${outdir}/wizard`,
      entryPoints: [`${root}source/commands/wizard.tsx`],
      chunkNames: '[name]-[hash]',
      plugins: [
        apart(
          'wizard',
          ['commands/wizard/drawn.tsx', 'screens/late-screens.tsx', 'screens/own/details/details-form.tsx'],
          others,
        ),
      ],
      metafile: true,
    }),
    bundle({
      outdir: `${outdir}/plan`,
      entryPoints: [`${root}source/commands/plan.ts`],
      plugins: [apart('plan', [], others)],
      metafile: true,
    }),
  ]);
  const rest = await bundle({
    outdir: `${outdir}/rest`,
    outbase: `${root}source`,
    entryPoints: [...others].sort().map((file) => `${root}source/${file}`),
    chunkNames: 'chunks/[name]-[hash]',
    metafile: true,
  });
  const built = [door, wizard, plan, rest];
  return { outputs: Object.assign({}, ...built.map(({ metafile }) => metafile.outputs)) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildProduct();
