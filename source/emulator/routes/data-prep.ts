import { checkColumns, mappingsOf, preview, stored, validation } from '../rules/mappings.ts';
import { isObject } from '../rules/params.ts';
import { namesSet } from '../rules/profile-mapping.ts';
import { unionSchema } from '../seed/union-schema.ts';
import type { DocumentKind, Json, JsonObject, Scope, Versions } from '../store.ts';
import { problem, WireError } from '../wire-error.ts';
import type { World } from '../world.ts';
import { type App, bodyOf, type Call, queryOf } from './context.ts';

const base = '/data/foundation/conversion';

/** Schemas and mapping sets. Nothing here has an etag, and every create answers 200. @see cards.md, sections 5.2 and 5.3 */
export function dataPrepRoutes(app: App, world: World): void {
  const { store, settings } = world;

  app.post(`${base}/schemas`, async (call: Call) => {
    const members = schemaMembers(await objectOf(call));
    const { hideMs } = call.env;
    const { id, version } = store.keep(call.get('scope'), 'schemas', members, { hideMs });
    const { jsonSchema, ...reference } = members;
    // A copy is answered without its name, a reference with it.
    return call.json({
      id,
      version,
      ...('schemaRef' in members ? { ...reference, jsonSchema } : { jsonSchema }),
    });
  });
  app.get(`${base}/schemas`, (call: Call) => call.json(pageOf(call, store, 'schemas', schemaView)));
  app.get(`${base}/schemas/:id`, (call: Call) =>
    call.json(schemaView(versionOf(find(world, call, 'schemas'), 0))),
  );

  app.post(`${base}/mappingSets/validate`, async (call: Call) => {
    const body = await objectOf(call);
    const input = schemaOf(world, call.get('scope'), body['inputSchema']);
    return call.json({ validationResponse: validation(mappingsOf(body), input) });
  });
  app.post(`${base}/mappingSets/preview`, async (call: Call) => {
    const { data, mappingSet } = await objectOf(call);
    if (!isObject(data) || !isObject(mappingSet))
      throw problem(400, 'BadRequestError', 'data and mappingSet are required');
    return call.json(preview(mappingsOf(mappingSet), data));
  });

  app.post(`${base}/mappingSets`, async (call: Call) => {
    const scope = call.get('scope');
    const members = setMembers(scope, await objectOf(call));
    const { hideMs } = call.env;
    const { id, version, createdDate, modifiedDate, createdBy, modifiedBy } = store.keep(
      scope,
      'mappingSets',
      members,
      { hideMs },
    );
    return call.json({ id, version, createdDate, modifiedDate, createdBy, modifiedBy });
  });
  app.get(`${base}/mappingSets`, (call: Call) => call.json(pageOf(call, store, 'mappingSets', viewOf(call))));
  app.get(`${base}/mappingSets/:id`, (call: Call) => call.json(viewOf(call)(named(call))));
  app.get(`${base}/mappingSets/:id/mappings`, (call: Call) => call.json(named(call)['mappings']));
  app.get(`${base}/mappingSets/:id/mappings/:mapping`, (call: Call) => {
    const id = call.req.param('mapping') ?? '';
    const mappings = named(call)['mappings'];
    const found = (Array.isArray(mappings) ? mappings : []).find((one) => isObject(one) && one['id'] === id);
    if (!isObject(found)) throw missing('mappings', id);
    return call.json(found);
  });
  app.put(`${base}/mappingSets/:id`, async (call: Call) => {
    const scope = call.get('scope');
    const earlier = find(world, call, 'mappingSets');
    const { inputSchema, name } = versionOf(earlier, earlier.length - 1);
    const body = await objectOf(call);
    if (!isObject(body['outputSchema'])) throw problem(400, 'BadRequestError', 'outputSchema is required');
    const unchanged = {
      ...(inputSchema === undefined ? {} : { inputSchema }),
      ...(name === undefined ? {} : { name }),
    };
    const next = setMembers(scope, { ...unchanged, ...body });
    const updated = store.keep(scope, 'mappingSets', next, { id: String(earlier[0]['id']) });
    return call.json(settings.putAnswer === 'echo' ? body : viewOf(call)(updated));
  });
  app.delete(`${base}/mappingSets/:id`, (call: Call) => {
    const scope = call.get('scope');
    const [{ id }] = find(world, call, 'mappingSets');
    if (store.all(scope, 'flows').some((flow) => namesSet(flow, String(id))))
      throw problem(400, 'BadRequestError', `Mapping set [${String(id)}] is still used by a flow`);
    store.forget(scope, 'mappingSets', String(id));
    return call.body(null, 204);
  });

  /** The version of a set that a request names: without a word it is the first. */
  function named(call: Call): JsonObject {
    const asked = queryOf(call).get('version') ?? '0';
    if (!/^\d+$/.test(asked)) throw problem(400, 'BadRequestError', `Invalid version [${asked}]`);
    return versionOf(find(world, call, 'mappingSets'), Number(asked));
  }

  function setMembers(scope: Scope, body: JsonObject): JsonObject {
    const { name, inputSchema, outputSchema, xdmVersion = '1.0' } = body;
    const mappings = mappingsOf(body);
    schemaOf(world, scope, inputSchema);
    const output = schemaOf(world, scope, outputSchema);
    checkColumns(mappings, settings.strictCards ? (output ?? {}) : undefined);
    return {
      ...(typeof name === 'string' ? { name } : {}),
      ...(inputSchema === undefined ? {} : { inputSchema: referenceOf(inputSchema) }),
      ...(outputSchema === undefined ? {} : { outputSchema: referenceOf(outputSchema) }),
      mappings: mappings.map(stored),
      xdmVersion,
    };
  }

  function viewOf(call: Call): (set: JsonObject) => JsonObject {
    return ({ xdmVersion, mappings, outputSchema, ...others }) => {
      const output =
        queryOf(call).get('expandSchema') === 'true' && isObject(outputSchema)
          ? { ...outputSchema, jsonSchema: schemaOf(world, call.get('scope'), outputSchema) }
          : outputSchema;
      return {
        ...others,
        supportVersion: '1.1',
        ...(output === undefined ? {} : { outputSchema: output }),
        mappings,
        status: 'PUBLISHED',
        strictMapping: false,
        allowNullValues: false,
        xdmVersion,
      };
    };
  }
}

