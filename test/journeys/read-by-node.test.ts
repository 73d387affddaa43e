import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtProgram, cleanEnv, freshFolder, projectRoot } from '../helpers/terminal.ts';

const plan = path.join(projectRoot, 'examples', 'plans', 's3.plan.json');

describe('plan check', () => {
  // Each of them is some milliseconds before the first word.
  it('has Node read nothing of its own that it does not need', () => {
    const folder = freshFolder();
    const [watch, list, said] = ['watch.cjs', 'list', 'said'].map((name) => path.join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(
      watch,
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(list)}, process.moduleLoadList.join('\\n')));`,
    );
    const run = spawnSync(
      'sh',
      ['-c', 'exec "$0" "$@" >"$SAID"', process.execPath, '-r', watch, builtProgram, 'plan', 'check', plan],
      { env: cleanEnv({ SAID: said, S3_SECRET_KEY: 'A'.repeat(40) }), cwd: folder },
    );
    expect(run.status).toBe(0);
    expect(readFileSync(said, 'utf8')).toContain('no problems found');
    const loaded = new Set(readFileSync(list, 'utf8').split('\n'));
    const unwanted = ['child_process', 'crypto', 'internal/fs/promises', 'net', 'os', 'perf_hooks', 'vm'];
    expect(unwanted.filter((name) => loaded.has(`NativeModule ${name}`))).toEqual([]);
  });
});
