// A process that runs the tests on one changed file after the other, or measures them without any. Its own, so that
// a change that never ends can be ended.
import path from 'node:path';
import { createVitest, type TestCase, type TestModule } from 'vitest/node';
import type { Asked, Measured } from './asked.ts';
import { marked } from './places.ts';
import { ask, type Failure, isSureOf, type Outcome, outcomeOf, type Verdict } from './verdict.ts';

/** What is asked: files of tests with a text in the place of a file's, or one file of tests as it is. */
export type Trial =
  | {
      kind: 'try';
      file: string;
      text: string;
      tests: readonly string[];
      only: Asked['only'];
      left: number;
      /** Longest that a test may take, milliseconds. */
      limitMs: number;
    }
  | { kind: 'measure'; test: string };

export type Answer =
  /** Ready, with all files of tests there are. */
  | { kind: 'ready'; tests: readonly string[] }
  | { kind: 'alive' }
  | { kind: 'verdict'; verdict: Verdict }
  | { kind: 'measured'; measured: Measured };

const rooms = ['activation', 'wizard', 'flow-service', 'pages', 'commands', 'emulator', 'apply'];
const changing = ['apply', 'activation', 'wizard', 'flow-service'];

const root = process.cwd();
const isMeasuring = process.argv.includes('measure');
let changed: { file: string; text: string } | undefined;
let failure: Failure | undefined;

const tell = (answer: Answer): void => void process.send?.(answer);

const vitest = await createVitest(
  {
    config: path.join(root, 'vitest.config.ts'),
    watch: false,
    reporters: [{ onTestCaseResult: hear, onTestModuleEnd: hearModule }],
    // It would give the file as it is.
    fsModuleCache: false,
    // A thread ends with the process, even one that never comes back.
    pool: 'threads',
    maxWorkers: 1,
    include: ['test/invisible-text.test.ts', ...rooms.map((room) => `test/${room}/**/*.test.{ts,tsx}`)],
    exclude: ['test/apply/soak.test.ts'],
    ...(isMeasuring && { setupFiles: ['scripts/mutation/note-places.ts', 'test/helpers/setup.ts'] }),
    sequence: {
      sequencer: class {
        shard = <Specification>(specifications: Specification[]): Promise<Specification[]> =>
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
        transform: (text, id) => {
          const file = path.relative(root, id);
          const isMarked =
            isMeasuring && changing.some((room) => file.startsWith(`source/${room}/`)) && id.endsWith('.ts');
          return isMarked ? marked(file, text) : undefined;
        },
      },
    ],
  },
);

function hear(test: TestCase): void {
  tell({ kind: 'alive' });
  if (test.result().state === 'failed')
    fail({
      test: test.fullName,
      testFile: path.relative(root, test.module.moduleId),
      id: test.id,
      isSure: isSureOf(test.diagnostic()?.duration),
    });
}

function hearModule(module: TestModule): void {
  const testFile = path.relative(root, module.moduleId);
  if (module.state() === 'failed') fail({ test: 'the file itself', testFile, isSure: false });
}

/** Only the first counts; the rest of the run says nothing more. */
function fail(found: Failure): void {
  if (failure) return;
  failure = found;
  if (!isMeasuring) void vitest.cancelCurrentRun('test-failure');
}

/** Runs files of tests until a test fails. */
async function run(
  tests: readonly string[],
  only: Asked['only'] = {},
): Promise<Outcome & { modules: readonly TestModule[] }> {
  vitest.state.filesMap.clear();
  vitest.state.errorsSet.clear();
  failure = undefined;
  const project = vitest.getRootProject();
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(
    tests.map((test) => {
      const testIds = only[test];
      return project.createSpecification(path.join(root, test), testIds && { testIds: [...testIds] });
    }),
  );
  const files = testModules.map((module) => ({
    testFile: path.relative(root, module.moduleId),
    // Where no test has run, none has answered.
    state: hasRun(module) ? module.state() : 'pending',
  }));
  return { ...outcomeOf(failure, files, unhandledErrors), modules: testModules };
}

const hasRun = (module: TestModule): boolean =>
  module.state() !== 'skipped' ||
  [...module.children.allTests()].some((test) => test.result().state !== 'skipped');

async function measure(test: string): Promise<Measured> {
  const startedAt = performance.now();
  const { kind, modules } = await run([test]);
  const ran = modules.flatMap((module) => [...module.children.allTests()]);
  const outside = modules.flatMap((module) => module.meta().places ?? []);
  const places = [...new Set([...outside, ...ran.flatMap((test) => test.meta().places ?? [])])];
  const numbers = new Map(places.map((place, at) => [place, at]));
  const numbersOf = (some: readonly string[] = []): number[] =>
    some.flatMap((place) => numbers.get(place) ?? []);
  const tests = ran.map((test) => ({
    id: test.id,
    ms: Math.round(test.diagnostic()?.duration ?? 0),
    places: numbersOf(test.meta().places),
  }));
  return {
    isGreen: kind === 'green',
    ms: Math.round(performance.now() - startedAt),
    longestMs: Math.max(0, ...tests.map(({ ms }) => ms)),
    places,
    outside: numbersOf(outside),
    tests,
  };
}

/** What was green without a change, as it was asked. */
const known = new Set<string>();

async function attempt({
  file,
  text,
  tests,
  only,
  left,
  limitMs,
}: Trial & { kind: 'try' }): Promise<Verdict> {
  const whole = path.join(root, file);
  vitest.getRootProject().config.testTimeout = limitMs;
  const change = (withChange: boolean): void => {
    changed = withChange ? { file: whole, text } : undefined;
    vitest.invalidateFile(whole);
  };
  try {
    return await ask(tests, left, async (some, withChange, id) => {
      const part = id === undefined ? only : Object.fromEntries(some.map((test) => [test, [id]]));
      const asked = JSON.stringify(some.map((test) => [test, part[test]]));
      if (!withChange && known.has(asked)) return { kind: 'green' };
      change(withChange);
      const outcome = await run(some, part);
      if (!withChange && outcome.kind === 'green') known.add(asked);
      return outcome;
    });
  } finally {
    change(false);
  }
}

async function answer(trial: Trial): Promise<Answer> {
  return trial.kind === 'try'
    ? { kind: 'verdict', verdict: await attempt(trial) }
    : { kind: 'measured', measured: await measure(trial.test) };
}

process.on('message', (trial: Trial) => {
  void answer(trial).then(tell, (error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => void vitest.close().finally(() => process.exit(0)));
const specifications = await vitest.globTestSpecifications();
tell({
  kind: 'ready',
  tests: specifications.map(({ moduleId }) => path.relative(root, moduleId)).toSorted(),
});
