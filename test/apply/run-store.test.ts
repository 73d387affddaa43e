import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderRuns } from '../../source/apply/journal/journal-file.ts';
import { foldJournal, type JournalEntry, type JournalNote } from '../../source/apply/journal/journal.ts';
import { memoryRuns } from '../../source/apply/journal/run-store.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { freshFolder } from '../helpers/folders.ts';
import { applyHere, countsOf, exactlyOne, futurePlan, orgId, stateOf } from '../helpers/runs.ts';

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
  ['a folder', () => folderRuns(freshFolder(), () => nowMs)],
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
    expect(await runs.read(run)).toMatchObject({ run, begunMs: nowMs, made: {}, doubts: { flow: nowMs } });
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
    const runs = folderRuns(folder, () => nowMs);
    const journal = await runs.open(run);
    await journal.note(begun);
    await journal.close();
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `{}\n${readFileSync(file, 'utf8')}`);
    await expect(runs.read(run)).rejects.toMatchObject({ kind: 'journalDamaged', line: 1 });
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
    const journal = await folderRuns(here.folder, Date.now).open(run);
    await journal.note({ kind: 'removed', step: 'flow', id: flowId });
    await journal.note({ kind: 'ended', outcome: 'partlyRolledBack' });
    await journal.close();
    expect((await applyHere(here)).outcome).toBe('verified');
    expect(countsOf(emulator)).toEqual(exactlyOne);
  });
});
