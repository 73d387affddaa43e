import * as z from 'zod';
import { parseExactly } from '../ground/exact-json.ts';
import { exportNow } from './ad-hoc.ts';
import { connectionIn, type Created, created } from './connections.ts';
import { createDataPrep } from './data-prep.ts';
import { RefusedError } from './errors.ts';
import { flow, listedFlow, type PatchOperation, patched } from './flows.ts';
import { isNotFound, provesGone } from './gone.ts';
import { jsonSchema } from './json-schema.ts';
import { namespaces } from './namespaces.ts';
import { everyPage, inOne, nextPath } from './paging.ts';
import { listSandboxes } from './sandboxes.ts';
import { readLandingZone } from './landing-zone.ts';
import { Limiter } from './limiter.ts';
import { getRuns, mostLists, oldestRun, readRuns } from './read-runs.ts';
import { run } from './runs.ts';
import { readEvaluations } from './segment-jobs.ts';
import { eitherUnion, unionInProfiles, unionInRegistry } from './union-schema.ts';
import { listSegments } from './list-segments.ts';
import { segment } from './segments.ts';
import { closeConnections } from './send.ts';
import { idInPath, ifMatchOf } from './sendable.ts';
import { connectionSpec, flowSpec } from './specs.ts';
import { type CallOptions, type ClientSettings, Transport } from './transport.ts';

import type { Collection, FlowService } from './client.ts';
import { entityOf, isMeant, one, theOne } from './entity.ts';

/** The filter of the dataflows that lead to a destination. @see flow-service.md, section 2.6 */
export const destinationFlows = 'inheritedAttributes.properties.isDestinationFlow==true';

const base = '/data/foundation/flowservice';

/** Where an entity is asked for. @throws UnreadableAnswerError for an id that would mean something else there */
const pathOf = (collection: Collection, id: string): string =>
  `${base}/${collection}/${idInPath(id, `${base}/${collection}`)}`;

