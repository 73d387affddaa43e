import { escapeIdentifier } from 'pg';
import { PgBoss } from 'pg-boss';
import bossPackage from 'pg-boss/package.json' with { type: 'json' };
import { StateVersionError } from '../errors.ts';
import type { Asking, Database } from './database.ts';
import { usualSilentMs } from './permits.ts';
import { orNotThere, requireOwn } from './schema.ts';

/** What is to be done, in the words of whoever puts it in. */
export interface Put {
  /** What is one at a time: put in twice it is there once. */
  readonly key: string;
  /** Of what no more than so many are worked at, over all machines. */
  readonly group: string;
  readonly body: object;
}

/** What a worker takes. */
export interface Taken {
  readonly key: string;
  readonly body: unknown;
}

/** `again`: something else may bring it to its end. */
export type Worked =
  | { readonly kind: 'over'; readonly output: object }
  | { readonly kind: 'again'; readonly why: string };

/** How far something is. */
export interface Standing {
  readonly key: string;
  readonly state: 'waiting' | 'working' | 'over';
  /** What was said at its end, or why it was put off. */
  readonly output: unknown;
}

/** Something in the queue, or that was. */
export interface Row extends Taken, Standing {}

interface WorkLimits {
  /** At once in this process, and of a group over all machines. */
  readonly concurrency: number;
  readonly perGroup: number;
}

/** Plans that wait to be applied, for whichever machine takes them. */
export interface JobQueue {
  /** @returns What waits or is worked at under that key already; nothing where it was put in. */
  put(put: Put): Promise<Taken | undefined>;
  /** Takes from it until it is stopped. */
  work(limits: WorkLimits, perform: (job: Taken) => Promise<Worked>): Promise<void>;
  /** Everything of the last days, the oldest first; of what was put in these members alone: a plan is long. */
  list(members: readonly string[]): Promise<readonly Row[]>;
  /** How far each is that was put in during the last days, by the newest of a key. */
  standings(): Promise<readonly Standing[]>;
  /** Whether nothing waits and nothing is worked at. */
  isEmpty(): Promise<boolean>;
  /** Takes nothing more, and waits until what is worked at has ended. */
  stop(): Promise<void>;
}

const schema = 'ferry_queue';
const name = 'apply';

/** The version of the tables of the queue that this ferry knows. */
export const knownQueueVersion = bossPackage.pgboss.schema;

/** The version of those that are there; 0 where there are none, or not all. @throws StateAwayError, StateRefusedError */
export const readQueueVersion = (database: Asking): Promise<number> =>
  orNotThere(0, async () => {
    const [row] = await database.ask(
      `select version::int from ${schema}.version where exists (select from ${schema}.queue where name = $1)`,
      [name],
    );
    return Number(row?.['version'] ?? 0);
  });

/** How often one looks for work, seconds. */
const lookSeconds = 0.5;

const bossOn = (database: Database, isOwner: boolean, silentMs = usualSilentMs): PgBoss => {
  const superviseSeconds = Math.max(1, Math.floor(silentMs / 2000));
  const boss = new PgBoss({
    db: { executeSql: (text, values) => database.raw(text, values) },
    schema,
    migrate: isOwner,
    createSchema: isOwner,
    supervise: !isOwner,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    schedule: false,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
    openTelemetry: { enabled: false },
  });
  // What it does beside its jobs it tries again by itself.
  boss.on('error', () => undefined);
  return boss;
};

/**
 * Makes the tables of the queue, as their owner.
 *
 * @throws StateVersionError for those of a newer ferry; StateRefusedError, StateAwayError
 */
export async function migrateQueue(database: Database): Promise<void> {
  await requireOwn(database, schema, database.place);
  const found = await readQueueVersion(database);
  if (found > knownQueueVersion) throw new StateVersionError(database.place, found, knownQueueVersion);
  const boss = bossOn(database, true);
  await boss.start();
  await boss.createQueue(name, {
    policy: 'exclusive',
    retryLimit: 1000,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    heartbeatSeconds: usualSilentMs / 1000,
    expireInSeconds: 23 * 3600,
  });
  await boss.stop({ graceful: false });
}

/** Lets a role work the queue. @throws StateRefusedError, StateAwayError */
export async function grantQueue(database: Asking, role: string): Promise<void> {
  const to = escapeIdentifier(role);
  await database.ask(`grant usage on schema ${schema} to ${to}`);
  await database.ask(`grant select, insert, update, delete on all tables in schema ${schema} to ${to}`);
  await database.ask(`grant execute on all functions in schema ${schema} to ${to}`);
}

/**
 * Opens it.
 *
 * @param silentMs - How soon it is noticed that somebody says nothing.
 * @throws StateVersionError where its tables are not those that this ferry knows; StateAwayError, StateRefusedError
 */
export async function openQueue(database: Database, silentMs: number): Promise<JobQueue> {
  const found = await readQueueVersion(database);
  if (found !== knownQueueVersion) throw new StateVersionError(database.place, found, knownQueueVersion);
  const boss = bossOn(database, false, silentMs);
  await boss.start();
  return {
    async put({ key, group, body }) {
      const id = await boss.send(name, { key, body }, { singletonKey: key, group: { id: group } });
      if (id !== null) return undefined;
      const [there] = (await boss.findJobs<object>(name, { key })).filter(({ state }) => isOpen(state));
      return { key, body: there && bodyOf(there.data) };
    },
    async work({ concurrency, perGroup }, perform) {
      const options = {
        localConcurrency: concurrency,
        groupConcurrency: perGroup,
        batchSize: 1,
        pollingIntervalSeconds: lookSeconds,
      } as const;
      await boss.work<{ key: string; body: unknown }>(name, options, async ([job]) => {
        if (!job) return undefined;
        const worked = await perform(job.data);
        if (worked.kind === 'again') throw new Error(worked.why);
        return worked.output;
      });
    },
    async list(members) {
      const rows = await database.ask(
        `select singleton_key, state::text, output, (
           select jsonb_object_agg(member, data->'body'->member) from unnest($2::text[]) member
           where jsonb_exists(data->'body', member)
         ) as body
         from ${schema}.job where name = $1 order by created_on, id`,
        [name, members],
      );
      return rows.map((row) => ({
        key: String(row['singleton_key']),
        body: row['body'] ?? {},
        state: stateOf(String(row['state'])),
        output: row['output'],
      }));
    },
    async standings() {
      const rows = await database.ask(
        `select distinct on (singleton_key) singleton_key, state::text, output
         from ${schema}.job where name = $1 order by singleton_key, created_on desc, id desc`,
        [name],
      );
      return rows.map((row) => ({
        key: String(row['singleton_key']),
        state: stateOf(String(row['state'])),
        output: row['output'],
      }));
    },
    async isEmpty() {
      const rows = await database.ask(
        `select from ${schema}.job where name = $1 and state <= 'active' limit 1`,
        [name],
      );
      return rows.length === 0;
    },
    stop: () => boss.stop({ graceful: true, timeout: 24 * 3_600_000 }),
  };
}

const bodyOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'body' in data ? data.body : undefined;

const isOpen = (state: string): boolean => ['created', 'retry', 'active'].includes(state);
const stateOf = (state: string): Row['state'] =>
  state === 'active' ? 'working' : isOpen(state) ? 'waiting' : 'over';
