import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { journalWords, type RunHolder } from '../../source/apply/journal/run-store.ts';
import { readAddress, type StateAddress } from '../../source/state/postgres/address.ts';
import { openDatabase } from '../../source/state/postgres/database.ts';
import { knownVersion } from '../../source/state/postgres/migrations.ts';
import { outboxIn } from '../../source/state/postgres/outbox.ts';
import { migrate } from '../../source/state/postgres/schema.ts';
import { openSharedState, type Sharing, type SharedState } from '../../source/state/postgres/state.ts';
import { freshFolder } from '../helpers/folders.ts';
import { endWithTest } from '../helpers/scope.ts';
import { begunNote, stateContract } from '../helpers/state-contract.ts';
import { type Cutting, cuttingProxy } from './cutting.ts';
import { type Cluster, startCluster } from './postgres.ts';
import { freePort } from './servers.ts';

let cluster: Cluster;
let count = 0;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop('immediate'));

/** A database of its own, with tables. @returns its name */
async function freshDatabase(): Promise<string> {
  const name = `state_${count++}`;
  await cluster.create(name);
  const database = openDatabase(readAddress(cluster.url(name), {}));
  await migrate(database, undefined);
  await database.close();
  return name;
}

/** A machine at a database: with a folder of its own. */
async function machineAt(database: string, sharing: Partial<Sharing> = {}): Promise<SharedState> {
  const state = await openSharedState({
    address: readAddress(cluster.url(database), {}),
    stateFolder: freshFolder(),
    user: 'anna',
    words: journalWords,
    leaseMs: 30_000,
    patienceMs: 20_000,
    ...sharing,
  });
  endWithTest(() => state.close());
  return state;
}

describe('a state in PostgreSQL', () => {
  stateContract(async () => {
    const name = await freshDatabase();
    return [await machineAt(name), await machineAt(name)];
  });
});

const run = '0a1b2c3d';
const noting = 'insert into ferry.line';

/** Lines of the run, as the database has them: number, epoch, kind. */
async function linesIn(database: string): Promise<string[]> {
  const rows = await cluster.ask(database, 'select n, epoch, line from ferry.line order by n');
  return rows.map(({ n, epoch, line }) => {
    const { kind } = JSON.parse(String(line)) as { kind: string };
    return `${String(n)} ${String(epoch)} ${kind}`;
  });
}

