import type { Connection } from '../../flow-service/connections.ts';
import type { Segment } from '../../flow-service/segments.ts';
import type { AttributeNode } from '../content/profile-attributes.ts';
import { identitiesIn } from '../content/identities.ts';
import { attributeProblems } from '../findings/platform-rules.ts';
import { sameId } from '../same-id.ts';
import { attributeOf, type Plan } from './plan.ts';
import type { Problem } from './problem.ts';

/** What a plan means by name, as the sandbox that it is of has it. */
export interface Named {
  /** In the order of the plan; nothing where nobody can say. */
  readonly segments: readonly (string | undefined)[];
  /** Nothing where the plan signs in. */
  readonly account?: string | undefined;
}

/** What another sandbox has. */
export interface Elsewhere {
  readonly sandbox: string;
  readonly segments: readonly Pick<Segment, 'id' | 'name'>[];
  /** Of the union schema; nothing where it could not be read. */
  readonly attributes?: readonly AttributeNode[] | undefined;
  /** Codes of identity namespaces; nothing where they could not be read. */
  readonly namespaces?: readonly string[] | undefined;
  /** Accounts of the plan's destination. */
  readonly accounts: readonly Pick<Connection, 'id' | 'name'>[];
}

/** What a plan needs, and the other sandbox has not, or has more than once. */
export type Lacking =
  | {
      readonly what: 'segment' | 'account' | 'identity';
      readonly name: string;
      /** Ids of those that are called so: none, or several. */
      readonly found: readonly string[];
      readonly path: string;
    }
  | { readonly what: 'column'; readonly problem: Problem; readonly path: string };

export type Copy =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'lacking'; readonly lacking: readonly Lacking[] };

/**
 * The same plan for another sandbox: its segments and its account by their names, its columns by their paths. It makes
 * a dataflow of its own there, on connections of that sandbox.
 *
 * @throws Nothing.
 */
export function copyPlan(plan: Plan, named: Named, there: Elsewhere): Copy {
  const lacking: Lacking[] = [];
  const find = (
    what: 'segment' | 'account',
    all: readonly { readonly id: string; readonly name?: string | undefined }[],
    wanted: { readonly id: string; readonly name: string | undefined },
    path: string,
  ): string => {
    const { id, name } = wanted;
    const called = name === undefined ? [] : all.filter((one) => one.name === name);
    const [first] = called;
    // Of several of a name the very same one is meant.
    const meant = called.length === 1 ? first : called.find((one) => sameId(one.id, id));
    if (meant) return meant.id;
    lacking.push({ what, name: name ?? id, found: called.map((one) => one.id), path });
    return id;
  };
  const segments = plan.segments.map((segment, index) => {
    const name = named.segments[index] ?? segment.name;
    const path = `$.segments[${index}]`;
    return {
      ...segment,
      // The platform's own id of it there is not known.
      systemSegmentId: undefined,
      id: find('segment', there.segments, { id: segment.id, name }, path),
      ...(name === undefined ? {} : { name }),
    };
  });
  const { baseConnectionId, ...destination } = plan.destination;
  const account =
    baseConnectionId === undefined
      ? {}
      : {
          baseConnectionId: find(
            'account',
            there.accounts,
            { id: baseConnectionId, name: named.account },
            '$.destination.baseConnectionId',
          ),
        };
  for (const problem of there.attributes ? attributeProblems(plan, there.attributes) : [])
    lacking.push({ what: 'column', problem, path: problem.path });
  const { namespaces, attributes: tree = [] } = there;
  for (const { code, path } of [...identitiesIn(plan), ...bareIdentities(plan, tree)])
    if (namespaces?.includes(code) === false) lacking.push({ what: 'identity', name: code, found: [], path });
  if (lacking.length > 0) return { kind: 'lacking', lacking };
  const { connectionSpecId, ...where } = destination;
  return {
    kind: 'plan',
    plan: {
      ...plan,
      sandbox: there.sandbox,
      flow: undefined,
      source: undefined,
      destination: { connectionSpecId, ...account, ...where },
      segments,
    },
  };
}

/** Words without a dot that are no attribute: they can only be namespaces. @param tree - Nothing of it is read where it is empty. */
const bareIdentities = ({ attributes }: Plan, tree: readonly AttributeNode[]) =>
  attributes.selected.map(attributeOf).flatMap((code, at) => {
    const isBare = tree.length > 0 && /^\w+$/.test(code) && tree.every((node) => node.path !== code);
    return isBare ? [{ code, path: `$.attributes.selected[${at}]` }] : [];
  });
