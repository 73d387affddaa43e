// npm run test:mutation: changes the rules and the writer, one change at a time, and says which of them the tests
// notice. See bench/README.md.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isNear, type Measured, testsFor } from './mutation/asked.ts';
import { type TypeCheck, typeCheck } from './mutation/compiling.ts';
import { equivalents } from './mutation/equivalent.ts';
import { hashOf, readMemory, writeMemory } from './mutation/memory.ts';
import { changed, type Mutant, mutantsOf, oneLine } from './mutation/mutants.ts';
import { type Chosen, reportOf, shown } from './mutation/report.ts';
import { Runner } from './mutation/runners.ts';
import type { Verdict } from './mutation/verdict.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '300' },
    jobs: { type: 'string', default: '1' },
    near: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
    survivors: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
});

const rooms = ['apply', 'activation', 'wizard', 'flow-service'];
const leastOfRoom = 75;
const leastOfFile = 2;
const resultFile = 'bench/results/mutation.txt';

const memory = readMemory();
const keyOf = ({ file, within, from, to, nth }: Mutant): string =>
  [file, within, from, oneLine(to), nth].join(' | ');

const texts = new Map(
  rooms
    .flatMap((room) => globSync(`source/${room}/**/*.ts`).toSorted())
    .map((file) => [file, readFileSync(file, 'utf8')]),
);
const testTexts = globSync('test/**/*.test.{ts,tsx}').map(
  (test) => [test, readFileSync(test, 'utf8')] as const,
);
const all = [...texts]
  .map(([file, text]) => mutantsOf(file, text).filter((mutant) => !isListed(mutant)))
  .filter(({ length }) => length > 0);
const chosen = choose();

const wanted = chosen.filter((mutant) => {
  const kind = verdictOf(mutant)?.kind;
  return isNamed(mutant) && (kind === undefined || (values.survivors && kind !== 'noticed'));
});
if (!values.report) {
  console.log(`${String(chosen.length)} changes chosen, ${String(wanted.length)} to try`);
  await tryAll(wanted, await measureAll());
}
const report = reportOf({
  seed: values.seed,
  chosen: chosen.map((mutant): Chosen => ({
    mutant,
    line: lineOf(mutant),
    verdict: verdictOf(mutant),
  })),
  all: new Map(all.map((mutants) => [mutants[0]?.file ?? '', mutants.length])),
  equivalent: equivalents,
  rooms,
});
console.log(report);
writeFileSync(resultFile, report);

/** Whether a file of tests is asked at all: with `--near`, those of the rooms that are changed. */
function isAsked(test: string): boolean {
  return !values.near || wanted.some(({ file }) => isNear(file, test));
}

function isNamed({ file }: Mutant): boolean {
  return positionals.length === 0 || positionals.some((part) => file.includes(part));
}

function isListed(mutant: Mutant): boolean {
  return equivalents.some(
    ({ file, within, from, to, nth = mutant.nth }) =>
      mutant.file === file &&
      mutant.within === within &&
      mutant.from === from &&
      oneLine(mutant.to) === to &&
      mutant.nth === nth,
  );
}

function shareOf({ length }: readonly Mutant[], room: string): number {
  const count = (some: readonly Mutant[][]): number => some.reduce((sum, one) => sum + one.length, 0);
  const ofRoom = count(all.filter(([mutant]) => mutant?.file.startsWith(`source/${room}/`)));
  const ofSample = Math.max(leastOfRoom, (ofRoom / count(all)) * Number(values.count));
  return Math.max(leastOfFile, Math.round((length / ofRoom) * ofSample));
}

/**
The same ones for the same seed; what changes elsewhere in the code moves none of them. The type check looks at the
next one of every file at once: it takes as long for one as for all.
*/
function choose(): Mutant[] {
  let findRed: TypeCheck | undefined;
  const drawn = all.map((mutants) => ({
    waiting: mutants.toSorted((one, other) => (order(one) < order(other) ? -1 : 1)),
    share: shareOf(mutants, mutants[0]?.file.split('/')[1] ?? ''),
    taken: new Array<Mutant>(),
  }));
  for (;;) {
    const unknown = drawn.flatMap(({ waiting, share, taken }) => {
      for (let next = waiting[0]; next && taken.length < share; next = waiting[0]) {
        const isCompiling = memory.compiling[textKeyOf(next)];
        if (isCompiling === undefined) return [next];
        waiting.shift();
        if (isCompiling) taken.push(next);
      }
      return [];
    });
    if (unknown.length === 0) return inTurns(drawn.map(({ taken }) => taken));
    const red = (findRed ??= typeCheck(process.cwd()))(
      new Map(unknown.map((mutant) => [mutant.file, textOf(mutant)])),
    );
    for (const mutant of unknown) memory.compiling[textKeyOf(mutant)] = !red.has(mutant.file);
    writeMemory(memory);
  }
}