describe('a holder that was taken for dead', () => {
  it('is refused at its next line, and whoever has the run now is named', async () => {
    const name = await freshDatabase();
    const [here, there] = [await machineAt(name), await machineAt(name, { user: 'ben' })];
    const journal = await here.runs.open(run);
    await journal.note(begunNote(run));
    // As if nothing had been heard of it for as long as a lease.
    await cluster.ask(name, "update ferry.run set lease_until = clock_timestamp() - interval '1 s'");
    const told: RunHolder[] = [];
    const other = await there.runs.open(run, { onTakeOver: (holder) => told.push(holder) });
    expect(told).toMatchObject([{ kind: 'process', pid: process.pid }]);
    await expect(journal.note({ kind: 'intent', step: 'flow' })).rejects.toMatchObject({
      kind: 'runLost',
      holder: { kind: 'process', pid: process.pid },
    });
    await other.note({ kind: 'intent', step: 'flow' });
    // Closing does not take it away from whoever has it.
    await journal.close();
    expect(await here.runs.holder(run)).toBeDefined();
    await expect(here.runs.open(run)).rejects.toMatchObject({ kind: 'runHeld' });
    expect(await linesIn(name)).toEqual(['1 1 begun', '2 2 intent']);
    expect(await here.runs.left(run)).toMatchObject({ user: 'ben' });
    await other.close();
  });

  it('takes nothing away from whoever has had its run since', async () => {
    const name = await freshDatabase();
    const [here, there] = [await machineAt(name), await machineAt(name)];
    const journal = await here.runs.open(run);
    await journal.note(begunNote(run));
    await cluster.ask(name, "update ferry.run set lease_until = clock_timestamp() - interval '1 s'");
    const other = await there.runs.open(run);
    await journal.close();
    await here.runs.forget(run);
    await other.note({ kind: 'ended', outcome: 'verified' });
    await other.close();
    await here.runs.forget(run);
    expect(await linesIn(name)).toEqual(['1 1 begun', '2 2 ended']);
    // Who has it may, and whoever never had it: it is over.
    await (await machineAt(name)).runs.forget(run);
    expect(await linesIn(name)).toEqual([]);
  });

  it('is only known to be dead on its own machine, whatever that is called', async () => {
    const name = await freshDatabase();
    const here = await machineAt(name);
    await (await here.runs.open(run)).close();
    const [row] = await cluster.ask(name, 'select holder from ferry.run');
    const mine = JSON.parse(String(row?.['holder'])) as { pid: number; table: string };
    // Nobody has it: numbers of processes end before.
    const dead = { ...mine, pid: 2 ** 30 };
    const hold = async (holder: object): Promise<void> => {
      const text = JSON.stringify(holder);
      await cluster.ask(
        name,
        `update ferry.run set holder = '${text}', lease_until = now() + interval '1 min'`,
      );
    };
    await hold({ ...dead, table: 'another machine of this name' });
    expect(await here.runs.holder(run)).toMatchObject({ pid: dead.pid });
    await expect(here.runs.open(run)).rejects.toMatchObject({ kind: 'runHeld', keeper: 'database' });
    await hold(dead);
    expect(await here.runs.holder(run)).toBeUndefined();
    const told: RunHolder[] = [];
    await (await here.runs.open(run, { onTakeOver: (holder) => told.push(holder) })).close();
    expect(told).toMatchObject([{ pid: dead.pid }]);
  });

  it('goes on where nobody has taken its run', async () => {
    const name = await freshDatabase();
    const here = await machineAt(name);
    const journal = await here.runs.open(run);
    await journal.note(begunNote(run));
    await cluster.ask(name, "update ferry.run set lease_until = clock_timestamp() - interval '1 s'");
    expect(await here.runs.holder(run)).toBeUndefined();
    await journal.note({ kind: 'intent', step: 'flow' });
    expect(await here.runs.holder(run)).toBeDefined();
    await journal.close();
  });

  it('keeps its run by being alive, and gives it back when it is', async () => {
    const name = await freshDatabase();
    const here = await machineAt(name, { leaseMs: 300 });
    const journal = await here.runs.open(run);
    const until = async (): Promise<number> => {
      const [row] = await cluster.ask(name, 'select extract(epoch from lease_until) as at from ferry.run');
      return Number(row?.['at']);
    };
    const before = await until();
    await expect.poll(until).toBeGreaterThan(before);
    await journal.close();
    expect(await until()).toBe(0);
  });
});

/** A database behind what cuts it off. */
const through = (name: string, proxy: Cutting): StateAddress =>
  readAddress(
    cluster.url(name).replace(encodeURIComponent(cluster.socket), encodeURIComponent(proxy.socket)),
    {},
  );

