import type { Connection } from '../flow-service/connections.ts';
import type { Flow, PrimaryField, Transformation } from '../flow-service/flows.ts';
import {
  type Activation,
  columnType,
  type Item,
  known,
  type List,
  nameOfKey,
  type Segment,
  segmentType,
  unknown,
} from './activation.ts';
import { readEncryption } from './content/encryption.ts';
import { ofLine } from './content/mapping-set.ts';
import { readableParams } from './content/sign-in.ts';
import { linkedSet, paramsAt, type ReadSet, setLink } from './linked-set.ts';
import { withoutMarker } from './marker.ts';
import { type At, lookUp } from './plan/json-path.ts';
import { identityOf, settingsOf } from './settings.ts';
import { newerCard, takesRare } from './spec/catalog.ts';
import { heldParams } from './spec/storage-location.ts';

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
    signIn: account?.auth?.params
      ? known(readableParams(account.auth.params, account.connectionSpec?.id))
      : unknown,
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
