import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import type { Emulator } from '../../source/emulator/server.ts';
import { clientOf } from '../helpers/answers.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { type Finished, runProgram } from '../helpers/program.ts';
import { orgId, settledCounts, signedInTo } from '../helpers/runs.ts';
import { freshFolder, openTerminal, projectRoot } from '../helpers/terminal.ts';

const campaign = path.join(projectRoot, 'examples', 'plans', 'campaign-s3.plan.json');

interface Desk {
  readonly emulator: Emulator;
  readonly cwd: string;
  readonly env: Record<string, string>;
  run(...args: string[]): Promise<Finished>;
  /** What was sent since the last look that is not a GET. */
  writes(): string[];
  edit(file: string, change: (plan: Plan) => object): void;
}

async function desk(options: Parameters<typeof emulatorWith>[0] = {}): Promise<Desk> {
  const emulator = await emulatorWith({ patchDelayMs: 20, ...options });
  const cwd = freshFolder();
  const env = {
    ...signedInTo(emulator.url),
    FERRY_SANDBOX: 'dev',
    FERRY_STATE_DIR: path.join(freshFolder(), 'state'),
    CAMPAIGN_S3_SECRET: 'A'.repeat(40),
  };
  copyFileSync(campaign, path.join(cwd, 'crm.plan.json'));
  let seen = 0;
  return {
    emulator,
    cwd,
    env,
    run: (...args) => runProgram(args, { cwd, env }),
    writes() {
      const fresh = emulator.requests.slice(seen);
      seen = emulator.requests.length;
      return fresh.filter(({ method }) => method !== 'GET').map(({ method }) => method);
    },
    edit(file, change) {
      const at = path.join(cwd, file);
      const plan = JSON.parse(readFileSync(at, 'utf8')) as Plan;
      writeFileSync(at, JSON.stringify(change(plan)));
    },
  };
}
const planIn = ({ cwd }: Desk, file: string): Plan =>
  JSON.parse(readFileSync(path.join(cwd, file), 'utf8')) as Plan;