describe('a database that is cut off', () => {
  it.each(['before', 'after'] as const)('%s a commit has the line once, and the note waits', async (when) => {
    const name = await freshDatabase();
    const proxy = await cuttingProxy(cluster.socket);
    const here = await machineAt(name, { address: through(name, proxy) });
    const journal = await here.runs.open(run);
    await journal.note(begunNote(run));
    proxy.cutAt(noting, when);
    await journal.note({ kind: 'intent', step: 'flow' });
    expect(proxy.cuts).toBe(1);
    await journal.note({ kind: 'made', step: 'flow', id: 'F' });
    await journal.close();
    expect(await linesIn(name)).toEqual(['1 1 begun', '2 1 intent', '3 1 made']);
  });

  it.each(
    ['insert into ferry.run', 'update ferry.run', 'commit', 'coalesce(max(n)'].flatMap((text) =>
      (['before', 'after'] as const).map((when) => [when, text] as const),
    ),
  )('%s "%s" holds the run once, and says that it waits', async (when, text) => {
    const name = await freshDatabase();
    const proxy = await cuttingProxy(cluster.socket);
    const here = await machineAt(name, { address: through(name, proxy) });
    const waits: number[] = [];
    proxy.cutAt(text, when);
    const journal = await here.runs.open(run, { onAway: (mostMs) => waits.push(mostMs) });
    expect([proxy.cuts, waits]).toEqual([1, [20_000]]);
    await journal.note(begunNote(run));
    await journal.close();
    expect(await linesIn(name)).toEqual(['1 1 begun']);
  });

  it.each(['before', 'after'] as const)('%s an act is noted has it once', async (when) => {
    const name = await freshDatabase();
    const proxy = await cuttingProxy(cluster.socket);
    const here = await machineAt(name, { address: through(name, proxy) });
    proxy.cutAt('insert into ferry.audit', when);
    await here.audit('{"act":"apply"}');
    expect(proxy.cuts).toBe(1);
    expect(await cluster.ask(name, 'select said from ferry.audit')).toEqual([{ said: '{"act":"apply"}' }]);
  });

  it.each(['before', 'after'] as const)(
    'for good %s a commit refuses an intent, keeps what came of a call, and hands it in later',
    async (when) => {
      const name = await freshDatabase();
      const proxy = await cuttingProxy(cluster.socket);
      const stateFolder = freshFolder();
      const sharing = { address: through(name, proxy), stateFolder, patienceMs: 300 };
      const here = await machineAt(name, sharing);
      const journal = await here.runs.open(run);
      await journal.note(begunNote(run));
      await journal.note({ kind: 'intent', step: 'source-connection' });
      proxy.cutAt(noting, when);
      const cutting = expect
        .poll(() => proxy.cuts, { interval: 1 })
        .toBe(1)
        .then(() => proxy.goAway());
      await expect(journal.note({ kind: 'intent', step: 'flow' })).rejects.toMatchObject({
        kind: 'journal',
        keeper: 'database',
      });
      await cutting;
      // The call that was under way beside it.
      const made = { kind: 'made', step: 'source-connection', id: 'S' } as const;
      await expect(journal.note(made)).rejects.toMatchObject({ kind: 'journal' });
      // Nothing new is begun.
      await expect(journal.note({ kind: 'intent', step: 'target-connection' })).rejects.toMatchObject({
        kind: 'journal',
      });
      await journal.close();
      const outbox = path.join(stateFolder, 'outbox');
      const kept = () => readdirSync(outbox).flatMap((one) => readdirSync(path.join(outbox, one)));
      expect(kept()).toEqual([`${run}-1.late.ndjson`]);
      proxy.comeBack();
      // Its process still holds the run: what it knows may yet come from itself.
      await cluster.ask(name, 'update ferry.run set lease_until = null');
      const again = await machineAt(name, sharing);
      expect(kept()).toEqual([]);
      const state = await again.runs.read(run);
      expect(state?.made).toEqual({ sourceConnectionId: 'S' });
      // Of a commit that nobody saw, the intent is there, and is a doubt; of a cut before it, it never was.
      expect(Object.keys(state?.doubts ?? {})).toEqual(when === 'after' ? ['flow'] : []);
    },
  );

  it('does not add what came late to a run that somebody else has gone on with', async () => {
    const name = await freshDatabase();
    const proxy = await cuttingProxy(cluster.socket);
    const stateFolder = freshFolder();
    const address = through(name, proxy);
    const here = await machineAt(name, { address, stateFolder, patienceMs: 1 });
    const journal = await here.runs.open(run);
    await journal.note(begunNote(run));
    await journal.note({ kind: 'intent', step: 'flow' });
    proxy.goAway();
    await expect(journal.note({ kind: 'made', step: 'flow', id: 'late' })).rejects.toMatchObject({
      kind: 'journal',
    });
    await journal.close();
    await cluster.ask(name, 'update ferry.run set lease_until = null');
    const there = await machineAt(name);
    await (await there.runs.open(run)).close();
    proxy.comeBack();
    await machineAt(name, { address, stateFolder });
    expect(await linesIn(name)).toEqual(['1 1 begun', '2 1 intent']);
    const [inside = ''] = readdirSync(path.join(stateFolder, 'outbox'));
    expect(readdirSync(path.join(stateFolder, 'outbox', inside))).toEqual([`${run}-1.late.ndjson.set-aside`]);
  });

  it('that is away at the start says so', async () => {
    const proxy = await cuttingProxy(cluster.socket);
    proxy.goAway();
    const away = readAddress(`postgres://owner@/postgres?host=${encodeURIComponent(proxy.socket)}`, {});
    await expect(machineAt('postgres', { address: away })).rejects.toMatchObject({ kind: 'stateAway' });
    const nowhere = readAddress(`postgres://owner@/postgres?host=${encodeURIComponent(freshFolder())}`, {});
    await expect(machineAt('postgres', { address: nowhere })).rejects.toMatchObject({
      kind: 'stateAway',
      code: 'ENOENT',
    });
  });
});

