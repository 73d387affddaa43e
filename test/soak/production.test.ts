import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerWith } from '../helpers/answers.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { runProgram } from '../helpers/program.ts';
import { futurePlan, signedInTo } from '../helpers/runs.ts';
import { freshFolder, openTerminal } from '../helpers/terminal.ts';

/** An organisation whose production sandbox has a name of its own. */
async function organisation(): Promise<{ seen: readonly { method: string }[]; env: Record<string, string> }> {
  const server = await answerWith(({ url }) =>
    url.includes('sandbox-management')
      ? { json: { sandboxes: [{ name: 'live', title: 'Live', state: 'active', type: 'production' }] } }
      : { status: 403, json: {} },
  );
  const env = {
    ...signedInTo(server.url),
    CAMPAIGN_S3_SECRET: 'PLANTEDsecret',
  };
  return { seen: server.seen, env };
}

function planFile(cwd: string): string {
  const name = 'live.plan.json';
  writeFileSync(path.join(cwd, name), JSON.stringify({ ...futurePlan, sandbox: 'live' }));
  return name;
}

describe.concurrent('a production sandbox by another name than "prod"', () => {
  it('has to be named before anything is written to it', async () => {
    const { seen, env } = await organisation();
    const cwd = freshFolder();
    const terminal = openTerminal({ args: ['apply', planFile(cwd)], env, cwd });
    await terminal.waitFor(/production/i);
    await terminal.press('yes\r', 'Nothing has changed');
    expect(await terminal.waitForEnd()).toBe(130);
    expect(seen.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('is written to once it was named', async () => {
    const { seen, env } = await organisation();
    const cwd = freshFolder();
    const terminal = openTerminal({ args: ['apply', planFile(cwd)], env, cwd });
    await terminal.waitFor(/production/i);
    terminal.write('live\r');
    expect(await terminal.waitForEnd()).toBe(4);
    expect(seen.some(({ method }) => method === 'POST')).toBe(true);
  });

  it.each<[string, { status?: number; json: object }]>([
    ['may not be listed', { status: 403, json: {} }],
    [
      'is not in the list',
      { json: { sandboxes: [{ name: 'dev', type: 'development' }], _page: { limit: 50 } } },
    ],
  ])('has to be named where it %s, and is not said to be production', async (_, listed) => {
    const server = await answerWith(({ url }) =>
      url.includes('sandbox-management') ? listed : { status: 403, json: {} },
    );
    const cwd = freshFolder();
    const env = { ...signedInTo(server.url), CAMPAIGN_S3_SECRET: 'PLANTEDsecret' };
    const terminal = openTerminal({ args: ['apply', planFile(cwd)], env, cwd });
    await terminal.waitFor('It is not known whether sandbox "live" is production');
    await terminal.press('yes\r', 'Nothing has changed');
    expect(await terminal.waitForEnd()).toBe(130);
    expect(server.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
    const { stdout } = await runProgram(['whoami', '--sandbox', 'live'], { env });
    expect(stdout).not.toMatch(/Sandbox +live · production/i);
  });

  it('is found on the second page', async () => {
    const all = Array.from({ length: 61 }, (_, at) => ({
      name: at === 60 ? 'live' : `dev${at}`,
      type: at === 60 ? 'production' : 'development',
    }));
    const server = await answerWith(({ url }) => {
      const offset = Number(new URL(url, 'http://x').searchParams.get('offset'));
      const sandboxes = all.slice(offset, offset + 50);
      return url.includes('sandbox-management')
        ? { json: { sandboxes, _page: { limit: 50, count: sandboxes.length } } }
        : { status: 403, json: {} };
    });
    const cwd = freshFolder();
    const env = { ...signedInTo(server.url), CAMPAIGN_S3_SECRET: 'PLANTEDsecret' };
    const terminal = openTerminal({ args: ['apply', planFile(cwd)], env, cwd });
    await terminal.waitFor('"live" is a production sandbox');
    await terminal.press('yes\r', 'Nothing has changed');
    expect(await terminal.waitForEnd()).toBe(130);
  });

  it('is marked by whoami', async () => {
    const { env } = await organisation();
    const { stdout } = await runProgram(['whoami', '--sandbox', 'live'], { env });
    expect(stdout).toMatch(/Sandbox +live · production/i);
    expect(stdout).toMatch(/View Segments +no/);
  });
});

describe.concurrent('whatever is written', () => {
  const [first, second] = futurePlan.segments;
  if (!first || !second) throw new Error('two segments are needed');

  it.each<[string, string, string[], string]>([
    ['is production', 'prod', [], '"prod" is a production sandbox'],
    [
      'is not known',
      'dev',
      ['GET /sandbox-management=403', 'GET /sandbox-management/*=403'],
      'It is not known whether sandbox "dev" is production',
    ],
  ])(
    'the sandbox has to be named where it %s; --yes is an answer',
    async (_, sandbox, faults, question) => {
      const emulator = await emulatorWith({
        segments: 40,
        patchDelayMs: 20,
        touchDelayMs: false,
        faults: ['POST /flows=400x1', ...faults],
      });
      const cwd = freshFolder();
      const env: Record<string, string> = {
        ...signedInTo(emulator.url),
        FERRY_STATE_DIR: path.join(cwd, 'state'),
        FERRY_SANDBOX: sandbox,
        FERRY_DOUBT_MS: '100',
        CAMPAIGN_S3_SECRET: 'A'.repeat(40),
      };
      const run = (...args: string[]) => runProgram(args, { env, cwd });
      mkdirSync(path.join(cwd, 'plans'));
      const write = (file: string, plan: object): void =>
        writeFileSync(path.join(cwd, file), JSON.stringify({ ...plan, sandbox }));
      for (const file of ['new.plan.json', 'plans/one.plan.json']) write(file, { ...futurePlan, name: file });
      // One run that is open, and one that has made a dataflow; nobody is asked.
      expect((await run('apply', 'new.plan.json', '--yes', '--json')).exitCode).toBe(2);
      const [{ run: unfinished }] = JSON.parse((await run('history', '--json')).stdout) as [{ run: string }];
      const made = await run('apply', 'new.plan.json', '--yes', '--json');
      expect(made.exitCode).toBe(0);
      const { flowId = '', made: objects } = JSON.parse(made.stdout.trim().split('\n').at(-1) ?? '{}') as {
        flowId?: string;
        made: { targetBaseConnectionId: string };
      };
      const later = { ...second, schedule: { ...second.schedule, startTime: '06:00' } };
      write('change.plan.json', {
        ...futurePlan,
        name: 'new.plan.json',
        flow: flowId,
        segments: [first, later],
      });
      write('new.plan.json', { ...futurePlan, name: 'another' });

      const isWrite = ({ method }: { method: string }): boolean => method !== 'GET';
      const before = emulator.requests.filter(isWrite).length;
      const account = ['account', 'update', objects.targetBaseConnectionId, '--auth', 'S3'];
      const keys = [
        '--param',
        'accessId=AKIAIOSFODNN7EXAMPLE',
        '--param',
        'secretKey=env:CAMPAIGN_S3_SECRET',
      ];
      for (const args of [
        ['apply', 'new.plan.json'],
        ['apply', 'plans'],
        ['apply', 'change.plan.json'],
        ['resume'],
        ['rollback', unfinished],
        ['enable', flowId],
        ['disable', flowId],
        ['delete', flowId],
        [...account, ...keys],
      ]) {
        const terminal = openTerminal({ args, env, cwd, rows: 40 });
        if (args[0] === 'delete') {
          await terminal.waitFor('Type its name:');
          terminal.write('new.plan.json\r');
        }
        await terminal.waitFor(question);
        await terminal.press('yes\r', 'Nothing has changed');
        expect([args, await terminal.waitForEnd()]).toEqual([args, 130]);
      }
      expect(emulator.requests.filter(isWrite)).toHaveLength(before);
      for (const args of [
        ['disable', flowId],
        ['enable', flowId],
        ['apply', 'change.plan.json'],
        ['rollback', unfinished],
      ])
        expect([args, (await run(...args, '--yes')).exitCode]).toEqual([args, 0]);
    },
    120_000,
  );
});
