import * as z from 'zod';
import type { ProblemId } from './problem.ts';
import { exportModes, frequencies, triggerTypes } from '../content/schedule.ts';
import { isSecretReference, type SecretReference } from './secret-reference.ts';

/** What the shape says of a value; everything else that is told of one comes from the library. */
const says = {
  notUuid: 'plan.notUuid',
  tooLong: 'plan.tooLong',
  empty: 'plan.empty',
  secretReference: 'plan.secretReference',
  version: 'plan.version',
  sandboxName: 'plan.sandboxName',
} as const satisfies Record<string, ProblemId>;
const said = new Set<string>(Object.values(says));

/** Whether a message is one of the shape's own. */
export const isOfShape = (message: string): message is (typeof says)[keyof typeof says] => said.has(message);

/** Any 8-4-4-4-12 hexadecimal id: the platform does not promise a UUID version. */
const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, says.notUuid);

/** Longest name or description of an object; not documented, so we stay careful. @see flow-service.md, section 6 */
export const longestText = 255;
const text = z.string().max(longestText, says.tooLong);
const filled = text.min(1, says.empty);

const secretReference = z.strictObject({
  $secret: z.string().refine(isSecretReference, says.secretReference),
  /** The platform wants the value base64 encoded; ferry encodes it. */
  encoding: z.literal('base64').optional(),
});
/** A parameter of a sign-in; some specs want objects. */
export type AuthParam = string | number | boolean | SecretReference | { [name: string]: AuthParam };
const param: z.ZodType<AuthParam> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  secretReference,
  z.lazy(() =>
    z
      .record(z.string(), param)
      // Whatever has a `$secret` is meant as a reference: that is what it is told about.
      .refine((object) => !Object.hasOwn(object, '$secret'), { abort: true }),
  ),
]);

const schedule = z.strictObject({
  frequency: z.enum(frequencies),
  triggerType: z.enum(triggerTypes).optional(),
  startDate: z.string(),
  endDate: z.string().optional(),
  startTime: z.string().optional(),
});

const segment = z.strictObject({
  id: uuid,
  /** Only to help people read the plan; the platform goes by the id. */
  name: z.string().optional(),
  /** Audiences that were not made by the Segmentation Service. @see flow-service.md, section 5.1 */
  systemSegmentId: z.string().optional(),
  namespace: z.string().optional(),
  filenameTemplate: z.string(),
  exportMode: z.enum(exportModes),
  schedule,
});

const deduplicationKey = z.discriminatedUnion('fieldType', [
  z.strictObject({ fieldType: z.literal('ATTRIBUTE'), attributePath: filled }),
  z.strictObject({ fieldType: z.literal('IDENTITY'), identityNamespace: filled }),
]);

export const planSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1, says.version),
  name: filled,
  description: text.optional(),
  sandbox: z.string().regex(/^[a-z][a-z0-9-]{0,255}$/, says.sandboxName),
  /** Connections to Profile Store to use again; new ones are made when absent. @see flow-service.md, section 2.4 */
  source: z
    .strictObject({ baseConnectionId: uuid.optional(), sourceConnectionId: uuid.optional() })
    .optional(),
  destination: z.strictObject({
    connectionSpecId: uuid,
    /** An account to use again instead of signing in. @see flow-service.md, section 2.3 */
    baseConnectionId: uuid.optional(),
    /** Looked up by the connection spec when absent. @see flow-service.md, section 2.2 */
    flowSpecId: uuid.optional(),
    auth: z.strictObject({ specName: filled, params: z.record(z.string(), param) }).optional(),
    location: z.looseObject({ mode: filled.optional() }),
  }),
  segments: z.array(segment),
  attributes: z.strictObject({
    selected: z.array(z.string()),
    mandatory: z.array(z.string()).default([]),
    deduplication: z.array(deduplicationKey).default([]),
  }),
});

/** A whole activation as a document, version 1. It holds no secret, only references to them. */
export type Plan = z.infer<typeof planSchema>;
export type PlanSegment = Plan['segments'][number];
export type DeduplicationKey = z.infer<typeof deduplicationKey>;
export type AuthParams = Record<string, AuthParam>;
export type Location = Plan['destination']['location'];

/** Names a deduplication key by what it looks at. */
export function keyName(key: DeduplicationKey): string {
  return key.fieldType === 'ATTRIBUTE' ? key.attributePath : key.identityNamespace;
}

/** JSON Schema of a plan, for editors. Rules between fields are not in it: `ferry plan check` knows them. */
export function planJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(planSchema, { io: 'input' });
  return { $schema, title: 'ferry plan', ...schema };
}
