import { afterAll, describe, expect, it } from 'vitest';
import type { Activation } from '../../source/activation/activation.ts';
import { ofPlan } from '../../source/activation/of-plan.ts';
import { linkedSet } from '../../source/activation/linked-set.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import type { Emulator } from '../../source/emulator/server.ts';
import type { FlowService } from '../../source/flow-service/client.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { activationOn, amiss, type LiveHere, liveOn } from '../helpers/live.ts';
import { newerParams, newerPlan } from '../helpers/newer-plan.ts';
import { applyHere, type Death, printTable, rollBackHere, stateOf } from '../helpers/runs.ts';
import { byDay, isSoak } from '../helpers/soak.ts';
import { everyDay, inSoak } from '../helpers/write-faults.ts';

/** The columns of a live dataflow, changed in its own set, or away from one that another dataflow names too. */
type Way = 'next version' | 'set of its own';

/** The writes of each way, and the rule that lets a fault fall on that very one. */
const writes = {
  'next version': {
    'input-schema': (fault: string) => ['POST /schemas=slow:0x2', `POST /schemas=${fault}`],
    'output-schema': undefined,
    columns: (fault: string) => [`PUT /mappingSets/*=${fault}`],
    // The first one fills the dataflow that is to be changed.
    change: (fault: string) => ['PATCH /flows/*=slow:0x1', `PATCH /flows/*=${fault}`],
  },
  'set of its own': {
    'input-schema': undefined,
    'output-schema': undefined,
    'mapping-set': (fault: string) => ['POST /mappingSets=slow:0x1', `POST /mappingSets=${fault}`],
    change: undefined,
  },
} as const;

const deaths = ['intended', 'sent', 'answered'] as const;
interface How {
  fault?: string;
  diesAt?: Death;
}

const cases = (Object.keys(writes) as Way[]).flatMap((way) =>
  Object.entries<((fault: string) => string[]) | undefined>(writes[way]).flatMap(([write, rule]) => [
    ...[...deaths, ...(write === 'columns' || write === 'change' ? (['noted'] as const) : [])].map(
      (point): [Way, string, string, How, string[]] => [
        way,
        write,
        `killed when ${point}`,
        { diesAt: { point, step: write as Death['step'] } },
        [],
      ],
    ),
    ...(rule ? [...everyDay, ...(isSoak ? inSoak : [])] : [])
      // What makes something has no etag to be stale.
      .filter((fault) => write === 'change' || !fault.includes('412'))
      .map((fault): [Way, string, string, How, string[]] => [
        way,
        write,
        fault,
        { fault },
        rule?.(fault) ?? [],
      ]),
  ]),
);

/** One column is called otherwise, one goes, one comes; a segment is exported at another hour. */
const changed = (plan: Plan): Plan => ({
  ...plan,
  segments: plan.segments.map((one) => ({ ...one, schedule: { ...one.schedule, startTime: '21:00' } })),
  attributes: {
    selected: [
      'identityMap.Email',
      { path: 'person.name.firstName', column: 'GIVEN' },
      'person.gender',
      'personalEmail.address',
    ],
    mandatory: ['person.gender'],
    deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }],
  },
});

/** Another dataflow that has its columns from the same set. */
async function shareSet({ client, flowId }: LiveHere): Promise<string> {
  const { raw } = await client.getFlow(flowId);
  const { flowSpec, sourceConnectionIds, targetConnectionIds } = raw as Record<string, unknown>;
  const { id: mappingId, version: mappingVersion } = linkedSet(await client.getFlow(flowId)) ?? {};
  const params = {
    ...{ mandatoryFields: [], primaryFields: [], profileMapping: { mappingId, mappingVersion } },
    segmentSelectors: { selectors: [] },
  };
  const transformations = [{ name: 'GeneralTransform', params }];
  const { id } = await client.createFlow({
    name: 'Another',
    flowSpec,
    sourceConnectionIds,
    targetConnectionIds,
    transformations,
  });
  return id;
}

interface Here {
  live: LiveHere;
  before: Activation;
  setId: string;
  otherId: string | undefined;
}

