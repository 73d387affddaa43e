import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { liveOn } from '../helpers/live.ts';
import { runProgram } from '../helpers/program.ts';
import { countsOf, futurePlan, signedInTo } from '../helpers/runs.ts';
import { freshFolder, openTerminal, type Terminal } from '../helpers/terminal.ts';
import { describeInSoak, itInSoak } from '../helpers/soak.ts';

/** A dataflow that is there, and a plan file about it. */
async function rig(options: EmulatorOptions = {}) {
  const emulator = await emulatorWith({ segments: 40, patchDelayMs: 20, touchDelayMs: false, ...options });
  const folder = freshFolder();
  const env: Record<string, string> = {
    ...signedInTo(emulator.url),
    FERRY_STATE_DIR: path.join(folder, 'state'),
    FERRY_SANDBOX: 'dev',
    FERRY_DOUBT_MS: '100',
    CAMPAIGN_S3_SECRET: 'A'.repeat(40),
    OTHER_SECRET: 'PLANTED'.padEnd(40, 'B'),
  };
  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    runProgram(args, { env: { ...env, ...more }, cwd: folder });
  const write = (plan: Plan): void => writeFileSync(path.join(folder, 'crm.plan.json'), JSON.stringify(plan));
  const { client, flowId, plan } = await liveOn(emulator);
  write(plan);
  return {
    emulator,
    client,
    flowId,
    plan,
    folder,
    run,
    write,
    times: async (): Promise<unknown> =>
      (await client.getFlow(flowId)).transformations[0]?.params?.segmentSelectors?.selectors.map(
        ({ value }) => value.schedule?.startTime,
      ),
    open: (args: readonly string[], size: { rows?: number; columns?: number } = {}): Terminal =>
      openTerminal({ args, env, cwd: folder, rows: 40, ...size }),
  };
}

const [first, second] = futurePlan.segments;
if (!first || !second) throw new Error('two segments are needed');
const early = { ...second, schedule: { ...second.schedule, startTime: '06:00' } };
const apply = ['apply', 'crm.plan.json', '--yes'];

