import { isDeepStrictEqual } from 'node:util';
import type { Settings } from '../options.ts';
import { patched } from '../patch.ts';
import { checkScheduleParams, isOfDatasets } from '../rules/datasets.ts';
import { isObject } from '../rules/params.ts';
import { mappedSources } from '../rules/profile-mapping.ts';
import { checkTransformations, type NewerCard } from '../rules/selectors.ts';
import { segmentValues, withServerMembers } from '../rules/server-members.ts';
import { logMember } from '../runs/export-log.ts';
import { isNewerCard } from '../specs/cards.ts';
import { dataLakeId } from '../specs/other-specs.ts';
import { type Entity, type Json, type JsonObject, type Scope, serviceClient } from '../store.ts';
import { badRequest, flowError, notFound, WireError } from '../wire-error.ts';
import type { World } from '../world.ts';
import { type App, base, bodyOf, type Call } from './context.ts';
import { checkIfMatch, crudRoutes, find } from './crud.ts';

/** Dataflows. A patch is answered at once and seen later. @see flow-service.md, section 2.6 */
export function flowRoutes(app: App, world: World): void {
  const { store, settings, book } = world;
  /** The newest transformations of a flow, seen or not: the next patch builds on them. */
  const newest = new WeakMap<Entity, Entity>();

  crudRoutes(app, world, 'flows', {
    toMembers: (body, scope) => toFlow(world, body, scope),
    toView: (entity, scope) => ({
      ...Object.fromEntries(Object.entries(entity).filter(([name]) => name !== logMember)),
      inheritedAttributes: inherited(world, scope, entity),
      runs: `/runs?property=flowId==${entity.id}`,
      ...lastRunOf(world, scope, entity),
    }),
    checkUnused: () => undefined,
    onRemoved: (entity, scope) => book.bury(entity, scope),
  });

  app.patch(`${base}/flows/:id`, async (call: Call) => {
    const scope = call.get('scope');
    const entity = find(world, call, 'flows');
    checkSettled(settings, entity);
    checkIfMatch(world, call, entity);
    const before = newest.get(entity) ?? entity;
    const { result, ops } = patched(before, await bodyOf(call));
    checkFixed(before, result);
    const target = targetOf(world, scope, result, before);
    const newer = newerCardOf(target, world, scope);
    checkTransformations(result['transformations'], world, newer);
    const at = settings.now();
    if (settings.strictChanges) checkStarts(before, result, at);
    const transformations = withServerMembers(result['transformations'], {
      before: before['transformations'],
      atMs: at,
      dropAttributes: settings.silentlyDropAttributes,
      isNewer: newer !== undefined,
    });
    newest.set(entity, { ...result, transformations });
    const operation = (percent: number, value: string): JsonObject => ({
      started: at,
      updated: settings.now(),
      percentCompleted: percent,
      status: { value, properties: null, errors: [] },
      ops,
      operation: 'update',
    });
    const { state } = entity;
    if (settings.strictChanges) entity.state = 'updating';
    entity['lastOperation'] = operation(0, 'IN_PROGRESS');
    store.touch(entity, scope.client);
    const half = Math.floor(settings.patchDelayMs / 2);
    // One after the other: two timers that are both late may fire in either order.
    store.later(half, () => {
      entity['lastOperation'] = operation(50, 'IN_PROGRESS');
      store.later(settings.patchDelayMs - half, () => {
        book.close(entity, scope);
        for (const name of changeable) {
          const value = result[name];
          if (value === undefined) Reflect.deleteProperty(entity, name);
          else entity[name] = value;
        }
        entity['transformations'] = transformations;
        entity['lastOperation'] = operation(100, 'completed');
        if (entity.state === 'updating') entity.state = state;
        store.touch(entity, serviceClient);
      });
    });
    if (settings.patchAnswer === 'empty') return call.body(null, 202);
    return call.json({ id: entity.id, etag: entity.etag }, settings.patchAnswer === '200' ? 200 : 202);
  });

  app.post(`${base}/flows/:id/action`, (call: Call) => {
    const scope = call.get('scope');
    const entity = find(world, call, 'flows');
    const op = call.req.query('op')?.toLowerCase();
    if (op !== 'enable' && op !== 'disable') throw flowError(400, `Unsupported action [${op ?? ''}]`);
    checkSettled(settings, entity);
    const wanted = op === 'enable' ? 'enabled' : 'disabled';
    if (entity.state === wanted) {
      if (settings.strictChanges) throw flowError(400, `The flow is in state [${wanted}] already`);
      return call.json({ id: entity.id, etag: entity.etag });
    }
    book.close(entity, scope);
    entity.state = wanted;
    const at = settings.now();
    entity['lastOperation'] = {
      started: at,
      updated: at,
      percentCompleted: 100,
      status: { value: 'completed', properties: null, errors: [] },
      ops: [],
      operation: op,
    };
    if (settings.strictChanges) {
      entity.state = op === 'enable' ? 'enabled-finalizing' : 'disabling';
      store.later(settings.patchDelayMs, () => {
        entity.state = wanted;
        store.touch(entity, serviceClient);
      });
    }
    store.touch(entity, scope.client);
    return call.json({ id: entity.id, etag: entity.etag });
  });
}

