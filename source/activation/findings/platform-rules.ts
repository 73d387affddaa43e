import type { Connection } from '../../flow-service/connections.ts';
import type { Sandbox } from '../../flow-service/sandboxes.ts';
import type { Segment } from '../../flow-service/segments.ts';
import type { ConnectionSpec, FlowSpec } from '../../flow-service/specs.ts';
import { authMethods } from '../spec/auth-spec.ts';
import { lookUp } from '../plan/json-path.ts';
import { fieldProblem, pathOf } from '../spec/field.ts';
import type { Finding } from './findings.ts';
import { attributeOf, listedId, type Plan } from '../plan/plan.ts';
import { type Problem, problem } from '../plan/problem.ts';
import { isBase64 } from '../plan/secret-reference.ts';
import { fromList } from '../content/columns.ts';
import { type AttributeNode, isExpression, membershipStatus } from '../content/profile-attributes.ts';
import type { ResolvedParams } from '../requests.ts';
import { takesSet } from '../steps.ts';
import { sameId } from '../same-id.ts';

/** Whether a sandbox can be written to, as far as the list of sandboxes says. @see flow-service.md, section 2.11 */
export function sandboxProblems({ sandbox }: Plan, sandboxes: readonly Sandbox[]): Problem[] {
  const found = sandboxes.find(({ name }) => name === sandbox);
  if (!found) return [problem('platform.sandboxUnknown', '$.sandbox', { sandbox })];
  return found.state === 'active'
    ? []
    : [problem('platform.sandboxState', '$.sandbox', { sandbox, state: found.state })];
}

const unready = new Set(['draft', 'inactive']);

/**
 * Segments that are not there, or not ready. @param segments - Those of the plan that were found.
 * @see flow-service.md, section 2.8
 */
export function segmentProblems({ segments }: Plan, known: readonly Segment[]): Problem[] {
  return segments.flatMap((one, index): Problem[] => {
    const { id, name } = one;
    const path = `$.segments[${index}].id`;
    const found = known.find(({ id }) => sameId(id, listedId(one)));
    const segment = name ?? id;
    if (!found) return [problem('platform.segmentUnknown', path, { segment, id })];
    const state = found.lifecycleState?.toLowerCase() ?? '';
    return unready.has(state) ? [problem('platform.segmentState', path, { segment, state })] : [];
  });
}

/** Names in a plan that are not the platform's. They are for people only, so nothing is wrong. */
export function segmentNameFindings({ segments }: Plan, known: readonly Segment[]): Finding[] {
  return segments.flatMap((one, index): Finding[] => {
    const { name } = one;
    const found = known.find(({ id }) => sameId(id, listedId(one)));
    if (name === undefined || found === undefined || found.name === name) return [];
    const values = { segment: name, found: found.name };
    const path = `$.segments[${index}].name`;
    return [{ id: 'finding.segmentName', severity: 'warning', path, values }];
  });
}

/** Values outside the tree of the union schema. @see flow-service.md, section 2.9 */
const outside = new RegExp(
  `^(${membershipStatus.replaceAll('.', '\\.')}|segmentMembership\\.(seg_namespace|ups)\\.seg_id\\.status|identityMap\\..+)$`,
);

/**
 * Attributes that the union schema does not have, or that cannot be exported. A word without a dot that is no
 * attribute may be an identity namespace: those are not in the schema, and not judged.
 *
 * @see flow-service.md, section 2.9
 */
export function attributeProblems(plan: Plan, tree: readonly AttributeNode[]): Problem[] {
  const hasSet = takesSet(plan);
  return plan.attributes.selected.map(attributeOf).flatMap((attribute, index): Problem[] => {
    const path = `$.attributes.selected[${index}]`;
    if (outside.test(attribute)) return [];
    const made = hasSet ? fromList(attribute) : undefined;
    if (made) return listProblems(made.list, attribute, path, tree);
    // What else is computed is for the platform to judge.
    if (hasSet && isExpression(attribute)) return [];
    const node = nearest(tree, attribute);
    if (node?.notExportable !== undefined && node.notExportable !== 'unknownType') {
      const values = { attribute, why: node.notExportable };
      return [problem('platform.attributeNotExportable', path, values)];
    }
    if (node === undefined || node.path !== attribute) {
      const isNamespace = node === undefined && !attribute.includes('.');
      return isNamespace ? [] : [problem('platform.attributeUnknown', path, { attribute })];
    }
    return node.children.length > 0
      ? [problem('platform.attributeNotExportable', path, { attribute, why: 'group' })]
      : [];
  });
}

/** What is made of an array must be made of one. @see cards.md, section 6.3 */
function listProblems(
  list: string,
  attribute: string,
  path: string,
  tree: readonly AttributeNode[],
): Problem[] {
  const node = nearest(tree, list);
  if (node?.path !== list) return [problem('platform.attributeUnknown', path, { attribute })];
  return node.notExportable === 'array'
    ? []
    : [problem('platform.attributeNotExportable', path, { attribute, why: 'noArray' })];
}

/** The node of a path, or the last one on the way to it. */
function nearest(nodes: readonly AttributeNode[], path: string): AttributeNode | undefined {
  const node = nodes.find((one) => path === one.path || path.startsWith(`${one.path}.`));
  return node === undefined || node.path === path ? node : (nearest(node.children, path) ?? node);
}

/** A flow spec that the plan names must be there; where it leads the platform decides. @see flow-service.md, section 2.2 */
export function flowSpecProblems({ destination }: Plan, flowSpecs: readonly FlowSpec[]): Problem[] {
  const { flowSpecId } = destination;
  if (flowSpecId === undefined || flowSpecs.some(({ id }) => sameId(id, flowSpecId))) return [];
  return [problem('platform.flowSpec', '$.destination.flowSpecId', { flowSpecId })];
}

/**
 * Secrets that do not have the form their spec demands. What is said of one never holds it.
 *
 * @param params - With the secrets in clear.
 * @see flow-service.md, section 2.1
 */
export function secretProblems(
  { destination }: Plan,
  params: ResolvedParams,
  spec: ConnectionSpec,
): Problem[] {
  const method = authMethods(spec).find((one) => one.specName === destination.auth?.specName);
  return (method?.fields ?? []).flatMap((field): Problem[] => {
    const way = pathOf(field);
    const value = lookUp(params, way);
    if (!field.isSecret || typeof value !== 'string') return [];
    const path = `$.destination.auth.params.${way.join('.')}`;
    // What is base64 on the wire is judged before it is encoded.
    if (field.isBase64)
      return isBase64(value) ? [] : [problem('field.notBase64', path, { field: field.title })];
    const wrong = fieldProblem(field, value, path);
    return wrong && fromSpec.has(wrong.id) ? [wrong] : [];
  });
}

/** What a spec can say of a secret. Its kind is judged where it is read: the emulator takes dummies. */
const fromSpec = new Set<Problem['id']>([
  'field.required',
  'field.pattern',
  'field.notOneOf',
  'field.tooShort',
  'field.tooLong',
]);

/** A connection to be used again must be enabled, and one of its spec. @see flow-service.md, section 2.0.5 */
export function reusedProblems({ id, state }: Connection, path: string): Problem[] {
  const said = state?.toLowerCase() ?? 'enabled';
  return said === 'enabled' ? [] : [problem('platform.connectionState', path, { id, state: said })];
}
