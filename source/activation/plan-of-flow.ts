import type { Flow } from '../flow-service/flows.ts';
import type { Connection } from '../flow-service/connections.ts';
import type { ConnectionSpec, FlowSpec } from '../flow-service/specs.ts';
import { ofFlow } from './of-flow.ts';
import { placeOfSet, type ReadSet, setLink } from './linked-set.ts';
import { readEncryption, saidEncryption } from './content/encryption.ts';
import { sayable, type Unsaid, unsaidItems } from './sayable.ts';
import { identityNames, placeOf, scheduleNames, settingNames } from './settings.ts';
import { type At, isObject, jsonPath, lookUp } from './plan/json-path.ts';
import type { Plan } from './plan/plan.ts';
import { batchDestinations } from './spec/destinations.ts';
import { documented } from './spec/catalog.ts';
import { meantParams } from './spec/storage-location.ts';
import { withoutMarker } from './marker.ts';

/** Why a dataflow is none of those that a plan is about. */
type OtherKind = 'datasets' | 'notBatch' | 'noTarget';

export type FlowReading =
  | { readonly kind: 'plan'; readonly plan: Plan; readonly unsaid: readonly Unsaid[] }
  | { readonly kind: 'other'; readonly why: OtherKind; readonly destination: string };

/** A dataflow, and what it stands on, as it was read. */
interface ReadForPlan {
  readonly flow: Flow;
  readonly target?: Connection | undefined;
  /** The mapping set that it names. */
  readonly set?: ReadSet | undefined;
  /** The account that it stores with. */
  readonly account?: Connection | undefined;
  /** What the platform publishes of its destination; only asked for where ferry does not know that. */
  readonly specs?: readonly ConnectionSpec[];
  readonly flowSpecs?: readonly FlowSpec[];
}

/**
 * A plan that says what a dataflow holds: with `flow`, the account by its id, and no secret. The same dataflow gives
 * the same plan, member by member, and between the two there is no difference.
 *
 * @throws Nothing.
 * @see manage.md, sections 1.1 and 2
 */
export function planOfFlow(
  { flow, target, set, account, ...published }: ReadForPlan,
  sandbox: string,
): FlowReading {
  const other = otherKind(flow, target, published);
  const connectionSpecId = target?.connectionSpec?.id ?? '';
  if (other) return { kind: 'other', why: other, destination: connectionSpecId };
  const found = ofFlow(flow, { target, set });
  const { segments, attributes, beyond, again } = sayable(found);
  const { description } = withoutMarker(flow.description);
  const encryption = account && saidEncryption(account);
  const isKeyHidden = account !== undefined && !encryption && readEncryption(account) !== undefined;
  const plan: Plan = {
    version: 1,
    name: flow.name ?? '',
    ...(description === undefined ? {} : { description }),
    sandbox,
    ...(flow.id === undefined ? {} : { flow: flow.id }),
    destination: {
      connectionSpecId,
      ...(target?.baseConnectionId === undefined ? {} : { baseConnectionId: target.baseConnectionId }),
      ...(encryption ? { encryption } : {}),
      location: inOrder(
        meantParams(target?.params ?? {}, connectionSpecId),
      ) as Plan['destination']['location'],
    },
    segments: [...segments],
    attributes,
  };
  const items = unsaidItems(found, new Set([...beyond, ...again]));
  return {
    kind: 'plan',
    plan,
    unsaid: [
      ...(set?.isGone === true ? [lostSet(set, placeOfSet(flow))] : []),
      ...items,
      ...unsaidMembers(flow.raw),
      ...(isKeyHidden ? [hiddenKey] : []),
    ],
  };
}

/** The columns went with their set: that none is selected does not say that there were none. */
const lostSet = (set: ReadSet, at: At): Unsaid => ({
  what: 'set',
  subject: setLink(set),
  count: 1,
  path: jsonPath(at),
});

/** Files are encrypted, and nobody says with which key. */
const hiddenKey: Unsaid = {
  what: 'member',
  subject: 'encryption',
  count: 1,
  path: '$.destination.encryption',
};

/** Data sets come from another source. @see manage.md, section 1.1 */
const dataLakeSpecId = '23598e46-f560-407b-88d5-ea6207e49db0';

/** Whether a dataflow takes data sets rather than segments. @param sourceSpecId - The spec that it reads from. */
export const isOfDataSets = (hasSchedule: boolean, sourceSpecId: unknown): boolean =>
  hasSchedule || sourceSpecId === dataLakeSpecId;

/** The same of a dataflow as it was read. */
export function exportsDataSets({ raw }: Flow): boolean {
  const sourceSpec = lookUp(raw, ['inheritedAttributes', 'sourceConnections', 0, 'connectionSpec', 'id']);
  // A member that holds nothing says nothing.
  const hasSchedule = (lookUp(raw, ['scheduleParams']) ?? undefined) !== undefined;
  return isOfDataSets(hasSchedule, sourceSpec);
}

function otherKind(
  flow: Flow,
  target: Connection | undefined,
  { specs = [], flowSpecs = [] }: Pick<ReadForPlan, 'specs' | 'flowSpecs'>,
): OtherKind | undefined {
  if (exportsDataSets(flow)) return 'datasets';
  const id = target?.connectionSpec?.id;
  if (id === undefined || target?.params === undefined) return 'noTarget';
  if (documented(id) !== undefined || batchDestinations(specs, flowSpecs).some((spec) => spec.id === id))
    return undefined;
  return 'notBatch';
}

