import type { PatchOperation } from '../flow-service/flows.ts';
import { ofPlan } from './of-plan.ts';
import { columnsOf, mappingLine, type MappingLine } from './content/columns.ts';
import { encryptionMember, offeredEncryption } from './content/encryption.ts';
import { inputSchemaBody, mappingSetBody, outputSchemaBody } from './content/mapping-set.ts';
import { documented, profileStoreSpecId } from './spec/catalog.ts';
import { longestText } from './longest-text.ts';
import { withMarker } from './marker.ts';
import { emptyTransformation, type NamedSet, patchOf } from './change/patch.ts';
import type { AuthParams, Plan } from './plan/plan.ts';
import { hasSecret } from './plan/secret-reference.ts';
import { locationParams } from './spec/storage-location.ts';
import { isCreateStep, type KnownIds, type RequestStep, reusedIds, stepsToMake, takesSet } from './steps.ts';

/** What stands for an id that is not known yet. @see cli.md, "plan show --requests" */
export const placeholders: KnownIds = {
  flowSpecId: '{flowSpecId}',
  sourceBaseConnectionId: '{sourceBaseConnectionId}',
  sourceConnectionId: '{sourceConnectionId}',
  targetBaseConnectionId: '{targetBaseConnectionId}',
  targetConnectionId: '{targetConnectionId}',
  inputSchemaId: '{inputSchemaId}',
  outputSchemaId: '{outputSchemaId}',
  mappingSetId: '{mappingSetId}',
  flowId: '{flowId}',
  etag: '{etag}',
};

export const basePath = '/data/foundation/flowservice';
export const conversionPath = '/data/foundation/conversion';

/** The version that a mapping set is made with. @see cards.md, section 5.2 */
export const firstVersion = 0;

/** What a masked secret looks like in anything that is shown. */
export const maskedSecret = '********';

/** Auth params with every secret in clear: made just before sending, never stored. */
export interface ResolvedParams {
  readonly [name: string]: string | number | boolean | ResolvedParams;
}

/** Auth params as they may be shown. */
export function maskedParams(plan: Plan): ResolvedParams {
  return masked(plan.destination.auth?.params ?? {});
}

function masked(params: AuthParams): ResolvedParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (hasSecret(value)) return [name, maskedSecret];
      return [name, typeof value === 'object' ? masked(value) : value];
    }),
  );
}

/** Marks every object of one run, so that it can be found again. Nothing when only showing. */
function described(plan: Plan, marker: string | undefined): { description?: string } {
  const description = withMarker(plan.description, marker);
  return description === '' ? {} : { description };
}

const spec = (id: string): { id: string; version: string } => ({ id, version: '1.0' });

const named = (plan: Plan, what: string): string => `${what} · ${plan.name}`.slice(0, longestText);

/** What each object of a plan is called. */
export const objectNames = (plan: Plan) => ({
  'source-base-connection': named(plan, 'Profile Store'),
  'source-connection': named(plan, 'Profile Store source'),
  'target-base-connection': named(plan, `${destinationName(plan)} account`),
  'target-connection': named(plan, `${destinationName(plan)} target`),
  flow: plan.name,
});

/** Body of `POST /connections` for Profile Store. @see flow-service.md, section 2.3 */
export function sourceBaseConnectionBody(plan: Plan, marker?: string): object {
  return {
    name: objectNames(plan)['source-base-connection'],
    ...described(plan, marker),
    connectionSpec: spec(profileStoreSpecId),
  };
}

/** Body of `POST /sourceConnections`. @see section 2.4 */
export function sourceConnectionBody(
  plan: Plan,
  ids: Partial<Pick<KnownIds, 'sourceBaseConnectionId'>>,
  marker?: string,
): object {
  const { sourceBaseConnectionId: baseConnectionId } = ids;
  return {
    name: objectNames(plan)['source-connection'],
    ...described(plan, marker),
    ...(baseConnectionId === undefined ? {} : { baseConnectionId }),
    connectionSpec: spec(profileStoreSpecId),
    ...(takesSet(plan) ? {} : { data: { format: 'CSV', schema: null }, params: {} }),
  };
}

