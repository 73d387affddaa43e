import { describe, expect, it } from 'vitest';
import { exportJobs } from '../../source/apply/errand/export-segments.ts';
import type { Errand } from '../../source/apply/journal/errands.ts';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import { inOne } from '../../source/flow-service/paging.ts';
import { clientOf } from '../helpers/answers.ts';
import { quietEmulator } from '../helpers/emulator.ts';
import { freshFolder } from '../helpers/folders.ts';
import { type Death, orgId, runErrandHere, stateOf } from '../helpers/runs.ts';
import { byDay } from '../helpers/soak.ts';

/** An emulator with dataflows, an errand over two of them, and what it has made so far. */
async function rig(options: EmulatorOptions = {}, timeoutMs = 5000) {
  const { clock, emulator } = await quietEmulator(options);
  const morning = clock.ms;
  const client = clientOf(emulator.url, { orgId, timeoutMs });
  const flows = await inOne(client.listFlows());
  const meant = flows.filter(({ name }) => name === 'CRM weekly' || name === 'Loyalty to SFTP');
  const errand: Errand = {
    kind: 'export',
    name: 'CRM weekly, Loyalty to SFTP',
    flows: meant.map(({ id, name, segments }) => ({
      flowId: id,
      name,
      segments: segments.slice(0, 2).map((segment) => segment.id),
    })),
  };
  const pairs = exportJobs(errand.flows).flat();
  expect(new Set(pairs.map(({ flowId }) => flowId)).size).toBe(2);
  // It has heard of the platform's clock, as a command has that looked first.
  const here = { folder: freshFolder(), run: 'e0e0e0e0', emulator, services: { client } };
  /** What was exported since the morning: nothing of the schedules is due then. */
  const made = async (): Promise<string[]> => {
    const flowIds = errand.flows.map(({ flowId }) => flowId);
    const { runs } = await client.readRuns({ flowIds, sinceMs: morning - 60_000, leadMs: 0 });
    return runs.map(({ flowId = '' }) => flowId);
  };
  return { clock, emulator, errand, pairs, here, made };
}

describe('segments are exported at once', () => {
  it('of several dataflows in one call, eighty a call, with the runs that were begun', async () => {
    const { emulator, errand, pairs, here, made } = await rig();
    expect((await runErrandHere(here, errand)).outcome).toBe('verified');
    expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    const { exported, outcome, doubts } = await stateOf(here);
    expect([outcome, doubts]).toEqual(['verified', {}]);
    const runs = exported?.get(0)?.runs ?? [];
    expect(runs.map(({ flowId, segmentId }) => `${flowId} ${segmentId}`).sort()).toEqual(
      pairs.map(({ flowId, segmentId }) => `${flowId} ${segmentId}`).sort(),
    );
    expect(await made()).toHaveLength(pairs.length);
    const many = exportJobs([{ flowId: 'f', name: '', segments: Array.from({ length: 170 }, String) }]);
    expect(many.map(({ length }) => length)).toEqual([80, 80, 10]);
    expect(exportJobs([])).toEqual([]);
  });

  const faults = ['lostx1', 'act:503x1', 'act:htmlx1', 'slow:1500x1', '503x1', 'resetx1', '429:0x1', '400x1'];
  const isTaken = (fault: string): boolean => /^(lost|act|slow|429)/.test(fault);
  it.each(byDay(faults, (fault) => fault === 'lostx1' || fault === '503x1'))(
    'never twice, with %s',
    async (fault) => {
      // Given up before it is acted upon, which is waited for.
      const isSlow = fault.startsWith('slow');
      const faults = [`POST /adhocrun=${fault}`];
      const { errand, pairs, made, ...rest } = await rig({ faults }, isSlow ? 1000 : undefined);
      const here = {
        ...rest.here,
        services: { ...rest.here.services, ...(isSlow ? { doubtMs: 10_000 } : {}) },
      };
      const { outcome } = await runErrandHere(here, errand);
      expect(outcome).toBe(isTaken(fault) ? 'verified' : 'failed');
      expect(await made()).toHaveLength(isTaken(fault) ? pairs.length : 0);
      // A second attempt asks again for nothing that may have been taken; a plain no is none.
      await runErrandHere(here, errand);
      expect(await made()).toHaveLength(isTaken(fault) || fault === '400x1' ? pairs.length : 0);
    },
  );

  it('is looked for before it is asked for again, though it was refused for its rate', async () => {
    const { emulator, errand, pairs, here, made } = await rig({ faults: ['POST /adhocrun=act:429x1'] });
    expect((await runErrandHere(here, errand)).outcome).toBe('verified');
    expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect((await stateOf(here)).exported?.get(0)?.runs).toHaveLength(pairs.length);
    expect(await made()).toHaveLength(pairs.length);
  });

  it.each(byDay(['intended', 'sent', 'answered'] as const, (point) => point !== 'intended'))(
    'never twice, killed when %s',
    async (point) => {
      const { emulator, errand, pairs, here, made } = await rig();
      const diesAt: Death = { point, step: 'export' };
      await runErrandHere({ ...here, diesAt }, errand);
      // What was cut may still be acted upon.
      await emulator.idle();
      const { outcome } = await runErrandHere(here, errand);
      // Of a call that was broken off nobody knows whether it arrived: what there is decides.
      const count = (await made()).length;
      const wanted = { intended: [0], sent: [0, pairs.length], answered: [pairs.length] }[point];
      expect(wanted).toContain(count);
      expect(outcome).toBe(count > 0 ? 'verified' : 'failed');
      const { exported } = await stateOf(here);
      expect((exported?.get(0)?.runs.length ?? 0) > 0).toBe(count > 0);
    },
  );

  it('without what is being exported already, whose run is noted', async () => {
    const { errand, pairs, here, made, clock } = await rig();
    const [first] = errand.kind === 'export' ? errand.flows : [];
    const running: Errand = {
      kind: 'export',
      name: 'CRM weekly',
      flows: first ? [{ ...first, segments: first.segments.slice(0, 1) }] : [],
    };
    await runErrandHere({ ...here, run: 'e1e1e1e1' }, running);
    clock.ms += 60_000;
    expect((await runErrandHere(here, errand)).outcome).toBe('verified');
    const runs = (await stateOf(here)).exported?.get(0)?.runs ?? [];
    expect(runs.filter(({ isEarlier }) => isEarlier === true)).toHaveLength(1);
    expect(runs).toHaveLength(pairs.length);
    expect(await made()).toHaveLength(pairs.length);
  });
});
