import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalNote } from '../../source/apply/journal/journal.ts';
import { memoryRuns, type RunHolder } from '../../source/apply/journal/run-store.ts';
import type { State } from '../../source/state/state.ts';
import { futurePlan, orgId } from './runs.ts';

const place = { apiUrl: 'https://platform.example', orgId, sandbox: 'dev' };

/** How a run begins. */
export const begunNote = (run: string): JournalNote => ({
  kind: 'begun',
  version: 1,
  run,
  plan: futurePlan,
  place,
  who: { user: 'anna' },
});

const nobody = new AbortController().signal;

/** Any notes that may follow on a beginning, with texts that are hard to keep. */
const notes = fc.array(
  fc.oneof(
    fc.constantFrom<JournalNote>(
      { kind: 'intent', step: 'flow' },
      { kind: 'doubtful', step: 'flow', why: 'lost' },
      { kind: 'absent', step: 'flow' },
      { kind: 'patched' },
      { kind: 'ended', outcome: 'verified' },
      { kind: 'ended', outcome: 'rolledBack' },
    ),
    fc.string({ unit: 'binary' }).map((id): JournalNote => ({ kind: 'made', step: 'flow', id })),
    fc
      .constantFrom('\u0000', '\ud800', '使用者', "'; drop table ferry.line; --", '\n')
      .map((why): JournalNote => ({ kind: 'refused', step: 'flow', why })),
    fc.json().map((flow): JournalNote => ({ kind: 'found', flow: JSON.parse(flow) as unknown })),
  ),
  { maxLength: 8 },
);

/**
 * What every store of the state has to hold.
 *
 * @param machines - A new, empty state, and the same as another machine sees it.
 */
