import { isDeepStrictEqual } from 'node:util';
import { checkDatasets } from '../rules/datasets.ts';
import { encryptionOf } from '../rules/encryption.ts';
import { checkNewerTargetParams, checkParams, checkTargetParams, isObject, own } from '../rules/params.ts';
import { isNewerCard, landingZone } from '../specs/cards.ts';
import { dataLakeId, profileStoreId } from '../specs/other-specs.ts';
import type { Entity, Json, JsonObject, Scope } from '../store.ts';
import { badRequest, flowError, notFound, WireError } from '../wire-error.ts';
import type { World } from '../world.ts';
import { crudRoutes, find, patchRoute } from './crud.ts';
import { type App, base, type Call } from './context.ts';

/** Base, source and target connections. @see flow-service.md, sections 2.3 to 2.5 */
export function connectionRoutes(app: App, world: World): void {
  const { store, settings } = world;

  crudRoutes(app, world, 'connections', {
    toMembers(sent) {
      const body: JsonObject = settings.acceptBareLandingZone
        ? { connectionSpec: landingZoneSpec, ...sent }
        : sent;
      const spec = specOf(world, body);
      checkAuth(body['auth'], spec);
      return {
        ...named(body),
        connectionSpec: body['connectionSpec'],
        ...(body['auth'] === undefined ? {} : { auth: body['auth'] }),
        ...encryptionOf(body, spec, settings.encryptionMember),
      };
    },
    toView: (entity) => withAuth(entity, world),
    checkUnused(entity, scope) {
      const users = (['sourceConnections', 'targetConnections'] as const).flatMap((name) =>
        store.all(scope, name),
      );
      if (users.some((one) => one['baseConnectionId'] === entity.id)) {
        throw flowError(400, `The connection ${entity.id} is still used`);
      }
    },
  });
  patchRoute(app, world, 'connections', (result, before) => {
    const spec = specOf(world, result);
    if (!isDeepStrictEqual(result['auth'], before['auth'])) checkAuth(result['auth'], spec);
    const { encryption, encryptionSpecs } = result;
    const isAsked = !isDeepStrictEqual(encryption, before['encryption']);
    const asked: JsonObject = {
      ...(isAsked && encryption !== undefined ? { encryption } : {}),
      ...(encryptionSpecs === undefined ? {} : { encryptionSpecs }),
    };
    const isGone = isAsked && encryption === undefined;
    const held = before['encryption'];
    Reflect.deleteProperty(result, 'encryption');
    // A member that is not known is ignored.
    Object.assign(
      result,
      isGone || held === undefined ? {} : { encryption: held },
      encryptionOf(asked, spec, settings.encryptionMember),
    );
  });

  app.get(`${base}/connections/:id/test`, (call: Call) => {
    find(world, call, 'connections');
    return call.json({ result: true });
  });

  crudRoutes(app, world, 'sourceConnections', {
    toMembers(body, scope) {
      const spec = specOf(world, body);
      const id = String(spec['id']);
      if (id !== profileStoreId && id !== dataLakeId) throw badRequest('Please provide a valid spec id');
      if (id === dataLakeId) checkDatasets(body['params']);
      const baseId = body['baseConnectionId'];
      if (baseId !== undefined) baseOf(world, scope, baseId, id);
      return {
        ...named(body),
        connectionSpec: body['connectionSpec'],
        ...(baseId === undefined ? {} : { baseConnectionId: baseId }),
        data: body['data'] ?? null,
        params: body['params'] ?? {},
      };
    },
    toView(entity, scope) {
      const inheritedAttributes = inherited(world, scope, entity);
      if (specId(entity) !== dataLakeId)
        return { ...entity, typeInfo: { type: 'ProfileFragments', id: 'ups' }, inheritedAttributes };
      // One that was never sent is read back all the same.
      return { ...entity, baseConnectionId: entity['baseConnectionId'] ?? entity.id, inheritedAttributes };
    },
    checkUnused: (entity, scope) => checkNoFlow(world, scope, 'sourceConnectionIds', entity),
  });
  patchRoute(app, world, 'sourceConnections', () => undefined);

  crudRoutes(app, world, 'targetConnections', {
    toMembers(body, scope) {
      const spec = specOf(world, body);
      if (!isObject(spec['targetSpec'])) throw badRequest('Please provide a valid spec id');
      if (body['baseConnectionId'] === undefined) throw badRequest('baseConnectionId is required');
      baseOf(world, scope, body['baseConnectionId'], String(spec['id']));
      checkTarget(body['params'], spec);
      return {
        ...named(body),
        baseConnectionId: body['baseConnectionId'],
        connectionSpec: body['connectionSpec'],
        params: body['params'],
      };
    },
    toView: (entity, scope) => ({
      ...entity,
      ...(isNewerCard(specId(entity)) ? {} : { data: { format: 'CSV', schema: null, properties: null } }),
      inheritedAttributes: inherited(world, scope, entity),
    }),
    checkUnused: (entity, scope) => checkNoFlow(world, scope, 'targetConnectionIds', entity),
  });
  patchRoute(app, world, 'targetConnections', (result, _, scope) => {
    const spec = specOf(world, result);
    // Nowhere documented: another account of the same spec is taken, as a dataflow's target is (manage.md, 3.3).
    baseOf(world, scope, result['baseConnectionId'], String(spec['id']));
    checkTarget(result['params'], spec);
  });

  function checkTarget(params: Json | undefined, { id, targetSpec }: JsonObject): void {
    const schema = isObject(targetSpec) ? targetSpec['spec'] : undefined;
    if (isNewerCard(id)) checkNewerTargetParams(params, schema, settings.strictCards);
    else checkTargetParams(params, schema);
  }

  /** Secrets read back masked; the day of the sign-in is added. */
  function withAuth(entity: Entity, { connectionSpecs }: World): JsonObject {
    const auth = entity['auth'];
    if (!isObject(auth) || !isObject(auth['params'])) return entity;
    const spec = connectionSpecs.get(specId(entity));
    const entry = authEntry(spec, auth['specName']);
    const schema =
      isObject(entry?.['spec']) && isObject(entry['spec']['properties']) ? entry['spec']['properties'] : {};
    const params = settings.maskSecrets ? masked(auth['params'], schema) : auth['params'];
    const authorizedDate = new Date(entity.createdAt).toISOString().slice(0, 10);
    return { ...entity, auth: { ...auth, params: { ...params, authorizedDate } } };
  }
}