describe.concurrent('a plan that lives', () => {
  it('is bound, pulled, compared, changed, and never made twice by accident', async () => {
    const here = await desk();
    const { run, writes, edit } = here;
    copyFileSync(campaign, path.join(here.cwd, 'twin.plan.json'));
    expect(await run('diff', 'crm.plan.json')).toMatchObject({ exitCode: 6 });
    expect(writes()).toEqual([]);
    const made = await run('apply', 'crm.plan.json', '--yes', '--bind');
    expect(made).toMatchObject({ exitCode: 0 });
    const { flow = '' } = planIn(here, 'crm.plan.json');
    expect(flow).toMatch(/^[0-9a-f-]{36}$/);
    expect(made.stderr).toContain(`crm.plan.json is about dataflow ${flow} from now on.`);
    expect(writes()).toHaveLength(6);

    expect(await run('apply', 'crm.plan.json', '--yes')).toMatchObject({ exitCode: 0 });
    expect(await run('diff', 'crm.plan.json')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('The platform already matches this plan. Nothing is sent.') as string,
    });
    const client = clientOf(here.emulator.url, { orgId, sandbox: 'dev' });
    const member = '/transformations/0/params/attributeMapping';
    const { etag = '' } = await client.getFlow(flow);
    await client.patchFlow(flow, etag, [{ op: 'add', path: member, value: { a: 'b' } }]);
    const unsaid = await run('diff', 'crm.plan.json', '--json');
    expect(JSON.parse(unsaid.stdout)).toMatchObject({ unsaid: [{ subject: 'attributeMapping' }] });
    expect(await run('diff', 'crm.plan.json')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(
        /A plan cannot hold these\. They stay .*\n {2}member "attributeMapping" {2}\$\.transformations/,
      ) as string,
    });
    here.writes();
    const { name } = planIn(here, 'crm.plan.json');
    expect(await run('pull', name, 'pulled.plan.json')).toMatchObject({ exitCode: 0 });
    const bytes = readFileSync(path.join(here.cwd, 'pulled.plan.json'), 'utf8');
    expect((await run('pull', flow)).stdout).toBe(bytes);
    expect(await run('diff', 'pulled.plan.json')).toMatchObject({ exitCode: 0 });
    expect(writes()).toEqual([]);

    const dry = await run('apply', 'twin.plan.json', '--dry-run');
    expect(dry).toMatchObject({ exitCode: 0 });
    expect(dry.stderr).toContain(flow);
    expect(dry.stderr).toMatch(/--bind.*--again/);
    expect(dry.stderr).toContain('ferry diff twin.plan.json');
    const twice = await run('apply', 'twin.plan.json', '--yes');
    expect(twice).toMatchObject({ exitCode: 3 });
    expect(twice.stderr).toContain(flow);
    expect(twice.stderr).toMatch(/--bind.*--again/);
    const alike = await run('diff', 'twin.plan.json');
    expect(alike).toMatchObject({
      exitCode: 6,
      stdout: expect.stringContaining(`created from this plan: ${flow}.`) as string,
    });
    expect(JSON.parse((await run('diff', 'twin.plan.json', '--json')).stdout)).toMatchObject({
      alike: [flow],
    });
    expect(await settledCounts(here.emulator)).toEqual([2, 1, 1, 1]);
    expect(await run('apply', 'twin.plan.json', '--yes', '--bind')).toMatchObject({ exitCode: 0 });
    expect(planIn(here, 'twin.plan.json').flow).toBe(flow);
    expect(writes()).toEqual([]);

    edit('pulled.plan.json', (plan) => {
      const [first, ...others] = plan.segments;
      return {
        ...plan,
        name: 'CRM daily',
        segments: [{ ...first, exportMode: 'DAILY_FULL_EXPORT' }, ...others.slice(1)],
      };
    });
    const differs = await run('diff', 'pulled.plan.json');
    expect(differs).toMatchObject({ exitCode: 6 });
    expect(differs.stdout).toMatch(new RegExp(`~ name: ${name} → CRM daily`));
    expect(differs.stdout).toMatch(/Not in the plan, and left as it is .*\n {2}= segment: Loyalty Segment/);
    // What was compared, of which moment either side is, and which dataflow it is. living.md 2, D7 and D20
    const moment = String.raw`\d\d \w{3} \d{4} \d\d:\d\d UTC`;
    expect(differs.stdout).toMatch(
      new RegExp(
        `^pulled\\.plan\\.json \\(saved ${moment}\\) with dataflow "${name}" \\(${flow}\\) in dev as of ${moment}\n`,
      ),
    );
    // What stays is counted in one line that can be opened. living.md 2, D6
    const columns = planIn(here, 'pulled.plan.json').attributes.selected;
    expect(differs.stdout).toContain(
      `  = unchanged: segments 1, columns ${columns.length} (--full lists them)`,
    );
    const full = await run('diff', 'pulled.plan.json', '--full');
    expect(full).toMatchObject({ exitCode: 6 });
    expect(full.stdout).not.toContain('--full');
    for (const one of columns) expect(full.stdout).toContain(`\n  = unchanged attribute: ${String(one)}\n`);
    const opened = await run('diff', 'crm.plan.json', '--full', '--json');
    expect(JSON.parse(opened.stdout)).toMatchObject({
      differences: [],
      unchanged: [{ kind: 'unchanged' }, { kind: 'unchanged' }, ...columns.map((after) => ({ after }))],
    });
    expect(opened.exitCode).toBe(0);
    const asJson = await run('diff', 'pulled.plan.json', '--json', '--prune');
    const document = JSON.parse(asJson.stdout) as { differences: { kind: string; path: string }[] };
    expect(document.differences.map(({ kind }) => kind)).toEqual(['removed', 'changed']);
    const folder = await run('diff', '.', '--json');
    expect(folder.exitCode).toBe(6);
    expect(folder.stdout.trim().split('\n')).toHaveLength(3);
    expect(writes()).toEqual([]);

    const both = await run('apply', 'twin.plan.json', '--yes', '--again');
    expect(both).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('remove "flow" from the plan') as string,
    });
    expect(writes()).toEqual([]);
    edit('twin.plan.json', (plan) => ({ ...plan, flow: undefined }));
    expect(await run('apply', 'twin.plan.json', '--yes', '--again')).toMatchObject({ exitCode: 0 });
    expect(await settledCounts(here.emulator)).toEqual([4, 2, 2, 2]);
    edit('twin.plan.json', ({ segments, ...plan }) => ({ ...plan, segments: segments.slice(1) }));
    const several = await run('apply', 'twin.plan.json', '--yes', '--bind');
    expect(several).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(flow) as string });
  });

  it('that differs is told by 6 alone: whatever fails has a code of its own', async () => {
    const here = await desk();
    const { run, cwd, emulator } = here;
    copyFileSync(campaign, path.join(cwd, 'broken.plan.json'));
    here.edit('broken.plan.json', (plan) => ({ ...plan, segments: 'none' }));
    copyFileSync(campaign, path.join(cwd, 'gone.plan.json'));
    here.edit('gone.plan.json', (plan) => ({ ...plan, flow: '00000000-0000-4000-8000-000000000000' }));
    expect((await run('apply', 'crm.plan.json', '--yes', '--bind')).exitCode).toBe(0);
    const codes: (readonly [string, number])[] = [];
    const tell = async (what: string, ...args: string[]): Promise<void> => {
      codes.push([what, (await run('diff', ...args)).exitCode]);
    };
    await tell('nothing', 'crm.plan.json');
    await tell('no plan', 'broken.plan.json');
    await tell('no file', 'none.plan.json');
    await tell('gone', 'gone.plan.json');
    here.edit('crm.plan.json', (plan) => ({ ...plan, name: 'Another' }));
    await tell('something', 'crm.plan.json');
    here.env['FERRY_ACCESS_TOKEN'] = '';
    await tell('not signed in', 'crm.plan.json');
    here.env['FERRY_ACCESS_TOKEN'] = 'token';
    await emulator.close();
    await tell('unreachable', 'crm.plan.json');
    expect(Object.fromEntries(codes)).toEqual({
      nothing: 0,
      'no plan': 2,
      'no file': 2,
      gone: 2,
      something: 6,
      'not signed in': 4,
      unreachable: 7,
    });
  });

  it('asks a person, who changes the one that is there', async () => {
    const here = await desk();
    await here.run('apply', 'crm.plan.json', '--yes');
    here.writes();
    const terminal = openTerminal({ args: ['apply', 'crm.plan.json'], env: here.env, cwd: here.cwd });
    await terminal.waitFor(/Which do you want\?[^]*1 +Change that one[^]*3 +Neither/);
    terminal.write('3\r');
    expect(await terminal.waitForEnd()).toBe(130);
    expect(here.writes()).toEqual([]);
    expect(planIn(here, 'crm.plan.json').flow).toBeUndefined();
    const other = openTerminal({ args: ['apply', 'crm.plan.json'], env: here.env, cwd: here.cwd });
    await other.waitFor(/Which do you want\?[^]*3 +Neither/);
    other.write('1\r');
    expect(await other.waitForEnd()).toBe(0);
    expect(here.writes()).toEqual([]);
    expect(planIn(here, 'crm.plan.json').flow).toBeDefined();
  });

  it('goes to another sandbox by names, or says what is not there', async () => {
    const { run, writes, edit, ...here } = await desk();
    const copied = await run('plan', 'copy', 'crm.plan.json', '--sandbox', 'stage', 'stage.plan.json');
    expect(copied).toMatchObject({ exitCode: 0, stderr: '' });
    expect(planIn({ run, writes, edit, ...here }, 'stage.plan.json').sandbox).toBe('stage');
    expect(await run('plan', 'check', 'stage.plan.json')).toMatchObject({ exitCode: 0 });
    edit('crm.plan.json', ({ segments: [first, ...others], attributes, ...plan }) => ({
      ...plan,
      segments: [{ ...first, name: 'Nobody knows it' }, ...others],
      attributes: { ...attributes, selected: [...attributes.selected, 'person.nothing'] },
    }));
    const lacking = await run('plan', 'copy', 'crm.plan.json', '--sandbox', 'stage');
    expect(lacking).toMatchObject({ exitCode: 2, stdout: '' });
    expect(lacking.stderr).toContain('Nobody knows it');
    expect(lacking.stderr).toContain('person.nothing');
    expect(writes()).toEqual([]);
  });

  it('is changed and paused in production only by the name of that', async () => {
    const here = await desk();
    const { run, writes, edit, env, cwd } = here;
    edit('crm.plan.json', (plan) => ({ ...plan, sandbox: 'prod' }));
    expect(await run('apply', 'crm.plan.json', '--yes', '--bind')).toMatchObject({ exitCode: 0 });
    const { name } = planIn(here, 'crm.plan.json');
    edit('crm.plan.json', ({ segments: [first, ...others], ...plan }) => ({
      ...plan,
      segments: [{ ...first, filenameTemplate: '%DESTINATION_NAME%_%SEGMENT_ID%' }, ...others],
    }));
    writes();
    const commands = [
      [['apply', 'crm.plan.json'], 'PATCH'],
      [['disable', name, '--sandbox', 'prod'], 'POST'],
      [['delete', name, '--sandbox', 'prod'], 'DELETE'],
    ] as const;
    for (const [args, method] of commands) {
      const refused = openTerminal({ args: [...args], env, cwd, rows: 40 });
      const asked = /"prod" is a production sandbox/;
      const named = /Type its name/;
      if (args[0] === 'delete') {
        await refused.waitFor(named);
        refused.write(`${name}\r`);
      }
      await refused.waitFor(asked);
      await refused.press('yes\r', 'Nothing has changed');
      expect(await refused.waitForEnd()).toBe(130);
      expect(writes()).toEqual([]);
      const terminal = openTerminal({ args: [...args], env, cwd, rows: 40 });
      if (args[0] === 'delete') {
        await terminal.waitFor(named);
        terminal.write(`${name}\r`);
      }
      await terminal.waitFor(asked);
      terminal.write('prod\r');
      expect(await terminal.waitForEnd()).toBe(0);
      expect(writes()).toEqual([method]);
    }
  });

  it('says what cannot be pulled, and which was meant', async () => {
    const { run, writes } = await desk({ flows: 12 });
    const stage = await run('list', 'flows', '--json', '--sandbox', 'stage');
    const [{ id = '' } = {}] = JSON.parse(stage.stdout) as { id: string }[];
    const [near, datasets, streaming, elsewhere, nowhere, loud] = await Promise.all([
      run('pull', 'Newslettr'),
      run('pull', 'Winback test 8 (datasets)'),
      run('pull', 'Nightly all 9 (streaming)'),
      run('pull', id),
      run('pull', '00000000-0000-4000-8000-000000000000'),
      run('pull', 'crm WEEKLY', 'crm.plan.json'),
    ]);
    expect(near).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('"Newsletter" (') as string });
    expect(datasets).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('datasets') as string });
    expect(streaming).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('batch destination') as string,
    });
    expect(elsewhere.stderr).toContain('It is in another sandbox: stage.');
    expect(nowhere).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('ferry list flows') as string,
    });
    // Another plan is not replaced unasked.
    expect(loud).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('--yes') as string });
    const told = await run('pull', 'Newsletter');
    expect(told.stderr).toContain('transformation "EnrichmentTransform"');
    expect(writes()).toEqual([]);
  });
});