export function stateContract(machines: () => Promise<readonly [State, State]>): void {
  describe('runs', () => {
    it('are known by their notes, wherever they are read', async () => {
      const [here, there] = await machines();
      const journal = await here.runs.open('0a1b2c3d');
      expect(await there.runs.read('0a1b2c3d')).toBeUndefined();
      await journal.note(begunNote('0a1b2c3d'));
      await journal.note({ kind: 'intent', step: 'flow' });
      expect(await there.runs.read('0a1b2c3d')).toMatchObject({ doubts: { flow: {} }, outcome: undefined });
      await journal.note({ kind: 'made', step: 'flow', id: 'F' });
      await journal.close();
      const again = await there.runs.open('0a1b2c3d');
      await again.note({ kind: 'ended', outcome: 'verified' });
      await again.close();
      const known = { run: '0a1b2c3d', made: { flowId: 'F' }, doubts: {}, outcome: 'verified' };
      expect(await here.runs.read('0a1b2c3d')).toMatchObject(known);
      expect(await here.runs.find('0a1b2c3d')).toMatchObject({ kind: 'run', state: known, isTorn: false });
      expect(await here.runs.find('00000000')).toBeUndefined();
      expect(await here.runs.read('00000000')).toBeUndefined();
    });

    it('tell what they tell in memory, whatever was noted', async () => {
      const [here, there] = await machines();
      let count = 0;
      await fc.assert(
        fc.asyncProperty(notes, async (all) => {
          const run = (count++).toString(16).padStart(8, '0');
          const memory = memoryRuns(Date.now);
          for (const runs of [here.runs, memory]) {
            const journal = await runs.open(run);
            for (const note of [begunNote(run), ...all]) await journal.note(note);
            await journal.close();
          }
          const clockless = (state: object | undefined): unknown => ({
            ...state,
            ...{ begunMs: 0, madeMs: 0, madeSince: 0, lastWords: 0, patchedSince: 0, doubts: 0 },
          });
          expect(clockless(await there.runs.read(run))).toEqual(
            clockless(JSON.parse(JSON.stringify(await memory.read(run), setsAsLists), asSets) as object),
          );
        }),
        { numRuns: 40 },
      );
    });

    it('keep notes that are given at once in their order', async () => {
      const [here, there] = await machines();
      const journal = await here.runs.open('0a1b2c3d');
      await Promise.all([
        journal.note(begunNote('0a1b2c3d')),
        journal.note({ kind: 'intent', step: 'flow' }),
        journal.note({ kind: 'made', step: 'flow', id: 'F' }),
        journal.note({ kind: 'intent', step: 'source-connection' }),
      ]);
      await journal.close();
      const state = await there.runs.read('0a1b2c3d');
      expect(state?.doubts).toEqual({ 'source-connection': {} });
      expect(state?.made).toEqual({ flowId: 'F' });
    });

    it('are one holder’s at a time, who is named, and are free once they are closed', async () => {
      const [here, there] = await machines();
      const journal = await here.runs.open('0a1b2c3d');
      await expect(there.runs.open('0a1b2c3d')).rejects.toMatchObject({
        kind: 'runHeld',
        holder: { kind: 'process', pid: process.pid },
      });
      expect(await there.runs.holder('0a1b2c3d')).toMatchObject({ kind: 'process', pid: process.pid });
      await journal.close();
      expect(await there.runs.holder('0a1b2c3d')).toBeUndefined();
      const told: RunHolder[] = [];
      await (await there.runs.open('0a1b2c3d', { onTakeOver: (holder) => told.push(holder) })).close();
      // Whoever let go has not died.
      expect(told).toEqual([]);
    });

    it('are listed, the newest first, and apart those that are open', async () => {
      const [here, there] = await machines();
      for (const run of ['00000001', '00000002', '00000003']) {
        const journal = await here.runs.open(run);
        await journal.note(begunNote(run));
        if (run === '00000002') await journal.note({ kind: 'ended', outcome: 'mismatch' });
        await journal.close();
        // Two of one millisecond have no order.
        await expect.poll(() => Date.now()).toBeGreaterThan((await here.runs.read(run))?.begunMs ?? 0);
      }
      expect((await there.runs.list()).map(({ run }) => run)).toEqual(['00000003', '00000002', '00000001']);
      const { runs, lost } = await there.runs.listOpen();
      expect(runs.map(({ run }) => run)).toEqual(['00000003', '00000001']);
      expect(lost).toEqual([]);
      await here.runs.forget('00000003');
      expect((await there.runs.listOpen()).runs.map(({ run }) => run)).toEqual(['00000001']);
      expect(await there.runs.list()).toHaveLength(2);
    });

    it('are made by one at a time, and whoever waits is told for whom', async () => {
      const [here, there] = await machines();
      const release = await here.runs.alone('Loyalty', { onWait: () => undefined, stop: nobody });
      const waits = Promise.withResolvers<RunHolder>();
      const next = there.runs.alone('Loyalty', { onWait: waits.resolve, stop: nobody });
      expect(await waits.promise).toMatchObject({ kind: 'process', pid: process.pid });
      // Something else is nobody's business.
      await (
        await there.runs.alone('Churn', { onWait: () => undefined, stop: nobody })
      )();
      await release();
      await (
        await next
      )();
    });

    it('are waited for no longer than somebody wants', async () => {
      const [here, there] = await machines();
      const release = await here.runs.alone('Loyalty', { onWait: () => undefined, stop: nobody });
      await expect(
        there.runs.alone('Loyalty', { onWait: () => undefined, stop: AbortSignal.abort() }),
      ).rejects.toMatchObject({
        kind: 'runHeld',
      });
      await release();
    });
  });

  describe('what else is kept', () => {
    it('is a draft by its name, until it is forgotten', async () => {
      const [here, there] = await machines();
      expect(await here.drafts.list()).toEqual({ drafts: [], unread: [] });
      await here.drafts.write('a-1', '{"segments":["使用者"]}');
      await here.drafts.write('a-1', '{"segments":[]}');
      await here.drafts.write('a-2', '{}');
      const { drafts } = await there.drafts.list();
      expect(drafts.toSorted((a, b) => a.name.localeCompare(b.name))).toEqual([
        { name: 'a-1', text: '{"segments":[]}' },
        { name: 'a-2', text: '{}' },
      ]);
      await there.drafts.remove('a-1');
      await there.drafts.remove('never there');
      expect((await here.drafts.list()).drafts).toEqual([{ name: 'a-2', text: '{}' }]);
    });

    it('is a receipt beside its run, and a line of the audit log', async () => {
      const [here] = await machines();
      const journal = await here.runs.open('0a1b2c3d');
      await journal.note(begunNote('0a1b2c3d'));
      await journal.close();
      const where = await here.keepReceipt('0a1b2c3d', { json: '{}\n', markdown: '# 使用者\n' });
      expect(where).toContain('0a1b2c3d');
      await here.audit('{"act":"apply"}');
    });
  });
}

const setsAsLists = (_: string, value: unknown): unknown =>
  value instanceof Set
    ? { set: [...(value as Set<unknown>)] }
    : value instanceof Map
      ? { map: [...(value as Map<unknown, unknown>)] }
      : value;

const asSets = (_: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if ('set' in value && Array.isArray(value.set)) return new Set<unknown>(value.set);
  if ('map' in value && Array.isArray(value.map)) return new Map(value.map as [unknown, unknown][]);
  return value;
};