async function rigOf(way: Way, how: How, faults: readonly string[]) {
  const emulator = await emulatorWith({
    segments: 20,
    patchDelayMs: 10,
    touchDelayMs: false,
    strictEtags: true,
    strictChanges: true,
    strictCards: true,
    faults,
  });
  const live = await liveOn(emulator, newerPlan, { authParams: newerParams });
  const otherId = way === 'next version' ? undefined : await shareSet(live);
  const before = await activationOn(live);
  const setId = before.links.profileMapping?.split(' · ')[0] ?? '';
  const wanted = changed(live.plan);
  const run = {
    folder: live.folder,
    run: 'c0c0c0c0',
    emulator,
    plan: wanted,
    ...(how.fault?.startsWith('slow') === true ? { timeoutMs: 200 } : {}),
  };
  const { outcome } = await applyHere({ ...run, ...how, services: { extras: 'prune' } });
  const here: Here = { live, before, setId, otherId };
  return { ...here, wanted, run, outcome };
}

/** How many versions a set has. */
async function versionsOf(client: FlowService, id: string): Promise<number> {
  for (let version = 0; ; version++)
    try {
      await client.dataPrep.getMappingSet(id, version);
    } catch (error) {
      if (error instanceof RefusedError && error.status === 404) return version;
      throw error;
    }
}

const documents = async (emulator: Emulator): Promise<{ schemas: number; sets: number }> => {
  await emulator.idle();
  return { schemas: emulator.count('schemas'), sets: emulator.count('mappingSets') };
};

/** Whoever else has columns from the set has them still. */
async function expectOtherUntouched({ live, before, otherId }: Here): Promise<void> {
  if (otherId === undefined) return;
  const other = await activationOn({ ...live, flowId: otherId });
  expect(other.columns.items.map(({ name }) => name)).toEqual(before.columns.items.map(({ name }) => name));
}

const outcomes = new Map<string, string>();
/** Every day a third of each; a soak meets all of both. */
const resumed = byDay(cases, (_, at) => at % 12 === 0);
const undone = byDay(cases, (_, at) => at % 12 === 6);
const counted = { resume: 0, rollback: 0 };

describe.concurrent('a change of columns × kill or fault', () => {
  it.each(resumed)(
    '%s: %s, %s, ends by resume as exactly the new one',
    async (way, write, name, how, faults) => {
      const here = await rigOf(way, how, faults);
      const { live, wanted, run, outcome, setId } = here;
      const went: string[] = [outcome];
      for (let attempt = 0; attempt < 5 && went.at(-1) !== 'verified'; attempt++)
        went.push((await applyHere(run)).outcome);
      outcomes.set(`${way}: ${write}\t${name}, resume`, went.join(' → '));
      expect(went.at(-1)).toBe('verified');
      expect(amiss(ofPlan(wanted), await activationOn(live))).toEqual([]);
      const isOwn = way === 'set of its own';
      expect(await documents(live.emulator)).toEqual({ schemas: 4, sets: isOwn ? 2 : 1 });
      expect(await versionsOf(live.client, setId)).toBe(isOwn ? 1 : 2);
      await expectOtherUntouched(here);
      expect((await stateOf(run)).outcome).toBe('verified');
      counted.resume++;
    },
  );

  it.each(undone)(
    '%s: %s, %s, ends by rollback as exactly the old one',
    async (way, write, name, how, faults) => {
      const here = await rigOf(way, how, faults);
      const { live, before, run, outcome, setId } = here;
      const went: string[] = [outcome];
      let left = 0;
      for (let attempt = 0; attempt < 5 && went.at(-1) !== 'rolledBack'; attempt++) {
        const events = await rollBackHere(run);
        left = events.filter(({ kind }) => kind === 'left').length;
        went.push(String((await stateOf(run)).outcome));
      }
      outcomes.set(`${way}: ${write}\t${name}, rollback`, went.join(' → '));
      expect(went.at(-1)).toBe('rolledBack');
      const after = await activationOn(live);
      expect(amiss(before, after)).toEqual([]);
      expect(after.links.profileMapping).toBe(before.links.profileMapping);
      await expectOtherUntouched(here);
      // What stays is named: schemas, and a version that nobody uses.
      const { schemas, sets } = await documents(live.emulator);
      expect(sets).toBe(1);
      expect(left).toBe(schemas - 2 + ((await versionsOf(live.client, setId)) - 1));
      counted.rollback++;
    },
  );
});

afterAll(() =>
  printTable(
    `columns × kill or fault, to the end by resume and by rollback: ${counted.resume} of ${resumed.length} and ${counted.rollback} of ${undone.length} right`,
    outcomes,
  ),
);