/** What an update may change. @see manage.md, sections 2.2 and 2.3 */
const changeable = [
  'name',
  'description',
  'transformations',
  'sourceConnectionIds',
  'targetConnectionIds',
  'policy',
  'scheduleParams',
];

/** @throws WireError for an update of what only the service sets, or nobody does. @see manage.md, sections 2.3 and 10 */
function checkFixed(before: JsonObject, result: JsonObject): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(result)])) {
    if (changeable.includes(name) || isDeepStrictEqual(before[name], result[name])) continue;
    if (name === 'state') throw flowError(400, 'state can not be updated, use the action');
    throw flowError(400, `[${name}] can not be updated`);
  }
  if (typeof result['name'] !== 'string' || result['name'].trim() === '')
    throw badRequest('name is required');
}

/** Between two states nothing is taken. @see flow-service.md, section 2.0.5 */
function checkSettled(settings: Settings, entity: Entity): void {
  const isSettled = entity.state === 'enabled' || entity.state === 'disabled';
  if (entity.state === 'delete-finalizing' || (settings.strictChanges && !isSettled))
    throw flowError(400, `The flow can not be updated in state [${entity.state}]`);
}

/** The target connection that a dataflow exports to: another one only where it is of the same card. */
function targetOf(world: World, scope: Scope, result: JsonObject, before: JsonObject): Entity | undefined {
  const of = (flow: JsonObject): Entity | undefined => {
    const ids = flow['targetConnectionIds'];
    const [id] = Array.isArray(ids) ? ids : [];
    return world.store.get(scope, 'targetConnections', String(id));
  };
  const target = of(result);
  if (isDeepStrictEqual(result['targetConnectionIds'], before['targetConnectionIds'])) return target;
  const id = onlyOne(result['targetConnectionIds'], 'targetConnectionIds');
  if (!target) throw notFound('targetConnections', id);
  if (!isDeepStrictEqual(target['connectionSpec'], of(before)?.['connectionSpec']))
    throw flowError(400, 'The connection spec of a flow can not be changed');
  return target;
}

/** A start that is over may stay, and is refused where it is a new one. @see manage.md, section 2.3 */
function checkStarts(before: JsonObject, result: JsonObject, atMs: number): void {
  const starts = (flow: JsonObject): Map<Json | undefined, Json | undefined> =>
    new Map(
      segmentValues(flow['transformations']).map(({ id, schedule }) => [
        id,
        isObject(schedule) ? schedule['startDate'] : undefined,
      ]),
    );
  const today = new Date(atMs).toISOString().slice(0, 10);
  const earlier = starts(before);
  for (const [id, start] of starts(result)) {
    if (typeof start === 'string' && start < today && earlier.get(id) !== start)
      throw flowError(400, `startDate [${start}] is in the past`);
  }
}

function toFlow(world: World, body: JsonObject, scope: Scope): JsonObject {
  const { store, flowSpecs } = world;
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
  const { scheduleParams } = body;
  if (scheduleParams !== undefined) {
    if (!isOfDatasets(spec)) throw badRequest('scheduleParams is for datasets only');
    checkScheduleParams(scheduleParams);
  }
  const newer = newerCardOf(targetEntity, world, scope);
  for (const one of transformations) {
    const params = isObject(one) && isObject(one['params']) ? one['params'] : {};
    newer?.mapped(params);
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
    ...(scheduleParams === undefined ? {} : { scheduleParams }),
    policy: { enforcementRefs: [] },
  };
}

/** What counts for a dataflow to a card of today, and for no other. */
function newerCardOf(target: Entity | undefined, world: World, scope: Scope): NewerCard | undefined {
  const spec = target?.['connectionSpec'];
  const id = isObject(spec) ? String(spec['id']) : '';
  if (!isNewerCard(id)) return undefined;
  const { strictCards } = world.settings;
  return {
    id,
    mapped(params) {
      const sources = mappedSources(params, world, scope);
      return strictCards ? sources : undefined;
    },
  };
}

function onlyOne(list: Json | undefined, name: string): string {
  const [id] = Array.isArray(list) && list.length === 1 ? list : [];
  if (typeof id !== 'string') throw badRequest(`${name} must hold one id`);
  return id;
}

/** None where it never ran. @see manage.md, section 1.2 */
function lastRunOf({ book, settings }: World, scope: Scope, flow: Entity): JsonObject {
  const run = book.last(flow, scope);
  if (!run) return {};
  const isOver = run.endedMs <= settings.now();
  return {
    lastRunDetails: {
      id: run.id,
      state: isOver ? (run.course.status ?? 'success') : 'processing',
      startedAtUTC: run.startedMs,
      ...(isOver ? { completedAtUTC: run.endedMs } : {}),
    },
  };
}

function inherited({ store }: World, scope: Scope, flow: Entity): JsonObject {
  const side = (collection: 'sourceConnections' | 'targetConnections', ids: Json | undefined): Json[] =>
    (Array.isArray(ids) ? ids : []).map((id) => {
      const entity = store.get(scope, collection, String(id));
      const typeInfo =
        collection === 'sourceConnections' ? { typeInfo: { type: 'ProfileFragments', id: 'ups' } } : {};
      const connectionSpec = entity?.['connectionSpec'];
      // Of datasets nothing more is shown. @see cards.md, section 7
      if (isObject(connectionSpec) && connectionSpec['id'] === dataLakeId) return { id, connectionSpec };
      return {
        id,
        connectionSpec,
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