describe('tables', () => {
  it('that are not there, are older or are newer are not used', async () => {
    const name = `state_${count++}`;
    await cluster.create(name);
    const version = { kind: 'stateVersion', known: knownVersion };
    await expect(machineAt(name)).rejects.toMatchObject({ ...version, version: 0 });
    const database = openDatabase(readAddress(cluster.url(name), {}));
    expect(await migrate(database, undefined)).toBe(0);
    expect(await migrate(database, undefined)).toBe(knownVersion);
    await machineAt(name);
    await cluster.ask(name, `insert into ferry.version (version) values (${knownVersion + 1})`);
    await expect(machineAt(name)).rejects.toMatchObject({ ...version, version: knownVersion + 1 });
    await expect(migrate(database, undefined)).rejects.toMatchObject(version);
    await database.close();
  });

  it('are made once by two who do it at once', async () => {
    const name = `state_${count++}`;
    await cluster.create(name);
    const both = [1, 2].map(() => openDatabase(readAddress(cluster.url(name), {})));
    const found = await Promise.all(both.map((one) => migrate(one, undefined)));
    expect(found.toSorted()).toEqual([0, knownVersion]);
    for (const one of both) await one.close();
  });

  it('are not made in a schema that somebody else has made', async () => {
    const name = `state_${count++}`;
    await cluster.create(name);
    await cluster.ask(
      name,
      `create role trapper login; create schema ferry authorization trapper; grant create, usage on schema ferry to public`,
    );
    const database = openDatabase(readAddress(cluster.url(name), {}));
    await expect(migrate(database, undefined)).rejects.toMatchObject({ code: 'NOT_OWNER' });
    await database.close();
  });

  it('let a console note and read, and change nothing that was noted', async () => {
    const name = `state_${count++}`;
    await cluster.create(name);
    await cluster.ask(name, 'create role console login; create role stranger login');
    const owner = openDatabase(readAddress(cluster.url(name), {}));
    await migrate(owner, 'console');
    await owner.close();
    const here = await machineAt(name, { address: readAddress(cluster.url(name, 'console'), {}) });
    const journal = await here.runs.open(run);
    await journal.note(begunNote(run));
    await journal.close();
    await here.keepReceipt(run, { json: '{}', markdown: '' });
    await here.audit('{"act":"apply"}');
    await here.drafts.write('a', '{}');
    const asConsole = openDatabase(readAddress(cluster.url(name, 'console'), {}));
    for (const sql of [
      "update ferry.audit set said = ''",
      'delete from ferry.audit',
      'truncate ferry.audit',
      "update ferry.line set line = ''",
      'delete from ferry.line',
      "insert into ferry.audit (said, by_role) values ('{}', 'owner')",
      "insert into ferry.audit (said, at) values ('{}', '2020-01-01')",
      'insert into ferry.version (version) values (99)',
      'drop table ferry.audit',
    ])
      await expect(asConsole.ask(sql), sql).rejects.toMatchObject({ kind: 'stateRefused', code: '42501' });
    await here.runs.forget(run);
    expect(await linesIn(name)).toEqual([]);
    await asConsole.close();
    const stranger = readAddress(cluster.url(name, 'stranger'), {});
    await expect(machineAt(name, { address: stranger })).rejects.toMatchObject({
      kind: 'stateRefused',
      code: '42501',
    });
  });

  it('keep a person’s drafts from others, also where the name of the account is the same', async () => {
    const name = `state_${count++}`;
    await cluster.create(name);
    await cluster.ask(name, 'create role one login; create role two login');
    const owner = openDatabase(readAddress(cluster.url(name), {}));
    for (const role of ['one', 'two']) await migrate(owner, role);
    await owner.close();
    const as = (role: string, user: string) =>
      machineAt(name, { user, address: readAddress(cluster.url(name, role), {}) });
    const [anna, ben, other] = [await as('one', 'anna'), await as('one', 'ben'), await as('two', 'anna')];
    await anna.drafts.write('a', '{}');
    expect((await anna.drafts.list()).drafts).toHaveLength(1);
    for (const one of [ben, other]) {
      await one.drafts.remove('a');
      expect((await one.drafts.list()).drafts).toEqual([]);
    }
    expect((await anna.drafts.list()).drafts).toHaveLength(1);
    const asOther = openDatabase(readAddress(cluster.url(name, 'two'), {}));
    expect(await asOther.ask('select * from ferry.draft')).toEqual([]);
    await asOther.close();
  });

  it('that are read-only hold no run, and that is said before anything is sent', async () => {
    const name = await freshDatabase();
    await cluster.ask(name, `alter database ${name} set default_transaction_read_only = on`);
    const here = await machineAt(name);
    await expect(here.runs.open(run)).rejects.toMatchObject({ kind: 'journal', code: '25006' });
    expect(await here.runs.list()).toEqual([]);
    await expect(here.audit('{}')).rejects.toMatchObject({ code: '25006' });
  });
});

