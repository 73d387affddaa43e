import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOffers } from '../../source/commands/wizard/offers.ts';
import type { Emulator } from '../../source/emulator/server.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { beginProgram, type Begun, type Finished, runProgram } from '../helpers/program.ts';
import {
  countsOf,
  exactlyOne,
  killPoints,
  killSteps,
  none,
  printTable,
  signedInTo,
} from '../helpers/runs.ts';
import { endWithTest } from '../helpers/scope.ts';
import { freshFolder, projectRoot } from '../helpers/terminal.ts';
import { type Cluster, startCluster } from './postgres.ts';

const plan = path.join(projectRoot, 'examples', 'plans', 's3.plan.json');
const planted = `PLANTED${'A'.repeat(33)}`;

let cluster: Cluster;
let count = 0;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop('immediate'));

/** A console: a folder and a person of its own, at a state that it shares. */
interface Console {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  run(args: readonly string[], more?: Record<string, string>): Promise<Finished>;
}

interface Team {
  readonly emulator: Emulator;
  readonly database: string;
  readonly consoles: readonly [Console, Console];
}

/** Two consoles on one platform and one database, whose tables the first has made. */
async function team(latencyMs = 120, at: Cluster = cluster): Promise<Team> {
  const emulator = await emulatorWith({
    segments: 20,
    patchDelayMs: 20,
    touchDelayMs: 30,
    strictEtags: true,
    latencyMs,
  });
  const database = `team_${count++}`;
  await at.create(database);
  const console = (): Console => {
    const folder = freshFolder();
    const env = {
      ...signedInTo(emulator.url),
      FERRY_STATE_DIR: path.join(folder, 'state'),
      FERRY_STATE_URL: at.url(database),
      FERRY_DOUBT_MS: '400',
      S3_SECRET_KEY: planted,
    };
    return {
      folder,
      env,
      run: (args, more = {}) => runProgram(args, { env: { ...env, ...more }, cwd: folder }),
    };
  };
  const consoles = [console(), console()] as const;
  expect(await consoles[0].run(['state', 'migrate'])).toMatchObject({ exitCode: 0 });
  return { emulator, database, consoles };
}

/** A program that is watched, and ended with the test. */
const begin = ({ env, folder }: Console, args: readonly string[], more: Record<string, string> = {}): Begun =>
  beginProgram(args, { env: { ...env, ...more }, cwd: folder });

const outcomes = new Map<string, string>();

describe.concurrent.each(killSteps)('a console that is killed at %s', (step) => {
  it.each(killPoints)('%s: another one goes on, and there is exactly one of each', async (point) => {
    const { emulator, consoles } = await team();
    const [one, other] = consoles;
    const died = await one.run(['apply', plan, '--yes'], { FERRY_DIE_AT: `${point}:${step}` });
    expect(died.exitCode).toBe(128);
    const before = countsOf(emulator).join(' ');
    const resumed = await other.run(['resume', '--yes']);
    expect(`${resumed.stdout}${resumed.stderr}`).toContain('Verified');
    expect(resumed.exitCode).toBe(0);
    await emulator.idle();
    expect(countsOf(emulator)).toEqual(exactlyOne);
    // Nothing of it lies on either disk.
    for (const { folder } of consoles) expect(existsSync(path.join(folder, 'state', 'runs'))).toBe(false);
    outcomes.set(`${step}\t${point}`, `${before} → ${countsOf(emulator).join(' ')}`);
  });
});

afterAll(() =>
  printTable(
    'kill -9 on one console, resume on another: connections, source and target connections, dataflows',
    outcomes,
  ),
);

