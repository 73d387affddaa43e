import { patched } from '../patch.ts';
import { isObject } from '../rules/params.ts';
import { checkTransformations } from '../rules/selectors.ts';
import { isNewerCard } from '../specs/cards.ts';
import { type Entity, type Json, type JsonObject, type Scope, serviceClient } from '../store.ts';
import { badRequest, flowError, notFound, WireError } from '../wire-error.ts';
import type { World } from '../world.ts';
import { type App, base, bodyOf, type Call } from './context.ts';
import { checkIfMatch, crudRoutes, find } from './crud.ts';

/** Dataflows. A patch is answered at once and seen later. @see flow-service.md, section 2.6 */
export function flowRoutes(app: App, world: World): void {
  const { store, settings } = world;
  /** The newest transformations of a flow, seen or not: the next patch builds on them. */
  const newest = new WeakMap<Entity, Entity>();

  crudRoutes(app, world, 'flows', {
    toMembers: (body, scope) => toFlow(world, body, scope),
    toView: (entity, scope) => ({
      ...entity,
      inheritedAttributes: inherited(world, scope, entity),
      runs: `/runs?property=flowId==${entity.id}`,
    }),
    checkUnused: () => undefined,
  });

  app.patch(`${base}/flows/:id`, async (call: Call) => {
    const entity = find(world, call, 'flows');
    checkIfMatch(world, call, entity);
    const before = newest.get(entity) ?? entity;
    const { result, ops } = patched(before, await bodyOf(call));
    const [targetId] = Array.isArray(entity['targetConnectionIds']) ? entity['targetConnectionIds'] : [];
    const target = store.get(call.get('scope'), 'targetConnections', String(targetId));
    const isNewer = isForNewerCard(target);
    if (isNewer) checkMapping(result['transformations']);
    checkTransformations(result['transformations'], world, isNewer);
    const at = settings.now();
    const transformations = withServerMembers(result['transformations'], at, settings.silentlyDropAttributes);
    newest.set(entity, { ...result, transformations });
    const operation = (percent: number, value: string): JsonObject => ({
      started: at,
      updated: settings.now(),
      percentCompleted: percent,
      status: { value, properties: null, errors: [] },
      ops,
      operation: 'update',
    });
    entity['lastOperation'] = operation(0, 'IN_PROGRESS');
    store.touch(entity, call.get('scope').client);
    const half = Math.floor(settings.patchDelayMs / 2);
    // One after the other: two timers that are both late may fire in either order.
    store.later(half, () => {
      entity['lastOperation'] = operation(50, 'IN_PROGRESS');
      store.later(settings.patchDelayMs - half, () => {
        const { name, description } = result;
        Object.assign(entity, {
          name,
          description,
          transformations,
          lastOperation: operation(100, 'completed'),
        });
        store.touch(entity, serviceClient);
      });
    });
    if (settings.patchAnswer === 'empty') return call.body(null, 202);
    return call.json({ id: entity.id, etag: entity.etag }, settings.patchAnswer === '200' ? 200 : 202);
  });

  app.post(`${base}/flows/:id/action`, (call: Call) => {
    const entity = find(world, call, 'flows');
    const op = call.req.query('op')?.toLowerCase();
    if (op !== 'enable' && op !== 'disable') throw flowError(400, `Unsupported action [${op ?? ''}]`);
    entity.state = op === 'enable' ? 'enabled' : 'disabled';
    store.touch(entity, call.get('scope').client);
    return call.json({ id: entity.id, etag: entity.etag });
  });
}

function toFlow({ store, flowSpecs }: World, body: JsonObject, scope: Scope): JsonObject {
  const { name, description, flowSpec, sourceConnectionIds, targetConnectionIds, transformations } = body;
  if (typeof name !== 'string' || name.trim() === '') throw badRequest('name is required');
  if (body['state'] !== undefined) throw flowError(400, 'state can not be set when a flow is created');
  if (!isObject(flowSpec)) throw badRequest('Please provide a valid spec id');
  if (typeof flowSpec['version'] !== 'string') {
    throw new WireError(422, { message: "flowSpec.version 'version' is required for spec info" });
  }
  const spec = flowSpecs.get(String(flowSpec['id']));
  if (!spec) throw badRequest('Please provide a valid spec id');
  const source = onlyOne(sourceConnectionIds, 'sourceConnectionIds');
  const target = onlyOne(targetConnectionIds, 'targetConnectionIds');
  const sourceEntity = store.get(scope, 'sourceConnections', source);
  if (!sourceEntity) throw notFound('sourceConnections', source);
  const targetEntity = store.get(scope, 'targetConnections', target);
  if (!targetEntity) throw notFound('targetConnections', target);
  const fits = (entity: Entity, list: Json | undefined): boolean =>
    isObject(entity['connectionSpec']) &&
    Array.isArray(list) &&
    list.includes(entity['connectionSpec']['id'] ?? null);
  if (
    !fits(sourceEntity, spec['sourceConnectionSpecIds']) ||
    !fits(targetEntity, spec['targetConnectionSpecIds'])
  ) {
    throw badRequest('The flow spec does not go with the source and target connections');
  }
  if (!Array.isArray(transformations)) throw badRequest('transformations is required');
  if (isForNewerCard(targetEntity)) checkMapping(transformations);
  for (const one of transformations) {
    const params = isObject(one) && isObject(one['params']) ? one['params'] : {};
    for (const holder of [params['segmentSelectors'], params['profileSelectors']]) {
      const selectors = isObject(holder) ? holder['selectors'] : [];
      if (!Array.isArray(selectors) || selectors.length > 0)
        throw badRequest('The selectors of a new flow must be empty');
    }
  }
  return {
    name,
    ...(typeof description === 'string' ? { description } : {}),
    flowSpec,
    sourceConnectionIds: [source],
    targetConnectionIds: [target],
    transformations,
    policy: { enforcementRefs: [] },
  };
}

