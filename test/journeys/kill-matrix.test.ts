import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Emulator } from '../../source/emulator/server.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { runProgram } from '../helpers/program.ts';
import { countsOf, exactlyOne, killPoints, killSteps, none, orgId, printTable } from '../helpers/runs.ts';
import { byDay, isSoak, itInSoak } from '../helpers/soak.ts';
import { freshFolder, projectRoot } from '../helpers/terminal.ts';

const plan = path.join(projectRoot, 'examples', 'plans', 's3.plan.json');

/**
 * Every day one of the three points of two steps is met, ended by resume or by rollback, by turns; a soak meets
 * them all, both ways.
 */
const ended = (step: string, way: 'resume' | 'rollback'): string[] =>
  killPoints.filter(
    (_, at) =>
      isSoak ||
      ((killSteps.indexOf(step) + at) % 3 === 0 &&
        killSteps.indexOf(step) % 8 === (way === 'resume' ? 4 : 2)),
  );

interface Rig {
  emulator: Emulator;
  folder: string;
  run: (args: readonly string[], more?: Record<string, string>) => ReturnType<typeof runProgram>;
}

async function rig(): Promise<Rig> {
  const emulator = await emulatorWith({
    segments: 20,
    patchDelayMs: 20,
    touchDelayMs: 30,
    strictEtags: true,
    latencyMs: 120,
  });
  const folder = freshFolder();
  const env = {
    FERRY_STATE_DIR: path.join(folder, 'state'),
    FERRY_API_URL: emulator.url,
    FERRY_ACCESS_TOKEN: 'PLANTEDtoken',
    FERRY_API_KEY: 'key',
    FERRY_ORG_ID: orgId,
    FERRY_DOUBT_MS: '400',
    S3_SECRET_KEY: `PLANTED${'A'.repeat(33)}`,
  };
  return {
    emulator,
    folder,
    run: (args, more = {}) => runProgram(args, { env: { ...env, ...more }, cwd: folder }),
  };
}

const outcomes = new Map<string, string>();

const met = killSteps.filter((step) => ended(step, 'resume').length + ended(step, 'rollback').length > 0);

describe.concurrent.each(met)('killed at %s', (step) => {
  it.each(ended(step, 'resume'))('%s: resume ends with exactly one of each', async (point) => {
    const { emulator, run } = await rig();
    const died = await run(['apply', plan, '--yes'], { FERRY_DIE_AT: `${point}:${step}` });
    expect(died.exitCode).toBe(128);
    const before = countsOf(emulator).join(' ');
    const resumed = await run(['resume', '--yes']);
    expect(`${resumed.stdout}${resumed.stderr}`).toContain('Verified');
    expect(resumed.exitCode).toBe(0);
    await emulator.idle();
    expect(countsOf(emulator)).toEqual(exactlyOne);
    outcomes.set(`${step}\t${point}, resume`, `${before} → ${countsOf(emulator).join(' ')}`);
  });

  it.each(ended(step, 'rollback'))('%s: rollback ends with nothing', async (point) => {
    const { emulator, run } = await rig();
    const died = await run(['apply', plan, '--yes'], { FERRY_DIE_AT: `${point}:${step}` });
    expect(died.exitCode).toBe(128);
    const before = countsOf(emulator).join(' ');
    const undone = await run(['rollback', '--yes']);
    expect(undone.stderr).not.toContain('✗');
    // What was on its way when the process died is in the emulator by now.
    await emulator.idle();
    expect(countsOf(emulator)).toEqual(none);
    expect(undone.exitCode).toBe(0);
    outcomes.set(`${step}\t${point}, rollback`, `${before} → ${countsOf(emulator).join(' ')}`);
  });
});

afterAll(() =>
  printTable('kill -9 at each point: connections, source and target connections, dataflows', outcomes),
);

