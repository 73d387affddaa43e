// npm run bench:startup: time to the first drawn frame of the wizard, side by side with a bare Ink
// program, a hello of @clack/prompts and `node -e 0`; and of the headless `plan check`.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProduct, bundle } from '../scripts/build.mjs';
import { median, setting } from './median.mjs';
import { timeUntil } from './pty.mjs';

const rounds = Number(process.argv[2] ?? 15);
const here = fileURLToPath(new URL('.', import.meta.url));
// Inside the project, so that Node knows from package.json that these files are modules.
const folder = path.join(here, 'build');

const ferryMeta = await buildProduct({ outdir: path.join(folder, 'ferry') });
const ferry = path.join(folder, 'ferry', 'cli.js');

/** Another program, bundled the same way. */
async function bundled(name, entry) {
  const outdir = path.join(folder, name);
  const { metafile } = await bundle({
    outdir,
    entryPoints: { [name]: path.join(here, 'startup', entry) },
    metafile: true,
  });
  return { file: path.join(outdir, `${name}.js`), metafile };
}
const ink = await bundled('ink', 'bare-ink.tsx');
const clack = await bundled('clack', 'clack-hello.ts');
const plan = path.join(here, '..', 'examples', 'plans', 'campaign-s3.plan.json');

const programs = {
  'node -e 0': () => timeUntil(['-e', '0']),
  '@clack/prompts hello': () => timeUntil([clack.file], 'hello from clack'),
  'bare Ink <Text>': () => timeUntil([ink.file], 'hello from ink'),
  'ferry, first page': () => timeUntil([ferry], 'Where do you want to work?'),
  'ferry --emulator, first page': () => timeUntil([ferry, '--emulator'], 'In which sandbox?'),
  'ferry plan check': () => timeUntil([ferry, 'plan', 'check', plan]),
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
console.log(`Time to the first drawn frame in a pseudo-terminal, median of ${rounds} (${setting()})\n`);
for (const [name, ms] of Object.entries(medians)) {
  console.log(`  ${name.padEnd(30)}${ms.toFixed(0).padStart(5)} ms   ${(ms / bare).toFixed(2)} × node -e 0`);
}
const toInk = medians['ferry, first page'] / medians['bare Ink <Text>'];
const toNode = medians['ferry plan check'] / bare;
console.log(
  `\n  ferry ÷ bare Ink             ${toInk.toFixed(2)}   (at most 1.4)   ${toInk <= 1.4 ? 'ok' : 'TOO SLOW'}`,
);
console.log(
  `  plan check ÷ node -e 0       ${toNode.toFixed(2)}   (at most 3)     ${toNode <= 3 ? 'ok' : 'TOO SLOW'}`,
);

console.log('\nWhat the first frame is made of');
console.log(`  Node itself        ${bare.toFixed(0).padStart(5)} ms`);
console.log(`  React, Ink, yoga   ${(medians['bare Ink <Text>'] - bare).toFixed(0).padStart(5)} ms`);
console.log(
  `  ferry's own        ${(medians['ferry, first page'] - medians['bare Ink <Text>']).toFixed(0).padStart(5)} ms`,
);

console.log('\nCode that is read before the first page (minified)');
const closures = {
  'bare Ink': [ink.metafile.outputs, ['bare-ink.tsx']],
  ferry: [
    ferryMeta.outputs,
    ['cli.tsx', 'commands/main.ts', 'commands/wizard.tsx', 'commands/wizard/drawn.tsx'],
  ],
};
for (const [name, [outputs, entries]] of Object.entries(closures)) {
  const { files, sizes } = readAtStart(outputs, entries);
  const parts = Object.entries(sizes).sort(([, a], [, b]) => b - a);
  const total = parts.reduce((sum, [, bytes]) => sum + bytes, 0);
  const most = parts.slice(0, 6).map(([part, bytes]) => `${part} ${(bytes / 1024).toFixed(0)}`);
  console.log(
    `  ${name.padEnd(10)}${(total / 1024).toFixed(0).padStart(5)} kB in ${String(files).padStart(2)} files: ${most.join(', ')}`,
  );
}

/** Files and bytes by package that the entries need: themselves and their static imports. */
function readAtStart(outputs, entries) {
  const queue = entries.map((entry) => {
    const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint?.endsWith(entry));
    if (!found) throw new Error(`${entry} was not built`);
    return found[0];
  });
  const seen = new Set();
  const sizes = {};
  while (queue.length > 0) {
    const name = queue.pop();
    if (seen.has(name)) continue;
    seen.add(name);
    for (const { path: file, kind } of outputs[name].imports) {
      if (kind === 'import-statement' && outputs[file]) queue.push(file);
    }
    for (const [input, { bytesInOutput }] of Object.entries(outputs[name].inputs)) {
      const part = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? 'own';
      sizes[part] = (sizes[part] ?? 0) + bytesInOutput;
    }
  }
  return { files: seen.size, sizes };
}
