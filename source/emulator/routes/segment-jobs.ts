import { idOf } from '../runs/plan-runs.ts';
import { evaluationsOf } from '../runs/slots.ts';
import type { JsonObject } from '../store.ts';
import type { World } from '../world.ts';
import { type App, type Call, queryOf } from './context.ts';

const dayMs = 86_400_000;
const mostJobs = 100;

/**
 * Evaluations: one of all segments each day, the latest first. Whose segments are asked for gets those too.
 *
 * @see manage.md, section 5.6
 */
export function segmentJobRoutes(app: App, { book, settings }: World): void {
  app.get('/data/core/ups/segment/jobs', (call: Call) => {
    const query = queryOf(call);
    const nowMs = settings.now();
    const sinceMs = nowMs - settings.keepRunsDays * dayMs;
    const jobs = evaluationsOf(sinceMs, nowMs).map(({ beginMs, endMs }): JsonObject => {
      const isOver = endMs <= nowMs;
      const status = !isOver ? 'PROCESSING' : book.isEvaluated(endMs) ? 'SUCCEEDED' : 'FAILED';
      return {
        id: idOf(`evaluation ${endMs}`),
        status,
        segments: [{ segmentId: '*' }],
        schema: { name: '_xdm.context.profile' },
        ...(isOver ? { metrics: { totalTime: { startTimeInMs: beginMs, endTimeInMs: endMs } } } : {}),
        creationTime: beginMs,
        updateTime: isOver ? endMs : beginMs,
      };
    });
    const sorted = query.get('sort') === 'creationTime:asc' ? jobs : jobs.toReversed();
    const numberOf = (name: string, usual: number): number => {
      const value = Number(query.get(name) ?? usual);
      return Number.isInteger(value) && value >= 0 ? value : usual;
    };
    const [start, limit] = [numberOf('start', 0), Math.min(mostJobs, numberOf('limit', mostJobs))];
    const children = sorted.slice(start, start + limit);
    return call.json({ children, _page: { totalCount: jobs.length, pageSize: children.length } });
  });
}