/** A body that is an object, or a refusal in the words of this service. @see cards.md, section 11 (16) */
async function objectOf(call: Call): Promise<JsonObject> {
  const body = await bodyOf(call).catch((error: unknown) => {
    if (error instanceof WireError)
      throw problem(error.status, 'BadRequestError', 'The request body is no JSON');
    throw error;
  });
  if (!isObject(body)) throw problem(400, 'BadRequestError', 'The request body must be an object');
  return body;
}

/** A schema comes as a copy, or by reference to the union schema. */
function schemaMembers({ name, jsonSchema, schemaRef }: JsonObject): JsonObject {
  const called = typeof name === 'string' ? { name } : {};
  if (isObject(jsonSchema)) return { ...called, jsonSchema };
  if (!isObject(schemaRef)) throw problem(400, 'BadRequestError', 'jsonSchema or schemaRef is required');
  const { id, contentType } = schemaRef;
  if (id !== unionSchema['$id'] || typeof contentType !== 'string')
    throw problem(400, 'BadRequestError', `Schema not found with id = [${String(id)}]`);
  return { ...called, jsonSchema: JSON.stringify(unionSchema), schemaRef };
}

const schemaView = ({ id, version, name, jsonSchema, schemaRef }: JsonObject): JsonObject => ({
  id,
  version,
  ...(name === undefined ? {} : { name }),
  jsonSchema,
  ...(schemaRef === undefined ? {} : { schemaRef }),
});

/** A schema that a set names, by id or as the union; nothing where it names none. @throws WireError (400) */
function schemaOf({ store }: World, scope: Scope, reference: Json | undefined): JsonObject | undefined {
  if (reference === undefined) return undefined;
  const { id, schemaRef } = isObject(reference) ? reference : {};
  if (id === undefined && isObject(schemaRef) && schemaRef['id'] === unionSchema['$id']) return unionSchema;
  const [found] = store.document(scope, 'schemas', String(id)) ?? [];
  if (!found) throw problem(400, 'BadRequestError', `Schema not found with id = [${String(id)}]`);
  const { jsonSchema } = found;
  return isObject(jsonSchema) ? jsonSchema : (JSON.parse(String(jsonSchema)) as JsonObject);
}

const referenceOf = (reference: Json): Json =>
  isObject(reference) && reference['id'] !== undefined ? { id: reference['id'], version: 0 } : reference;

function find({ store }: World, call: Call, kind: DocumentKind): Versions {
  const id = call.req.param('id') ?? '';
  const found = store.document(call.get('scope'), kind, id);
  if (!found) throw missing(kind, id);
  return found;
}

function versionOf(versions: Versions, number: number): JsonObject {
  const found = versions[number];
  if (!found) throw missing('versions', String(number));
  return found;
}

const missing = (kind: string, id: string): WireError =>
  problem(404, 'NotFoundError', `${kind} not found with id = [${id}]`);

/** A page of the newest versions. `limit` and `start` are needed. */
function pageOf(
  call: Call,
  store: World['store'],
  kind: DocumentKind,
  view: (document: JsonObject) => JsonObject,
): JsonObject {
  const query = queryOf(call);
  const [limit, start] = ['limit', 'start'].map((name) => {
    const value = query.get(name) ?? '';
    if (!/^\d+$/.test(value)) throw problem(400, 'BadRequestError', `${name} is required`);
    return Number(value);
  });
  const name = query.get('name');
  const all = store
    .documents(call.get('scope'), kind)
    .map((versions) => versionOf(versions, versions.length - 1))
    .filter((one) => name === null || one['name'] === name);
  const [, sign = '-', field = 'updatedDate'] = /^([ +-]?)(\w+)$/.exec(query.get('orderBy') ?? '') ?? [];
  const member = { createdDate: 'createdDate', updatedDate: 'modifiedDate', modifiedDate: 'modifiedDate' }[
    field
  ];
  if (member === undefined) throw problem(400, 'BadRequestError', `Invalid orderBy [${field}]`);
  const direction = sign === '-' ? -1 : 1;
  all.sort((one, other) => direction * (Number(one[member]) - Number(other[member])));
  const page = all.slice(start, Number(start) + Number(limit));
  return { data: page.map(view), _page: { count: page.length, limit } };
}