describe.concurrent('a run on the disk', () => {
  it('holds no secret, in journal, receipt or audit log', async () => {
    const { run, folder } = await rig();
    const { stdout } = await run(['apply', plan, '--yes', '--json']);
    const result = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { run: string; receipt: string };
    const kept = path.join(folder, 'state', 'runs', result.run);
    const files = ['journal.ndjson', 'receipt.json', 'receipt.md'].map((name) => path.join(kept, name));
    for (const file of [...files, path.join(folder, 'state', 'audit.ndjson')]) {
      const text = readFileSync(file, 'utf8');
      expect(text).toContain(result.run);
      expect(text).not.toContain('PLANTED');
    }
    expect(result.receipt).toBe(files[2]);
  });

  itInSoak('that is damaged in the middle is refused with its line', async () => {
    const { run, folder } = await rig();
    await run(['apply', plan, '--yes'], { FERRY_DIE_AT: 'intended:flow' });
    const [one] = JSON.parse((await run(['history', '--json'])).stdout) as { run: string }[];
    const file = path.join(folder, 'state', 'runs', one?.run ?? '', 'journal.ndjson');
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, lines.map((line, at) => (at === 2 ? line.replace('step', 'stop') : line)).join('\n'));
    const { exitCode, stderr } = await run(['resume', '--yes']);
    expect(stderr).toContain('Line 3 of');
    expect(exitCode).toBe(2);
    expect((await run(['history'])).stdout).toContain('journal damaged at line 3');
  });

  itInSoak('whose last line is torn is gone on with', async () => {
    const { run, folder, emulator } = await rig();
    await run(['apply', plan, '--yes'], { FERRY_DIE_AT: 'answered:flow' });
    const [one] = JSON.parse((await run(['history', '--json'])).stdout) as { run: string }[];
    const file = path.join(folder, 'state', 'runs', one?.run ?? '', 'journal.ndjson');
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"kind":"made","st`);
    expect((await run(['resume', '--yes'])).exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });

  it('cannot be begun where nothing can be written, and then nothing is sent', async () => {
    const { run, emulator, folder } = await rig();
    writeFileSync(path.join(folder, 'state'), 'a file where a folder should be');
    const { exitCode, stderr } = await run(['apply', plan, '--yes']);
    expect(stderr).toContain('FERRY_STATE_DIR');
    expect(exitCode).toBe(2);
    expect(emulator.requests).toEqual([]);
  });

  itInSoak('is bound to where it began', async () => {
    const { run } = await rig();
    await run(['apply', plan, '--yes'], { FERRY_DIE_AT: 'intended:flow' });
    const { exitCode, stderr } = await run(['resume'], { FERRY_ORG_ID: 'OTHER@AdobeOrg' });
    expect(stderr).toContain('your current settings point elsewhere');
    expect(exitCode).toBe(2);
  });

  it('is held by one process at a time', async () => {
    const { run, emulator } = await rig();
    await run(['apply', plan, '--yes'], { FERRY_DIE_AT: 'intended:source-base-connection' });
    const both = await Promise.all([run(['resume', '--yes']), run(['resume', '--yes'])]);
    expect(both.map(({ exitCode }) => exitCode).sort()).toEqual([0, 5]);
    expect(both.find(({ exitCode }) => exitCode === 5)?.stderr).toContain(
      'Another ferry process is working on this run',
    );
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });

  it.each(
    byDay(
      [
        [['resume'], 'there is no unfinished run'],
        [['rollback', '--yes'], 'no run has left objects'],
        [['resume', 'ffffffff'], 'Unknown run "ffffffff"'],
        [['resume', '../../etc'], 'Unknown run "../../etc"'],
      ],
      (_, at) => at % 3 === 0,
    ),
  )('ferry %j says so when there is none', async (args, sentence) => {
    const { run } = await rig();
    const { exitCode, stderr } = await run(args);
    expect(stderr).toContain(sentence);
    expect(exitCode).toBe(2);
  });

  itInSoak('leaves a connection that is used elsewhere, and says so', async () => {
    const { run, emulator } = await rig();
    const applied = await run(['apply', plan, '--yes', '--json']);
    const result = JSON.parse(applied.stdout.trim().split('\n').at(-1) ?? '') as {
      run: string;
      made: { targetBaseConnectionId: string };
    };
    const headers = {
      authorization: 'Bearer t',
      'x-api-key': 'k',
      'x-gw-ims-org-id': orgId,
      'x-sandbox-name': 'dev',
      'content-type': 'application/json',
    };
    const other = await fetch(`${emulator.url}/data/foundation/flowservice/targetConnections`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        name: 'of somebody else',
        baseConnectionId: result.made.targetBaseConnectionId,
        connectionSpec: { id: '4890fc95-5a1f-4983-94bb-e060c08e3f81', version: '1.0' },
        params: { mode: 'S3', bucketName: 'crm', path: 'x', format: 'CSV' },
      }),
    });
    expect(other.status).toBe(201);
    const { exitCode, stdout } = await run(['rollback', result.run, '--yes']);
    expect(stdout).toMatch(/▲ Destination account.*in use/);
    expect(exitCode).toBe(5);
    expect(countsOf(emulator)).toEqual([1, 0, 1, 0]);
  });
});
