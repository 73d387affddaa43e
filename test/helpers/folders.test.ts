import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { freshFolder } from './folders.ts';
import { cleanEnv } from './pseudo-terminal.ts';

const node = (script: string, env: Record<string, string>) =>
  spawnSync(process.execPath, ['--input-type=module', '-e', script], { env, encoding: 'utf8' });

it('what a program leaves in the temporary folder is in the one of the run', () => {
  const { stdout } = node("import os from 'node:os'; console.log(os.tmpdir())", cleanEnv());
  expect(stdout.trim()).toBe(path.dirname(freshFolder()));
});

it('the folder of a run tells what else lies in it, and goes with the run, also with one that fails', () => {
  const outside = freshFolder();
  const { stdout, stderr } = node(
    `import { mkdtempSync, writeFileSync } from 'node:fs';
    import os from 'node:os';
    import { freshFolder, openRoot } from '${import.meta.dirname}/folders.ts';
    const root = openRoot();
    writeFileSync(freshFolder() + '/own', '');
    mkdtempSync(os.tmpdir() + '/left-');
    console.log(JSON.stringify([root.folder, root.strays()]));
    throw new Error('failed');`,
    { PATH: process.env['PATH'] ?? '', TMPDIR: outside },
  );
  const [folder, strays] = JSON.parse(stdout) as [string, string[]];
  expect(path.dirname(folder)).toBe(outside);
  expect(strays).toEqual([expect.stringMatching(/^left-/)]);
  expect(stderr).toContain('failed');
  expect(existsSync(folder)).toBe(false);
});
