import type * as z from 'zod';
import { isExactNumber } from '../../ground/exact-json.ts';
import { type At, isObject, jsonPath, lookUp } from './json-path.ts';
import { deepest, type JsonReading, type Place, readJson } from './json-text.ts';
import { longestText } from '../longest-text.ts';
import { isOfShape, type Plan, planSchema } from './plan.ts';
import { planProblems } from './plan-rules.ts';
import { type Problem, problem } from './problem.ts';

type PlanReading = { kind: 'plan'; plan: Plan } | { kind: 'problems'; problems: Problem[] };

/**
 * Reads a plan document: its JSON, its shape, then the rules between its fields.
 *
 * @throws Nothing: whatever is wrong comes back as problems with JSON paths, in the order of the document.
 */
export function readPlan(source: string): PlanReading {
  const read = readJson(source);
  if (read.kind !== 'json') return { kind: 'problems', problems: jsonProblems(read) };
  const json = read.value;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { kind: 'problems', problems: [problem('plan.notAnObject', '$')] };
  }
  const secrets = secretsElsewhere(json, []);
  const numbers = numbersOf(lookUp(json, secretsHome), secretsHome);
  // Read once a run: making a function of the shape, as zod does for lists of many, takes longer than reading it.
  const parsed = planSchema.safeParse(json, { reportInput: true, jitless: true });
  if (!parsed.success) {
    const problems = parsed.error.issues
      .flatMap((issue) => toProblems(issue, []))
      .filter(
        ({ path }) =>
          !secrets.some((secret) => isAboutSecret(secret.path, path)) &&
          !numbers.some((number) => path.startsWith(number.path)),
      );
    return { kind: 'problems', problems: [...secrets, ...numbers, ...problems] };
  }
  const problems = [...secrets, ...numbers, ...planProblems(parsed.data)];
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'plan', plan: parsed.data };
}

/** What is wrong with a document before anybody asks what it says. */
function jsonProblems(read: Exclude<JsonReading, { kind: 'json' }>): Problem[] {
  switch (read.kind) {
    case 'notJson':
      return [problem('plan.notJson', '$', { ...read.at })];
    case 'tooDeep':
      return [problem('plan.tooDeep', '$', { ...read.at, most: deepest })];
    case 'repeated':
      return read.members.map(({ name, path, first, again }) =>
        problem('plan.repeatedKey', path, { key: name, first: written(first), again: written(again) }),
      );
  }
}

/** Where references are replaced by what they mean; anywhere else one would be sent and shown as it stands. */
const secretsHome = ['destination', 'auth', 'params'];
const keyHome = ['destination', 'encryption', 'publicKey'];

/** Members called `$secret` that stand where no secret is fetched, in the order of the document. */
function secretsElsewhere(held: unknown, at: At): Problem[] {
  if (Array.isArray(held)) return held.flatMap((one, index) => secretsElsewhere(one, [...at, index]));
  if (!isObject(held)) return [];
  const isHome = at.length > secretsHome.length && secretsHome.every((name, index) => at[index] === name);
  if (isHome || at.join() === keyHome.join()) return [];
  return Object.entries(held).flatMap(([name, value]) =>
    name === '$secret'
      ? [problem('plan.secretElsewhere', jsonPath([...at, name]))]
      : secretsElsewhere(value, [...at, name]),
  );
}

/** Numbers of a sign-in that are none of JavaScript's: they would be sent as other ones. */
function numbersOf(held: unknown, at: At): Problem[] {
  if (isExactNumber(held)) return [problem('plan.wrongType', jsonPath(at), { expected: 'string' })];
  return isObject(held)
    ? Object.entries(held).flatMap(([name, value]) => numbersOf(value, [...at, name]))
    : [];
}

/** Whether a place is that of a secret, above it, or beside it in the same object. */
const isAboutSecret = (secret: string, path: string): boolean =>
  secret.startsWith(path) || path.startsWith(secret.slice(0, -'$secret'.length));

/** `3:14`, as editors and compilers write a place. */
const written = ({ line, column }: Place): string => `${line}:${column}`;

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
          return [problem('plan.notOneOf', jsonPath([...keys]), { allowed: ['ATTRIBUTE', 'IDENTITY'] })];
        }
        const expected = maySecretStand(keys) ? 'scalarOrSecret' : 'string';
        return [problem('plan.wrongType', path, { expected })];
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
        : [problem('plan.notOneOf', path, { allowed: issue.values.map(String) })];
    case 'too_big':
      return [problem('plan.tooLong', path, { most: longestText })];
    default:
      // What a library says in its own words is none of our ids.
      return isOfShape(issue.message)
        ? [problem(issue.message, path, maySecretStand(keys) ? {} : { value: shown(issue.input) })]
        : [problem('plan.wrongType', path, { expected: 'other' })];
  }
}

/** Where a secret may stand, nothing of what stands there is ever repeated. */
const maySecretStand = ([first, second]: readonly PropertyKey[]): boolean =>
  first === 'destination' && second === 'auth';

/** A member that is not known stands below what holds it. */
const depth = (issues: readonly Issue[]): number =>
  Math.max(0, ...issues.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)));

const shown = (input: unknown): string => (typeof input === 'string' ? input.slice(0, 80) : typeof input);
