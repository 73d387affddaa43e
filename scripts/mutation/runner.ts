// A process that runs the tests on one changed file after the other. Its own, so that a change that never ends
// can be ended.
import path from 'node:path';
import { createVitest, type TestSpecification } from 'vitest/node';

/** What is asked: the tests with a text in the place of a file's. */
export interface Trial {
  file: string;
  text: string;
  /** Test files that are likely to notice, first. */
  first: readonly string[];
  /** Only the quick tests of the file's own room are asked. */
  isNear: boolean;
}

/** What is answered: the test that noticed and its file, or nothing. */
export interface Verdict {
  test?: string;
  testFile?: string;
}

/** Quick ones first; those at the end play whole runs. */
const rooms = ['activation', 'wizard', 'flow-service', 'pages', 'commands', 'emulator', 'apply'];
const slow = ['lists', 'patch', 'settings', 'mutated-plans', 'doubt', 'execute', 'fault-matrix'];

const root = process.cwd();
let changed: { file: string; text: string } | undefined;
let isBroken = false;
const redAnyway = new Map<string, boolean>();

const vitest = await createVitest(
  {
    config: path.join(root, 'vitest.config.ts'),
    watch: false,
    reporters: [{ onTestCaseResult: () => void process.send?.('alive') }],
    // It would give the file as it is.
    fsModuleCache: false,
    // A thread ends with the process, even one that never comes back.
    pool: 'threads',
    maxWorkers: 1,
    bail: 1,
    testTimeout: 30_000,
    include: ['test/invisible-text.test.ts', ...rooms.map((room) => `test/${room}/**/*.test.{ts,tsx}`)],
    exclude: ['test/apply/soak.test.ts'],
    sequence: {
      sequencer: class {
        shard = (specifications: TestSpecification[]): Promise<TestSpecification[]> =>
          Promise.resolve(specifications);
        // They come in the order that they were given.
        sort = this.shard;
      },
    },
  },
  {
    plugins: [
      {
        name: 'changed-file',
        enforce: 'pre',
        load: (id) => (id === changed?.file ? changed.text : undefined),
      },
    ],
  },
);

vitest.onCancel(() => {
  isBroken = true;
});

async function attempt({ file, text, first, isNear: isNearOnly }: Trial): Promise<Verdict> {
  const whole = path.join(root, file);
  changed = { file: whole, text };
  vitest.invalidateFile(whole);
  vitest.config.related = [whole];
  try {
    const specifications = await vitest.getRelevantTestSpecifications();
    const nameOf = ({ moduleId }: TestSpecification): string => path.relative(root, moduleId);
    const isNear = (name: string): boolean => name.startsWith(`test/${file.split('/')[1] ?? ''}/`);
    const rank = (one: TestSpecification): number => {
      const name = nameOf(one);
      if (first.includes(name)) return first.indexOf(name) - first.length;
      return slow.findIndex((part) => name.includes(`/${part}.`)) + (isNear(name) ? 0 : 0.5);
    };
    let asked = specifications
      .filter(
        (one) => !isNearOnly || (rank(one) <= 0 && (isNear(nameOf(one)) || first.includes(nameOf(one)))),
      )
      .toSorted((one, other) => rank(one) - rank(other));
    for (;;) {
      const verdict = await run(asked);
      if (verdict.test === undefined) return verdict;
      const again = asked.filter((one) => nameOf(one) === verdict.testFile);
      // Something that waits may have met a busy machine: it has to fail twice.
      const last = verdict.isSure ? verdict : await run(again);
      if (last.test !== undefined && !(await isRedAnyway(again, text))) return last;
      asked = asked.filter((one) => !again.includes(one));
    }
  } finally {
    changed = undefined;
    vitest.invalidateFile(whole);
  }

  /** A test that fails without any change notices none. Asked once a file of tests. */
  async function isRedAnyway(tests: TestSpecification[], ofChange: string): Promise<boolean> {
    const [test] = tests;
    if (!test) return false;
    let isRed = redAnyway.get(test.moduleId);
    if (isRed === undefined) {
      changed = undefined;
      vitest.invalidateFile(whole);
      isRed = (await run(tests)).test !== undefined;
      redAnyway.set(test.moduleId, isRed);
      if (isRed)
        console.error(`not asked, it fails without any change: ${path.relative(root, test.moduleId)}`);
      changed = { file: whole, text: ofChange };
      vitest.invalidateFile(whole);
    }
    return isRed;
  }
}

/** Runs test files until a test fails. */
async function run(specifications: TestSpecification[]): Promise<Verdict & { isSure: boolean }> {
  vitest.state.filesMap.clear();
  vitest.state.errorsSet.clear();
  isBroken = false;
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  for (const module of testModules) {
    const testFile = path.relative(root, module.moduleId);
    for (const test of module.children.allTests('failed'))
      return { test: test.fullName, testFile, isSure: (test.diagnostic()?.duration ?? Infinity) < 3000 };
    if (module.state() === 'failed') return { test: 'the file itself', testFile, isSure: true };
  }
  // A failure that ends the run may be told before its test is.
  const broken = isBroken
    ? testModules.find((module) => !['passed', 'skipped'].includes(module.state()))
    : undefined;
  if (broken)
    return { test: 'one of its tests', testFile: path.relative(root, broken.moduleId), isSure: false };
  if (isBroken || unhandledErrors.length > 0)
    return { test: 'an error of no test', testFile: '', isSure: true };
  return { isSure: true };
}

process.on('message', (trial: Trial) => {
  void attempt(trial).then(
    (verdict) => process.send?.(verdict),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => void vitest.close().finally(() => process.exit(0)));
process.send?.('ready');
