import { segmentValues } from '../rules/server-members.ts';
import { isObject } from '../rules/params.ts';
import type { Entity, JsonObject } from '../store.ts';
import { badRequest, notFound } from '../wire-error.ts';
import type { World } from '../world.ts';
import { type App, base, bodyOf, type Call } from './context.ts';

const mostAudiences = 80;
/** Since a segment was mapped. @see manage.md, section 0 */
const mappedMs = 3_600_000;

/** Exports at once, for batch destinations. @see flow-service.md, section 2.12; manage.md, section 6 */
export function adHocRoutes(app: App, { store, book, settings }: World): void {
  app.post('/data/core/activation/disflowprovider/adhocrun', async (call: Call) => {
    const scope = call.get('scope');
    if (!/adhoc\.activation\+json; *version=2/.test(call.req.header('accept') ?? ''))
      throw badRequest('Invalid parameter: exportIds is required');
    const body = await bodyOf(call);
    const info = isObject(body as JsonObject) ? (body as JsonObject)['activationInfo'] : undefined;
    if (!isObject(info) || Object.keys(info).length === 0)
      throw badRequest('Invalid parameter: activationInfo is required');
    const nowMs = settings.now();
    const asked = Object.entries(info).map(([id, list]) => {
      const flow = store.get(scope, 'flows', id);
      if (!flow || store.isHidden(flow)) throw notFound('flows', id);
      const segments = Array.isArray(list) ? list.map(String) : [];
      if (segments.length === 0) throw badRequest(`Invalid parameter: no audience for order ${id}`);
      return { flow, values: segments.map((segment) => valueOf(flow, segment)), segments };
    });
    const count = asked.reduce((sum, { segments }) => sum + new Set(segments).size, 0);
    if (count > mostAudiences)
      throw badRequest(`Invalid parameter: at most ${mostAudiences} audiences can be activated in one job`);
    const out = asked.flatMap(({ flow, values, segments }) =>
      segments.flatMap((id, at) =>
        isExportable(flow, values[at], nowMs) ? [] : [String(values[at]?.['name'] ?? id)],
      ),
    );
    if (out.length > 0)
      throw badRequest(`Segments ${out.join(', ')} are not part of this dataflow or out of schedule range!`);
    for (const { flow, values } of asked) {
      const open = book
        .runs(scope, (one) => one === flow)
        .find(
          ({ segmentId, endedMs }) => endedMs > nowMs && values.some((value) => value?.['id'] === segmentId),
        );
      if (open)
        throw badRequest(
          `Run already going on for audience ${open.segmentId} for order ${flow.id} with run id ${open.id}`,
        );
    }
    const origin = settings.statusOrigin ?? new URL(call.req.url).origin;
    const order = asked.flatMap(({ flow, values }) => {
      const ids = [...new Set(values.map((value) => String(value?.['id'])))];
      return book.ask(flow, scope, ids).map(({ id, segmentId }) => ({
        segment: segmentId,
        order: flow.id,
        statusURL: `${origin}${base}/runs/${id}`,
      }));
    });
    // Rows come in no order.
    return call.json({ order: order.reverse() });
  });
}

/** What a dataflow maps by this id; an external one by that of the platform. */
const valueOf = (flow: Entity, segment: string): JsonObject | undefined =>
  segmentValues(flow['transformations']).find(({ id, systemSegmentId = id }) => systemSegmentId === segment);

/** Enabled, mapped for an hour, and within its dates; one that is exported once has no end. */
function isExportable(flow: Entity, value: JsonObject | undefined, nowMs: number): boolean {
  if (flow.state !== 'enabled' || !value) return false;
  if (nowMs - Number(value['createTime']) * 1000 < mappedMs) return false;
  const schedule = isObject(value['schedule']) ? value['schedule'] : {};
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const { startDate, endDate, frequency } = schedule;
  if (frequency === 'ONCE') return true;
  return String(startDate) <= today && (typeof endDate !== 'string' || today < endDate);
}
