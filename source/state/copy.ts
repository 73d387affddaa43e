import { createHash } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { mostKeptBytes, readLines, readText } from '../ground/read-file.ts';
import type { FoundRun, JournalWords } from '../apply/journal/run-store.ts';
import { makeFolder } from '../ground/make-folder.ts';
import { RunHeldError, StateAwayError, StateRefusedError } from './errors.ts';
import { orNothing } from './folder/kept-files.ts';
import { folderDrafts } from './folder/drafts.ts';
import { eachRun, folderOf, folderRuns, journalOf, markOf, readJournal } from './folder/runs.ts';
import type { Database } from './postgres/database.ts';
import { placeKey } from './postgres/journal.ts';
import type { Drafts } from './state.ts';

/** Something that was brought from a folder into a database, or left there, and why. */
export type Copied =
  | { readonly kind: 'run'; readonly run: string; readonly came: 'copied' | WhyLeft }
  | { readonly kind: 'draft'; readonly name: string; readonly came: 'copied' | 'there' | 'damaged' }
  | { readonly kind: 'audit'; readonly copied: number; readonly there: number; readonly damaged: number };

/** `other`: a run of that name is there that says something else. */
type WhyLeft = 'there' | 'other' | 'underWay' | 'damaged' | 'unreadable' | 'empty';

/** A sign that a power cut leaves in a file, and that no text of a database may have. */
const isDamaged = (text: string): boolean => text.includes('\0');

/** From where, and to where. */
interface Copying {
  readonly stateFolder: string;
  readonly database: Database;
  /** Of the person, in the database. */
  readonly drafts: Drafts;
  readonly words: JournalWords;
}

/**
 * Brings a folder into a database. A run is in one place only: one that came there lies in `copied/` from then on, where
 * nobody goes on with it. Done again it brings what is new.
 *
 * @throws StateAwayError, StateRefusedError, StateUnreadableError
 */
export async function* copyFolder(copying: Copying): AsyncGenerator<Copied> {
  const { stateFolder, words, drafts } = copying;
  for await (const found of eachRun({ stateFolder, now: Date.now, words }))
    yield { kind: 'run', run: found.run, came: await copyRun(found, copying) };
  const there = new Set((await drafts.list()).drafts.map(({ name }) => name));
  for (const { name, text } of (await folderDrafts(stateFolder).list()).drafts) {
    const came = there.has(name) ? 'there' : isDamaged(text) ? 'damaged' : 'copied';
    if (came === 'copied') await drafts.write(name, text);
    yield { kind: 'draft', name, came };
  }
  yield { kind: 'audit', ...(await copyAudit(copying)) };
}

async function copyRun(
  { kind, run }: FoundRun,
  { stateFolder, database, words }: Copying,
): Promise<'copied' | WhyLeft> {
  if (kind !== 'run') return kind;
  const folder = folderOf(stateFolder, run);
  let held;
  try {
    held = await folderRuns(stateFolder, Date.now, words).open(run);
  } catch (error) {
    if (error instanceof RunHeldError) return 'underWay';
    throw error;
  }
  try {
    const text = await readJournal(journalOf(folder));
    const lines = text.split('\n').slice(0, -1);
    const { entries } = words.decode(text, folder);
    const state = words.fold(entries);
    const receipts = await Promise.all(
      ['receipt.json', 'receipt.md'].map(async (name) => {
        const receipt = await read(path.join(folder, name));
        return receipt === null || isDamaged(receipt) ? null : receipt;
      }),
    );
    const came = await database.together(async (one) => {
      const known = await one.ask('select line from ferry.line where run = $1 order by n', [run]);
      if (known.length > 0) return known.map(({ line }) => line).join('') === text ? 'there' : 'other';
      await one.ask(
        `insert into ferry.run (run, is_open, begun_at, last_at, place, receipt, receipt_markdown)
         values ($1, $2, to_timestamp($3::float8 / 1000), to_timestamp($4::float8 / 1000), $5, $6, $7)
         on conflict (run) do update set is_open = $2, begun_at = excluded.begun_at, place = excluded.place`,
        [
          run,
          state?.outcome === undefined,
          state?.begunMs ?? 0,
          Date.parse(entries.at(-1)?.at ?? ''),
          state ? placeKey(state.place) : null,
          ...receipts,
        ],
      );
      await one.ask(
        'insert into ferry.line (run, n, epoch, line) select $1, n, 0, line from unnest($2::int[], $3::text[]) as l(n, line)',
        [run, lines.map((_, at) => at + 1), lines.map((line) => `${line}\n`)],
      );
      return 'copied';
    });
    if (came !== 'other') await retire(stateFolder, run);
    return came;
  } finally {
    await held.close();
  }
}

/** Takes a run out of the folder's own, and leaves it to whoever wants to look. */
async function retire(stateFolder: string, run: string): Promise<void> {
  const copied = path.join(stateFolder, 'copied');
  makeFolder(copied);
  const folder = folderOf(stateFolder, run);
  await rm(path.join(folder, 'holder.json'), { force: true });
  await rename(folder, path.join(copied, run));
  await rm(markOf(stateFolder, run), { force: true });
}

/** @throws StateUnreadableError */
const read = (file: string): Promise<string | null> =>
  readText(file, { mostBytes: mostKeptBytes }).catch((error: unknown) => orNothing(file, error) ?? null);

/** Lines of the audit log that are put in together: what is in memory of it. */
const linesAtOnce = 1000;

/** Each line once: of two that say the same the second has another origin. */
async function copyAudit({
  stateFolder,
  database,
}: Copying): Promise<{ copied: number; there: number; damaged: number }> {
  const file = path.join(stateFolder, 'audit.ndjson');
  const seen = new Map<string, number>();
  const counts = { copied: 0, there: 0, damaged: 0 };
  let some: { readonly origin: string; readonly line: string }[] = [];
  const put = async (): Promise<void> => {
    if (some.length === 0) return;
    const added = await database.ask(
      `insert into ferry.audit (origin, said) select * from unnest($1::text[], $2::text[])
       on conflict (origin) do nothing returning id`,
      [some.map(({ origin }) => origin), some.map(({ line }) => line)],
    );
    counts.copied += added.length;
    counts.there += some.length - added.length;
    some = [];
  };
  try {
    for await (const line of readLines(file, { mostBytes: mostKeptBytes })) {
      if (line === '') continue;
      if (isDamaged(line)) {
        counts.damaged += 1;
        continue;
      }
      const name = createHash('sha256').update(line).digest('base64');
      const before = seen.get(name) ?? 0;
      seen.set(name, before + 1);
      const origin = createHash('sha256').update(`${before} ${line}`).digest('hex');
      some.push({ origin, line });
      if (some.length >= linesAtOnce) await put();
    }
  } catch (error) {
    if (error instanceof StateAwayError || error instanceof StateRefusedError) throw error;
    orNothing(file, error);
  }
  await put();
  return counts;
}