describe('a console that is stopped for longer than its lease', () => {
  it('sends nothing more once another one has its run', async ({ expect }) => {
    const { emulator, database, consoles } = await team(400);
    const [one, other] = consoles;
    const lease = { FERRY_LEASE_MS: '1000' };
    const stopped = begin(one, ['apply', plan, '--yes'], lease);
    await expect.poll(() => countsOf(emulator)[0]).toBeGreaterThan(0);
    stopped.child.kill('SIGSTOP');
    const isOver = async (): Promise<unknown> => {
      const [row] = await cluster.ask(
        database,
        'select lease_until < clock_timestamp() as over from ferry.run',
      );
      return row?.['over'];
    };
    await expect.poll(isOver).toBe(true);
    const resumed = await other.run(['resume', '--yes'], lease);
    expect(`${resumed.stdout}${resumed.stderr}`).toContain('Verified');
    await emulator.idle();
    const calls = countsOf(emulator);
    stopped.child.kill('SIGCONT');
    expect(await stopped.ended).toBe(5);
    expect(stopped.said()).toContain('Somebody else has taken this run over');
    expect(countsOf(emulator)).toEqual(calls);
    expect(calls).toEqual(exactlyOne);
  });
});

describe('a database that is restarted while a console applies', () => {
  it.each(['fast', 'immediate'] as const)('%s: is waited for, and nothing is doubled', async (how) => {
    const own = await startCluster();
    endWithTest(() => own.stop('immediate'));
    const { emulator, consoles } = await team(300, own);
    const applying = begin(consoles[0], ['apply', plan, '--yes']);
    await expect.poll(() => countsOf(emulator)[0]).toBeGreaterThan(0);
    await own.stop(how);
    await expect.poll(applying.said).toContain('The shared state is away');
    await own.start();
    expect(await applying.ended, applying.said()).toBe(0);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });

  it('while nobody waits any more: Ctrl+C ends it, and what is known is handed in by the next ferry', async ({
    expect,
  }) => {
    const own = await startCluster();
    endWithTest(() => own.stop('immediate'));
    const { emulator, consoles } = await team(300, own);
    const [one] = consoles;
    const patient = { FERRY_STATE_WAIT_MS: '3600000' };
    const applying = begin(one, ['apply', plan, '--yes'], patient);
    await expect.poll(() => countsOf(emulator)[0]).toBeGreaterThan(0);
    await own.stop();
    await expect.poll(applying.said).toContain('The shared state is away');
    applying.child.kill('SIGINT');
    expect(await applying.ended, applying.said()).toBe(130);
    expect(applying.said()).toContain('ferry resume');
    await own.start();
    const resumed = await one.run(['resume', '--yes']);
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });

  it('for longer than it is waited for: what is known is handed in by the next ferry, which goes on', async ({
    expect,
  }) => {
    const own = await startCluster();
    endWithTest(() => own.stop('immediate'));
    const { emulator, consoles } = await team(300, own);
    const [one] = consoles;
    const applying = begin(one, ['apply', plan, '--yes'], { FERRY_STATE_WAIT_MS: '500' });
    await expect.poll(() => countsOf(emulator)[0]).toBeGreaterThan(0);
    await own.stop();
    expect(await applying.ended, applying.said()).toBe(2);
    expect(applying.said()).toContain('The log of this run cannot be written');
    const away = await one.run(['resume', '--yes']);
    expect(away.exitCode).toBe(7);
    expect(away.stderr).toContain('The shared state cannot be reached');
    await own.start();
    const resumed = await one.run(['resume', '--yes']);
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    expect(countsOf(emulator)).toEqual(exactlyOne);
    const outbox = path.join(one.folder, 'state', 'outbox');
    const left = existsSync(outbox) ? readdirSync(outbox, { recursive: true }).map(String) : [];
    expect(left.filter((name) => name.endsWith('.ndjson'))).toEqual([]);
  });
});