/** One of every file, then the next of every file: wherever the command is ended, all files were looked at alike. */
function inTurns(lists: readonly (readonly Mutant[])[]): Mutant[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list[at] ?? [])).flat();
}

function textOf(mutant: Mutant): string {
  return changed(texts.get(mutant.file) ?? '', mutant);
}

function textKeyOf(mutant: Mutant): string {
  return hashOf(`${mutant.file}\n${textOf(mutant)}`);
}

function order(mutant: Mutant): string {
  return hashOf(`${values.seed} ${keyOf(mutant)}`);
}

function lineOf({ file, start }: Mutant): number {
  return (texts.get(file) ?? '').slice(0, start).split('\n').length;
}

/** What is known of a change; nothing when the file is another one since. */
function verdictOf(mutant: Mutant): Verdict | undefined {
  const known = memory.verdicts[keyOf(mutant)];
  return known?.of === hashOf(texts.get(mutant.file) ?? '') ? known.verdict : undefined;
}

/** Every file of tests without any change; those that are as they were are not measured again. */
async function measureAll(): Promise<Record<string, Measured>> {
  await using runner = new Runner('measure');
  const measured: Record<string, Measured> = {};
  for (const test of (await runner.tests()).filter(isAsked)) {
    const of = hashOf(readFileSync(test, 'utf8'));
    const known = memory.measured[test];
    const found: Measured =
      known?.of === of && known.measured.isGreen ? known.measured : await runner.measure(test);
    measured[test] = found;
    memory.measured[test] = { of, measured: found };
    writeMemory(memory);
    if (!found.isGreen) console.log(`not asked, it fails without any change: ${test}`);
  }
  return measured;
}

/** Files of tests that are likely to notice: the one that did so before, and those that name the file. */
function likely(mutant: Mutant): string[] {
  const before = memory.verdicts[keyOf(mutant)]?.verdict;
  if (before?.kind === 'noticed') return [before.testFile];
  return testTexts.filter(([, text]) => text.includes(`/${mutant.file}'`)).map(([test]) => test);
}

async function tryAll(
  mutants: readonly Mutant[],
  measured: Readonly<Record<string, Measured>>,
): Promise<void> {
  const waiting = [...mutants];
  const work = async (): Promise<void> => {
    await using runner = new Runner('try');
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const startedAt = performance.now();
      const found = await tryOne(runner, mutant, measured);
      const verdict: Verdict = found.kind === 'survived' && values.near ? { ...found, isNear: true } : found;
      memory.verdicts[keyOf(mutant)] = { of: hashOf(texts.get(mutant.file) ?? ''), verdict };
      writeMemory(memory);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
      console.log(`${seconds} s  ${verdict.kind.padEnd(8)}  ${shown({ mutant, line: lineOf(mutant) })}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
}

async function tryOne(
  runner: Runner,
  mutant: Mutant,
  measured: Readonly<Record<string, Measured>>,
): Promise<Verdict> {
  const original = texts.get(mutant.file) ?? '';
  const { tests, only, left } = testsFor(mutant, measured, {
    first: likely(mutant),
    mostMs: Number(values.seconds) * 1000,
  });
  if (tests.length === 0) return { kind: 'survived', asked: 0, left };
  const longestMs = Math.max(...tests.map((test) => measured[test]?.longestMs ?? 0));
  return runner.try(
    {
      kind: 'try',
      file: mutant.file,
      text: textOf(mutant),
      tests,
      // What one test keeps another one need not come by: such files are asked whole in the end.
      only: values.survivors ? {} : only,
      left,
      limitMs: Math.max(10_000, 3 * longestMs),
    },
    original,
  );
}
