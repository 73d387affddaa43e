import { describe, expect, it } from 'vitest';
import { linkedSet } from '../../source/activation/linked-set.ts';
import { columnsOf, mappingLine } from '../../source/activation/content/columns.ts';
import { mappingSetBody } from '../../source/activation/content/mapping-set.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import type { ApplyServices } from '../../source/apply/services.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { type LiveHere, liveOn } from '../helpers/live.ts';
import { newerParams, newerPlan } from '../helpers/newer-plan.ts';
import { applyHere, type Death, rollBackHere } from '../helpers/runs.ts';

const selected = newerPlan.attributes.selected.slice(1);
const hour = '21:00';
const at = '/transformations/0/params';

interface Way {
  /** What the run changes besides the columns. */
  hasHour?: boolean;
  /** A version with the same columns is there before the run. */
  isThere?: boolean;
  /** Somebody else makes and names such a version: before the set is written to, or before the dataflow is. */
  comes?: 'columns' | 'change';
  diesAt?: Death;
  putAnswer?: 'echo';
}

async function rig({ putAnswer }: Way) {
  const emulator = await emulatorWith({
    segments: 20,
    patchDelayMs: 5,
    touchDelayMs: false,
    ...(putAnswer ? { putAnswer } : {}),
  });
  const live = await liveOn(emulator, newerPlan, { authParams: newerParams });
  const { id: setId } = linkedSet(await live.client.getFlow(live.flowId)) ?? { id: '' };
  return { ...live, setId };
}

type Here = LiveHere & { setId: string };

/** A version of the set with the wanted columns, by somebody else. */
async function put({ client, setId }: Here): Promise<number | undefined> {
  const { inputSchema, outputSchema } = await client.dataPrep.getMappingSet(setId, 0);
  const schemas = { inputSchemaId: inputSchema?.id ?? '', outputSchemaId: outputSchema?.id ?? '' };
  const body = mappingSetBody(schemas, columnsOf(selected).map(mappingLine));
  return (await client.dataPrep.putMappingSet(setId, body)).version;
}

async function name(here: Here, version: number | undefined): Promise<void> {
  const { client, flowId, emulator, setId } = here;
  const { etag = '' } = await client.getFlow(flowId);
  const value = { mappingId: setId, mappingVersion: version };
  await client.patchFlow(flowId, etag, [{ op: 'add', path: `${at}/profileMapping`, value }]);
  await emulator.idle();
}

/** The version that the dataflow names, and the hour of its first segment. */
async function stands({ client, flowId, emulator }: Here): Promise<string> {
  await emulator.idle();
  const flow = await client.getFlow(flowId);
  const own = JSON.stringify(flow.raw).includes(hour) ? hour : 'as it was';
  return `version ${String(linkedSet(flow)?.version)}, hour ${own}`;
}

const wishOf = ({ plan }: Here, { hasHour = false }: Way): Plan => ({
  ...plan,
  segments: plan.segments.map((one) =>
    hasHour ? { ...one, schedule: { ...one.schedule, startTime: hour } } : one,
  ),
  attributes: { ...plan.attributes, selected },
});

/** A run, what stands after it, how it is undone, and what stands then. */
async function course(way: Way): Promise<string[]> {
  const here = await rig(way);
  if (way.isThere === true) await put(here);
  let hasCome = false;
  const checkpoint: ApplyServices['checkpoint'] = async (point, step) => {
    if (hasCome || point !== 'intended' || step !== way.comes) return;
    hasCome = true;
    await name(here, await put(here));
  };
  const run = { ...here, run: 'c0c0c0c0', plan: wishOf(here, way) };
  const services = { extras: 'prune' as const, ...(way.comes ? { checkpoint } : {}) };
  const went: string[] = [
    (await applyHere({ ...run, services, ...(way.diesAt ? { diesAt: way.diesAt } : {}) })).outcome,
  ];
  if (way.diesAt) went.push((await applyHere(run)).outcome);
  went.push(await stands(here));
  const result = (await rollBackHere(run)).at(-1);
  return [...went, result?.kind === 'result' ? result.outcome : 'no result', await stands(here)];
}

const old = 'version 0, hour as it was';

describe.concurrent('an undo of columns takes back what its own run has named', () => {
  it.each<[string, Way, string[]]>([
    [
      'another has named an equal version before ours was made',
      { comes: 'columns' },
      ['verified', 'version 1, hour as it was', 'rolledBack', 'version 1, hour as it was'],
    ],
    [
      'another has named an equal version before ours was named',
      { comes: 'change' },
      ['verified', 'version 2, hour as it was', 'rolledBack', 'version 2, hour as it was'],
    ],
    [
      'the same, and the hour is ours',
      { comes: 'columns', hasHour: true },
      ['verified', `version 1, hour ${hour}`, 'rolledBack', 'version 1, hour as it was'],
    ],
    [
      'an equal version was there already',
      { isThere: true },
      ['verified', 'version 1, hour as it was', 'rolledBack', old],
    ],
    [
      'the same, and it died once the dataflow was patched',
      { isThere: true, diesAt: { point: 'answered', step: 'change' } },
      ['failed', 'verified', 'version 1, hour as it was', 'rolledBack', old],
    ],
    [
      'the version that was made is only echoed',
      { putAnswer: 'echo', hasHour: true },
      ['verified', `version 1, hour ${hour}`, 'rolledBack', old],
    ],
    [
      'it died once its version was made',
      { diesAt: { point: 'answered', step: 'columns' } },
      ['failed', 'verified', 'version 1, hour as it was', 'rolledBack', old],
    ],
  ])('%s', async (_, way, wanted) => {
    expect(await course(way)).toEqual(wanted);
  });
});
