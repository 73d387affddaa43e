import type { Connection } from '../flow-service/connections.ts';
import type { Flow, PrimaryField, Transformation } from '../flow-service/flows.ts';
import { type At, lookUp, isObject } from './plan/json-path.ts';
import { withoutMarker } from './marker.ts';
import {
  attributeOf,
  keyName,
  type Plan,
  type PlanSegment,
  type Selected,
  type DeduplicationKey,
} from './plan/plan.ts';
import { type Identity, type Settings, settingsOf } from './settings.ts';
import { type Encryption, readEncryption, wantedEncryption } from './content/encryption.ts';
import { readableParams } from './content/sign-in.ts';
import { columnsOf, keyOf, mappingLine, namespaceOf, sourceOf } from './content/columns.ts';
import { ofLine, type StoredLine } from './content/mapping-set.ts';
import { newerCard, takesRare } from './spec/catalog.ts';
import { heldParams, locationParams } from './spec/storage-location.ts';

/** What was not looked at is unknown, never absent. `unread`: it was looked at, and does not say. */
export type Known<Value> =
  | { readonly kind: 'known'; readonly value: Value }
  | { readonly kind: 'unknown' | 'unread' };

const known = <Value>(value: Value): Known<Value> => ({ kind: 'known', value });
const unknown = { kind: 'unknown' } as const;

/** Members of an object, of any name. */
export type Members = Readonly<Record<string, unknown>>;

/** A segment that is exported, and how. */
export interface Segment extends Identity {
  /** The type of its selector. */
  readonly type: string;
  readonly settings: Settings;
  readonly at: At;
  /** Where its members stand. */
  readonly inner: At;
  /** The selector as it was read. */
  readonly raw?: unknown;
}

/** A column, a mandatory field or a deduplication key. */
export interface Item {
  readonly name: string;
  readonly at: At;
  /** As the platform holds it. */
  readonly value: unknown;
  /** Of a column, as a plan selects it; nothing where that is its name. */
  readonly selected?: Selected | undefined;
}

export interface List<Of> {
  /** Whether it was not read: then nothing is said of it. */
  readonly isUnread?: boolean | undefined;
  /** Where the list stands, or should. */
  readonly at: At;
  readonly items: readonly Of[];
}

/** Objects that a dataflow hangs on. */
export type Links = Partial<
  Record<'flowSpec.id' | 'sourceConnectionIds' | 'targetConnectionIds' | 'profileMapping', string>
>;

/** A mapping set in a version, as a link says it. */
export const setLink = ({ id, version }: LinkedSet): string => `${id} · ${version ?? '?'}`;

/** What a dataflow exports: what is wanted and what is there are the same noun. */
export interface Activation {
  readonly name: Known<string>;
  readonly description: Known<string | undefined>;
  /** The marker of the run that made it; it stays when the description changes. */
  readonly marker?: string | undefined;
  /** In small letters. */
  readonly state: Known<string | undefined>;
  readonly links: Links;
  /** The base connection of the destination. */
  readonly account: Known<string>;
  /** How files are encrypted; nothing where they are not. */
  readonly encryption: Known<Encryption | undefined>;
  /** The way in which the account signs in, as its spec calls it. */
  readonly signInMethod: Known<string>;
  /** What of the account's sign-in can be read, and is no secret. */
  readonly signIn: Known<Members>;
  /** `params` of the target connection. */
  readonly location: Known<Members>;
  readonly segments: List<Segment>;
  /** A card of today keeps its columns in a mapping set, and what is mandatory or a key by itself. */
  readonly hasSet: boolean;
  /** Its card exports every week and every month. */
  readonly takesRare: boolean;
  /** Their order counts. */
  readonly columns: List<Item>;
  readonly mandatory: List<Item>;
  readonly keys: List<Item>;
  /** A plan as it is written, but for its lists: also how to get there, such as sandbox, source and sign-in. */
  readonly document: Known<Members>;
}

/**
 * What a plan wants of a dataflow that was read. How CSV is written is nothing that a plan about a dataflow asks for
 * where neither of the two says it; what a plan makes is sent with all of it.
 *
 * @see cards.md, section 4.1
 */