/** The platform behind `settings.apiUrl`, for one organisation and one sandbox. */
export function createFlowService(settings: ClientSettings): FlowService {
  const transport = new Transport(settings);
  const lists = new Limiter(mostLists);

  async function read<Shape extends z.ZodType>(
    path: string,
    shape: Shape,
    options?: CallOptions,
    headers?: Record<string, string>,
  ): Promise<z.infer<Shape>> {
    const { value } = await transport.call({
      method: 'GET',
      path,
      shape,
      ...options,
      ...(headers ? { headers } : {}),
    });
    return value;
  }

  async function create(path: string, body: object, options?: CallOptions): Promise<Created> {
    const { value, requestId } = await transport.call({
      method: 'POST',
      path: `${base}${path}`,
      body,
      shape: one(created),
      ...options,
    });
    return { ...value, requestId };
  }

  async function patch(
    collection: Collection,
    id: string,
    etag: string | undefined,
    operations: readonly PatchOperation[],
    options?: CallOptions,
  ): Promise<{ etag?: string | undefined; requestId?: string | undefined }> {
    const { value, requestId } = await transport.call({
      method: 'PATCH',
      path: pathOf(collection, id),
      body: operations,
      headers: { 'If-Match': ifMatchOf(etag, `${base}/${collection}/${id}`) },
      shape: one(patched.optional().catch(undefined)),
      ...options,
    });
    return { etag: value?.etag, requestId };
  }

  /** A collection of the Flow Service, page by page. @see section 2.0.2 */
  function pagesOf<Item extends { id: string }>(
    collection: string,
    shape: z.ZodType<Item>,
    query: [string, string][],
    options?: CallOptions,
  ): AsyncGenerator<Item[]> {
    const path = `${base}/${collection}`;
    const asked = new URLSearchParams(query);
    const first = query.length === 0 ? path : `${path}?${asked}`;
    return everyPage<Item, string>(
      path,
      async (place = first) => {
        const { items, links } = await transport.page(place, shape, options);
        return { items, next: nextPath(links, path, asked) };
      },
      ({ id }) => id,
      options?.isOver,
    );
  }

  const list: FlowService['list'] = (collection, filters = [], options) =>
    pagesOf(
      collection,
      connectionIn[collection],
      [['limit', '100'], ...filters.map((filter): [string, string] => ['property', filter])],
      options,
    );

  const isGone: FlowService['isGone'] = (collection, id, error, options) =>
    provesGone(error, id, () => list(collection, [], options));

  return {
    apiUrl: settings.apiUrl,
    orgId: settings.orgId,
    sandbox: settings.sandbox,
    dataPrep: createDataPrep(transport),
    clock: () => transport.clock,
    callCount: () => transport.calls,

    listConnectionSpecs: (options) => inOne(pagesOf('connectionSpecs', connectionSpec, [], options)),
    async getConnectionSpecs(ids, options) {
      const query: [string, string][] = [['property', `id==${ids.join(',')}`]];
      const found = await inOne(pagesOf('connectionSpecs', connectionSpec, query, options));
      // A service that ignores the filter must not answer for another.
      const wanted = new Set(ids.map((id) => id.toLowerCase()));
      return found.filter(({ id }) => wanted.has(id.toLowerCase()));
    },
    listFlowSpecs: (options) => inOne(pagesOf('flowSpecs', flowSpec, [], options)),

    createConnection: (body, options) => create('/connections', body, options),
    createSourceConnection: (body, options) => create('/sourceConnections', body, options),
    createTargetConnection: (body, options) => create('/targetConnections', body, options),
    createFlow: (body, options) => create('/flows', body, options),

    async getFlow(id, options) {
      const path = pathOf('flows', id);
      const shape = theOne(flow, id);
      const { value, text } = await transport.call({
        method: 'GET',
        path,
        shape,
        isMarked: true,
        ...options,
      });
      return { ...value, raw: entityOf(parseExactly(text), id) };
    },

    patchFlow: (id, etag, operations, options) => patch('flows', id, etag, operations, options),

    patchConnection: patch,

    async act(flowId, op, options) {
      const path = `${pathOf('flows', flowId)}/action?op=${op}`;
      const { requestId } = await transport.call({ method: 'POST', path, shape: z.unknown(), ...options });
      return { requestId };
    },

    async remove(collection, id, options) {
      const path = pathOf(collection, id);
      try {
        await transport.call({ method: 'DELETE', path, shape: z.unknown(), ...options });
        return { alreadyGone: false };
      } catch (error) {
        if (await isGone(collection, id, error, options)) return { alreadyGone: true };
        throw error;
      }
    },

    async getConnection(collection, id, options) {
      const path = pathOf(collection, id);
      const shape = theOne(connectionIn[collection], id);
      const isMarked = collection === 'targetConnections';
      const { value, text } = await transport.call({ method: 'GET', path, shape, isMarked, ...options });
      if (!isMarked) return value;
      const { params } = entityOf(parseExactly(text), id) as { params?: unknown };
      return { ...value, raw: { params } };
    },

    async getSignIn(id, options) {
      const path = pathOf('connections', id);
      const shape = theOne(connectionIn.connections, id);
      const { value, text } = await transport.call({ method: 'GET', path, shape, ...options });
      const { auth } = entityOf(parseExactly(text), id) as { auth?: unknown };
      return { ...value, signIn: auth };
    },

    async exists(collection, id, options) {
      const path = pathOf(collection, id);
      try {
        await read(path, theOne(z.unknown(), id), options);
        return true;
      } catch (error) {
        if (await isGone(collection, id, error, options)) return false;
        if (isNotFound(error)) return true;
        throw error;
      }
    },

    isGone,

    list,

    listFlows: (options) =>
      pagesOf(
        'flows',
        listedFlow,
        [
          ['property', destinationFlows],
          ['limit', '100'],
          ['orderby', '-updatedAt'],
        ],
        options,
      ),

    async countDestinationFlows(options) {
      const query = new URLSearchParams({
        property: destinationFlows,
        count: 'true',
      });
      return (await read(`${base}/flows?${query}`, z.object({ count: z.number() }), options)).count;
    },

    async newestRuns(flowId, options) {
      const query = new URLSearchParams({
        property: `flowId==${flowId}`,
        orderby: '-createdAt',
        limit: '100',
      });
      const { items } = await read(`${base}/runs?${query}`, z.object({ items: z.array(run) }), options);
      // A service that ignores the filter must not answer for another.
      return items.filter((one) => one.flowId === undefined || isMeant({ id: one.flowId }, flowId));
    },

    readRuns: (wanted, options) => readRuns(transport, wanted, options, lists),
    getRuns: (ids, options) => getRuns(transport, ids, options, lists),
    getRun: (id, options) => {
      const collection = `${base}/runs`;
      return read(`${collection}/${idInPath(id, collection)}`, theOne(run, id), options);
    },
    oldestRun: (options) => oldestRun(transport, options),
    readEvaluations: (sinceMs, options) => readEvaluations(transport, sinceMs, options),
    exportNow: (wanted, options) => exportNow(transport, wanted, options),

    async getSegment(id, options) {
      const at = (service: string): string => `/data/core/ups/${service}/${encodeURIComponent(id)}`;
      try {
        return await read(at('audiences'), segment, options);
      } catch (error) {
        // As with the list: an organisation without audiences has segment definitions.
        if (!(error instanceof RefusedError) || (error.status !== 403 && error.status !== 404)) throw error;
        return read(at('segment/definitions'), segment, options);
      }
    },

    listSegments: (options) => listSegments(transport, options),

    getUnionSchema: (options) =>
      eitherUnion(unionInRegistry, unionInProfiles, ({ path, headers }) =>
        read(path, jsonSchema, options, headers),
      ),

    listNamespaces: (options) => read('/data/core/idnamespace/identities', namespaces, options),

    listSandboxes: (options) => inOne(listSandboxes(transport, options)),
    readLandingZone: (options) => readLandingZone(transport, options),

    close: closeConnections,
  };
}
