// Builds the product into dist/: one build, one copy of every module, entered at dist/cli.js.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { licensePlugin } from 'rolldown-license-plugin';
import { eager } from './eager.ts';
import { licensesText } from './licenses.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const standIn = (/** @type {string} */ name) => `${root}scripts/${name}.mjs`;

/** Names of what stands for a module of Node's. */
const valuePrefix = '\0by-value:';

const door = `${root}source/commands/main.ts`;
/** What of these runs at all runs at every start of `plan check`. */
const eagerChunks = ['start', 'plan-check'];
/** Clients of storage: read when somebody asks for it, and then with all of what a module of Node's has. */
const ofStorage = /\/node_modules\/(@aws-sdk|@smithy|@azure|@typespec|ssh2|hyparquet|pg|pg-[a-z-]+|pgpass)\//;
/** What people wait for. */
const firstPage = [`${root}source/commands/wizard.tsx`, `${root}source/commands/wizard/drawn.tsx`];
const planCheck = ['plan.ts', 'plan/resolve-secrets.ts'].map((file) => `${root}source/commands/${file}`);
/** The real one, for texts that are not simple; scripts/string-width.mjs says when it is read. */
const wideTexts = [`${root}node_modules/string-width/index.js`];

/**
 * One program as it is shipped.
 *
 * @param {{input: Record<string, string>, outdir: string, groups?: import('rolldown').CodeSplittingGroup[]}} options
 * @returns The files that were written.
 */
export async function bundle({ input, outdir, groups = [] }) {
  rmSync(outdir, { recursive: true, force: true });
  const bundler = await rolldown({
    cwd: root,
    input,
    preserveEntrySignatures: 'allow-extension',
    platform: 'node',
    // A native module: it stays beside the bundle, and is loaded when somebody has a secret in the key store.
    external: ['@napi-rs/keyring'],
    resolve: {
      alias: {
        'string-width': standIn('string-width'),
        '@aws-sdk/credential-provider-node': standIn('no-aws-defaults'),
        // With it Azure's client reads a kind of listing that nobody here asks for.
        'apache-arrow': standIn('nothing'),
      },
    },
    transform: {
      target: 'node22.19',
      jsx: { runtime: 'automatic' },
      define: {
        'process.env.NODE_ENV': '"production"',
        // Where there is a fetch, yoga unpacks its own code with it, and Node first has to read all of its
        // HTTP client. Nothing in the bundle wants the global one.
        fetch: 'undefined',
        // write-file-atomic makes the names of its temporary files with it.
        __filename: '"ferry"',
        // ssh2 has its wasm within, and wants a folder that it might be in.
        __dirname: '"."',
      },
      inject: {
        'Intl.Segmenter': [standIn('lazy-segmenter'), 'LazySegmenter'],
        'performance.now': [standIn('now'), 'now'],
      },
    },
    checks: { ineffectiveDynamicImport: false },
    plugins: [
      {
        name: 'no-devtools',
        // Ink reads it in development only, and it talks to a server as soon as it is read.
        resolveId: { filter: { id: /^\.\/devtools\.js$/ }, handler: () => standIn('nothing') },
      },
      {
        name: 'fewer-bytes',
        resolveId: {
          filter: { id: /^\.\/line-update\.js$/ },
          handler: () => `${root}scripts/line-update.ts`,
        },
      },
      {
        name: 'less-undici',
        resolveId: { filter: { id: /^undici$/ }, handler: () => standIn('undici') },
      },
      {
        name: 'late-http2',
        resolveId: {
          filter: { id: /^\.\/client-h2\.js$/ },
          handler: () => `${root}scripts/late-http2.cjs`,
        },
      },
      {
        name: 'no-native',
        // What ssh2 asks for at its start, and pg where somebody wants it, and both do without.
        resolveId: {
          filter: { id: /^cpu-features$|\/sshcrypto\.node$|^pg-native$/ },
          handler: () => `${root}scripts/no-native/index.cjs`,
        },
      },
      byValue(),
      licensePlugin({
        failOnUnlicensed: true,
        done: (packages, context) => {
          const source = licensesText(packages);
          context.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES', source });
        },
      }),
      {
        name: 'for-v8',
        generateBundle(_, files) {
          for (const file of Object.values(files)) {
            if (file.type !== 'chunk') continue;
            file.code = inAscii(eagerChunks.includes(file.name) ? eager(file.code) : file.code);
          }
        },
      },
    ],
  });
  const { output } = await bundler.write({
    dir: outdir,
    format: 'esm',
    minify: true,
    comments: false,
    entryFileNames: '[name].js',
    // No hash: the code cache of a user is then written over by the next version, and does not grow.
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: { groups, includeDependenciesRecursively: false },
  });
  await bundler.close();
  return output;
}

/**
 * @param {{outdir?: string}} [options]
 * @returns What was built, for looking into.
 */
