import { pageOf } from '../query.ts';
import { isObject } from '../rules/params.ts';
import { hasColumns } from '../rules/profile-mapping.ts';
import { isNewerCard } from '../specs/cards.ts';
import type { Entity, JsonObject, Scope } from '../store.ts';
import { notFound } from '../wire-error.ts';
import type { World } from '../world.ts';
import { type App, base, type Call, queryOf } from './context.ts';

/** Runs, one for each segment of each dataflow: the second is skipped in part, the third failed. @see flow-service.md, section 2.7 */
export function runRoutes(app: App, world: World): void {
  const { store } = world;
  const runs = (call: Call): JsonObject[] => {
    const scope = call.get('scope');
    return store.all(scope, 'flows').flatMap((flow) => runsOf(flow, exports(flow, scope)));
  };
  /** A dataflow to a card of today without columns exports nothing. @see cards.md, section 11 (7) */
  const exports = (flow: Entity, scope: Scope): boolean => {
    const [id] = Array.isArray(flow['targetConnectionIds']) ? flow['targetConnectionIds'] : [];
    const spec = store.get(scope, 'targetConnections', String(id))?.['connectionSpec'];
    return !isObject(spec) || !isNewerCard(spec['id']) || hasColumns(flow, world, scope);
  };
  app.get(`${base}/runs`, (call: Call) => {
    const { items, next, count } = pageOf(runs(call), queryOf(call));
    if (count !== undefined) return call.json({ count });
    return call.json({ items, _links: next === undefined ? {} : { next: { href: `/runs?${next}` } } });
  });
  app.get(`${base}/runs/:id`, (call: Call) => {
    const id = call.req.param('id');
    const run = runs(call).find((one) => one['id'] === id);
    if (!run) throw notFound('runs', id ?? '');
    return call.json({ items: [run] });
  });
}

function runsOf(flow: Entity, doesExport: boolean): JsonObject[] {
  const [first] = Array.isArray(flow['transformations']) ? flow['transformations'] : [];
  const params = isObject(first) && isObject(first['params']) ? first['params'] : {};
  const holder = params['segmentSelectors'];
  const selectors = isObject(holder) && Array.isArray(holder['selectors']) ? holder['selectors'] : [];
  return selectors.filter(isObject).map((selector, index) => {
    const segment = isObject(selector['value']) ? String(selector['value']['id']) : '';
    const skipped = index % 3 === 1 ? 24 : 0;
    const isFailed = index % 3 === 2 || !doesExport;
    const read = 12_000 + index;
    return {
      id: `${segment.slice(0, 8)}-${flow.id.slice(9)}`,
      flowId: flow.id,
      flowSpec: flow['flowSpec'],
      createdAt: flow.updatedAt,
      updatedAt: flow.updatedAt,
      etag: flow.etag,
      metrics: {
        durationSummary: { startedAtUTC: flow.updatedAt, completedAtUTC: flow.updatedAt + 60_000 },
        recordSummary: {
          inputRecordCount: read,
          createdRecordCount: isFailed ? 0 : read - skipped,
          skippedRecordCount: skipped,
          targetSummaries: [{ entitySummaries: [{ id: `segment:${segment}` }] }],
        },
        statusSummary: isFailed
          ? { status: 'failed', errors: [{ code: 'ACTIVATION_BATCH-0000-FAILED', message: 'Job aborted.' }] }
          : { status: 'success' },
      },
    };
  });
}
