import * as z from 'zod';
import { planProblems } from './plan-rules.ts';
import { type Problem, type ProblemId, problem } from './problem.ts';
import { exportModes, frequencies, triggerTypes } from './schedule.ts';
import { isSecretReference, type SecretReference } from './secret-reference.ts';

/** Any 8-4-4-4-12 hexadecimal id: the platform does not promise a UUID version. */
const uuid = z
  .string()
  .regex(
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
    'plan.notUuid' satisfies ProblemId,
  );

/** Longest name or description of an object; not documented, so we stay careful. @see flow-service.md, section 6 */
const longestText = 255;
const text = z.string().max(longestText, 'plan.tooLong' satisfies ProblemId);
const filled = text.min(1, 'plan.empty' satisfies ProblemId);

const secretReference = z.strictObject({
  $secret: z.string().refine(isSecretReference, 'plan.secretReference' satisfies ProblemId),
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
  z.lazy(() => z.record(z.string(), param).refine((object) => !Object.hasOwn(object, '$secret'))),
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

const planSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1, 'plan.version' satisfies ProblemId),
  name: filled,
  description: text.optional(),
  sandbox: z.string().regex(/^[a-z][a-z0-9-]{0,255}$/, 'plan.sandboxName' satisfies ProblemId),
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

export type PlanReading = { kind: 'plan'; plan: Plan } | { kind: 'problems'; problems: Problem[] };

/**
 * Reads a plan document: its JSON, its shape, then the rules between its fields.
 *
 * @throws Nothing: whatever is wrong comes back as problems with JSON paths, in the order of the document.
 */
export function readPlan(source: string): PlanReading {
  let json: unknown;
  try {
    // Editors on Windows like to begin a file with a byte order mark.
    json = JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: 'problems', problems: [problem('plan.notJson', '$', { detail })] };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { kind: 'problems', problems: [problem('plan.notAnObject', '$')] };
  }
  const parsed = planSchema.safeParse(json, { reportInput: true });
  if (!parsed.success) {
    return { kind: 'problems', problems: parsed.error.issues.flatMap((issue) => toProblems(issue, [])) };
  }
  const problems = planProblems(parsed.data);
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'plan', plan: parsed.data };
}

type Issue = z.core.$ZodIssue;

function toProblems(issue: Issue, above: readonly PropertyKey[]): Problem[] {
  const keys = [...above, ...issue.path];
  const path = jsonPath(keys);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => problem('plan.unknownKey', jsonPath([...keys, key]), { key }));
    case 'invalid_union': {
      // The branch that came furthest tells most.
      const [closest] = [...issue.errors].sort((a, b) => depth(b) - depth(a));
      if (!closest || depth(closest) === 0) {
        if ('discriminator' in issue && typeof issue.discriminator === 'string') {
          return [problem('plan.notOneOf', jsonPath([...keys]), { allowed: 'ATTRIBUTE, IDENTITY' })];
        }
        return [problem('plan.wrongType', path, { expected: 'scalarOrSecret' })];
      }
      return closest.flatMap((inner) => toProblems(inner, keys));
    }
    case 'invalid_type':
      return issue.input === undefined
        ? [problem('plan.missing', path, { key: String(keys.at(-1)) })]
        : [problem('plan.wrongType', path, { expected: issue.expected })];
    case 'invalid_value':
      if (issue.message === 'plan.version') return [problem('plan.version', path)];
      return issue.input === undefined
        ? [problem('plan.missing', path, { key: String(keys.at(-1)) })]
        : [problem('plan.notOneOf', path, { allowed: issue.values.map(String).join(', ') })];
    case 'too_big':
      return [problem('plan.tooLong', path, { most: longestText })];
    default:
      return [problem(issue.message as ProblemId, path, { value: shown(issue.input) })];
  }
}

const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((issue) => issue.path.length));

const shown = (input: unknown): string => (typeof input === 'string' ? input.slice(0, 80) : typeof input);

/** `['segments', 0, 'id']` → `$.segments[0].id` */
export function jsonPath(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    const name = String(key);
    return /^[\w$]+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
  }, '$');
}

/** JSON Schema of a plan, for editors. Rules between fields are not in it: `ferry plan check` knows them. */
export function planJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(planSchema, { io: 'input' });
  return { $schema, title: 'ferry plan', ...schema };
}