export async function buildProduct({ outdir = `${root}dist` } = {}) {
  const output = await bundle({
    input: { cli: `${root}cli.tsx`, 'chunks/string-width': wideTexts[0] },
    outdir,
    groups: [{ name: fewFiles(), debugName: 'few files' }],
  });
  // Where dist is put elsewhere without the package, Node need not find out what its files are.
  writeFileSync(`${outdir}/package.json`, '{"type":"module"}\n');
  // By the Node that runs the build: it is the one that will run the program, and a cache is for one Node only.
  execFileSync(process.execPath, [`${root}scripts/fill-code-cache.mjs`, outdir], { stdio: 'inherit' });
  return output;
}

/**
 * What is read before the first page and before a plan is checked, in a few files: thirty small ones take longer
 * to read than a page takes to draw. Everything else is split as the bundler does it.
 *
 * @returns {import('rolldown').CodeSplittingNameFunction}
 */
function fewFiles() {
  /** @type {{before: Set<string>, start: Set<string>, page: Set<string>, plan: Set<string>, wide: Set<string>, otherCommands: Set<string>} | undefined} */
  let read;
  return (id, context) => {
    const closure = (/** @type {readonly string[]} */ entries) => closureOf(entries, context);
    const commands = context.getModuleInfo(door)?.dynamicallyImportedIds ?? [];
    read ??= {
      before: closure([`${root}cli.tsx`]),
      start: closure([door]),
      page: closure(firstPage),
      plan: closure(planCheck),
      wide: closure(wideTexts),
      otherCommands: closure(commands.filter((one) => !firstPage.includes(one))),
    };
    // What is read before there is a cache is little.
    if (id.startsWith(valuePrefix) || (read.before.has(id) && !id.endsWith('cli.tsx'))) return 'before';
    // zod's index names it for those who make a schema for editors.
    if (/\/zod\/.*json-schema/.test(id)) return null;
    if (read.start.has(id) || (read.page.has(id) && read.plan.has(id))) return 'start';
    // No command that draws nothing reads React.
    if (read.page.has(id)) return read.otherCommands.has(id) || read.wide.has(id) ? 'session' : 'first-page';
    return read.plan.has(id) ? 'plan-check' : null;
  };
}

/** What Node has read before any program; asking for it costs nothing. */
const readByNode = ['fs', 'process', 'util'];
/** What Node reads only for those who ask: some milliseconds each, and little of what imports it runs every time. */
const readLate = ['child_process', 'crypto', 'fs/promises', 'net', 'os', 'timers/promises', 'vm'];

/**
 * Modules of Node's, as values. Whoever imports one as a module has Node read everything that it exports, and so its
 * streams, its threads, its standard input and what it knows of the net; as a value, it reads what is taken from it.
 * Functions of those that are read late read them when they are called.
 *
 * @returns {import('rolldown').Plugin}
 */
function byValue() {
  return {
    name: 'by-value',
    resolveId: {
      filter: { id: RegExp(`^(node:)?(${[...readByNode, ...readLate].join('|')})$`) },
      // Who asks by require() gets the value as it is; what is read late, only our own code takes name by name.
      handler(id, importer = '', { kind }) {
        const name = id.replace('node:', '');
        const isFor = readLate.includes(name)
          ? !importer.includes('/node_modules/')
          : !ofStorage.test(importer);
        return kind === 'import-statement' && isFor ? `${valuePrefix}node:${name}` : null;
      },
    },
    load: {
      filter: { id: new RegExp(`^${valuePrefix}`) },
      handler(id) {
        const name = id.slice(valuePrefix.length);
        const isLate = readLate.includes(name.replace('node:', ''));
        const plain = Object.entries(Object.getOwnPropertyDescriptors(process.getBuiltinModule(name))).filter(
          ([key, { get }]) => get === undefined && /^[a-z]\w*$/i.test(key),
        );
        /** @param {string} key @param {unknown} value */
        const taken = (key, value) =>
          // What promisify asks of a function is on it.
          isLate && typeof value === 'function' && /^[a-z]/.test(key) && !(promisify.custom in value)
            ? `(...given) => module().${key}(...given)`
            : `/* @__PURE__ */ take('${key}')`;
        return [
          `const module = () => process.getBuiltinModule('${name}');`,
          'const take = (name) => module()[name];',
          isLate ? '' : 'export default /* @__PURE__ */ module();',
          ...plain.map(
            ([key, { value }]) => `const _${key} = ${taken(key, value)};\nexport { _${key} as ${key} };`,
          ),
        ].join('\n');
      },
    },
  };
}

/**
 * Modules and all that is read before they run.
 *
 * @param {readonly string[]} entries
 * @param {import('rolldown').ChunkingContext} context
 */
function closureOf(entries, context) {
  const closure = new Set(entries);
  // A set goes on over what is added on the way.
  for (const id of closure) {
    for (const imported of context.getModuleInfo(id)?.importedIds ?? []) closure.add(imported);
  }
  return closure;
}

/**
 * Signs of other alphabets by their number: one sign beyond Latin makes V8 keep, read and hash a whole file in twice
 * the bytes. Where most of a file is such signs, they stay.
 *
 * @param {string} code
 */
function inAscii(code) {
  const beyond = /[^\u0000-\u007f]/g;
  if ((code.match(beyond)?.length ?? 0) > code.length / 20) return code;
  return code.replace(beyond, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildProduct();