export function ofPlanOver(plan: Plan, found: Activation, links: Links = {}): Activation {
  const wanted = ofPlan(plan, links);
  const { location } = wanted;
  const said = plan.destination.location['csvOptions'];
  if (plan.flow === undefined || location.kind !== 'known' || found.location.kind !== 'known') return wanted;
  const { csvOptions: asked, ...others } = location.value;
  const held = found.location.value['csvOptions'];
  if (!isObject(asked) || (isObject(said) && !isObject(held))) return wanted;
  const known = { ...(isObject(held) ? held : {}), ...(isObject(said) ? said : {}) };
  const left = Object.entries(asked).filter(([name]) => Object.hasOwn(known, name));
  const csvOptions = left.length > 0 ? { csvOptions: Object.fromEntries(left) } : {};
  return { ...wanted, location: { kind: 'known', value: { ...others, ...csvOptions } } };
}

/**
 * What a plan wants.
 *
 * @param links - What the dataflow must hang on, as far as the caller knows.
 */
export function ofPlan(plan: Plan, links: Links = {}): Activation {
  const { name, description, segments, attributes } = plan;
  const { selected, mandatory, deduplication, ...otherAttributes } = attributes;
  const { auth, baseConnectionId, connectionSpecId } = plan.destination;
  // What a plan makes is signed in with what it says.
  const signsIn = plan.flow === undefined ? undefined : auth;
  const hasSet = newerCard(connectionSpecId) !== undefined;
  // A column that is an identity is mandatory, or a key, by its namespace.
  const named = (path: string): string => (hasSet ? (namespaceOf(path) ?? sourceOf(path)) : path);
  const asSent = (key: DeduplicationKey): DeduplicationKey => {
    if (!hasSet || key.fieldType !== 'ATTRIBUTE') return { ...key };
    const meant = keyOf(key.attributePath);
    return meant.fieldType === 'ATTRIBUTE' ? { ...key, attributePath: sourceOf(key.attributePath) } : meant;
  };
  const listed = (names: readonly Omit<Item, 'at'>[], at: At): List<Item> => ({
    at,
    items: names.map((item, index) => ({ ...item, at: [...at, index] })),
  });
  return {
    name: known(name),
    description: known(description),
    // One that is there already may well be paused.
    state: plan.flow === undefined ? known('enabled') : unknown,
    links,
    // Without an id the account is one that a sign-in makes.
    account: baseConnectionId === undefined ? unknown : known(baseConnectionId),
    encryption: plan.destination.encryption === undefined ? unknown : known(wantedEncryption(plan)),
    signInMethod: signsIn ? known(signsIn.specName) : unknown,
    signIn: signsIn ? known(readableParams(signsIn.params)) : unknown,
    location: known(locationParams(plan)),
    segments: { at: ['segments'], items: segments.map(ofSegment) },
    hasSet,
    takesRare: takesRare(connectionSpecId),
    columns: listed(
      hasSet
        ? columnsOf(selected).map((column) => ofLine(mappingLine(column)))
        : selected
            .map(attributeOf)
            .map((path) => ({ name: path, value: { type: columnType, value: { path } } })),
      ['attributes', 'selected'],
    ),
    mandatory: listed(
      mandatory.map(named).map((path) => ({ name: path, value: path })),
      ['attributes', 'mandatory'],
    ),
    keys: listed(
      deduplication.map(asSent).map((key) => ({ name: nameOfKey(key.fieldType, keyName(key)), value: key })),
      ['attributes', 'deduplication'],
    ),
    document: known({ ...plan, $schema: undefined, segments: undefined, attributes: otherAttributes }),
  };
}

function ofSegment(segment: PlanSegment, index: number): Segment {
  const at = ['segments', index];
  return { ...identityOf(segment), type: segmentType, settings: settingsOf(segment), at, inner: at };
}

/** @see flow-service.md, sections 5.1 and 5.4 */
export const segmentType = 'PLATFORM_SEGMENT';
const columnType = 'JSON_PATH';

const identityOf = ({ id, systemSegmentId, namespace, name }: Identity): Identity => ({
  id,
  systemSegmentId,
  namespace,
  name,
});

const nameOfKey = (fieldType: string, name = ''): string => `${fieldType} ${name}`;

/** A dataflow as it was read, or a part of it. */
export type ReadFlow = Pick<Flow, 'transformations'> & Partial<Flow>;

