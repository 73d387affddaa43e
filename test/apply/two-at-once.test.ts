import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import type { PatchOperation } from '../../source/flow-service/flows.ts';
import { clientOf } from '../helpers/answers.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { activationOn, type LiveHere, liveOn } from '../helpers/live.ts';
import { applyHere, futurePlan, orgId } from '../helpers/runs.ts';
import { isSoak } from '../helpers/soak.ts';

/** Numbers from 0 to 1 that look random and are the same each time. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Every day a share of them. */
const rounds = isSoak ? 60 : 6;
const list = '/transformations/0/params/segmentSelectors/selectors';
const [, model] = futurePlan.segments;
if (!model) throw new Error('a segment is needed');
const segment = (id: string, startTime = '17:00') => ({
  ...model,
  id,
  schedule: { ...model.schedule, triggerType: 'SCHEDULED' as const, startTime },
});
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Somebody who patches a dataflow with the etag that was read, and reads again when that is stale. */
async function patchAs(
  { client, flowId }: LiveHere,
  operations: (ids: readonly string[]) => PatchOperation[],
): Promise<void> {
  for (;;) {
    const { etag = '', transformations, lastOperation } = await client.getFlow(flowId);
    const ids = (transformations[0]?.params?.segmentSelectors?.selectors ?? []).map(({ value }) => value.id);
    if (lastOperation?.progress !== 'running') {
      try {
        await client.patchFlow(flowId, etag, operations(ids));
        return;
      } catch (error) {
        if (!(error instanceof RefusedError) || error.status !== 412) throw error;
      }
    }
    await pause(3);
  }
}

describe('two ferries and a stranger at one dataflow', () => {
  it('lose nothing of anybody', async () => {
    const random = randomFrom(20_261_126);
    let retried = 0;
    for (let round = 0; round < rounds; round++) {
      const emulator = await emulatorWith({
        segments: 40,
        patchDelayMs: 1 + Math.floor(random() * 20),
        touchDelayMs: 5,
        strictEtags: random() < 0.5,
        latencyMs: Math.floor(random() * 4),
      });
      const ids: string[] = [];
      for await (const { segments } of clientOf(emulator.url, { orgId }).listSegments())
        ids.push(...segments.map(({ id }) => id));
      const [base, mine, yours, theirs] = [
        ids.slice(0, 8),
        ids.slice(8, 10),
        ids.slice(10, 12),
        ids.slice(12, 14),
      ];
      const made: Plan = { ...futurePlan, segments: base.map((id) => segment(id)) };
      const live = await liveOn(emulator, made);
      const about = (gone: number, changed: number, added: readonly string[]): Plan => ({
        ...live.plan,
        segments: [
          ...base.flatMap((id, at) => (at === gone ? [] : [segment(id, at === changed ? '06:00' : '17:00')])),
          ...added.map((id) => segment(id)),
        ],
      });

      // Nobody begins before both have read.
      let waiting = 2;
      const bothHaveRead = Promise.withResolvers<void>();
      const approve = async (): Promise<boolean> => {
        if (--waiting === 0) bothHaveRead.resolve();
        await bothHaveRead.promise;
        await pause(random() * 30);
        return true;
      };
      async function ferry(run: string, plan: Plan): Promise<void> {
        const here = { folder: live.folder, run, emulator, plan };
        const services = { extras: 'prune' as const, approve };
        for (let outcome = ''; outcome !== 'verified' && outcome !== 'mismatch';) {
          ({ outcome } = await applyHere({ ...here, services }));
          if (outcome === 'failed') retried++;
        }
      }
      async function stranger(): Promise<void> {
        await bothHaveRead.promise;
        const place = (all: readonly string[], id = ''): string => `${list}/${all.indexOf(id)}`;
        const value = (id = '', time?: string) => ({ type: 'PLATFORM_SEGMENT', value: segment(id, time) });
        const acts: ((all: readonly string[]) => PatchOperation[])[] = [
          () => [{ op: 'add', path: `${list}/-`, value: value(theirs[0]) }],
          (all) => [{ op: 'remove', path: place(all, base[4]) }],
          (all) => [{ op: 'replace', path: place(all, base[5]), value: value(base[5], '20:00') }],
          () => [{ op: 'add', path: `${list}/-`, value: value(theirs[1]) }],
        ];
        for (const act of acts) {
          await patchAs(live, act);
          await pause(random() * 30);
        }
      }
      await Promise.all([
        ferry('aaaa0001', about(0, 1, mine)),
        ferry('aaaa0002', about(2, 3, yours)),
        stranger(),
      ]);

      const found = await activationOn(live);
      const times = Object.fromEntries(
        found.segments.items.map(({ id, settings }) => [id, settings.startTime]),
      );
      const stays = base.filter((_, at) => ![0, 2, 4].includes(at));
      const wanted = Object.fromEntries([...stays, ...mine, ...yours, ...theirs].map((id) => [id, '17:00']));
      expect(times).toEqual({
        ...wanted,
        [base[1] ?? '']: '06:00',
        [base[3] ?? '']: '06:00',
        [base[5] ?? '']: '20:00',
      });
      expect(found.segments.items).toHaveLength(11);
      await emulator.close();
    }
    process.stdout.write(`\ntwo ferries and a stranger: ${rounds} rounds, ${retried} runs gone on with\n\n`);
  });
});
