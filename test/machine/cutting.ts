import { createServer, connect, type Socket } from 'node:net';
import path from 'node:path';
import { freshFolder } from '../helpers/folders.ts';
import { endWithTest } from '../helpers/scope.ts';

/** Stands between a program and a database, and cuts where it is told to. */
export interface Cutting {
  /** The folder of its socket. */
  readonly socket: string;
  /**
   * Cuts the connection that sends this text, once: before the server has seen it, or once the server has answered and
   * before the answer is passed on.
   */
  cutAt(text: string, when: 'before' | 'after'): void;
  /** Ends all connections and takes none, until it is back. */
  goAway(): void;
  comeBack(): void;
  /** How often it has cut. */
  readonly cuts: number;
}

/** @param socket - The folder of the database's socket. */
export async function cuttingProxy(socket: string): Promise<Cutting> {
  const folder = freshFolder();
  const open = new Set<Socket>();
  let armed: { text: string; when: 'before' | 'after' } | undefined;
  let isAway = false;
  let cuts = 0;
  const server = createServer((client) => {
    open.add(client);
    client.on('error', () => undefined);
    client.on('close', () => open.delete(client));
    if (isAway) return client.destroy();
    const database = connect(path.join(socket, '.s.PGSQL.5432'));
    database.on('error', () => client.destroy());
    database.on('close', () => client.destroy());
    client.on('close', () => database.end());
    let isDoomed = false;
    const cut = (): void => {
      cuts += 1;
      client.destroy();
    };
    client.on('data', (bytes: Buffer) => {
      if (armed && bytes.includes(armed.text)) {
        const { when } = armed;
        armed = undefined;
        if (when === 'before') return cut();
        isDoomed = true;
      }
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      if (isDoomed) cut();
      else client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(path.join(folder, '.s.PGSQL.5432'), resolve));
  const end = (): void => {
    for (const one of open) one.destroy();
  };
  endWithTest(() => {
    end();
    server.close();
  });
  return {
    socket: folder,
    cutAt(text, when) {
      armed = { text, when };
    },
    goAway() {
      isAway = true;
      end();
    },
    comeBack() {
      isAway = false;
    },
    get cuts() {
      return cuts;
    },
  };
}