/**
 * Body of `POST /connections` for the destination's account.
 *
 * @param encryption - The member that asks for encryption. @default as is documented
 * @see sections 2.3 and 4.2; cards.md, sections 3.2 and 3.3
 */
export function targetBaseConnectionBody(
  plan: Plan,
  params: ResolvedParams,
  marker?: string,
  encryption: object = encryptionMember(plan, offeredEncryption(plan.destination.connectionSpecId)),
): object {
  const { connectionSpecId, auth } = plan.destination;
  return {
    name: objectNames(plan)['target-base-connection'],
    ...described(plan, marker),
    connectionSpec: spec(connectionSpecId),
    ...(auth
      ? { auth: { specName: auth.specName, params: takesSet(plan) ? withPort(params) : params } }
      : {}),
    ...encryption,
  };
}

/** A port goes as a text, and the usual one not at all. @see cards.md, section 3.1 */
function withPort({ port, ...params }: ResolvedParams): ResolvedParams {
  return port === undefined || String(port) === '22' ? params : { ...params, port: String(port) };
}

/** Body of `POST /targetConnections`. `data` is what the platform's tutorial sends. @see sections 2.5, 4.3 and 7.12; cards.md, section 4 */
export function targetConnectionBody(
  plan: Plan,
  ids: Pick<KnownIds, 'targetBaseConnectionId'>,
  marker?: string,
): object {
  return {
    name: objectNames(plan)['target-connection'],
    ...described(plan, marker),
    baseConnectionId: ids.targetBaseConnectionId,
    connectionSpec: spec(plan.destination.connectionSpecId),
    ...(takesSet(plan) ? {} : { data: { format: 'json', schema: { id: '1.0', version: '1.0' } } }),
    params: locationParams(plan),
  };
}

/** Body of `POST /flows`: the selectors are born empty. @see sections 2.6 and 7.16 */
export function flowBody(
  plan: Plan,
  ids: Pick<KnownIds, 'flowSpecId' | 'sourceConnectionId' | 'targetConnectionId'>,
  marker?: string,
): object {
  return {
    name: objectNames(plan).flow,
    ...described(plan, marker),
    flowSpec: spec(ids.flowSpecId),
    sourceConnectionIds: [ids.sourceConnectionId],
    targetConnectionIds: [ids.targetConnectionId],
    transformations: [emptyTransformation(takesSet(plan))],
  };
}

/** What a schema of a run is called: nothing else of it says whose it is. */
export const schemaName = (plan: Plan, step: 'input-schema' | 'output-schema', marker?: string): string =>
  withMarker(named(plan, step === 'input-schema' ? 'Input schema' : 'Output schema'), marker);

/**
 * The patch that adds segments, attributes, mandatory fields and deduplication keys to a new dataflow.
 *
 * @param set - The mapping set that has the columns, where the card keeps them in one.
 * @see section 5.7; cards.md, section 5.4
 */
export function activationPatch(plan: Plan, set?: NamedSet): PatchOperation[] {
  const transformations = [emptyTransformation(takesSet(plan))];
  return patchOf(ofPlan(plan), { transformations, raw: { transformations } }, 'keep', set);
}

/** The lines of its mapping set. */
export const linesOf = ({ attributes }: Plan): MappingLine[] =>
  columnsOf(attributes.selected).map(mappingLine);

/** The name people know a destination by; the id where the catalog has none. */
export function destinationName(plan: Plan): string {
  return documented(plan.destination.connectionSpecId)?.name ?? 'Destination';
}