describe('a database that is set to something else', () => {
  it('lets two change a row one after the other, and names functions of nobody else', async () => {
    const name = await freshDatabase();
    await cluster.ask(
      name,
      `alter database ${name} set default_transaction_isolation = 'serializable';
       alter database ${name} set search_path = 'public, pg_catalog'`,
    );
    const database = openDatabase(readAddress(cluster.url(name), {}));
    const [isolation] = await database.ask('show transaction_isolation');
    expect(isolation).toEqual({ transaction_isolation: 'read committed' });
    expect(await database.ask('show search_path')).toEqual([{ search_path: 'pg_catalog' }]);
    await database.close();
  });

  it('has the line once that an administrator has cancelled', async () => {
    const name = await freshDatabase();
    const here = await machineAt(name);
    const journal = await here.runs.open(run);
    await journal.note(begunNote(run));
    const inTheWay = openDatabase(readAddress(cluster.url(name), {}));
    const waiting = `from pg_stat_activity where wait_event_type = 'Lock' and datname = '${name}'`;
    let noting: Promise<void> | undefined;
    await inTheWay.together(async (one) => {
      await one.ask('select from ferry.run for update');
      noting = journal.note({ kind: 'intent', step: 'flow' });
      await expect.poll(() => cluster.ask(name, `select pid ${waiting}`)).toHaveLength(1);
      await cluster.ask(name, `select pg_cancel_backend(pid) ${waiting}`);
    });
    await noting;
    await journal.close();
    await inTheWay.close();
    expect(await linesIn(name)).toEqual(['1 1 begun', '2 1 intent']);
  });
});

describe('what waits to be handed in', () => {
  /** A machine that has kept a line which its database did not take. */
  async function waitingOn(name: string): Promise<string> {
    const stateFolder = freshFolder();
    const here = await machineAt(name, { stateFolder });
    const journal = await here.runs.open(run);
    await journal.note(begunNote(run));
    await journal.note({ kind: 'intent', step: 'flow' });
    await journal.close();
    const line = journalWords.lineOf({ kind: 'made', step: 'flow', id: 'F' }, Date.now());
    await outboxIn(stateFolder, here.place).keep(run, 1, line);
    return stateFolder;
  }

  it('keeps nobody from reading where nothing can be written', async () => {
    const name = await freshDatabase();
    const stateFolder = await waitingOn(name);
    await cluster.ask(name, `alter database ${name} set default_transaction_read_only = on`);
    const reading = await machineAt(name, { stateFolder });
    expect(await reading.runs.read(run)).toMatchObject({ doubts: { flow: {} } });
    await cluster.ask('postgres', `alter database ${name} reset default_transaction_read_only`);
    const again = await machineAt(name, { stateFolder });
    expect(await again.runs.read(run)).toMatchObject({ made: { flowId: 'F' }, doubts: {} });
  });

  it('is handed in as far as it is whole, and set aside where it is damaged', async () => {
    const name = await freshDatabase();
    const stateFolder = await waitingOn(name);
    const [inside = ''] = readdirSync(path.join(stateFolder, 'outbox'));
    const folder = path.join(stateFolder, 'outbox', inside);
    appendFileSync(path.join(folder, `${run}-1.late.ndjson`), '{"kind":"ma{"kind":"ended"}\n');
    const here = await machineAt(name, { stateFolder });
    expect(await here.runs.read(run)).toMatchObject({ made: { flowId: 'F' } });
    expect(await linesIn(name)).toHaveLength(3);
    expect(readdirSync(folder)).toEqual([`${run}-1.late.ndjson.set-aside`]);
  });
});

