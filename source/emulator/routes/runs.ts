import { type Page, pageOf } from '../query.ts';
import type { PlannedRun } from '../runs/plan-runs.ts';
import { bodyOf, updatedMs } from '../runs/run-body.ts';
import type { JsonObject } from '../store.ts';
import { notFound } from '../wire-error.ts';
import type { World } from '../world.ts';
import { type App, base, type Call, queryOf } from './context.ts';

/** Members that a filter or an order can be held against without writing the whole run. */
const light = /^[-+ ]?(id|flowId|createdAt|updatedAt)(==|>=|<=|>|<|$)/;

/** Runs, one for each dataflow, segment and slot. @see flow-service.md, section 2.7; manage.md, section 5 */
export function runRoutes(app: App, { book, settings }: World): void {
  app.get(`${base}/runs`, (call: Call) => {
    const { items, next, count } = read(call);
    if (count !== undefined) return call.json({ count });
    return call.json({ items, _links: next === undefined ? {} : { next: { href: `/runs?${next}` } } });
  });
  app.get(`${base}/runs/:id`, (call: Call) => {
    const id = call.req.param('id');
    const run = book.runs(call.get('scope')).find((one) => one.id === id);
    if (!run) throw notFound('runs', id ?? '');
    return call.json({ items: [bodyOf(run, settings.now(), settings)] });
  });

  function read(call: Call): Page<JsonObject> {
    const query = queryOf(call);
    const nowMs = settings.now();
    const flows = query
      .getAll('property')
      .find((one) => one.startsWith('flowId=='))
      ?.slice('flowId=='.length)
      .split(',');
    const runs = book.runs(call.get('scope'), ({ id }) => flows === undefined || flows.includes(id));
    const orders = query.get('orderby')?.split(',') ?? [];
    const isLight = [...query.getAll('property'), ...orders].every((one) => light.test(one));
    if (!isLight || query.has('projectionFields'))
      return pageOf(
        runs.map((run) => bodyOf(run, nowMs, settings)),
        query,
      );
    const known = new Map<string, PlannedRun>();
    const page = pageOf(
      runs.map((run): JsonObject => {
        known.set(run.id, run);
        return { id: run.id, flowId: run.flowId, createdAt: run.createdMs, updatedAt: updatedMs(run, nowMs) };
      }),
      query,
    );
    return {
      ...page,
      items: page.items.flatMap(({ id }) => {
        const run = known.get(String(id));
        return run ? [bodyOf(run, nowMs, settings)] : [];
      }),
    };
  }
}
