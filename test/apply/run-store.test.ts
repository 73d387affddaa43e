import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { hasRoom } from '../../source/state/folder/runs.ts';
import type { JournalEntry, JournalNote } from '../../source/apply/journal/journal.ts';
import { foldJournal } from '../../source/apply/journal/run-state.ts';
import { encodeEntry } from '../../source/apply/journal/lines.ts';
import { memoryRuns } from '../../source/apply/journal/run-store.ts';
import { doubtLeftMs } from '../../source/apply/once/doubt.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { freshFolder } from '../helpers/folders.ts';
import { applyHere, countsOf, exactlyOne, futurePlan, orgId, stateOf, runsIn } from '../helpers/runs.ts';

const run = '0a1b2c3d';
const nowMs = Date.UTC(2035, 0, 1);
const place = { apiUrl: 'https://platform.example', orgId, sandbox: 'dev' };
const begun: JournalNote = {
  kind: 'begun',
  version: 1,
  run,
  plan: futurePlan,
  place,
  who: { user: 'tests' },
};

const stores = [
  ['memory', () => memoryRuns(() => nowMs)],
  ['a folder', () => runsIn(freshFolder(), () => nowMs)],
] as const;

describe.each(stores)('runs in %s', (_, open) => {
  it('are unknown before they have begun', async () => {
    const runs = open();
    expect(await runs.read(run)).toBeUndefined();
    const journal = await runs.open(run);
    expect(await runs.read(run)).toBeUndefined();
    await journal.close();
  });

  it('are known by what was noted, over several attempts', async () => {
    const runs = open();
    const first = await runs.open(run);
    for (const note of [
      begun,
      { kind: 'intent', step: 'flow' },
      { kind: 'doubtful', step: 'flow', why: 'lost' },
    ] satisfies JournalNote[])
      await first.note(note);
    await first.close();
    const doubted = await runs.read(run);
    expect(doubted).toMatchObject({ run, begunMs: nowMs, made: {} });
    // Since the last word about it, however the clock on the wall is set.
    const leftMs = doubtLeftMs(doubted?.doubts.flow, 60_000);
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(60_000);
    const second = await runs.open(run);
    await second.note({ kind: 'made', step: 'flow', id: 'F' });
    await second.close();
    expect(await runs.read(run)).toMatchObject({ made: { flowId: 'F' }, doubts: {}, outcome: undefined });
  });
});

describe('runs in a folder', () => {
  it('that are damaged are told, never taken for new ones', async () => {
    const folder = freshFolder();
    const file = path.join(folder, 'runs', run, 'journal.ndjson');
    const runs = runsIn(folder, () => nowMs);
    const journal = await runs.open(run);
    await journal.note(begun);
    await journal.close();
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `{}\n${readFileSync(file, 'utf8')}`);
    await expect(runs.read(run)).rejects.toMatchObject({ kind: 'journalDamaged', line: 1 });
  });
});