describe.concurrent('ferry apply of a plan about a dataflow', () => {
  itInSoak('sends nothing where nothing differs, and leaves no run', async () => {
    const { run, flowId } = await rig();
    const before = await run(['history', '--json']);
    const { exitCode, stdout } = await run(apply);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('The platform already matches this plan. Nothing is sent.');
    expect(stdout).toContain(`Verified. The dataflow holds what you asked for.\n  dataflow ${flowId}\n`);
    expect(stdout).not.toContain('Receipt');
    expect((await run(['history', '--json'])).stdout).toBe(before.stdout);
  });

  it('says what it changes, asks, and puts it back', async () => {
    const { run, write, plan, open, times, flowId } = await rig();
    write({ ...plan, segments: [first, early] });
    const terminal = open(['apply', 'crm.plan.json']);
    await terminal.waitFor('Type "yes":');
    expect(terminal.screen().replaceAll(/\s+/g, ' ')).toContain(
      'Changes dataflow "Activate segments to Adobe Campaign": 1 schedule changed. Requests: 1',
    );
    expect(terminal.screen()).toContain('~ start time (UTC) of "Loyalty Segment": 17:00 → 06:00');
    expect(terminal.screen().replaceAll(/\s+/g, ' ')).toMatch(
      /next exports of "Loyalty Segment": before 01 Jan 2035 17:00 UTC.*; then 01 Jan 2035 06:00 UTC/,
    );
    // living.md 2, D7 and 3, C9
    expect(terminal.screen().replaceAll(/\s+/g, ' ')).toMatch(
      new RegExp(
        `It can be undone \\(ferry rollback [0-9a-f]{8}\\), .* Change dataflow "[^"]+" \\(${flowId}\\) in dev`,
      ),
    );
    const named = /ferry rollback ([0-9a-f]{8})/.exec(terminal.screen())?.[1];
    await terminal.press('yes\r', 'Verified.');
    expect(await terminal.waitForEnd()).toBe(0);
    expect(await times()).toEqual(['17:00', '06:00']);

    const [{ run: id }] = JSON.parse((await run(['history', '--json'])).stdout) as [{ run: string }];
    expect(named).toBe(id);
    const undone = await run(['rollback', id, '--yes']);
    expect(undone.exitCode).toBe(0);
    expect(undone.stdout).toContain('exported files stay');
    expect(await times()).toEqual(['17:00', '17:00']);
  });

  itInSoak('sends nothing to somebody who says no, or leaves', async () => {
    const { write, plan, open, times } = await rig();
    write({ ...plan, segments: [first, early] });
    for (const key of ['no\r', '\u0003']) {
      const terminal = open(['apply', 'crm.plan.json']);
      await terminal.waitFor('Type "yes":');
      terminal.write(key);
      expect(await terminal.waitForEnd()).toBe(130);
      expect(terminal.screen()).toContain('Nothing has changed.');
    }
    expect(await times()).toEqual(['17:00', '17:00']);
  });

  itInSoak('keeps what it does not name, and empties nothing unless the name is said', async () => {
    const { run, write, plan } = await rig();
    write({ ...plan, segments: [second] });
    const kept = await run(apply);
    expect(kept.exitCode).toBe(6);
    expect(kept.stdout).toContain('Not in the plan, and left as it is (--prune removes it):');
    expect((await run([...apply, '--prune'])).exitCode).toBe(0);

    write({ ...plan, segments: [] });
    const refused = await run([...apply, '--prune']);
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toContain(`--confirm "${plan.name}"`);
    expect((await run([...apply, '--prune', '--confirm', plan.name])).exitCode).toBe(0);
  });

  itInSoak('is refused where it cannot be, by name', async () => {
    const { run, write, plan } = await rig();
    const flow = '00000000-0000-4000-8000-00000000dead';
    write({ ...plan, flow });
    const missing = await run(apply);
    expect(missing.exitCode).toBe(2);
    expect(missing.stderr).toContain(`${flow} does not exist in sandbox "dev".`);
    write(plan);
    const elsewhere = await run([...apply, '--sandbox', 'stage']);
    expect(elsewhere.exitCode).toBe(2);
    expect(elsewhere.stderr).toContain('It is in another sandbox: dev.');
    write({
      ...plan,
      destination: { ...plan.destination, connectionSpecId: 'f599a5b3-60a7-4951-950a-cc4115c7ea27' },
    });
    const other = await run(apply);
    expect(other.exitCode).toBe(2);
    expect(other.stderr).toContain('Remove "flow" from the plan to create a new dataflow');
    expect((await run(['apply', 'crm.plan.json'])).exitCode).toBe(3);
  });

  itInSoak('shows its requests in a dry run, with the etag that was read', async () => {
    const { run, write, plan, client, flowId, times } = await rig();
    write({ ...plan, segments: [first, early] });
    const { exitCode, stdout } = await run(['apply', 'crm.plan.json', '--dry-run']);
    expect(exitCode).toBe(0);
    const { etag } = await client.getFlow(flowId);
    expect(JSON.parse(stdout)).toMatchObject([
      { step: 'change', method: 'PATCH', headers: { 'If-Match': etag }, body: [{ op: 'replace' }] },
    ]);
    expect(await times()).toEqual(['17:00', '17:00']);
  });

  itInSoak.each(['intended', 'sent', 'answered'])(
    'killed when %s, is gone on with, or taken back',
    async (point) => {
      // The answer comes well after the program has died of what it sent.
      const { run, write, plan, times, emulator } = await rig({ patchDelayMs: 1000 });
      write({ ...plan, segments: [first, early] });
      expect((await run(apply, { FERRY_DIE_AT: `${point}:change` })).exitCode).toBe(128);
      const resumed = await run(['resume', '--yes']);
      expect(resumed.exitCode).toBe(0);
      expect(await times()).toEqual(['17:00', '06:00']);

      write({
        ...plan,
        segments: [{ ...first, schedule: { ...first.schedule, startTime: '03:00' } }, early],
      });
      expect((await run(apply, { FERRY_DIE_AT: `${point}:change` })).exitCode).toBe(128);
      const undone = await run(['rollback', '--yes']);
      expect(undone.exitCode).toBe(0);
      expect(await times()).toEqual(['17:00', '06:00']);
      expect(countsOf(emulator)).toEqual([2, 1, 1, 1]);
    },
  );
});

