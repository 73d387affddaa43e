import { pageOf } from '../query.ts';
import { patched } from '../patch.ts';
import type { Collection, Entity, JsonObject, Scope } from '../store.ts';
import { flowError, notFound } from '../wire-error.ts';
import type { World } from '../world.ts';
import { type App, base, bodyOf, type Call, queryOf } from './context.ts';

/** What differs between the four collections. */
export interface Rules {
  /** Members of a new entity. @throws WireError when the body breaks a rule. */
  toMembers(body: JsonObject, scope: Scope): JsonObject;
  /** An entity as it is read: with what the service adds. */
  toView(entity: Entity, scope: Scope): JsonObject;
  /** @throws WireError when something still needs the entity. */
  checkUnused(entity: Entity, scope: Scope): void;
  /** When it is gone. */
  onRemoved?(entity: Entity, scope: Scope): void;
}

/** List, read, create and delete of a collection. @see flow-service.md, sections 2.0, 2.3 to 2.6 */
export function crudRoutes(app: App, world: World, collection: Collection, rules: Rules): void {
  const { store } = world;
  const path = `${base}/${collection}`;

  app.get(path, (call: Call) => {
    const scope = call.get('scope');
    const views = store.shown(scope, collection).map((entity) => rules.toView(entity, scope));
    const { items, next, count } = pageOf(views, queryOf(call));
    if (count !== undefined) return call.json({ count });
    return call.json({
      items,
      _links: next === undefined ? {} : { next: { href: `/${collection}?${next}` } },
    });
  });

  app.get(`${path}/:id`, (call: Call) => {
    const scope = call.get('scope');
    return call.json({ items: [rules.toView(find(world, call, collection), scope)] });
  });

  app.post(path, async (call: Call) => {
    const scope = call.get('scope');
    const body = await bodyOf(call);
    const members = rules.toMembers(body as JsonObject, scope);
    const entity = store.create(scope, collection, members, call.env.hideMs);
    return call.json({ id: entity.id, etag: entity.etag }, 201);
  });

  app.delete(`${path}/:id`, (call: Call) => {
    const scope = call.get('scope');
    const entity = find(world, call, collection);
    rules.checkUnused(entity, scope);
    const { deleteDelayMs } = world.settings;
    const remove = (): void => {
      store.remove(scope, collection, entity.id);
      rules.onRemoved?.(entity, scope);
    };
    if (collection !== 'flows' || deleteDelayMs === 0) remove();
    else if (entity.state !== 'delete-finalizing') {
      // Audiences are unmapped first, and the flow can be read meanwhile.
      entity.state = 'delete-finalizing';
      store.touch(entity, scope.client);
      store.later(deleteDelayMs, remove);
    }
    return call.body(null, 202);
  });
}

/** The entity that a path names. @throws WireError 404 */
export function find({ store }: World, call: Call, collection: Collection): Entity {
  const id = call.req.param('id') ?? '';
  const entity = store.get(call.get('scope'), collection, id);
  if (!entity || store.isHidden(entity)) throw notFound(collection, id);
  return entity;
}

/**
 * If-Match is needed, and must be the etag with its quotes, or one that only the service itself has touched
 * since.
 *
 * @see flow-service.md, section 2.0.3
 */
export function checkIfMatch({ store }: World, call: Call, entity: Entity): void {
  const { etag } = entity;
  const supplied = call.req.header('if-match');
  if (supplied === undefined || supplied === '') throw flowError(400, 'If-Match header is missing');
  if (supplied !== etag && !store.isOwnTouch(entity, supplied)) {
    throw flowError(
      412,
      `Supplied version=[${supplied}] does not match the current version on entity=[${etag}]`,
    );
  }
}

/** PATCH of a connection: at once. Server members and the spec cannot be changed. */
export function patchRoute(
  app: App,
  world: World,
  collection: Exclude<Collection, 'flows'>,
  check: (result: Entity, before: Entity, scope: Scope) => void,
): void {
  app.patch(`${base}/${collection}/:id`, async (call: Call) => {
    const entity = find(world, call, collection);
    checkIfMatch(world, call, entity);
    const { result } = patched(entity, await bodyOf(call));
    if (JSON.stringify(result['connectionSpec']) !== JSON.stringify(entity['connectionSpec'])) {
      throw flowError(400, 'The connection spec can not be changed');
    }
    check(result, entity, call.get('scope'));
    for (const name of ['name', 'description', 'auth', 'params', 'encryption', 'baseConnectionId']) {
      const value = result[name];
      if (value === undefined) Reflect.deleteProperty(entity, name);
      else entity[name] = value;
    }
    world.store.touch(entity, call.get('scope').client);
    return call.json({ id: entity.id, etag: entity.etag });
  });
}
