import { configDefaults, defineConfig } from 'vitest/config';
import everyday from './vitest.config.ts';

/** Tests that need what not every machine has (a key store, an sshd); `.ci/run` installs it. */
export default defineConfig({
  test: { ...everyday.test, include: ['test/machine/**/*.test.ts'], exclude: configDefaults.exclude },
});
