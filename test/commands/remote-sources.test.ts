import { nothingKnown } from '../../source/commands/status/known-here.ts';
import { expect, it } from 'vitest';
import { remoteSources } from '../../source/commands/wizard/remote-sources.ts';
import type { FlowService } from '../../source/flow-service/client.ts';
import { readAgain } from '../../source/flow-service/flows.ts';
import { english } from '../../source/locale/catalogs.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import { exportRun } from '../helpers/export-runs.ts';

const place = { platform: 'emulator', sandbox: 'dev' } as const;
const began = Date.UTC(2026, 10, 26, 7);
const run = (endedMs?: number) => exportRun({ flowId: 'neighbour', beganMs: began, endedMs });

/** A dataflow, and another one that stores where it does and is exporting. */
function clientWith(more: Partial<FlowService> = {}): FlowService {
  return {
    getFlow: (id: string) =>
      Promise.resolve(readAgain({ id, targetConnectionIds: ['t'], transformations: [] })),
    async *list() {
      yield await Promise.resolve(
        ['f', 'neighbour'].map((id) => ({ id, targetConnectionIds: ['t'], name: id })),
      );
    },
    newestRuns: (id: string) =>
      Promise.resolve(id === 'neighbour' ? [run(), run(began + 1)] : [run(began + 1)]),
    ...more,
  } as Partial<FlowService> as FlowService;
}

const sourcesOf = (client: FlowService) =>
  remoteSources(
    () => Promise.resolve(client),
    english,
    () => Promise.resolve(nothingKnown),
    { before: () => Promise.resolve(undefined), keep: () => Promise.resolve() },
  );

it('looks for exports under way of all who store in a place, and says where it could not look', async () => {
  const exporting = (client: FlowService) =>
    sourcesOf(client).exporting(place, new AbortController().signal, 'f');
  expect(await exporting(clientWith())).toEqual({ exporting: [{ id: 'neighbour', sinceMs: began }] });
  const refuse = (): Promise<never> =>
    Promise.reject(new RefusedError({ method: 'GET', path: '/flows/f' }, 403, {}));
  expect(await exporting(clientWith({ newestRuns: refuse }))).toEqual({ exporting: undefined });
  expect(await exporting(clientWith({ getFlow: refuse }))).toEqual({ exporting: undefined });
});

it('says when segments were made, of those that say so and can be read', async () => {
  const segments: Record<string, object> = { a: { createdAtMs: 5 }, b: {} };
  const getSegment = (id: string) =>
    id in segments
      ? Promise.resolve({ id, name: id, ...segments[id] })
      : Promise.reject(new RefusedError({ method: 'GET', path: `/audiences/${id}` }, 404, {}));
  const client = clientWith({ getSegment } as Partial<FlowService>);
  const { madeMs } = sourcesOf(client);
  expect(await madeMs(place, new AbortController().signal, 'a b c')).toEqual(new Map([['a', 5]]));
});
