import { configDefaults, defineConfig } from 'vitest/config';

/** Whether this run has the time for all of it: see `test/helpers/soak.ts`. */
const isSoak = process.env['FERRY_SOAK'] === '1';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', development: false } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // What only a soak has the time for has a folder of its own.
    exclude: [...configDefaults.exclude, 'test/machine/**', ...(isSoak ? [] : ['test/soak/**'])],
    globalSetup: 'test/helpers/global-setup.ts',
    setupFiles: 'test/helpers/setup.ts',
    // Clock zone, size and colour are fixed: a frame must not depend on who runs the tests.
    env: {
      NODE_ENV: isSoak ? 'test' : 'production',
      TZ: 'UTC',
      LANG: 'en_US.UTF-8',
      COLUMNS: '100',
      LINES: '40',
      FORCE_COLOR: '0',
      CI: '',
    },
    // Nothing waits this long to pass: it is far more than the slowest needs on a busy machine, in one place.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 40_000 } },
    // A frame that is missing is no frame that is right: it is drawn anew only when somebody says so.
    update: process.env['UPDATE_GOLDEN'] === '1' ? 'all' : 'none',
    // A worker for every file would cost half a second each; no test changes a module that another one reads.
    isolate: false,
    maxConcurrency: 4,
    // Journeys mostly wait for a program: more than there are cores, and several tests of a file, leave none idle.
    maxWorkers: 3,
  },
});