/** What a dataflow hangs on, as far as it was read. */
export interface Joins {
  /** The mapping set that it names, in that version. */
  readonly set?: ReadSet | undefined;
  readonly target?: Pick<Connection, 'baseConnectionId' | 'params' | 'connectionSpec'> | undefined;
  /** It was looked for where it stores: it names no place, or that is gone. */
  readonly hasNoTarget?: boolean | undefined;
  /** The account that it stores with. */
  readonly account?: Connection | undefined;
}

/** A mapping set as it was read; one that is gone has no lines. */
export interface ReadSet {
  readonly id: string;
  readonly version: number;
  readonly isGone?: boolean | undefined;
  readonly lines: readonly StoredLine[];
  readonly inputSchemaId?: string | undefined;
  readonly outputSchemaId?: string | undefined;
  /** The set as it came but for its lines, for sending it again. */
  readonly raw?: unknown;
}

/** A mapping set as a dataflow names it; without a version where that cannot be read. */
export interface LinkedSet {
  readonly id: string;
  readonly version?: number | undefined;
}

/** The mapping set that a dataflow names. */
export function linkedSet({ transformations }: Pick<Flow, 'transformations'>): LinkedSet | undefined {
  const [named] = transformations.flatMap(({ params }) => params?.profileMapping ?? []);
  return named?.mappingId === undefined ? undefined : { id: named.mappingId, version: named.mappingVersion };
}

/** Where it names one. */
export const placeOfSet = ({ transformations }: Pick<Flow, 'transformations'>): At => [
  ...paramsAt(transformations.findIndex(({ params }) => params?.profileMapping !== undefined)),
  'profileMapping',
];

/** Whether a dataflow keeps its columns in a mapping set: it says so, or what it leads to does. */
function keepsSet({ transformations, raw }: ReadFlow, target: Joins['target']): boolean {
  if (transformations.some(({ params }) => params?.profileMapping !== undefined)) return true;
  return newerCard(cardOf({ raw }, target)) !== undefined;
}

/** The connection spec of what a dataflow leads to, as far as it is known. */
function cardOf({ raw }: Pick<ReadFlow, 'raw'>, target: Joins['target']): string {
  const inherited = lookUp(raw, ['inheritedAttributes', 'targetConnections', 0, 'connectionSpec', 'id']);
  return target?.connectionSpec?.id ?? String(inherited);
}

/** The columns of a set; not read where the dataflow names another, or one that nobody has read. */
function columnsOfSet(flow: ReadFlow, at: At, set: ReadSet | undefined): List<Item> {
  const named = linkedSet(flow);
  const isRead = named === undefined || (set?.id === named.id && set.version === named.version);
  const lines = named && isRead ? (set?.lines ?? []) : [];
  return {
    at,
    items: lines.map((line, index) => ({ ...ofLine(line), at: [...at, index] })),
    ...(isRead ? {} : { isUnread: true }),
  };
}

/**
 * What a dataflow exports.
 *
 * @param hasSet - Whether its card keeps columns in a mapping set, where somebody knows.
 * @throws Nothing.
 * @see flow-service.md, sections 2.6 and 5.6
 */
