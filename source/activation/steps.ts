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
export const isDocument = (step: string): step is DocumentStep => documentSteps.some((one) => one === step);

export const createSteps = Object.keys(idOfStep) as readonly CreateStep[];
export const isCreateStep = (step: string): step is CreateStep => Object.hasOwn(idOfStep, step);

/** The calls that change something or prove it, in the order of the contract. */
export const requestSteps = [...createSteps, 'activate', 'validate'] as const;
export type RequestStep = (typeof requestSteps)[number];

/** Ids that become known while applying. */
export type KnownIds = Record<MadeId | 'flowSpecId' | 'etag', string>;
