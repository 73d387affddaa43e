import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { QueuedPlan } from '../../source/commands/runs/queued-plan.ts';
import { newRun } from '../../source/commands/runs/run-journal.ts';
import type { Emulator } from '../../source/emulator/server.ts';
import { readAddress } from '../../source/state/postgres/address.ts';
import { openDatabase } from '../../source/state/postgres/database.ts';
import { type JobQueue, openQueue } from '../../source/state/postgres/queue.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { beginProgram, type Begun, type Finished, runProgram } from '../helpers/program.ts';
import { orgId, signedInTo } from '../helpers/runs.ts';
import { freshFolder, openTerminal, projectRoot, type Terminal } from '../helpers/terminal.ts';
import type { Cluster } from './postgres.ts';

export const examplePlan = JSON.parse(
  readFileSync(path.join(projectRoot, 'examples', 'plans', 's3.plan.json'), 'utf8'),
) as { readonly segments: readonly object[] };

/** A queue with plans, and the platform that they are for. */
export interface Rig {
  readonly emulator: Emulator;
  readonly database: string;
  readonly folder: string;
  /** Puts the first plan in as the program does, and begins none for it. */
  putFirst(): Promise<void>;
  /** What a list reads of what was put in. */
  listed(members: readonly string[]): Promise<readonly unknown[]>;
  run(args: readonly string[], more?: Record<string, string>): Promise<Finished>;
  /** The program at a terminal. */
  terminal(args: readonly string[], size: { columns: number; rows: number }): Terminal;
  /** A worker with a folder of its own. */
  worker(args?: readonly string[], more?: Record<string, string>): Begun;
}

/** A worker that says nothing for so long is dead here, milliseconds: nobody waits for the usual ten seconds. */
export const silentMs = 2000;

/** @returns Makes queues in a cluster, each in a database of its own. */
export function queueRigs(cluster: Cluster): (plans: number, setup?: RigSetup) => Promise<Rig> {
  let count = 0;
  let template: Promise<void> | undefined;
  return async (plans, { latencyMs = 50, faults = [] } = {}) => {
    await (template ??= makeTemplate(cluster));
    const database = `queue_${count++}`;
    await cluster.create(`${database} template ${templateName}`);
    const emulator = await emulatorWith({
      segments: 20,
      patchDelayMs: 10,
      touchDelayMs: 10,
      strictEtags: true,
      latencyMs,
      faults,
    });
    const folder = freshFolder();
    mkdirSync(path.join(folder, 'plans'));
    for (let at = 0; at < plans; at++) planIn(folder, at, {});
    const env = {
      ...signedInTo(emulator.url),
      // With no more rights than a console must have.
      FERRY_STATE_URL: cluster.url(database, 'console'),
      FERRY_SILENT_MS: String(silentMs),
      FERRY_DOUBT_MS: '400',
      S3_SECRET_KEY: `PLANTED${'A'.repeat(33)}`,
    };
    const withFolder = (more: Record<string, string>) => ({
      env: { ...env, FERRY_STATE_DIR: freshFolder(), ...more },
      cwd: folder,
    });
    const inQueue = async <Result>(act: (queue: JobQueue) => Promise<Result>): Promise<Result> => {
      const opened = openDatabase(readAddress(env.FERRY_STATE_URL, {}));
      const queue = await openQueue(opened, silentMs);
      try {
        return await act(queue);
      } finally {
        await queue.stop();
        await opened.close();
      }
    };
    return {
      emulator,
      database,
      folder,
      listed: (members) => inQueue(async (queue) => (await queue.list(members)).map(({ body }) => body)),
      async putFirst() {
        const place = { apiUrl: emulator.url, orgId, sandbox: 'dev' };
        const plan = readFileSync(path.join(folder, 'plans', 'p0.plan.json'), 'utf8');
        const said = { run: newRun(), file: 'p0.plan.json', by: 'tests', prune: false };
        const body: QueuedPlan = { ...said, plan, place };
        await inQueue((queue) => queue.put({ key: 'the only one', group: orgId, body }));
      },
      run: (args, more = {}) => runProgram(args, withFolder(more)),
      terminal: (args, size) => openTerminal({ ...withFolder({}), ...size, args }),
      worker: (args = ['--drain'], more = {}) => beginProgram(['work', ...args], withFolder(more)),
    };
  };
}

export interface RigSetup {
  readonly latencyMs?: number;
  readonly faults?: readonly string[];
}

const templateName = 'queue_template';

async function makeTemplate(cluster: Cluster): Promise<void> {
  await cluster.create(templateName);
  await cluster.ask(templateName, 'create role console login');
  const env = { FERRY_STATE_URL: cluster.url(templateName) };
  expect(await runProgram(['state', 'migrate', '--role', 'console'], { env })).toMatchObject({ exitCode: 0 });
  // No ferry lets anybody choose less than ten seconds.
  await cluster.ask(templateName, `update ferry_queue.queue set heartbeat_seconds = ${silentMs / 1000}`);
}

export function planIn(folder: string, at: number, more: object): void {
  const plan = { ...examplePlan, name: `Plan ${at}`, ...more };
  writeFileSync(path.join(folder, 'plans', `p${at}.plan.json`), JSON.stringify(plan));
}

export const put = ['apply', 'plans', '--queue', '--yes'];
