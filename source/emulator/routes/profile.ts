import { asAudience, asDefinition, type SeedSegment } from '../seed/segments.ts';
import { sandboxes } from '../seed/sandboxes.ts';
import { unionSchema } from '../seed/union-schema.ts';
import { notFound, problemJson, registryError, segmentationError, WireError } from '../wire-error.ts';
import type { World } from '../world.ts';
import { type App, type Call, queryOf } from './context.ts';

/** Segments, union schema, identities and sandboxes. @see flow-service.md, sections 2.8 to 2.11 */
export function profileRoutes(app: App, world: World): void {
  const ups = '/data/core/ups';

  app.get(`${ups}/segment/definitions`, (call: Call) => {
    const query = queryOf(call);
    const { orgId, sandbox } = call.get('scope');
    const wanted = query.get('evaluationInfo.continuous.enabled');
    const found = sorted(world.segments(), query.get('sort'));
    const all = wanted === 'true' ? found.filter((one) => one.kind === 'streaming') : found;
    const limit = bounded(query.get('limit'), 100);
    const start = query.has('page') ? bounded(query.get('page'), 0) * limit : bounded(query.get('start'), 0);
    return call.json({
      segments: all.slice(start, start + limit).map((one) => asDefinition(one, orgId, sandbox)),
      page: {
        totalCount: all.length,
        totalPages: Math.ceil(all.length / limit),
        sortField: 'creationTime',
        sort: 'desc',
        pageSize: Math.min(limit, Math.max(0, all.length - start)),
        limit,
      },
      link: {},
    });
  });
  app.get(`${ups}/segment/definitions/:id`, (call: Call) => {
    const { orgId, sandbox } = call.get('scope');
    return call.json(asDefinition(segmentOf(world, call), orgId, sandbox));
  });

  app.get(`${ups}/audiences`, (call: Call) => {
    const query = queryOf(call);
    const { orgId, sandbox } = call.get('scope');
    const name = query.get('name')?.toLowerCase() ?? '';
    const description = query.get('description')?.toLowerCase() ?? '';
    const [, property, wanted] = /^(audienceId|id|name)==(.*)$/.exec(query.get('property') ?? '') ?? [];
    const found = sorted(world.segments(), query.get('sort'));
    // Without a filter a page must cost the same, however many segments there are.
    const all =
      name === '' && description === '' && property === undefined
        ? found
        : found.filter(
            (one) =>
              one.name.toLowerCase().includes(name) &&
              one.description.toLowerCase().includes(description) &&
              (property === undefined || (property === 'name' ? one.name : one.id) === wanted),
          );
    const limit = bounded(query.get('limit'), 20);
    const start = bounded(query.get('start'), 0);
    const end = start + limit;
    const next = end < all.length ? String(end) : undefined;
    return call.json({
      children: all.slice(start, end).map((one) => asAudience(one, orgId, sandbox)),
      _page: { totalCount: all.length, pageSize: limit, ...(next === undefined ? {} : { next }) },
      _links: next === undefined ? {} : { next: { href: `@/audiences?start=${next}&limit=${limit}` } },
    });
  });
  app.get(`${ups}/audiences/:id`, (call: Call) => {
    const { orgId, sandbox } = call.get('scope');
    return call.json(asAudience(segmentOf(world, call), orgId, sandbox));
  });

  app.get('/data/foundation/schemaregistry/tenant/unions', (call: Call) => {
    const accept = call.req.header('accept') ?? '';
    requireRegistry(accept);
    if (/;\s*version=/.test(accept))
      throw registryError('XDM-1007', 'Accept header invalid', 'A list takes no version');
    const { $id, title, version, 'meta:altId': altId } = unionSchema;
    const row = { $id, 'meta:altId': altId, version, title };
    const results = accept.includes('-id+json') ? [row] : [{ ...unionSchema }];
    return call.json({
      results,
      _page: { orderby: 'updated', next: null, count: results.length },
      _links: {},
    });
  });
  app.get('/data/foundation/schemaregistry/tenant/unions/:id', (call: Call) => {
    const accept = call.req.header('accept') ?? '';
    requireRegistry(accept);
    if (!/;\s*version=\d/.test(accept))
      throw registryError('XDM-1007', 'Accept header invalid', 'A lookup needs a version');
    const id = call.req.param('id');
    if (id !== '_xdm.context.profile__union' && id !== unionSchema['$id']) throw notFound('unions', id ?? '');
    return call.json(unionSchema);
  });
  app.get(`${ups}/config/entityTypes/_xdm.context.profile`, (call: Call) => call.json(unionSchema));

  app.get('/data/core/idnamespace/identities', (call: Call) =>
    call.json(
      [
        [6, 'Email', 'Email'],
        [4, 'ECID', 'ECID'],
        [7, 'Phone', 'Phone'],
        [17, 'Phone_E.164', 'Phone (E.164)'],
      ].map(([id, code, name]) => ({
        id,
        code,
        name,
        description: name,
        idType: code,
        namespaceType: 'Standard',
        status: 'ACTIVE',
        custom: false,
        createTime: 1551688425455,
        updateTime: 1551688425455,
      })),
    ),
  );

  const management = '/data/foundation/sandbox-management';
  for (const path of [management, `${management}/sandboxes`]) {
    app.get(path, (call: Call) => {
      const query = queryOf(call);
      if (query.has('limit') !== query.has('offset')) throw problemJson('limit and offset go together');
      const limit = bounded(query.get('limit'), mostSandboxes, mostSandboxes);
      const offset = bounded(query.get('offset'), 0);
      const page = sandboxes.slice(offset, offset + limit);
      const href = `${management}/sandboxes?limit={limit}&offset={offset}`;
      return call.json({
        sandboxes: page,
        _page: { limit, count: page.length },
        _links: { page: { href, templated: true } },
      });
    });
  }
  app.get(`${management}/sandboxes/:name`, (call: Call) => {
    const name = call.req.param('name') ?? '';
    const found = sandboxes.find((one) => one.name === name);
    if (!found) throw new WireError(404, { title: `Sandbox not found with name = [${name}]`, status: 404 });
    return call.json(found);
  });
  app.get(`${management}/sandboxTypes`, (call: Call) =>
    call.json({ sandboxTypes: ['production', 'development'] }),
  );
}

