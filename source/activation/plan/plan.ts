import { longestText } from '../longest-text.ts';
import * as z from 'zod/mini';
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
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const uuid = z.string().check(z.regex(uuidForm, says.notUuid));

const text = z.string().check(z.maxLength(longestText, says.tooLong));
const filled = text.check(z.minLength(1, says.empty));
const maybeText = z.optional(z.string());

const secretReference = z.strictObject({
  $secret: z.string().check(z.refine(isSecretReference, says.secretReference)),
  /** The platform wants the value base64 encoded; ferry encodes it. */
  encoding: z.optional(z.literal('base64')),
});
const filledKey = z.string().check(z.minLength(1, says.empty));
/** A parameter of a sign-in; some specs want objects. */
type AuthParam = string | number | boolean | SecretReference | { [name: string]: AuthParam };
const param: z.ZodMiniType<AuthParam> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  secretReference,
  z.lazy(() =>
    z
      .record(z.string(), param)
      // Whatever has a `$secret` is meant as a reference: that is what it is told about.
      .check(z.refine((object) => !Object.hasOwn(object, '$secret'), { abort: true })),
  ),
]);

const schedule = z.strictObject({
  frequency: z.enum(frequencies),
  triggerType: z.optional(z.enum(triggerTypes)),
  startDate: z.string(),
  endDate: maybeText,
  startTime: maybeText,
});

const segmentShape = z.strictObject({
  id: z.string().check(z.maxLength(longestText, says.tooLong), z.regex(/^[^\s[\]]+$/, says.notUuid)),
  /** Only to help people read the plan; the platform goes by the id. */
  name: maybeText,
  /** Audiences that were not made by the Segmentation Service. @see flow-service.md, section 5.1 */
  systemSegmentId: maybeText,
  namespace: maybeText,
  filenameTemplate: z.string(),
  exportMode: z.enum(exportModes),
  schedule,
});
/** An audience from outside has an id of its maker's; any other id is the platform's. @see cards.md, section 5.5 */
const segment = segmentShape.check(
  z.check(({ value: { id, namespace, systemSegmentId }, issues }) => {
    const isOfMaker = namespace !== undefined || systemSegmentId !== undefined;
    if (!isOfMaker && !uuidForm.test(id))
      issues.push({ code: 'custom', path: ['id'], input: id, message: says.notUuid });
  }),
);

const deduplicationKey = z.discriminatedUnion('fieldType', [
  z.strictObject({ fieldType: z.literal('ATTRIBUTE'), attributePath: filled }),
  z.strictObject({ fieldType: z.literal('IDENTITY'), identityNamespace: filled }),
]);

/** An attribute, and what its column is called where the card lets columns be named. */
const selected = z.union([z.string(), z.strictObject({ path: z.string(), column: maybeText })]);

export const planSchema = z.strictObject({
  $schema: maybeText,
  version: z.literal(1, says.version),
  name: filled,
  description: z.optional(text),
  sandbox: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,255}$/, says.sandboxName)),
  /** The dataflow that this plan is about: an apply changes it until it holds the plan, instead of making one. */
  flow: z.optional(uuid),
  /** Connections to Profile Store to use again; new ones are made when absent. @see flow-service.md, section 2.4 */
  source: z.optional(
    z.strictObject({ baseConnectionId: z.optional(uuid), sourceConnectionId: z.optional(uuid) }),
  ),
  destination: z.strictObject({
    connectionSpecId: uuid,
    /** An account to use again instead of signing in. @see flow-service.md, section 2.3 */
    baseConnectionId: z.optional(uuid),
    /** Looked up by the connection spec when absent. @see flow-service.md, section 2.2 */
    flowSpecId: z.optional(uuid),
    auth: z.optional(z.strictObject({ specName: filled, params: z.record(z.string(), param) })),
    /** Files are encrypted with it. It is public: it may stand in the plan. @see cards.md, section 3.3 */
    encryption: z.optional(
      z.strictObject({ algorithm: maybeText, publicKey: z.union([filledKey, secretReference]) }),
    ),
    location: z.looseObject({ mode: z.optional(filled) }),
  }),
  segments: z.array(segment),
  attributes: z.strictObject({
    selected: z.array(selected),
    mandatory: z._default(z.array(z.string()), []),
    deduplication: z._default(z.array(deduplicationKey), []),
  }),
});

/** A whole activation as a document, version 1. It holds no secret, only references to them. */
export type Plan = z.infer<typeof planSchema>;
export type PlanSegment = Plan['segments'][number];

/** The id that the platform lists a segment by: one from outside has an id of its maker's beside it. @see flow-service.md, section 2.8 */
export const listedId = ({ id, systemSegmentId = id }: Pick<PlanSegment, 'id' | 'systemSegmentId'>): string =>
  uuidForm.test(id) ? id : systemSegmentId;

/** An attribute of a column; without a name the column is called after its path. */
export type Selected = z.infer<typeof selected>;
export type DeduplicationKey = z.infer<typeof deduplicationKey>;
export type AuthParams = Record<string, AuthParam>;
export type Location = Plan['destination']['location'];

/** The attribute of a column. */
export const attributeOf = (one: Selected): string => (typeof one === 'string' ? one : one.path);

/** Names a deduplication key by what it looks at. */
export function keyName(key: DeduplicationKey): string {
  return key.fieldType === 'ATTRIBUTE' ? key.attributePath : key.identityNamespace;
}
