import { defineConfig } from 'vitest/config';
import everyday from './vitest.config.ts';

/** The whole of what the everyday run takes a share of: every point of death in both ways, long walks of monkeys. */
export default defineConfig({
  test: {
    ...everyday.test,
    include: [
      'test/apply/fault-matrix.test.ts',
      'test/apply/soak.test.ts',
      'test/journeys/kill-matrix.test.ts',
      'test/journeys/monkey.test.ts',
      'test/journeys/said-by-servers.test.ts',
    ],
    env: { ...everyday.test?.env, FERRY_SOAK: '1' },
  },
});
