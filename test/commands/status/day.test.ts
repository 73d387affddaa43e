import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from '../../../source/activation/watch/finding.ts';
import { usualLimits } from '../../../source/activation/watch/watched.ts';
import { nothingKnown } from '../../../source/commands/status/known-here.ts';
import { readStatus, type Status } from '../../../source/commands/status/read-status.ts';
import type { PatchOperation } from '../../../source/flow-service/flows.ts';
import { inOne } from '../../../source/flow-service/paging.ts';
import { at } from '../../activation/watch/watching.ts';
import { clientOf } from '../../helpers/answers.ts';
import { emulatorWith } from '../../helpers/emulator.ts';
import { orgId } from '../../helpers/runs.ts';
import { itInSoak } from '../../helpers/soak.ts';

/** What is planted, from the exports of 06:00 on, and as what it is found. */
const faults = {
  failed: ['failed'],
  missing: ['late', 'missed'],
  empty: ['empty'],
  'skip:30': ['skipped'],
  'long:900': ['slow'],
  paused: [],
} as const satisfies Record<string, readonly Finding['kind'][]>;
type Fault = keyof typeof faults;

const flows = [
  'CRM weekly',
  'Loyalty to SFTP',
  'Newsletter',
  'CRM weekly 6',
  'Loyalty to SFTP 7',
  'Newsletter 10',
  'CRM weekly 12',
];
/** Follows its evaluation, which fails that day. */
const evaluated = 'Reactivation';

/** Which dataflow meets what: another one with each seed. */
function planted(seed: number): ReadonlyMap<string, Fault> {
  const [shuffled = []] = fc.sample(fc.shuffledSubarray(flows, { minLength: flows.length }), {
    seed,
    numRuns: 1,
  });
  return new Map(
    (Object.keys(faults) as Fault[]).map((fault, index) => [shuffled[index] ?? '', fault] as const),
  );
}

const seed = Number(process.env['FERRY_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

itInSoak(`a day at speed has each planted fault and no other (FERRY_SEED=${seed})`, async () => {
  const where = planted(seed);
  const emulator = await emulatorWith({
    flows: 13,
    speed: 3600,
    patchDelayMs: 1,
    now: () => at('2026-11-25 20:00'),
    runFaults: [
      ...[...where].map(
        ([flow, fault]) => `${flow}=${fault === 'paused' ? 'missing' : fault}@2026-11-26T06..`,
      ),
      'evaluation=failed@2026-11-26',
    ],
  });
  const client = clientOf(emulator.url, { orgId });
  const listed = await inOne(client.listFlows());
  const idOf = (name: string): string => listed.find((flow) => flow.name === name)?.id ?? '';
  await afterEvaluation();

  const paused = [...where].find(([, fault]) => fault === 'paused')?.[0] ?? '';
  let isPaused = false;
  let status: Status | undefined;
  const ever = new Set<string>();
  while (client.clock().nowMs < at('2026-11-26 20:00')) {
    if (!isPaused && client.clock().nowMs > at('2026-11-26 00:00')) {
      isPaused = true;
      await client.act(idOf(paused), 'disable');
    }
    status = await readStatus(client, {
      choose: (all) => all,
      limits: usualLimits,
      knownHere: () => Promise.resolve(nothingKnown),
    });
    for (const one of findingsOf(status)) ever.add(one);
  }
  const wanted = [...where].flatMap(([flow, fault]) => faults[fault].map((kind) => `${kind} ${flow}`));
  const allowed = new Set([...wanted, `late ${evaluated}`]);
  expect([...ever].filter((one) => !allowed.has(one))).toEqual([]);
  // At the end of the day each is there still, under one of its names.
  const last = status ? findingsOf(status) : [];
  for (const [flow, fault] of where) {
    const found = last.filter((one) => one.endsWith(` ${flow}`)).map((one) => one.split(' ')[0]);
    if (faults[fault].length === 0) expect(found).toEqual([]);
    else expect(faults[fault]).toContain(found[0]);
  }
  expect(last).toContain(`late ${evaluated}`);

  /** Its segments are exported after their evaluation from now on. */
  async function afterEvaluation(): Promise<void> {
    const flow = await client.getFlow(idOf(evaluated));
    const patch = (flow.transformations?.[0]?.params?.segmentSelectors?.selectors ?? []).map(
      ({ value }, index): PatchOperation => ({
        op: 'replace',
        path: `/transformations/0/params/segmentSelectors/selectors/${index}/value`,
        value: {
          ...value,
          exportMode: 'DAILY_FULL_EXPORT',
          schedule: {
            ...value.schedule,
            frequency: 'DAILY',
            triggerType: 'AFTER_SEGMENT_EVAL',
            startTime: undefined,
          },
        },
      }),
    );
    expect(patch.length).toBeGreaterThan(0);
    await client.patchFlow(flow.id ?? '', flow.etag, patch);
  }
});

const findingsOf = ({ watched }: Status): string[] =>
  watched.flatMap(({ watch }) => watch.findings.map(({ kind, flowName }) => `${kind} ${flowName}`));

it('the day of a seed plants each fault once', () => {
  fc.assert(
    fc.property(fc.nat(), (drawn) => {
      const where = planted(drawn);
      expect([...where.values()].sort()).toEqual(Object.keys(faults).sort());
      expect([...where.keys()].every((flow) => flows.includes(flow))).toBe(true);
      expect(planted(drawn)).toEqual(where);
    }),
  );
});
