import {
  type Activation,
  columnType,
  type Item,
  known,
  type Links,
  type List,
  nameOfKey,
  type Segment,
  segmentType,
  unknown,
} from './activation.ts';
import { columnsOf, keyOf, mappingLine, namespaceOf, sourceOf } from './content/columns.ts';
import { wantedEncryption } from './content/encryption.ts';
import { ofLine } from './content/mapping-set.ts';
import { readableParams } from './content/sign-in.ts';
import { type At, isObject } from './plan/json-path.ts';
import { attributeOf, type DeduplicationKey, keyName, type Plan, type PlanSegment } from './plan/plan.ts';
import { identityOf, settingsOf } from './settings.ts';
import { newerCard, takesRare } from './spec/catalog.ts';
import { locationParams } from './spec/storage-location.ts';

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
    signIn: signsIn ? known(readableParams(signsIn.params, connectionSpecId)) : unknown,
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
