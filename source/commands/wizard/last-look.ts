import { createHash } from 'node:crypto';
import { mostKeptBytes, readText } from '../../ground/read-file.ts';
import { userInfo } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import type { Look } from '../../activation/watch/since-last.ts';
import { makeFolder } from '../../ground/make-folder.ts';

const kept = z.object({ atMs: z.number(), wrong: z.array(z.string()) });

/** Where something was looked at. */
interface LookedAt {
  readonly apiUrl: string;
  readonly orgId: string;
  readonly sandbox: string;
}

/** What somebody saw when they last looked, one file for each person and place. */
interface LastLooks {
  /** What was seen before this start; the same however often it is asked. */
  before(place: LookedAt): Promise<Look | undefined>;
  /** Keeps what is seen now for the next start. What cannot be kept is not worth a word. */
  keep(place: LookedAt, look: Look): Promise<void>;
}

export function lastLooks(stateFolder: string): LastLooks {
  const folder = path.join(stateFolder, 'looks');
  const begun = new Map<string, Promise<Look | undefined>>();
  const fileOf = ({ apiUrl, orgId, sandbox }: LookedAt): string => {
    const about = JSON.stringify([userInfo().username, apiUrl, orgId, sandbox]);
    return path.join(folder, `${createHash('sha256').update(about).digest('hex').slice(0, 32)}.json`);
  };
  const read = async (file: string): Promise<Look | undefined> => {
    try {
      return kept.safeParse(JSON.parse(await readText(file, { mostBytes: mostKeptBytes }))).data;
    } catch {
      // The first time, or nothing that this account may read.
      return undefined;
    }
  };
  const before = (place: LookedAt): Promise<Look | undefined> => {
    const file = fileOf(place);
    const known = begun.get(file) ?? read(file);
    begun.set(file, known);
    return known;
  };
  return {
    before,
    async keep(place, look) {
      // What is kept must not take the place of what was not read yet.
      await before(place);
      try {
        makeFolder(folder);
        const { default: writeFileAtomic } = await import('write-file-atomic');
        await writeFileAtomic(fileOf(place), JSON.stringify(look), { mode: 0o600 });
      } catch {
        // The next start says less, and nothing wrong.
      }
    },
  };
}