describe.concurrent('a state that is shared', () => {
  it('has what one console did for the other: history, rollback, audit, and no secret', async () => {
    const { emulator, database, consoles } = await team(0);
    const [one, other] = consoles;
    const applied = await one.run(['apply', plan, '--yes', '--json']);
    const { run } = JSON.parse(applied.stdout.trim().split('\n').at(-1) ?? '') as { run: string };
    expect(JSON.parse((await other.run(['history', '--json'])).stdout)).toMatchObject([
      { run, state: 'verified' },
    ]);
    const receipt = await other.run(['state', 'receipt', run]);
    expect(receipt.stdout).toMatch(/^# /);
    expect(JSON.parse((await other.run(['state', 'receipt', run, '--json'])).stdout)).toMatchObject({
      run,
      outcome: 'verified',
    });
    expect((await other.run(['state', 'receipt', '00000000'])).exitCode).toBe(2);
    expect((await other.run(['rollback', run, '--yes'])).exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual(none);
    expect(JSON.parse((await one.run(['history', '--json'])).stdout)).toMatchObject([
      { run, state: 'rolledBack' },
    ]);
    const acts = await cluster.ask(database, 'select said from ferry.audit order by id');
    expect(acts.map(({ said }) => JSON.parse(String(said)) as unknown)).toMatchObject([
      { act: 'apply', run, result: 'verified' },
      { act: 'rollback', run, result: 'rolledBack' },
    ]);
    const everything = JSON.stringify([
      await cluster.ask(database, 'select * from ferry.run'),
      await cluster.ask(database, 'select * from ferry.line'),
      acts,
    ]);
    expect(everything).toContain('# ');
    expect(everything).not.toContain('PLANTED');
  });

  it('tells the wizard of one console on which other a run was broken off, and by whom', async () => {
    const { consoles } = await team(0);
    const [one, other] = consoles;
    await one.run(['apply', plan, '--yes'], { FERRY_DIE_AT: 'answered:flow' });
    const organisation = { host: 'h', orgId: 'o', sandbox: 'dev', missing: [] };
    const { offers } = await readOffers({}, other.env, organisation);
    expect(offers.runs).toMatchObject([
      {
        made: 4,
        wanted: 5,
        leftBy: { user: userInfo().username, host: hostname(), atMs: expect.any(Number) as number },
      },
    ]);
    expect(offers.runs[0]).not.toHaveProperty('heldBy');
  });

  it('makes what two consoles apply at once only once', async () => {
    const { emulator, consoles } = await team(50);
    const both = await Promise.all(consoles.map(({ run }) => run(['apply', plan, '--yes'])));
    expect(both.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 3]);
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });

  it('that is away is no folder in its place', async () => {
    const { emulator, consoles } = await team(0);
    const [one] = consoles;
    const url = `postgres://owner@/nothing?host=${encodeURIComponent(freshFolder())}`;
    for (const args of [['apply', plan, '--yes'], ['history'], ['resume', '--yes'], ['state', 'check']]) {
      const { exitCode, stderr } = await one.run(args, { FERRY_STATE_URL: url });
      expect([exitCode, stderr.split('(')[0]], args.join(' ')).toEqual([
        7,
        expect.stringContaining('The shared state cannot be reached'),
      ]);
    }
    expect(countsOf(emulator)).toEqual(none);
    expect(existsSync(path.join(one.folder, 'state'))).toBe(false);
  });

  it('is told what it is and what is old in it', async () => {
    const { database, consoles } = await team(0);
    const [one] = consoles;
    const fine = await one.run(['state', 'check']);
    expect(fine).toMatchObject({ exitCode: 0, stderr: '' });
    expect(fine.stdout).toMatch(/^postgres:\/\/owner@\/.*\n✓ PostgreSQL \d+.* answers in/);
    const told = async (): Promise<{ outcome: string; ids: string[]; lacking: string[] }> => {
      const { stdout } = await one.run(['state', 'check', '--json']);
      const { outcome, findings, lacking } = JSON.parse(stdout) as {
        outcome: string;
        findings: { id: string }[];
        lacking: string[];
      };
      return { outcome, ids: findings.map(({ id }) => id), lacking };
    };
    // Its owner may all.
    expect(await told()).toMatchObject({ outcome: 'fine', ids: ['tooMany'], lacking: [] });
    await cluster.ask(
      database,
      "insert into ferry.run (run, is_open, last_at) values ('0a1b2c3d', true, now() - interval '2 days')",
    );
    expect((await told()).ids).toContain('abandoned');
    await cluster.ask(database, 'insert into ferry.version (version) values (99)');
    expect(await told()).toMatchObject({
      outcome: 'wrong',
      ids: expect.arrayContaining(['version']) as string[],
    });
    const { exitCode, stderr } = await one.run(['history']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('A newer ferry has changed them')]);
    const migrated = await one.run(['state', 'migrate']);
    expect([migrated.exitCode, migrated.stderr]).toEqual([2, expect.stringContaining('version 99')]);
  });

  it('is told which rights it lacks, of the tables and of the queue, and what is not there', async () => {
    const { database, consoles } = await team(0);
    const [one] = consoles;
    const asGuest = { FERRY_STATE_URL: cluster.url(database, 'guest') };
    const lacking = async (): Promise<unknown> => {
      const { stdout, exitCode } = await one.run(['state', 'check', '--json'], asGuest);
      expect(exitCode).toBe(2);
      return (JSON.parse(stdout) as { lacking: readonly string[] }).lacking;
    };
    await cluster.ask(database, 'create role guest login');
    expect(await lacking()).toEqual(
      expect.arrayContaining(['usage on ferry', 'insert on ferry.line', 'usage on ferry_queue']),
    );
    expect((await one.run(['state', 'migrate', '--role', 'guest'])).exitCode).toBe(0);
    expect((await one.run(['state', 'check'], asGuest)).exitCode).toBe(0);
    await cluster.ask(database, 'revoke insert on ferry_queue.job from guest');
    expect(await lacking()).toEqual(['insert on ferry_queue.job']);
    await cluster.ask(database, 'drop schema ferry_queue cascade');
    expect(await lacking()).toEqual([]);
    for (const args of [
      ['work', '--drain'],
      ['work', '--list'],
      ['state', 'check'],
    ]) {
      const { exitCode, stdout, stderr } = await one.run(args, asGuest);
      expect([args.join(' '), exitCode, stdout + stderr]).toEqual([
        args.join(' '),
        2,
        expect.stringMatching(/As the owner of the database: .*state migrate/),
      ]);
    }
    expect((await one.run(['state', 'migrate', '--role', 'guest'])).exitCode).toBe(0);
    expect((await one.run(['work', '--drain'], asGuest)).exitCode).toBe(0);
    await cluster.ask(database, 'update ferry_queue.version set version = version + 1');
    for (const args of [
      ['work', '--drain'],
      ['state', 'migrate'],
      ['state', 'check'],
    ])
      expect((await one.run(args)).exitCode, args.join(' ')).toBe(2);
  });

  it('has no new version before all of a migration is there', async () => {
    const { database, consoles } = await team(0);
    await cluster.ask(database, 'drop schema ferry cascade; drop schema ferry_queue cascade');
    // What is in the way of the queue, and only of it.
    await cluster.ask(database, 'create role stranger; create schema ferry_queue authorization stranger');
    const { exitCode, stderr } = await consoles[0].run(['state', 'migrate']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('belongs to another role')]);
    expect((await consoles[0].run(['history'])).stderr).toContain('There are none yet');
  });

  it.each([
    ['ahead', '-'],
    ['behind', '+'],
  ])('is told where its clock is three minutes %s of the one here', async (word, sign) => {
    const { consoles } = await team(0);
    const shifted = `const now = Date.now; Date.now = () => now() ${sign} 180000;`;
    const more = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(shifted)}` };
    const { stdout, exitCode } = await consoles[0].run(['state', 'check'], more);
    expect(stdout).toMatch(new RegExp(`clock.* 1(79|80|81) s ${word}`));
    expect(exitCode).toBe(0);
    // Leases go by the clock of the database alone: nobody loses anything by it.
    expect((await consoles[1].run(['apply', plan, '--yes'], more)).exitCode).toBe(0);
  });

  it('takes in what a folder held, once, and goes on with it', async () => {
    const { emulator, database, consoles } = await team();
    const [one, other] = consoles;
    const alone = { FERRY_STATE_URL: '' };
    await one.run(['apply', plan, '--yes'], { ...alone, FERRY_DIE_AT: 'answered:flow' });
    mkdirSync(path.join(one.folder, 'state', 'runs', '00000001'));
    writeFileSync(path.join(one.folder, 'state', 'runs', '00000001', 'journal.ndjson'), 'no line\nof ours\n');
    // More than is put in at once, each twice.
    const acts = Array.from({ length: 2400 }, (_, at) => `{"at":${at % 1200}}\n`).join('');
    mkdirSync(path.join(one.folder, 'state', 'drafts'));
    writeFileSync(path.join(one.folder, 'state', 'drafts', 'a.draft.json'), '{}');
    writeFileSync(path.join(one.folder, 'state', 'drafts', 'b.draft.json'), '{}\0\0');
    writeFileSync(
      path.join(one.folder, 'state', 'audit.ndjson'),
      `{"act":"apply"}\n\0\0\0\n{"act":"apply"}\n${acts}`,
    );
    const copied = await one.run(['state', 'copy']);
    expect(copied).toMatchObject({
      exitCode: 2,
      stdout: 'Copied: 1 run, 1 draft, 2,402 lines of the audit log.\n',
    });
    expect(copied.stderr).toContain('00000001 was left: its log is damaged');
    // As a power cut leaves a file.
    expect(copied.stderr).toContain('draft "b" was left');
    expect(copied.stderr).toContain('1 damaged line of the audit log left out');
    expect((await one.run(['state', 'copy'])).stdout).toBe(
      'Copied: 0 runs, 0 drafts, 0 lines of the audit log.\n',
    );
    // It is in one place only.
    expect((await one.run(['resume', '--yes'], alone)).exitCode).toBe(2);
    expect((await other.run(['resume', '--yes'])).exitCode).toBe(0);
    expect(countsOf(emulator)).toEqual(exactlyOne);
    expect(
      await cluster.ask(database, 'select said from ferry.audit where length(origin) = 64'),
    ).toHaveLength(2402);
  });

  it('is named by a profile, which holds no password, and by the environment before it', async () => {
    const { database, consoles } = await team(0);
    const [one] = consoles;
    expect((await one.run(['apply', plan, '--yes'])).exitCode).toBe(0);
    const config = freshFolder();
    const profile = { clientId: 'c', orgId: 'o', secret: 'env:NONE' };
    const named = (stateUrl: string): void =>
      writeFileSync(
        path.join(config, 'profiles.json'),
        JSON.stringify({ version: 1, current: 'crm', profiles: { crm: { ...profile, stateUrl } } }),
        { mode: 0o600 },
      );
    const history = (url: string) =>
      one.run(['history', '--json'], { FERRY_CONFIG_DIR: config, FERRY_STATE_URL: url });
    named(cluster.url(database));
    expect(JSON.parse((await history('')).stdout)).toHaveLength(1);
    named('postgres://elsewhere@localhost:1/x');
    expect(JSON.parse((await history(cluster.url(database))).stdout)).toHaveLength(1);
    expect((await history('')).exitCode).toBe(7);
    named('postgres://anna:geheim@localhost/x');
    const refused = await history('');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('A profile holds no secret');
    expect(refused.stderr + refused.stdout).not.toContain('geheim');
  });

  it('is named behind sshd by the wrapper alone, and holds no password there', async () => {
    const { database, consoles } = await team(0);
    const [one] = consoles;
    expect((await one.run(['apply', plan, '--yes'])).exitCode).toBe(0);
    const home = freshFolder();
    const restricted = ['--restricted', '--plan-dir', home, '--config-dir', home, '--state-dir', home];
    const asked = (more: readonly string[], url: string) =>
      runProgram([...restricted, ...more], {
        env: { SSH_ORIGINAL_COMMAND: 'history --json', FERRY_STATE_URL: url },
        cwd: home,
      });
    expect(JSON.parse((await asked([], cluster.url(database))).stdout)).toEqual([]);
    const named = await asked(['--state-url', cluster.url(database)], 'postgres://elsewhere@localhost:1/x');
    expect(JSON.parse(named.stdout)).toHaveLength(1);
    const refused = await asked(['--state-url', 'postgres://a:geheim@localhost/x'], '');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr + refused.stdout).not.toContain('geheim');
    expect(refused.stderr).toContain('must not hold a password');
  });
});