describe('a database that is restarted', () => {
  it.each(['fast', 'immediate'] as const)('%s, in the middle of a run, has each line once', async (how) => {
    const name = await freshDatabase();
    const here = await machineAt(name);
    const journal = await here.runs.open(run);
    await journal.note(begunNote(run));
    await cluster.stop(how);
    const noting = journal.note({ kind: 'intent', step: 'flow' });
    await cluster.start();
    await noting;
    await journal.note({ kind: 'made', step: 'flow', id: 'F' });
    await journal.close();
    expect(await linesIn(name)).toEqual(['1 1 begun', '2 1 intent', '3 1 made']);
  });
});

describe('a database that is full', () => {
  it('takes no intent, and nothing is begun', async () => {
    const name = await freshDatabase();
    const here = await machineAt(name);
    const journal = await here.runs.open(run);
    await journal.note(begunNote(run));
    await cluster.ask(
      name,
      `create function ferry.full() returns trigger language plpgsql as $$ begin raise sqlstate '53100'; end $$;
       create trigger is_full before insert on ferry.line execute function ferry.full()`,
    );
    await expect(journal.note({ kind: 'intent', step: 'flow' })).rejects.toMatchObject({
      kind: 'journal',
      code: '53100',
      keeper: 'database',
    });
    await cluster.ask(name, 'drop trigger is_full on ferry.line');
    await journal.note({ kind: 'intent', step: 'flow' });
    await journal.close();
    expect(await linesIn(name)).toEqual(['1 1 begun', '2 1 intent']);
  });

  it('has what came of a call later, and nothing is begun before that', async () => {
    const name = await freshDatabase();
    const stateFolder = freshFolder();
    const here = await machineAt(name, { stateFolder });
    const journal = await here.runs.open(run);
    await journal.note(begunNote(run));
    await journal.note({ kind: 'intent', step: 'flow' });
    await cluster.ask(name, `alter database ${name} set default_transaction_read_only = on`);
    await cluster.ask(
      name,
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ferry'",
    );
    await expect(journal.note({ kind: 'made', step: 'flow', id: 'F' })).rejects.toMatchObject({
      code: '25006',
    });
    await cluster.ask('postgres', `alter database ${name} reset default_transaction_read_only`);
    await expect(journal.note({ kind: 'intent', step: 'activate' })).rejects.toMatchObject({
      kind: 'journal',
    });
    await journal.close();
    await cluster.ask(
      'postgres',
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ferry'",
    );
    await cluster.ask(name, 'update ferry.run set lease_until = null');
    const again = await machineAt(name, { stateFolder });
    expect(await again.runs.read(run)).toMatchObject({ made: { flowId: 'F' }, doubts: {} });
  });
});

describe('runs of one place', () => {
  it('are listed without those of others', async () => {
    const here = await machineAt(await freshDatabase());
    for (const [name, sandbox] of [
      ['00000001', 'dev'],
      ['00000002', 'prod'],
    ] as const) {
      const begun = begunNote(name);
      const journal = await here.runs.open(name);
      await journal.note(begun.kind === 'begun' ? { ...begun, place: { ...begun.place, sandbox } } : begun);
      await journal.close();
    }
    const [one] = await here.runs.list();
    expect(await here.runs.list()).toHaveLength(2);
    const place = one?.kind === 'run' ? one.state.place : { apiUrl: '', orgId: '', sandbox: '' };
    expect((await here.runs.list({ ...place, sandbox: 'dev' })).map((found) => found.run)).toEqual([
      '00000001',
    ]);
  });
});

