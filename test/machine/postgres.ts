import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { freshFolder } from '../helpers/folders.ts';

const versions = '/usr/lib/postgresql';

/** Programs of the newest PostgreSQL that Debian has put here; `.ci/run` installs it. */
function programs(): string {
  const [newest] = readdirSync(versions).sort((a, b) => Number(b) - Number(a));
  return path.join(versions, newest ?? '', 'bin');
}

/** PostgreSQL runs as anybody but root: there as an account that may do nothing. */
const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** A cluster of the tests' own, in a folder of theirs, which listens on a socket there and nowhere else. */
export interface Cluster {
  /** The folder of the socket. */
  readonly socket: string;
  /** What a console is told. @param role - Who asks; the owner of everything where none is named */
  url(database: string, role?: string): string;
  /** Makes a database. */
  create(database: string): Promise<void>;
  /** Asks as the owner, on a connection of its own. */
  ask(database: string, sql: string): Promise<readonly Record<string, unknown>[]>;
  /** Ends it: with its connections told, or as a power cut does. */
  stop(how?: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
}

/** How a cluster is set up. */
export interface Setup {
  readonly port?: number;
  /** As on the command line: `ssl=on`. */
  readonly settings?: readonly string[];
  /** Puts files into its folder before it runs. */
  readonly prepare?: (data: string, own: (file: string) => void) => void;
}

/** @returns A cluster that runs. Whoever began it ends it. */
export async function startCluster({ port = 5432, settings = [], prepare }: Setup = {}): Promise<Cluster> {
  const folder = freshFolder();
  const data = path.join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (asNobody.uid !== undefined)
    for (const one of [folder, data]) chownSync(one, asNobody.uid, asNobody.gid);
  execFileSync(
    path.join(programs(), 'initdb'),
    ['-D', data, '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { ...asNobody, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  prepare?.(data, (file) => {
    if (asNobody.uid !== undefined) chownSync(file, asNobody.uid, asNobody.gid);
  });
  let server: ChildProcess | undefined;
  const url = (database: string, role = 'owner'): string =>
    `postgres://${role}@localhost:${port}/${database}?host=${encodeURIComponent(folder)}`;

  async function ask(database: string, sql: string): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client({ host: folder, port, user: 'owner', database });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async function start(): Promise<void> {
    const options = [`port=${port}`, 'listen_addresses=', 'fsync=off', 'max_connections=60', ...settings];
    const started = spawn(
      path.join(programs(), 'postgres'),
      ['-D', data, '-k', folder, ...options.flatMap((one) => ['-c', one])],
      { ...asNobody, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    server = started;
    let said = '';
    started.stderr.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-4000);
    });
    for (;;) {
      if (started.exitCode !== null) throw new Error(`PostgreSQL ended: ${said}`);
      if (existsSync(path.join(folder, `.s.PGSQL.${port}`))) {
        const isThere = await ask('postgres', 'select 1').then(
          () => true,
          () => false,
        );
        if (isThere) return;
      }
      await setTimeout(20);
    }
  }

  await start();
  return {
    socket: folder,
    url,
    ask,
    start,
    create: async (database) => void (await ask('postgres', `create database ${database}`)),
    async stop(how = 'fast') {
      const ending = server;
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
      const ended = new Promise((resolve) => ending.once('close', resolve));
      ending.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await ended;
    },
  };
}
