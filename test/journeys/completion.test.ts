import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../helpers/program.ts';
import { freshFolder } from '../helpers/terminal.ts';

let printed: Promise<string> | undefined;

/** The script for bash: it is the same whatever is typed, and printed once. */
const printedForBash = (): Promise<string> =>
  (printed ??= runProgram(['completion', 'bash']).then(({ stdout }) => stdout));

/** What bash offers for a line whose last word is being typed. */
async function offered(...line: string[]): Promise<string[]> {
  const cwd = freshFolder();
  writeFileSync(path.join(cwd, 'crm.plan.json'), '{}');
  writeFileSync(path.join(cwd, 'notes.txt'), '');
  const words = ['ferry', ...line].map((word) => `'${word}'`).join(' ');
  const script = `${await printedForBash()}\nCOMP_WORDS=(${words}); COMP_CWORD=${line.length}; _ferry; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout: said, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', cwd });
  expect(stderr).toBe('');
  return said.split('\n').filter((one) => one !== '');
}

describe.concurrent('completion in bash', () => {
  it.each<[string[], string[]]>([
    [['ro'], ['rollback']],
    [['list', 'se'], ['segments']],
    [
      ['plan', 's'],
      ['show', 'schema'],
    ],
    [['apply', ''], ['crm.plan.json']],
    [['apply', '--dry'], ['--dry-run']],
    [['--emulator', 'apply', '--fail'], ['--fail-fast']],
    [['login', '--secret', 'k'], ['keystore']],
    [['list', '--fail-'], []],
    [['apply', '--pru'], ['--prune']],
    [['diff', '--pru'], ['--prune']],
    [['--restricted', '--allow', 'pa'], ['pause']],
    [['account', 'u'], ['update']],
    [['plan', 'co'], ['copy']],
    [['crm'], ['crm.plan.json']],
  ])('%j offers %j', async (line, wanted) => {
    expect(await offered(...line)).toEqual(wanted);
  });

  it('offers every command', async () => {
    const all = await offered('');
    for (const one of [
      'apply',
      'validate',
      'plan',
      'list',
      'history',
      'resume',
      'login',
      'whoami',
      'emulator',
    ])
      expect(all).toContain(one);
  });
});

describe.concurrent('ferry completion', () => {
  it('names the shells it knows', async () => {
    const { exitCode, stderr } = await runProgram(['completion', 'csh']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('bash|zsh|fish');
  });
});
