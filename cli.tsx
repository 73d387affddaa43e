#!/usr/bin/env node
// The door: a version check that any Node can read, then one command, then its exit code.
import { openCodeCache } from './source/settings/code-cache.ts';

// Node's own answer to this signal opens its inspector, which may read and run everything.
process.on('SIGUSR1', () => undefined);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    'ferry needs Node 22.19 or newer, this is ' +
      process.version +
      '. From a checkout, "npm ci && npm start" brings its own; otherwise install a newer Node.\n',
  );
  process.exitCode = 2;
} else if (openCodeCache(import.meta.dirname, process.argv.slice(2), process.env)) {
  void import('./source/commands/main.ts').then(({ main }) =>
    main(process.argv.slice(2), import.meta.dirname),
  );
} else {
  process.stderr.write('ferry --restricted does not run with NODE_COMPILE_CACHE: a code cache is code.\n');
  process.exitCode = 2;
}