const isForNewerCard = (target: Entity | undefined): boolean =>
  isObject(target?.['connectionSpec']) && isNewerCard(target['connectionSpec']['id']);

/**
 * The cards of today take attributes by a mapping set of the Data Prep service, which is not emulated: there is
 * no set that a dataflow could name.
 *
 * @see cards.md, sections 5.4 and 5.5
 */
function checkMapping(transformations: Json | undefined): void {
  for (const one of Array.isArray(transformations) ? transformations : []) {
    const params = isObject(one) && isObject(one['params']) ? one['params'] : {};
    if (params['profileSelectors'] !== undefined)
      throw flowError(400, 'profileSelectors is not supported for this destination, use profileMapping');
    const { profileMapping } = params;
    if (profileMapping === undefined) continue;
    if (!isObject(profileMapping)) throw flowError(400, 'profileMapping must be an object');
    if (Object.keys(profileMapping).length > 0)
      throw flowError(400, `Mapping set not found with id = [${String(profileMapping['mappingId'])}]`);
  }
}

function onlyOne(list: Json | undefined, name: string): string {
  const [id] = Array.isArray(list) && list.length === 1 ? list : [];
  if (typeof id !== 'string') throw badRequest(`${name} must hold one id`);
  return id;
}

/** What the service adds to selectors. @see flow-service.md, section 5.6 */
function withServerMembers(transformations: Json | undefined, atMs: number, dropAttributes: boolean): Json {
  const seconds = String(Math.floor(atMs / 1000));
  const list = structuredClone(transformations);
  for (const one of Array.isArray(list) ? list : []) {
    const params = isObject(one) ? one['params'] : undefined;
    if (!isObject(params)) continue;
    for (const selector of selectorsOf(params['segmentSelectors'])) {
      const value = selector['value'];
      if (isObject(value))
        Object.assign(value, { createTime: value['createTime'] ?? seconds, updateTime: seconds });
    }
    const profile = params['profileSelectors'];
    if (dropAttributes && isObject(profile)) profile['selectors'] = [];
    for (const selector of selectorsOf(profile)) {
      const value = selector['value'];
      const path = isObject(value) ? value['path'] : undefined;
      if (!isObject(value) || typeof path !== 'string') continue;
      Object.assign(value, {
        operator: 'EXISTS',
        mapping: {
          sourceType: 'text/x.schema-path',
          source: path,
          destination: path,
          identity: false,
          primaryIdentity: false,
          functionVersion: 0,
          copyModeMapping: false,
          sourceAttribute: path,
          destinationXdmPath: path,
        },
      });
    }
  }
  return list ?? [];
}

function selectorsOf(holder: Json | undefined): JsonObject[] {
  const selectors = isObject(holder) ? holder['selectors'] : undefined;
  return Array.isArray(selectors) ? selectors.filter(isObject) : [];
}

function inherited({ store }: World, scope: Scope, flow: Entity): JsonObject {
  const side = (collection: 'sourceConnections' | 'targetConnections', ids: Json | undefined): Json[] =>
    (Array.isArray(ids) ? ids : []).map((id) => {
      const entity = store.get(scope, collection, String(id));
      const typeInfo =
        collection === 'sourceConnections' ? { typeInfo: { type: 'ProfileFragments', id: 'ups' } } : {};
      return {
        id,
        connectionSpec: entity?.['connectionSpec'],
        baseConnection: {
          id: entity?.['baseConnectionId'] ?? null,
          connectionSpec: entity?.['connectionSpec'],
        },
        ...typeInfo,
      };
    });
  return {
    properties: { isDestinationFlow: true },
    sourceConnections: side('sourceConnections', flow['sourceConnectionIds']),
    targetConnections: side('targetConnections', flow['targetConnectionIds']),
  };
}