describe('a database on another host', () => {
  /** Not this machine to ferry, which knows 127.0.0.1 alone, and yet it is. */
  const host = '127.0.0.2';
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: 'ignore' });

  /** A certificate for these names, and who vouches for it. */
  function certificate(names: string): { folder: string; ca: string } {
    const folder = freshFolder();
    const at = (file: string): string => path.join(folder, file);
    const key = ['-newkey', 'rsa:2048', '-noenc'];
    openssl(
      'req',
      '-x509',
      ...key,
      '-keyout',
      at('ca.key'),
      '-out',
      at('ca.pem'),
      '-subj',
      '/CN=ferry tests',
      '-days',
      '2',
    );
    openssl('req', ...key, '-keyout', at('server.key'), '-out', at('server.csr'), '-subj', '/CN=db');
    writeFileSync(at('names'), `subjectAltName=${names}`);
    openssl(
      ...['x509', '-req', '-in', at('server.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key')],
      ...['-out', at('server.pem'), '-days', '2', '-extfile', at('names')],
    );
    return { folder, ca: at('ca.pem') };
  }

  /** One that wants a password, with a certificate or without. */
  async function remote(folder: string | undefined): Promise<{ port: number; own: Cluster }> {
    const port = await freePort();
    const own = await startCluster({
      port,
      settings: [
        `listen_addresses=${host}`,
        'password_encryption=scram-sha-256',
        ...(folder === undefined ? [] : ['ssl=on']),
      ],
      prepare(data, give) {
        // What comes from here comes from 127.0.0.1.
        writeFileSync(
          path.join(data, 'pg_hba.conf'),
          'local all all trust\nhost all all 127.0.0.0/8 scram-sha-256\n',
        );
        for (const name of folder === undefined ? [] : ['key', 'pem']) {
          const file = path.join(data, name === 'key' ? 'server.key' : 'server.crt');
          execFileSync('cp', [path.join(folder ?? '', `server.${name}`), file]);
          chmodSync(file, 0o600);
          give(file);
        }
      },
    });
    endWithTest(() => own.stop('immediate'));
    await own.ask('postgres', "create role console login password 'geheim-genug'");
    await own.ask('postgres', 'create database ferry owner console');
    return { port, own };
  }

  const ask = async (url: string): Promise<unknown> => {
    const database = openDatabase(readAddress(url, { PGPASSFILE: '/dev/null' }));
    try {
      const [row] = await database.ask('select ssl from pg_stat_ssl where pid = pg_backend_pid()');
      return row?.['ssl'];
    } finally {
      await database.close();
    }
  };

  it('has to prove its name, unasked, and is spoken to over TLS', async () => {
    const { folder, ca } = certificate(`IP:${host}`);
    const { port } = await remote(folder);
    const url = `postgres://console:geheim-genug@${host}:${port}/ferry`;
    await expect(ask(url)).rejects.toMatchObject({
      kind: 'stateAway',
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
    expect(await ask(`${url}?sslrootcert=${encodeURIComponent(ca)}`)).toBe(true);
    expect(await ask(`${url}?sslmode=disable`)).toBe(false);
    const wrong = `postgres://console:falsch@${host}:${port}/ferry?sslrootcert=${encodeURIComponent(ca)}`;
    await expect(ask(wrong)).rejects.toMatchObject({ kind: 'stateRefused', code: '28P01' });
    const without = url.replace(':geheim-genug', '');
    await expect(ask(`${without}?sslmode=disable`)).rejects.toMatchObject({
      kind: 'stateRefused',
      code: 'NO_PASSWORD',
    });
  });

  it('that proves another name, or nothing, gets no password', async () => {
    const { folder, ca } = certificate('DNS:elsewhere.example.org');
    const { port } = await remote(folder);
    const more = `?sslrootcert=${encodeURIComponent(ca)}`;
    const url = `postgres://console:geheim-genug@${host}:${port}/ferry${more}`;
    await expect(ask(url)).rejects.toMatchObject({ kind: 'stateAway', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    const plain = await remote(undefined);
    await expect(ask(`postgres://console:geheim-genug@${host}:${plain.port}/ferry`)).rejects.toMatchObject({
      kind: 'stateAway',
      code: 'NO_TLS',
    });
  });
});