/** One request as it would be sent, for showing. @see cli.md, "plan show --requests" */
export interface ShownRequest {
  step: RequestStep;
  method: 'POST' | 'PATCH' | 'GET';
  path: string;
  headers: Record<string, string>;
  body: unknown;
  /** What of the platform its `jsonSchema` is a copy of. */
  copyOf?: Copy;
}

/** Where to read something, and the jq filter that takes it out of the answer. */
export interface Copy {
  readonly path: string;
  readonly filter: string;
}

/** Who is calling, as far as it is known when showing. */
interface Caller {
  authorization: string;
  apiKey: string;
  orgId: string;
}

/**
 * Every request of an apply in its order, with `{…}` for what is not known yet and secrets masked.
 *
 * @param known - Ids that are known already, for instance a flow spec that was looked up.
 */
export function plannedRequests(plan: Plan, caller: Caller, known: Partial<KnownIds> = {}): ShownRequest[] {
  const flowSpecId = plan.destination.flowSpecId ?? documented(plan.destination.connectionSpecId)?.flowSpecId;
  const reused = reusedIds(plan);
  const ids: KnownIds = {
    ...placeholders,
    ...(flowSpecId === undefined ? {} : { flowSpecId }),
    ...reused,
    ...known,
  };
  const headers = {
    Authorization: caller.authorization,
    'x-api-key': caller.apiKey,
    'x-gw-ims-org-id': caller.orgId,
    'x-sandbox-name': plan.sandbox,
    Accept: 'application/json',
  };
  const post = (step: RequestStep, path: string, body: object): ShownRequest => ({
    step,
    method: 'POST',
    path: `${basePath}${path}`,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body,
  });
  const all: ShownRequest[] = [
    post('source-base-connection', '/connections', sourceBaseConnectionBody(plan)),
    post(
      'source-connection',
      '/sourceConnections',
      sourceConnectionBody(plan, takesSet(plan) ? reused : ids),
    ),
    post('target-base-connection', '/connections', targetBaseConnectionBody(plan, maskedParams(plan))),
    post('target-connection', '/targetConnections', targetConnectionBody(plan, ids)),
    ...(takesSet(plan) ? setRequests() : []),
    post('flow', '/flows', flowBody(plan, ids)),
    {
      step: 'activate',
      method: 'PATCH',
      path: `${basePath}/flows/${ids.flowId}`,
      headers: { ...headers, 'Content-Type': 'application/json', 'If-Match': ids.etag },
      body: activationPatch(
        plan,
        takesSet(plan) ? { id: ids.mappingSetId, version: firstVersion } : undefined,
      ),
    },
    { step: 'validate', method: 'GET', path: `${basePath}/flows/${ids.flowId}`, headers, body: null },
  ];
  const making = stepsToMake(plan);
  return all.filter(({ step }) => !isCreateStep(step) || making.includes(step));

  function setRequests(): ShownRequest[] {
    const lines = linesOf(plan);
    const toDataPrep = (step: RequestStep, path: string, body: object): ShownRequest => ({
      ...post(step, path, body),
      path: `${conversionPath}${path}`,
    });
    const union: Copy = {
      path: '/data/core/ups/config/entityTypes/_xdm.context.profile?property=fullSchema==true&property=includeRelationshipDescriptors==true',
      filter: '.',
    };
    const partner: Copy = {
      path: `${basePath}/connectionSpecs/${plan.destination.connectionSpecId}`,
      filter: '.items[0].targetSpec.attributes.partnerSchema.jsonSchema',
    };
    const [input, output] = [
      inputSchemaBody(schemaName(plan, 'input-schema'), {}),
      outputSchemaBody(schemaName(plan, 'output-schema'), {}, lines),
    ];
    return [
      { ...toDataPrep('input-schema', '/schemas', input), copyOf: union },
      { ...toDataPrep('output-schema', '/schemas', output), copyOf: partner },
      toDataPrep('mapping-set', '/mappingSets', mappingSetBody(ids, lines)),
    ];
  }
}
