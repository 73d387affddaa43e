import { createHash } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../../ground/make-folder.ts';
import { mostKeptBytes, readText } from '../../ground/read-file.ts';
import { orNothing } from '../folder/kept-files.ts';

/** Lines of a run that its holder could not hand in. */
interface LateLines {
  readonly run: string;
  readonly epoch: number;
  readonly lines: readonly string[];
}

/**
 * What is known of calls that were made while the database was away: on the disk of this machine until it is handed in.
 * A file a holding of a run, in a folder of the database's own.
 */
export interface Outbox {
  readonly folder: string;
  /** It is on the disk when the promise resolves. @throws Error with a `code` */
  keep(run: string, epoch: number, line: string): Promise<void>;
  /**
   * What is there, a holding after another; of a line that was being written when something died nothing.
   *
   * @throws StateUnreadableError
   */
  read(): AsyncIterable<LateLines>;
  drop(run: string, epoch: number): Promise<void>;
  /** Keeps it where it lies, and tells it no more: its run has gone on without it. */
  setAside(run: string, epoch: number): Promise<void>;
}

const ending = '.late.ndjson';

/** @param place - Of the database. */
export function outboxIn(stateFolder: string, place: string): Outbox {
  const name = createHash('sha256').update(place).digest('hex').slice(0, 16);
  const folder = path.join(stateFolder, 'outbox', name);
  const fileOf = (run: string, epoch: number): string => path.join(folder, `${run}-${epoch}${ending}`);
  return {
    folder,
    async keep(run, epoch, line) {
      makeFolder(folder);
      const file = await open(fileOf(run, epoch), 'a', 0o600);
      try {
        await file.appendFile(line.endsWith('\n') ? line : `${line}\n`);
        await file.datasync();
      } finally {
        await file.close();
      }
    },
    async *read() {
      const names = await readdir(folder).catch(() => []);
      const found = names.flatMap((one) => {
        const [, run, epoch] = /^([0-9a-f]{8})-(\d+)\.late\.ndjson$/.exec(one) ?? [];
        return run === undefined ? [] : [{ run, epoch: Number(epoch) }];
      });
      for (const { run, epoch } of found) {
        const file = fileOf(run, epoch);
        // What cannot be read is not handed in: taken for nothing it would be removed.
        const text = await readText(file, { mostBytes: mostKeptBytes }).catch(
          (error: unknown) => orNothing(file, error) ?? '',
        );
        const lines = text.split('\n').slice(0, -1);
        yield { run, epoch, lines: lines.map((line) => `${line}\n`) };
      }
    },
    drop: (run, epoch) => rm(fileOf(run, epoch), { force: true }),
    setAside: (run, epoch) => rename(fileOf(run, epoch), `${fileOf(run, epoch)}.set-aside`),
  };
}
