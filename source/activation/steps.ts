import type { Plan } from './plan/plan.ts';
import { newerCard } from './spec/catalog.ts';

/** The calls that make something, in the order of the contract, and what each makes known. @see flow-service.md, section 0 */
export const idOfStep = {
  'source-base-connection': 'sourceBaseConnectionId',
  'source-connection': 'sourceConnectionId',
  'target-base-connection': 'targetBaseConnectionId',
  'target-connection': 'targetConnectionId',
  'input-schema': 'inputSchemaId',
  'output-schema': 'outputSchemaId',
  'mapping-set': 'mappingSetId',
  flow: 'flowId',
} as const;
export type CreateStep = keyof typeof idOfStep;
export type MadeId = (typeof idOfStep)[CreateStep];

/** What is made in the service that keeps columns: nothing there has a description. @see cards.md, section 5.2 */
export const documentSteps = ['input-schema', 'output-schema', 'mapping-set'] as const satisfies CreateStep[];
export type DocumentStep = (typeof documentSteps)[number];
/** What is made in the Flow Service, with the marker of its run in its description. */
export type ObjectStep = Exclude<CreateStep, DocumentStep>;
export const isDocument = (step: string): step is DocumentStep => documentSteps.some((one) => one === step);

const createSteps = Object.keys(idOfStep) as readonly CreateStep[];
export const isCreateStep = (step: string): step is CreateStep => Object.hasOwn(idOfStep, step);

/** The calls that change something or prove it, in the order of the contract. */
export const requestSteps = [...createSteps, 'activate', 'validate'] as const;
export type RequestStep = (typeof requestSteps)[number];

/** Ids that become known while applying. */
export type KnownIds = Record<MadeId | 'flowSpecId' | 'etag', string>;

type Standing = Pick<Plan, 'source' | 'destination'>;

/** Whether a plan is for a card of today, which keeps columns in a mapping set. */
export const takesSet = ({ destination }: Pick<Plan, 'destination'>): boolean =>
  newerCard(destination.connectionSpecId) !== undefined;

/** Objects that the plan takes from what is there already. */
type ReusedIds = Partial<
  Pick<KnownIds, 'sourceBaseConnectionId' | 'sourceConnectionId' | 'targetBaseConnectionId'>
>;

export function reusedIds({ source, destination }: Standing): ReusedIds {
  return {
    ...(source?.baseConnectionId === undefined ? {} : { sourceBaseConnectionId: source.baseConnectionId }),
    ...(source?.sourceConnectionId === undefined ? {} : { sourceConnectionId: source.sourceConnectionId }),
    ...(destination.baseConnectionId === undefined
      ? {}
      : { targetBaseConnectionId: destination.baseConnectionId }),
  };
}

/**
 * The objects a dataflow of the plan stands on and itself, made or used again. A source connection that is used again
 * brings its base connection, and for a card of today needs none; only such a card has a mapping set.
 *
 * @see cards.md, sections 1 and 5.2
 */
export function stepsOf(plan: Standing): readonly CreateStep[] {
  const reused = reusedIds(plan);
  return createSteps.filter((step) => {
    if (isDocument(step)) return takesSet(plan);
    if (step !== 'source-base-connection') return true;
    if (reused.sourceConnectionId !== undefined) return false;
    return reused.sourceBaseConnectionId !== undefined || !takesSet(plan);
  });
}

/** Those of them that an apply of the plan makes. */
export function stepsToMake(plan: Standing): readonly CreateStep[] {
  const reused: Partial<KnownIds> = reusedIds(plan);
  return stepsOf(plan).filter((step) => reused[idOfStep[step]] === undefined);
}