describe('a journal on the disk', () => {
  const modeOf = (file: string): number => statSync(file).mode & 0o777;

  it('is on the disk when a note is taken, and open to nobody else', async () => {
    const folder = freshFolder();
    const probe = await open(path.join(freshFolder(), 'x'), 'w');
    const sync = vi.spyOn(Object.getPrototypeOf(probe) as typeof probe, 'datasync');
    await probe.close();
    try {
      const runs = runsIn(folder, () => nowMs);
      const journal = await runs.open(run);
      expect(sync).toHaveBeenCalledTimes(0);
      await journal.note(begun);
      await journal.note({ kind: 'intent', step: 'flow' });
      expect(sync).toHaveBeenCalledTimes(2);
      expect(readdirSync(path.join(folder, 'open'))).toEqual([run]);
      expect(readFileSync(path.join(folder, 'open', run), 'utf8')).toBe('');
      await journal.note({ kind: 'ended', outcome: 'verified' });
      expect(readdirSync(path.join(folder, 'open'))).toEqual([]);
      expect(readdirSync(folder).toSorted()).toEqual(['open', 'runs']);
      const inside = path.join(folder, 'runs', run);
      expect([inside, path.join(folder, 'open')].map(modeOf)).toEqual([0o700, 0o700]);
      expect(['journal.ndjson', 'holder.json'].map((name) => modeOf(path.join(inside, name)))).toEqual([
        0o600, 0o600,
      ]);
      await journal.close();
      expect(readdirSync(inside)).toEqual(['journal.ndjson']);
    } finally {
      sync.mockRestore();
    }
  });

  it('that cannot be written is told, and names the folder', async () => {
    const folder = freshFolder();
    const probe = await open(path.join(freshFolder(), 'x'), 'w');
    const journal = await runsIn(folder, () => nowMs).open(run);
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
    const sync = vi.spyOn(Object.getPrototypeOf(probe) as typeof probe, 'datasync').mockRejectedValue(full);
    try {
      await expect(journal.note(begun)).rejects.toMatchObject({
        kind: 'journal',
        code: 'ENOSPC',
        folder: path.join(folder, 'runs', run),
      });
    } finally {
      sync.mockRestore();
      await probe.close();
      await journal.close();
    }
  });

  it.each([
    [1024, 4096, true],
    [1023, 4096, false],
    [4 * 1024 * 1024, 1, true],
    [4 * 1024 * 1024 - 1, 1, false],
  ])('has room in %i blocks of %i bytes: %s', (bavail, bsize, wanted) => {
    expect(hasRoom({ bavail, bsize })).toBe(wanted);
  });

  it('is that of a run by its name; what else lies there is none, readable or not', async () => {
    const folder = freshFolder();
    const at = (name: string): string => path.join(folder, 'runs', name);
    mkdirSync(at('x'), { recursive: true });
    for (const name of [`x${run}`, `${run}x`, 'notes', run]) writeFileSync(at(name), 'no folder');
    expect(await runsIn(folder).list()).toEqual([
      { kind: 'unreadable', run, file: path.join(at(run), 'journal.ndjson'), code: 'ENOTDIR' },
    ]);
  });

  it('is listed with the others, the newest first, those that are open apart', async () => {
    const folder = freshFolder();
    for (const [index, name] of ['00000001', '00000002', '00000003'].entries()) {
      const journal = await runsIn(folder, () => nowMs + index).open(name);
      await journal.note({ ...begun, run: name });
      if (index === 1) await journal.note({ kind: 'ended', outcome: 'mismatch' });
      await journal.close();
    }
    mkdirSync(path.join(folder, 'runs', '00000004'));
    writeFileSync(path.join(folder, 'runs', '00000004', 'journal.ndjson'), '');
    const found = await runsIn(folder).list();
    expect(found.map(({ kind, run: name }) => `${kind} ${name}`)).toEqual([
      'run 00000003',
      'run 00000002',
      'run 00000001',
      'empty 00000004',
    ]);
    expect((await runsIn(folder).listOpen()).runs.map((one) => one.run)).toEqual(['00000003', '00000001']);
    await runsIn(folder).forget('00000003');
    expect((await runsIn(folder).listOpen()).runs.map((one) => one.run)).toEqual(['00000001']);
    expect(await runsIn(folder).list()).toHaveLength(3);
  });
});

describe('what a run has left behind, where its journal is not whole', () => {
  const line = (note: JournalNote) => encodeEntry({ ...note, at: new Date(nowMs).toISOString() });
  const altered = line(begun).replace('"kind"', '"kinds"');
  it.each<[string, string | undefined, boolean, string | undefined]>([
    ['no journal, no mark', undefined, false, undefined],
    ['no journal, a mark', undefined, true, 'unreadable GONE'],
    ['nothing in it, no mark', '', false, 'empty'],
    ['nothing in it, a mark', '', true, 'damaged 1'],
    ['half a line, no mark', altered.slice(0, 40), false, 'empty'],
    ['half a line, a mark', altered.slice(0, 40), true, 'damaged 1'],
    ['one whole line that was altered', altered, false, 'damaged 1'],
    ['one whole line that was altered, a mark', altered, true, 'damaged 1'],
    ['a line end only', '\n', true, 'damaged 1'],
    ['a beginning that is none', line({ kind: 'intent', step: 'flow' }), true, 'damaged 1'],
    ['a good line', line(begun), true, 'run'],
    ['a good line that lost its mark', line(begun), false, 'run'],
  ])('%s', async (_, journal, hasMark, wanted) => {
    const folder = freshFolder();
    const file = path.join(folder, 'runs', run, 'journal.ndjson');
    const mark = path.join(folder, 'open', run);
    mkdirSync(path.dirname(journal === undefined ? folder : file), { recursive: true });
    if (journal !== undefined) writeFileSync(file, journal);
    mkdirSync(path.dirname(mark));
    if (hasMark) writeFileSync(mark, '');
    const said = (await runsIn(folder).list()).map((one) => {
      if (one.kind === 'damaged') return `damaged ${one.line}`;
      return one.kind === 'unreadable' ? `unreadable ${one.code}` : one.kind;
    });
    expect(said).toEqual(wanted === undefined ? [] : [wanted]);
    const { runs, lost } = await runsIn(folder).listOpen();
    const isLost = hasMark && wanted !== 'run';
    expect(lost).toEqual(isLost ? [journal === undefined ? mark : file] : []);
    expect(runs).toHaveLength(hasMark && !isLost ? 1 : 0);
  });
});

