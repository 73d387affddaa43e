import { filter } from '../query.ts';
import type { JsonObject } from '../store.ts';
import { flowError, notFound } from '../wire-error.ts';
import type { World } from '../world.ts';
import { type App, base, type Call, queryOf } from './context.ts';

/** Connection specs and flow specs: filtered by `property`, never paged. @see flow-service.md, sections 2.1 and 2.2 */
export function specRoutes(app: App, world: World): void {
  const collection = (name: 'connectionSpecs' | 'flowSpecs'): void => {
    const specs = world[name];
    app.get(`${base}/${name}`, (call: Call) => {
      const query = queryOf(call);
      for (const key of query.keys()) {
        if (key !== 'property') throw flowError(400, `Unsupported query parameter [${key}]`);
      }
      return call.json({ items: filter<JsonObject>([...specs.values()], query.getAll('property')) });
    });
    app.get(`${base}/${name}/:id`, (call: Call) => {
      const id = call.req.param('id') ?? '';
      const spec = specs.get(id);
      if (!spec) throw notFound(name, id);
      return call.json({ items: [spec] });
    });
  };
  collection('connectionSpecs');
  collection('flowSpecs');
}
