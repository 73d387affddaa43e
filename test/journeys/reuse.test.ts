import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../source/emulator/server.ts';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { keys } from '../helpers/keys.ts';
import { runProgram } from '../helpers/program.ts';
import { countsOf, exactlyOne, futurePlan, none, signedInTo } from '../helpers/runs.ts';
import { freshFolder, openTerminal } from '../helpers/terminal.ts';
import { applyFromReview, choose, fill, walkFromSegments, walkToDestination } from '../helpers/walk.ts';

let emulator: Emulator;
let env: Record<string, string>;
beforeEach(async () => {
  emulator = await startEmulator();
  env = {
    ...signedInTo(emulator.url),
    CAMPAIGN_S3_SECRET: 'PLANTEDsecret',
  };
});
afterEach(() => emulator.close());

const folder = freshFolder();
const planFile = (name: string, plan: unknown): string => {
  const file = path.join(folder, `${name}.plan.json`);
  writeFileSync(file, JSON.stringify(plan));
  return file;
};

interface Line {
  kind: string;
  step?: string;
  id?: string;
  isReused?: boolean;
}
const linesOf = (stdout: string): Line[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/** Applies a plan and tells the ids of what was made. */
async function apply(
  plan: unknown,
  state = env,
): Promise<{ exitCode: number; lines: Line[]; stderr: string }> {
  const file = planFile(`plan-${Math.random().toString(36).slice(2)}`, plan);
  const { exitCode, stdout, stderr } = await runProgram(['apply', file, '--yes', '--json'], { env: state });
  return { exitCode, lines: linesOf(stdout), stderr };
}
const idOf = (lines: readonly Line[], step: string): string =>
  lines.find((line) => line.step === step && line.id !== undefined)?.id ?? '';

const destination = { ...futurePlan.destination, auth: undefined };

describe('using again what is there', () => {
  it('makes only what is new, says so, and never undoes what it did not make', async () => {
    const first = await apply(futurePlan);
    expect(first.stderr).toBe('');
    expect(first.exitCode).toBe(0);
    const ids = {
      source: {
        baseConnectionId: idOf(first.lines, 'source-base-connection'),
        sourceConnectionId: idOf(first.lines, 'source-connection'),
      },
      account: idOf(first.lines, 'target-base-connection'),
    };
    const again = {
      ...futurePlan,
      name: 'once more',
      source: ids.source,
      destination: { ...destination, baseConnectionId: ids.account },
    };
    const state = { ...env, FERRY_STATE_DIR: path.join(freshFolder(), 'state') };
    const second = await apply(again, state);
    expect(second.stderr).toBe('');
    expect(second.exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual([2, 1, 2, 2]);

    const history = JSON.parse((await runProgram(['history', '--json'], { env: state })).stdout) as {
      run: string;
    }[];
    const run = history[0]?.run ?? '';
    const undone = await runProgram(['rollback', run, '--yes'], { env: state });
    expect(undone.exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });

  it('refuses an account of another destination before anything is written', async () => {
    const first = await apply(futurePlan);
    expect(first.exitCode).toBe(0);
    const writes = emulator.requests.filter(({ method }) => method !== 'GET').length;
    const wrong = {
      ...futurePlan,
      destination: { ...destination, baseConnectionId: idOf(first.lines, 'source-base-connection') },
    };
    const file = planFile('wrong', wrong);
    const { exitCode, stderr } = await runProgram(['apply', file, '--yes'], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('baseConnectionId');
    expect(emulator.requests.filter(({ method }) => method !== 'GET').length).toBe(writes);
  });

  it('is offered in the wizard, account first, connections from the review', async () => {
    expect((await apply(futurePlan)).exitCode).toBe(0);
    const terminal = openTerminal({ env, rows: 40, columns: 110 });
    await walkToDestination(terminal, 'Adobe Campaign');
    await terminal.waitFor('With which account at Adobe Campaign?');
    await terminal.waitFor(/^❯.*Sign in anew/m);
    await terminal.press(keys.down, (seen) => /^❯/m.test(seen) && !/^❯.*Sign in anew/m.test(seen));
    await terminal.press(keys.enter, 'Where should the files');
    await choose(terminal, 'S3');
    await terminal.waitFor('Storage location:');
    await fill(terminal, { 'Bucket name': 'crm-exports', 'Folder path': 'daily' });
    await walkFromSegments(terminal);
    expect(terminal.screen()).toMatch(/Sign-in +account /);
    expect(terminal.screen()).toMatch(/Profile Store +new connections/);
    await choose(terminal, 'Profile Store');
    await terminal.waitFor('Which connection to Profile Store?');
    await terminal.waitFor(/source connection/);
    await terminal.press(keys.down, /^❯.*source connection/m);
    await terminal.press(keys.enter, /Profile Store +source connection /);
    await applyFromReview(terminal);
    expect(terminal.screen()).toContain('Verified');
    expect(countsOf(emulator)).toEqual([2, 1, 2, 2]);
  });

  it('does not keep anybody from signing in where accounts may not be listed', async () => {
    await emulator.close();
    emulator = await startEmulator({ faults: ['GET /connections=403', 'GET /flowSpecs=403'] });
    const terminal = openTerminal({ env: { ...env, FERRY_API_URL: emulator.url } });
    await walkToDestination(terminal, 'Adobe Campaign');
    await terminal.waitFor('How do you sign in');
    expect(countsOf(emulator)).toEqual(none);
  });
});