describe('a run that has a receipt', () => {
  const line = (note: JournalNote) => encodeEntry({ ...note, at: new Date(nowMs).toISOString() });
  it.each<[string, string | undefined, string]>([
    ['no journal', undefined, 'unreadable LOST'],
    ['a journal of no bytes', '', 'unreadable LOST'],
    ['half a line', line(begun).slice(0, 40), 'unreadable LOST'],
    ['NULs, as a disk leaves that lost its power', '\0'.repeat(900), 'unreadable LOST'],
    ['a good line', line(begun), 'run'],
    ['a good line behind a byte order mark', `\ufeff${line(begun)}`, 'run'],
  ])('and %s has not "never started"', async (_, journal, wanted) => {
    const folder = freshFolder();
    const of = path.join(folder, 'runs', run);
    mkdirSync(of, { recursive: true });
    writeFileSync(path.join(of, 'receipt.json'), '{}');
    if (journal !== undefined) writeFileSync(path.join(of, 'journal.ndjson'), journal);
    const said = (await runsIn(folder).list()).map((one) =>
      one.kind === 'unreadable' ? `${one.kind} ${one.code}` : one.kind,
    );
    expect(said).toEqual([wanted]);
  });

  it('is gone on with behind a byte order mark, and loses only the line that was torn', async () => {
    const folder = freshFolder();
    const file = path.join(folder, 'runs', run, 'journal.ndjson');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `\ufeff${line(begun)}{"kind":"int`);
    const journal = await runsIn(folder, () => nowMs).open(run);
    await journal.note({ kind: 'intent', step: 'flow' });
    await journal.close();
    expect(readFileSync(file, 'utf8')).toMatch(/^\ufeff\{"kind":"begun".*\n\{"kind":"intent".*\n$/);
    expect((await runsIn(folder, () => nowMs).read(run))?.sent).toEqual(new Set(['flow']));
  });
});

describe('a run whose dataflow was removed', () => {
  it('has lost its patch too', () => {
    const notes: JournalNote[] = [
      begun,
      { kind: 'made', step: 'target-connection', id: 'T' },
      { kind: 'made', step: 'flow', id: 'F' },
      { kind: 'patched' },
      { kind: 'removed', step: 'flow', id: 'F' },
      { kind: 'ended', outcome: 'partlyRolledBack' },
    ];
    const entries = notes.map((note): JournalEntry => ({ ...note, at: new Date(nowMs).toISOString() }));
    expect(foldJournal(entries)).toMatchObject({ made: { targetConnectionId: 'T' }, patched: new Set() });
  });

  it('is resumed with a dataflow that holds everything', async () => {
    const emulator = await emulatorWith({ segments: 20, patchDelayMs: 5 });
    const here = { folder: freshFolder(), run, emulator };
    await applyHere(here);
    const { flowId = '' } = (await stateOf(here)).made;
    const headers = {
      authorization: 'Bearer t',
      'x-api-key': 'k',
      'x-gw-ims-org-id': orgId,
      'x-sandbox-name': 'dev',
    };
    const removed = await fetch(`${emulator.url}/data/foundation/flowservice/flows/${flowId}`, {
      method: 'DELETE',
      headers,
    });
    expect(removed.ok).toBe(true);
    const journal = await runsIn(here.folder, Date.now).open(run);
    await journal.note({ kind: 'removed', step: 'flow', id: flowId });
    await journal.note({ kind: 'ended', outcome: 'partlyRolledBack' });
    await journal.close();
    expect((await applyHere(here)).outcome).toBe('verified');
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });
});