/** Most of them on a page. */
const mostSandboxes = 200;

/** Both generations of the registry's own types. @throws WireError */
function requireRegistry(accept: string): void {
  if (!/^application\/vnd\.adobe\.(xed|xdm)/.test(accept))
    throw registryError('XDM-1006', 'Accept header invalid', 'The Accept header is not one of the registry');
}

function segmentOf(world: World, call: Call): SeedSegment {
  const id = call.req.param('id')?.toLowerCase();
  const found = world.segments().find((one) => one.id === id);
  if (!found) throw segmentationError(404, 'NotFound', `Segment not found with id = [${id ?? ''}]`);
  return found;
}

function bounded(text: string | null, usual: number, most = 100): number {
  if (text === null) return usual;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw segmentationError(400, 'BadRequest', `Invalid number [${text}]`);
  return usual > 0 ? Math.max(1, Math.min(most, value)) : value;
}

function sorted(segments: readonly SeedSegment[], sort: string | null): readonly SeedSegment[] {
  const [, field, direction] = /^(updateTime|creationTime|name):(asc|desc)$/.exec(sort ?? '') ?? [];
  if (field === undefined) return segments;
  const sign = direction === 'asc' ? 1 : -1;
  return [...segments].sort(
    (a, b) =>
      sign *
      (field === 'name'
        ? a.name.localeCompare(b.name, 'en')
        : field === 'updateTime'
          ? a.updatedMs - b.updatedMs
          : a.createdMs - b.createdMs),
  );
}
