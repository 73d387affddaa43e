import { globSync, readFileSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';
import everyday from './vitest.config.ts';

/** The whole of what the everyday run takes a share of: every test that asks for its share. */
const shared = globSync('test/**/*.test.{ts,tsx}').filter((file) =>
  readFileSync(file, 'utf8').includes('helpers/soak.ts'),
);

export default defineConfig({
  test: {
    ...everyday.test,
    include: [...shared, 'test/soak/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/machine/**'],
    env: { ...everyday.test?.env, FERRY_SOAK: '1' },
  },
});
