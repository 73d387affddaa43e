import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../helpers/program.ts';
import { freshFolder } from '../helpers/terminal.ts';

describe('completion scripts', () => {
  it('are read by zsh, and complete a command there', async () => {
    const { stdout } = await runProgram(['completion', 'zsh']);
    const file = path.join(freshFolder(), '_ferry');
    writeFileSync(file, stdout);
    const read = spawnSync('zsh', ['-n', file], { encoding: 'utf8' });
    expect(read.stderr).toBe('');
    // compadd is the shell's own; here it tells what it is given.
    const script = [
      'compdef() { : }',
      'compadd() { print -l -- "${@:2}" }',
      '_files() { : }',
      `source ${file}`,
      'words=(ferry list se); CURRENT=3; PREFIX=se; _ferry',
    ].join('\n');
    const asked = spawnSync('zsh', ['-f', '-c', script], { encoding: 'utf8' });
    expect(asked.stderr).toBe('');
    expect(asked.stdout.split('\n')).toContain('segments');
  });

  it('are read by fish, and complete a command there', async () => {
    const { stdout } = await runProgram(['completion', 'fish']);
    const file = path.join(freshFolder(), 'ferry.fish');
    writeFileSync(file, stdout);
    const asked = spawnSync('fish', ['--no-config', '-c', `source ${file}; complete -C 'ferry list se'`], {
      encoding: 'utf8',
    });
    expect(asked.stderr).toBe('');
    expect(asked.stdout).toContain('segments');
  });
});