describe.concurrent('a dataflow by its name', () => {
  it('is paused and let go on', async () => {
    const { run, plan, client, flowId } = await rig();
    expect((await run(['disable', plan.name])).exitCode).toBe(3);
    const paused = await run(['disable', plan.name, '--yes']);
    expect(paused.exitCode).toBe(0);
    expect(paused.stdout).toContain('is paused');
    expect((await client.getFlow(flowId)).state).toBe('disabled');
    expect((await run(['enable', flowId, '--yes'])).exitCode).toBe(0);
    expect((await client.getFlow(flowId)).state).toBe('enabled');
  });

  itInSoak('is switched once, and back by the run that switched it last', async () => {
    const { run, plan, client, flowId } = await rig();
    expect((await run(['disable', plan.name, '--yes'])).exitCode).toBe(0);
    expect((await run(['disable', flowId, '--yes'])).stdout).toContain('already paused. Nothing was sent.');
    expect((await run(['enable', flowId, '--yes'])).exitCode).toBe(0);
    const unknown = await run(['enable', 'CRM', '--yes']);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('No dataflow of sandbox dev is called "CRM"');
    const runs = async (): Promise<readonly { run: string; state: string }[]> =>
      JSON.parse((await run(['history', '--json'])).stdout) as { run: string; state: string }[];
    const [enabled, disabled] = (await runs()).map(({ run: id }) => id) as [string, string];
    // What a later run has switched is not switched back by an earlier one.
    const early = await run(['rollback', disabled, '--yes']);
    expect(early).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining(`Run ${enabled} `) as string,
    });
    expect((await run(['rollback', enabled])).exitCode).toBe(3);
    expect((await run(['rollback', enabled, '--yes'])).exitCode).toBe(0);
    expect((await client.getFlow(flowId)).state).toBe('disabled');
    expect((await runs()).find((one) => one.run === enabled)?.state).toBe('rolledBack');
    expect((await run(['rollback', enabled, '--yes'])).exitCode).toBe(2);
  });

  itInSoak('is removed once its name was typed, with what nothing else uses', async () => {
    const { open, plan, emulator } = await rig({ deleteDelayMs: 100 });
    const terminal = open(['delete', plan.name, '--with-connections']);
    await terminal.waitFor('Type its name:');
    expect(terminal.screen()).toContain('is removed too');
    await terminal.press(`${plan.name}\r`, 'is deleted. Files');
    expect(await terminal.waitForEnd()).toBe(0);
    expect(countsOf(emulator)).toEqual([0, 0, 0, 0]);
  });

  itInSoak('is not removed by another name, and a removal that was killed is finished', async () => {
    const { open, run, plan, emulator } = await rig();
    const terminal = open(['delete', plan.name]);
    await terminal.waitFor('Type its name:');
    await terminal.press('yes\r', 'Nothing has changed.');
    expect(await terminal.waitForEnd()).toBe(130);
    expect(countsOf(emulator)).toEqual([2, 1, 1, 1]);
    const args = ['delete', plan.name, '--with-connections', '--yes'];
    expect((await run(args, { FERRY_DIE_AT: 'answered:remove' })).exitCode).toBe(128);
    expect((await run(['resume', '--yes'])).exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual([0, 0, 0, 0]);
  });
});

describeInSoak.concurrent('ferry account update', () => {
  itInSoak('names what it reaches, and keeps no secret', async () => {
    const { run, client, flowId, folder } = await rig();
    const { targetConnectionIds } = await client.getFlow(flowId);
    const target = await client.getConnection('targetConnections', targetConnectionIds?.[0] ?? '');
    const id = target.baseConnectionId ?? '';
    const params = ['--param', 'accessId=AKIAOTHER34567ABCDEF', '--param', 'secretKey=env:OTHER_SECRET'];
    const done = await run(['account', 'update', id, ...params, '--yes']);
    expect(done.stderr).toBe('');
    expect(done.exitCode).toBe(0);
    expect(done.stdout).toContain('used by 1 dataflow');
    expect(done.stdout).toContain(flowId);
    const [{ run: name }] = JSON.parse((await run(['history', '--json'])).stdout) as [{ run: string }];
    const kept = readFileSync(path.join(folder, 'state', 'runs', name, 'journal.ndjson'), 'utf8');
    expect(kept + done.stdout).not.toContain('PLANTED');
    const clear = await run([
      'account',
      'update',
      id,
      ...params.slice(0, 2),
      '--param',
      'secretKey=PLANTED',
      '--yes',
    ]);
    expect(clear.exitCode).toBe(2);
    const missing = await run(['account', 'update', id, '--yes']);
    expect(missing.exitCode).toBe(3);
  });
});
