import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: [...configDefaults.exclude, 'test/machine/**'],
    globalSetup: 'test/helpers/global-setup.ts',
    // Clock zone, size and colour are fixed: a frame must not depend on who runs the tests.
    env: { TZ: 'UTC', LANG: 'en_US.UTF-8', COLUMNS: '100', LINES: '40', FORCE_COLOR: '0', CI: '' },
    testTimeout: 60_000,
    // A frame that is missing is no frame that is right: it is drawn anew only when somebody says so.
    update: process.env['UPDATE_GOLDEN'] === '1' ? 'all' : 'none',
    // Journeys mostly wait for a program: two at once halve the time, also where there are two cores only.
    maxWorkers: 2,
  },
});
