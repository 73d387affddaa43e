import { expect, it } from 'vitest';
import { listRows } from '../../source/commands/flow/list-rows.ts';
import type { RunFlow } from '../../source/activation/run-table.ts';
import { listedFlow } from '../../source/flow-service/flows.ts';
import { exportRun } from '../helpers/export-runs.ts';
import { turnsDuring } from '../helpers/turns.ts';

const at = Date.UTC(2026, 10, 26, 12);
const names = Array.from({ length: 40 }, (_, index) => `flow-${index}`);
const runs = Array.from({ length: 8000 }, (_, index) =>
  exportRun({
    id: `run-${index}`,
    flowId: names[index % 40] ?? '',
    status: 'success',
    beganMs: at + index,
    segments: ['S1'],
  }),
);

/** Dataflows that count how often somebody looks for them. */
function counted(): { readonly flows: RunFlow[]; readonly looked: () => number } {
  let looked = 0;
  const flows = names.map((id): RunFlow => ({
    get id() {
      looked++;
      return id;
    },
    name: id.toUpperCase(),
    segments: [{ id: 's1', name: 'Hikers' }],
    mandatoryFields: [],
  }));
  return { flows, looked: () => looked };
}

const listing = (flows: readonly RunFlow[]) => ({
  flows,
  listed: names.map((id) => listedFlow.parse({ id, name: id, state: 'enabled' })),
  read: { runs, whole: new Map(names.map((id) => [id, { fromMs: at, toMs: at + 9000 }])), lacks: [] },
  runs,
  filter: {},
  usualOf: () => Promise.resolve(undefined),
  sinceMs: at,
  atMs: at + 9000,
  keptMs: () => Promise.resolve(undefined),
  here: { enabledMs: new Map<string, number>(), onDemand: new Set<string>() },
});

it('keys have their turn while thousands of runs are listed (living.md, L26)', async () => {
  const { result, turns } = await turnsDuring(() => listRows(listing(counted().flows)));
  expect(result).toHaveLength(8000);
  expect(result[0]).toMatchObject({ flow: { name: 'FLOW-39' }, segments: [{ name: 'Hikers' }] });
  expect(turns).toBeGreaterThan(30);
});

it('a dataflow is not looked for once for each of its runs', async () => {
  const { flows, looked } = counted();
  await listRows(listing(flows));
  // Where a run is good and brought nothing, its dataflow is asked: that costs nothing.
  expect(looked()).toBeLessThan(1000);
});