/** Whether it takes a look at what the platform publishes to know what a dataflow leads to. */
export const needsSpec = (target: Connection | undefined): boolean => {
  const id = target?.connectionSpec?.id;
  return id !== undefined && documented(id) === undefined;
};

/** The kind of storage first, then by name: no server promises an order. */
function inOrder(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { mode, ...others } = members;
  const sorted = Object.entries(others)
    .filter(([, value]) => value !== null)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => [name, isObject(value) ? inOrder(value) : value] as const);
  return { ...(mode === undefined ? {} : { mode }), ...Object.fromEntries(sorted) };
}

/** Empty ones, which a migration leaves, say nothing. */
const ofMigration = ['identityMapping', 'attributeMapping'];
const ofParams = [
  ...['segmentSelectors', 'profileSelectors', 'profileMapping', 'mandatoryFields', 'primaryFields'],
  ...ofMigration,
];
/** Members of those that hold lists, or name a set. */
const ofHolders = {
  segmentSelectors: ['selectors'],
  profileSelectors: ['selectors', 'mandatoryFields', 'primaryFields'],
  profileMapping: ['mappingId', 'mappingVersion'],
};
/** What every dataflow has beside those: who, when, what it stands on, and what the platform does with it. */
const ofTop = [
  ...['id', 'name', 'description', 'state', 'flowSpec', 'sourceConnectionIds', 'targetConnectionIds'],
  ...['transformations', 'policy', 'inheritedAttributes', 'scheduleParams', 'runs', 'version', 'etag'],
  ...['createdAt', 'updatedAt', 'createdBy', 'updatedBy', 'createdClient', 'updatedClient'],
  ...['sandboxId', 'sandboxName', 'imsOrgId', 'lastOperation', 'lastRunDetails'],
  ...ofMigration,
];
const ofPolicy = ['enforcementRefs'];
const ofSegment = [
  ...identityNames,
  ...settingNames.map((name) => placeOf(name)[0] ?? name),
  ...['description', 'createTime', 'updateTime'],
];
const ofColumn = ['path', 'operator', 'mapping'];
const ofKey = ['fieldType', 'attributePath', 'identityNamespace'];
const ofSelector = ['type', 'value'];
const ofTransformation = ['name', 'params'];

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.values(value).every(isEmpty));

/**
 * What nobody here knows, or no plan has a place for: other transformations, and members of any name.
 *
 * @param raw - The dataflow as it came.
 */
export function unsaidMembers(raw: unknown): Unsaid[] {
  const found = new Map<string, Unsaid>();
  const note = (what: Unsaid['what'], subject: string, path: string): void => {
    const before = found.get(`${what} ${subject}`);
    found.set(
      `${what} ${subject}`,
      before ? { ...before, count: before.count + 1 } : { what, subject, count: 1, path },
    );
  };
  const members = (held: unknown, known: readonly string[], at: readonly (string | number)[]): void => {
    for (const [name, value] of Object.entries(isObject(held) ? held : {}))
      if (!known.includes(name) && value !== null) note('member', name, jsonPath([...at, name]));
  };
  const migrated = (held: unknown, at: readonly (string | number)[]): void => {
    for (const name of ofMigration)
      if (!isEmpty(lookUp(held, [name]))) note('member', name, jsonPath([...at, name]));
  };
  const listAt = (held: unknown, at: readonly (string | number)[]): readonly unknown[] => {
    const list = lookUp(held, at);
    return Array.isArray(list) ? list : [];
  };
  listAt(raw, ['transformations']).forEach((one, index) => {
    const at = ['transformations', index];
    const params = lookUp(one, ['params']);
    const isOurs = ofParams.some((name) => lookUp(params, [name]) !== undefined);
    const name = lookUp(one, ['name']);
    if (!isOurs && !(isObject(params) && Object.keys(params).length === 0)) {
      note('transformation', typeof name === 'string' ? name : jsonPath(at), jsonPath(at));
      return;
    }
    members(one, ofTransformation, at);
    members(params, ofParams, [...at, 'params']);
    migrated(params, [...at, 'params']);
    for (const [name, known] of Object.entries(ofHolders))
      members(lookUp(params, [name]), known, [...at, 'params', name]);
    listAt(params, ['segmentSelectors', 'selectors']).forEach((selector, place) => {
      const here = [...at, 'params', 'segmentSelectors', 'selectors', place];
      const way = [...here, 'value'];
      members(selector, ofSelector, here);
      members(lookUp(selector, ['value']), ofSegment, way);
      members(lookUp(selector, ['value', 'schedule']), scheduleNames, [...way, 'schedule']);
    });
    listAt(params, ['profileSelectors', 'selectors']).forEach((selector, place) => {
      const way = [...at, 'params', 'profileSelectors', 'selectors', place];
      members(selector, ofSelector, way);
      members(lookUp(selector, ['value']), ofColumn, [...way, 'value']);
    });
    for (const way of [['profileSelectors', 'primaryFields'], ['primaryFields']])
      listAt(params, way).forEach((key, place) => {
        members(key, ofKey, [...at, 'params', ...way, place]);
      });
  });
  members(raw, ofTop, []);
  members(lookUp(raw, ['policy']), ofPolicy, ['policy']);
  migrated(raw, []);
  for (const ref of listAt(raw, ['policy', 'enforcementRefs']))
    note('marketing', String(ref).replace(/^.*\/(\w+)\/constraints$/, '$1'), '$.policy.enforcementRefs');
  return [...found.values()];
}
