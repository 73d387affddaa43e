// npm run test:mutation: changes the rules and the writer, one change at a time, and says which of them the tests
// notice. See bench/README.md.
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { typeCheck } from './mutation/compiling.ts';
import { equivalents } from './mutation/equivalent.ts';
import { changed, type Mutant, mutantsOf, oneLine } from './mutation/mutants.ts';
import type { Verdict } from './mutation/runner.ts';
import { Runner } from './mutation/runners.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '400' },
    jobs: { type: 'string', default: '2' },
    survivors: { type: 'boolean', default: false },
    near: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
});

const rooms = ['apply', 'activation', 'wizard', 'flow-service'];
const leastPerFile = 2;
const resultFile = 'bench/results/mutation.txt';
const memoryFile = 'node_modules/.cache/mutation.json';

/** What is remembered of the last run: who noticed a change is asked first, and the type check is not asked twice. */
interface Memory {
  verdicts: Record<string, Verdict>;
  compiling: Record<string, boolean>;
}
const memory = readMemory();
const keyOf = ({ file, within, from, to, nth }: Mutant): string =>
  [file, within, from, oneLine(to), nth].join(' | ');
const isListed = (mutant: Mutant): boolean =>
  equivalents.some(
    ({ file, within, from, to, nth = mutant.nth }) =>
      mutant.file === file &&
      mutant.within === within &&
      mutant.from === from &&
      oneLine(mutant.to) === to &&
      mutant.nth === nth,
  );

interface Tried {
  mutant: Mutant;
  line: number;
  verdict: Verdict;
}

const texts = new Map(
  rooms
    .flatMap((room) => globSync(`source/${room}/**/*.ts`).toSorted())
    .map((file) => [file, readFileSync(file, 'utf8')]),
);
const compiles = typeCheck(process.cwd());
const files = [...texts].map(([file, text]) => mutantsOf(file, text)).filter(({ length }) => length > 0);
const ofAll = files.reduce((sum, mutants) => sum + mutants.length, 0);
const isWanted = ([mutant]: readonly Mutant[]): boolean =>
  positionals.length === 0 || positionals.some((part) => mutant?.file.includes(part));
const chosen = files.filter(isWanted).flatMap(choose);
writeMemory();
const wanted = chosen.filter(
  (mutant) => !values.report && (!values.survivors || memory.verdicts[keyOf(mutant)]?.test === undefined),
);
console.log(`${String(chosen.length)} changes chosen, ${String(wanted.length)} to try`);

const tried = await tryAll(wanted);
const known = chosen.flatMap((mutant): Tried[] => {
  const verdict = memory.verdicts[keyOf(mutant)];
  return verdict ? [{ mutant, line: lineOf(mutant), verdict }] : [];
});
const report = reportOf(values.survivors || values.report ? known : tried);
console.log(report);
// What was noticed before counts with `--survivors`: tests are only added to.
if (positionals.length === 0 && !values.near) writeFileSync(resultFile, report);

/** The same ones for the same seed; what changes elsewhere in the code moves none of them. */
function choose(mutants: readonly Mutant[]): Mutant[] {
  const share = Math.max(leastPerFile, Math.round((mutants.length / ofAll) * Number(values.count)));
  const taken: Mutant[] = [];
  for (const mutant of mutants.toSorted((one, other) => (order(one) < order(other) ? -1 : 1))) {
    if (taken.length === share) break;
    if (!isListed(mutant) && isCompiling(mutant)) taken.push(mutant);
  }
  return taken;
}

function isCompiling(mutant: Mutant): boolean {
  const text = changed(texts.get(mutant.file) ?? '', mutant);
  const key = createHash('sha256').update(`${mutant.file}\n${text}`).digest('base64');
  return (memory.compiling[key] ??= compiles(mutant.file, text));
}

function order(mutant: Mutant): string {
  return createHash('sha256')
    .update(`${values.seed} ${keyOf(mutant)}`)
    .digest('hex');
}

function lineOf({ file, start }: Mutant): number {
  return (texts.get(file) ?? '').slice(0, start).split('\n').length;
}

async function tryAll(mutants: readonly Mutant[]): Promise<Tried[]> {
  const results: Tried[] = [];
  const waiting = [...mutants];
  const work = async (): Promise<void> => {
    await using runner = new Runner();
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const text = texts.get(mutant.file) ?? '';
      const { testFile = '' } = memory.verdicts[keyOf(mutant)] ?? {};
      const startedAt = performance.now();
      const verdict = await runner.try({
        file: mutant.file,
        text: changed(text, mutant),
        first: testFile === '' ? [] : [testFile],
        isNear: values.near,
      });
      const line = lineOf(mutant);
      results.push({ mutant, line, verdict });
      memory.verdicts[keyOf(mutant)] = verdict;
      writeMemory();
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(
        `${seconds} s  ${verdict.test === undefined ? 'SURVIVED' : 'noticed '}  ${shown(mutant, line)}`,
      );
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  return results;
}

function shown({ file, within, from, to }: Mutant, line: number): string {
  const short = (text: string): string => (text.length > 90 ? `${text.slice(0, 87)}...` : text);
  return `${file}:${String(line)} ${within}: ${short(from)} → ${short(oneLine(to))}`;
}

function reportOf(results: readonly Tried[]): string {
  const row = (name: string, some: readonly Tried[]): string => {
    const noticed = some.filter(({ verdict }) => verdict.test !== undefined).length;
    const share = ((noticed / some.length) * 100).toFixed(0);
    return `${name.padEnd(52)}${String(some.length).padStart(6)}${String(noticed).padStart(9)}${share.padStart(6)} %`;
  };
  const of = (part: string): Tried[] => results.filter(({ mutant }) => mutant.file.startsWith(part));
  const survivors = results
    .filter(({ verdict }) => verdict.test === undefined)
    .map(({ mutant, line }) => shown(mutant, line))
    .toSorted();
  return [
    `Changes made one at a time, and how many of them the tests noticed (seed ${values.seed}; only changes that`,
    `pass the type check; ${String(equivalents.length)} that change nothing are left out, scripts/mutation/equivalent.ts)`,
    ...(results.length < chosen.length
      ? [`${String(chosen.length - results.length)} of ${String(chosen.length)} were not tried.`]
      : []),
    '',
    `${''.padEnd(52)}changes  noticed`,
    row('all', results),
    ...rooms.flatMap((room) => {
      const files = new Set(of(`source/${room}/`).map(({ mutant }) => mutant.file));
      if (files.size === 0) return [];
      return [
        '',
        row(`source/${room}`, of(`source/${room}/`)),
        ...[...files].toSorted().map((file) => row(`  ${file}`, of(file))),
      ];
    }),
    '',
    survivors.length === 0 ? 'No survivors.' : 'Survivors:',
    ...survivors.map((one) => `  ${one}`),
    '',
  ].join('\n');
}

function readMemory(): Memory {
  try {
    return JSON.parse(readFileSync(memoryFile, 'utf8')) as Memory;
  } catch {
    return { verdicts: {}, compiling: {} };
  }
}

function writeMemory(): void {
  mkdirSync('node_modules/.cache', { recursive: true });
  writeFileSync(memoryFile, JSON.stringify(memory));
}