export function ofFlow(
  flow: ReadFlow,
  { target, set, hasNoTarget, account }: Joins = {},
  hasSet = keepsSet(flow, target),
): Activation {
  const silent = { kind: target !== undefined || hasNoTarget === true ? ('unread' as const) : unknown.kind };
  const card = cardOf(flow, target);
  const { name, state, transformations } = flow;
  const { description, marker } = withoutMarker(flow.description);
  const home = homeOf(transformations);
  const columnHome = transformations.findIndex(({ params }) => params?.profileSelectors !== undefined);
  const base = paramsAt(columnHome < 0 ? home : columnHome);
  const named = linkedSet(flow);
  const whole = (member: 'mandatoryFields' | 'primaryFields'): List<Item> => {
    const { params } = transformations[Number(base[1])] ?? {};
    // Newer cards keep these two beside the selectors instead of inside.
    const isBeside =
      hasSet ||
      (params?.profileSelectors?.[member] === undefined &&
        (params?.mandatoryFields ?? params?.primaryFields) !== undefined);
    const found = placed<string | PrimaryField>(flow, ({ profileSelectors, ...others }) => [
      [['profileSelectors', member], profileSelectors?.[member]],
      [[member], others[member]],
    ]);
    return {
      at: [...base, ...(isBeside ? [] : ['profileSelectors']), member],
      items: found.map(({ read, at, raw }) => ({ name: nameOfField(read), at, value: raw })),
    };
  };
  return {
    name: name === undefined ? unknown : known(name),
    // A dataflow without a name was not read as a whole.
    description: name === undefined ? unknown : known(description),
    marker,
    state: name === undefined && state === undefined ? unknown : known(state?.toLowerCase()),
    links: {
      ...(flow.flowSpec ? { 'flowSpec.id': flow.flowSpec.id } : {}),
      ...(flow.sourceConnectionIds ? { sourceConnectionIds: flow.sourceConnectionIds.join(', ') } : {}),
      ...(flow.targetConnectionIds ? { targetConnectionIds: flow.targetConnectionIds.join(', ') } : {}),
      ...(named ? { profileMapping: setLink(named) } : {}),
    },
    account: target?.baseConnectionId === undefined ? silent : known(target.baseConnectionId),
    encryption: account ? known(readEncryption(account)) : unknown,
    signInMethod: account?.auth ? known(account.auth.specName) : unknown,
    signIn: account?.auth?.params ? known(readableParams(account.auth.params)) : unknown,
    location: target?.params ? known(heldParams(target.params, target.connectionSpec?.id ?? '')) : silent,
    segments: {
      at: [...paramsAt(home), 'segmentSelectors', 'selectors'],
      items: placed(flow, ({ segmentSelectors: held }) => [
        [['segmentSelectors', 'selectors'], held?.selectors],
      ]).map(({ read: { type = segmentType, value }, at, raw }): Segment => ({
        ...identityOf(value),
        type,
        settings: settingsOf(value),
        at,
        inner: [...at, 'value'],
        raw,
      })),
    },
    hasSet,
    takesRare: hasSet && (newerCard(card) === undefined || takesRare(card)),
    columns: hasSet
      ? columnsOfSet(flow, [...base, 'profileMapping'], set)
      : {
          at: [...base, 'profileSelectors', 'selectors'],
          items: placed(flow, ({ profileSelectors: held }) => [
            [['profileSelectors', 'selectors'], held?.selectors],
          ]).map(({ read: { type = columnType, value }, at, raw }) => ({
            // A path that is meant otherwise is another column.
            name: type === columnType ? value.path : `${type} ${value.path}`,
            at,
            value: raw,
          })),
        },
    mandatory: whole('mandatoryFields'),
    keys: whole('primaryFields'),
    document: unknown,
  };
}

type Params = NonNullable<Transformation['params']>;

/** The members of some lists of every transformation: as read, where they stand, and as they came. */
function placed<Of>(
  { transformations, raw }: ReadFlow,
  listsOf: (params: Params) => readonly (readonly [At, readonly Of[] | undefined])[],
): { read: Of; at: At; raw: unknown }[] {
  return transformations.flatMap(({ params }, index) =>
    (params ? listsOf(params) : []).flatMap(([where, list = []]) =>
      list.map((read, i) => {
        const at = [...paramsAt(index), ...where, i];
        return { read, at, raw: lookUp(raw, at) ?? read };
      }),
    ),
  );
}

const paramsAt = (index: number): At => ['transformations', index, 'params'];

/** The transformation that has the segments, or should: one of another kind is left alone. @see section 7.21 */
function homeOf(transformations: readonly Transformation[]): number {
  const withSegments = transformations.findIndex(({ params }) => params?.segmentSelectors !== undefined);
  if (withSegments >= 0) return withSegments;
  const general = transformations.findIndex(({ name = '' }) => /^general ?transform$/i.test(name));
  return general >= 0 ? general : transformations.length;
}

function nameOfField(field: PrimaryField | string): string {
  if (typeof field === 'string') return field;
  const { attributePath, identityNamespace } = field;
  const type = field.fieldType ?? (attributePath === undefined ? 'IDENTITY' : 'ATTRIBUTE');
  return nameOfKey(type, type === 'ATTRIBUTE' ? attributePath : identityNamespace);
}