/** Secrets of every depth as `****`. */
function masked(params: JsonObject, properties: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const property = own(properties, name);
      if (!isObject(property)) return [name, value];
      if (isObject(value) && isObject(property['properties']))
        return [name, masked(value, property['properties'])];
      return [name, property['format'] === 'password' ? '****' : value];
    }),
  );
}

function named(body: JsonObject): JsonObject {
  const { name, description } = body;
  if (typeof name !== 'string' || name.trim() === '') throw badRequest('name is required');
  return { name, ...(typeof description === 'string' ? { description } : {}) };
}

const specId = (entity: JsonObject): string => {
  const spec = entity['connectionSpec'];
  return isObject(spec) ? String(spec['id']) : '';
};

const landingZoneSpec = { id: landingZone, version: '1.0' };

/** @throws WireError 422 without a version, 400 for an unknown spec. */
function specOf({ connectionSpecs }: World, body: JsonObject): JsonObject {
  const named = body['connectionSpec'];
  if (!isObject(named) || typeof named['version'] !== 'string') {
    throw new WireError(422, { message: "connectionSpec.version 'version' is required for spec info" });
  }
  const spec = connectionSpecs.get(String(named['id']));
  if (!spec) throw badRequest('Please provide a valid spec id');
  return spec;
}

function authEntry(spec: JsonObject | undefined, specName: Json | undefined): JsonObject | undefined {
  const entries = Array.isArray(spec?.['authSpec']) ? spec['authSpec'] : [];
  return entries.filter(isObject).find((entry) => entry['name'] === specName);
}

function checkAuth(auth: Json | undefined, spec: JsonObject): void {
  const entries = Array.isArray(spec['authSpec']) ? spec['authSpec'] : [];
  if (entries.length === 0) {
    if (auth !== undefined) throw badRequest('auth is not supported for this connection spec');
    return;
  }
  if (!isObject(auth)) throw badRequest('auth is required for this connection spec');
  const entry = authEntry(spec, auth['specName']);
  if (!entry)
    throw flowError(400, `Auth spec [${String(auth['specName'])}] not found for the connection spec`);
  const params = auth['params'];
  // The card says nothing of a port; its tutorial sends one.
  const isServer = isNewerCard(spec['id']) && String(auth['specName']).startsWith('SFTP');
  const { port, ...others } = isObject(params) ? params : {};
  const isPort = isServer && (typeof port === 'string' || typeof port === 'number');
  const taken = isPort ? others : params;
  checkParams(taken, entry['spec'], 'auth.params');
  // What a read shows instead of a secret is none. @see manage.md, section 10
  if (isObject(params) && Object.values(params).includes('****'))
    throw badRequest('auth.params holds a mask in place of a secret');
}

function baseOf({ store }: World, scope: Scope, id: Json | undefined, wantedSpec: string): Entity {
  const base = store.get(scope, 'connections', String(id));
  if (!base) throw notFound('connections', String(id));
  if (specId(base) !== wantedSpec) throw badRequest('The base connection is of another connection spec');
  return base;
}

function inherited({ store }: World, scope: Scope, entity: Entity): JsonObject {
  const base = store.get(scope, 'connections', String(entity['baseConnectionId']));
  // Made without a base connection of its own, a source connection gets one from the service.
  const id = base?.id ?? entity.id;
  return { baseConnection: { id, connectionSpec: entity['connectionSpec'] } };
}

function checkNoFlow({ store }: World, scope: Scope, member: string, entity: Entity): void {
  const users = store.all(scope, 'flows').filter((flow) => (flow[member] as Json[]).includes(entity.id));
  if (users.length > 0) throw flowError(400, `The connection ${entity.id} is still used by a flow`);
}
