import { describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { emulatorWith } from '../helpers/emulator.ts';
import { keys } from '../helpers/keys.ts';
import { runProgram } from '../helpers/program.ts';
import { countsOf, exactlyOne, futurePlan, none, signedInTo } from '../helpers/runs.ts';
import { freshFolder, openTerminal } from '../helpers/terminal.ts';
import { applyFromReview, choose, fill, walkFromSegments, walkToDestination } from '../helpers/walk.ts';
import { itInSoak } from '../helpers/soak.ts';

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

/** An organisation on an emulator, and plans that are applied to it. */
async function rig(options: EmulatorOptions = {}) {
  const emulator = await emulatorWith(options);
  const env = {
    ...signedInTo(emulator.url),
    CAMPAIGN_S3_SECRET: 'PLANTEDsecret',
    FERRY_STATE_DIR: path.join(freshFolder(), 'state'),
  };
  const file = path.join(freshFolder(), 'a.plan.json');
  /** Applies a plan and tells the ids of what was made. */
  const apply = async (plan: unknown): Promise<{ exitCode: number; lines: Line[]; stderr: string }> => {
    writeFileSync(file, JSON.stringify(plan));
    const { exitCode, stdout, stderr } = await runProgram(['apply', file, '--yes', '--json'], { env });
    return { exitCode, lines: linesOf(stdout), stderr };
  };
  return { emulator, env, file, apply };
}
const idOf = (lines: readonly Line[], step: string): string =>
  lines.find((line) => line.step === step && line.id !== undefined)?.id ?? '';

const destination = { ...futurePlan.destination, auth: undefined };

describe.concurrent('using again what is there', () => {
  itInSoak('makes only what is new, says so, and never undoes what it did not make', async () => {
    const { emulator, env, apply } = await rig();
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
    const second = await apply(again);
    expect(second.stderr).toBe('');
    expect(second.exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual([2, 1, 2, 2]);

    const history = JSON.parse((await runProgram(['history', '--json'], { env })).stdout) as {
      run: string;
    }[];
    const run = history[0]?.run ?? '';
    const undone = await runProgram(['rollback', run, '--yes'], { env });
    expect(undone.exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });

  itInSoak('refuses an account of another destination before anything is written', async () => {
    const { emulator, env, file, apply } = await rig();
    const first = await apply(futurePlan);
    expect(first.exitCode).toBe(0);
    const writes = emulator.requests.filter(({ method }) => method !== 'GET').length;
    const wrong = {
      ...futurePlan,
      destination: { ...destination, baseConnectionId: idOf(first.lines, 'source-base-connection') },
    };
    writeFileSync(file, JSON.stringify(wrong));
    const { exitCode, stderr } = await runProgram(['apply', file, '--yes', '--again'], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('baseConnectionId');
    expect(emulator.requests.filter(({ method }) => method !== 'GET').length).toBe(writes);
  });

  itInSoak('is offered in the wizard, account first, connections from the review', async () => {
    const { emulator, env, apply } = await rig();
    expect((await apply(futurePlan)).exitCode).toBe(0);
    const terminal = openTerminal({ env, rows: 40, columns: 110 });
    await walkToDestination(terminal, 'Adobe Campaign');
    await terminal.waitFor('Which Adobe Campaign account?');
    await terminal.waitFor(/^❯.*Use a new sign-in/m);
    await terminal.press(keys.down, (seen) => /^❯/m.test(seen) && !/^❯.*Use a new sign-in/m.test(seen));
    await terminal.press(keys.enter, 'Where should the files');
    await choose(terminal, 'S3');
    await terminal.waitFor('Storage location:');
    await fill(terminal, { 'Bucket name': 'crm-exports', 'Folder path': 'daily' });
    await walkFromSegments(terminal);
    expect(terminal.screen()).toMatch(/Sign-in +account /);
    expect(terminal.screen()).toMatch(/Profile Store +new connections/);
    await choose(terminal, 'Profile Store');
    await terminal.waitFor('Which Profile Store connection?');
    await terminal.waitFor(/source connection/);
    await terminal.press(keys.down, /^❯.*source connection/m);
    await terminal.press(keys.enter, /Profile Store +source connection /);
    await applyFromReview(terminal);
    expect(terminal.screen()).toContain('Verified');
    expect(countsOf(emulator)).toEqual([2, 1, 2, 2]);
  });

  it('does not keep anybody from signing in where accounts may not be listed', async () => {
    const { emulator, env } = await rig({ faults: ['GET /connections=403', 'GET /flowSpecs=403'] });
    const terminal = openTerminal({ env });
    await walkToDestination(terminal, 'Adobe Campaign');
    await terminal.waitFor('How do you sign in');
    expect(countsOf(emulator)).toEqual(none);
  });
});
