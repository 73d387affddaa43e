import { defineConfig } from 'vitest/config';
import everyday from './vitest.config.ts';

/** The whole of what the everyday run takes a share of (`test/helpers/soak.ts`). */
export default defineConfig({
  test: {
    ...everyday.test,
    include: [
      'test/apply/change-matrix.test.ts',
      'test/apply/fault-matrix.test.ts',
      'test/apply/two-at-once.test.ts',
      'test/apply/soak.test.ts',
      'test/flow-service/lists.test.ts',
      'test/journeys/dialogue.test.ts',
      'test/journeys/failures.test.ts',
      'test/journeys/golden.test.ts',
      'test/journeys/headless.test.ts',
      'test/journeys/hostile.test.ts',
      'test/journeys/kept-state.test.ts',
      'test/journeys/kill-matrix.test.ts',
      'test/journeys/languages.test.ts',
      'test/journeys/monkey.test.ts',
      'test/journeys/nothing-cut.test.ts',
      'test/journeys/one-runner.test.ts',
      'test/journeys/said-by-servers.test.ts',
      'test/journeys/seven-destinations.test.ts',
      'test/journeys/sizes.test.ts',
      'test/journeys/typed-and-pasted.test.ts',
    ],
    env: { ...everyday.test?.env, FERRY_SOAK: '1' },
  },
});
