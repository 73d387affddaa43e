import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Streams } from '../../source/commands/console/streams.ts';
import { fileToWrite } from '../../source/commands/plan/inside-plans.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { runProgram } from '../helpers/program.ts';
import { signedInTo } from '../helpers/runs.ts';
import { freshFolder, projectRoot } from '../helpers/terminal.ts';

describe('the file that a plan goes into', () => {
  const restriction = { planFolder: freshFolder() } as NonNullable<Streams['restriction']>;

  it.each([
    [undefined, undefined],
    ['-', undefined],
    ['crm.plan.json', 'crm.plan.json'],
    ['./-', './-'],
  ])('of %j is %j, also in a console', (given, wanted) => {
    expect(fileToWrite(given, {})).toBe(wanted);
    expect(fileToWrite(given, { restriction })).toBe(wanted);
  });

  it('is inside the folder of plans in a console', () => {
    expect(() => fileToWrite('../crm.plan.json', { restriction })).toThrow();
  });

  it('is the output for every command that writes one, where it is named "-"', async () => {
    const emulator = await emulatorWith({ segments: 60, flows: 2 });
    const cwd = freshFolder();
    const env = { ...signedInTo(emulator.url), FERRY_STATE_DIR: path.join(freshFolder(), 'state') };
    const campaign = path.join(projectRoot, 'examples', 'plans', 'campaign-s3.plan.json');
    const written = [
      ['pull', 'CRM weekly', '-', '--sandbox', 'dev'],
      // It does not say where the files go, and so is no whole plan.
      ['plan', 'new', '-', '--destination', 'sftp', '--segment', '9f7d37fd-7039-4454-94ef-2b0cd6c3206a'],
      ['plan', 'upgrade', path.join(projectRoot, 'examples', 'plans', 's3.plan.json'), '-'],
      ['plan', 'copy', campaign, '-', '--sandbox', 'stage'],
    ];
    for (const args of written) {
      const { stdout, exitCode } = await runProgram(args, { cwd, env });
      const code = args[1] === 'new' ? 2 : 0;
      expect({ args, exitCode, files: readdirSync(cwd) }).toEqual({ args, exitCode: code, files: [] });
      expect(JSON.parse(stdout)).toMatchObject({ version: 1 });
    }
  });
});
