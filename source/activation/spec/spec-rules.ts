import { isExactNumber } from '../../ground/exact-json.ts';
import { type AuthMethod, type Form, formOfMode, type LocationMode } from './catalog.ts';
import { activeFields, type Field, fieldProblem, memberOf, pathOf } from './field.ts';
import type { Forms } from './forms.ts';
import { isObject, jsonPath, lookUp } from '../plan/json-path.ts';
import { newerForms } from './newer-forms.ts';
import type { Plan } from '../plan/plan.ts';
import { type Problem, problem, type ProblemId } from '../plan/problem.ts';
import { hasSecret } from '../plan/secret-reference.ts';

/**
 * What is wrong with the sign-in and the location of a plan, held against the forms of its destination: those
 * that the API publishes, or those of the catalog where it publishes none.
 *
 * @see flow-service.md, sections 2.1, 4.2 and 4.3
 */
export function specProblems(plan: Plan, forms: Forms): Problem[] {
  return [...authProblems(plan, forms.auth), ...locationProblems(plan, forms.modes)];
}

/** What says that a value is none of its field. */
const ofForm = new Set<ProblemId>([
  'field.pattern',
  'field.notOneOf',
  'field.notANumber',
  'field.tooLong',
  'plan.wrongType',
]);

/**
 * Values that a newer card refuses, by the form that is documented for it: what `plan check` can know without a
 * network. Whoever applies goes by what the card publishes then. What a dataflow holds is not judged: it is there.
 *
 * @see cards.md, sections 3.1 and 4.1
 */
export function documentedProblems(plan: Plan): Problem[] {
  const forms = newerForms(plan.destination.connectionSpecId);
  return forms === undefined || plan.flow !== undefined
    ? []
    : specProblems(plan, forms).filter(({ id }) => ofForm.has(id));
}

function authProblems({ destination }: Plan, methods: readonly AuthMethod[]): Problem[] {
  const at = ['destination', 'auth'];
  const { auth, baseConnectionId } = destination;
  // An account that is there already has signed in; a spec without any sign-in says nothing about one.
  if (baseConnectionId !== undefined || methods.length === 0) return [];
  if (!auth) return [problem('plan.missing', jsonPath(at), { key: 'auth' })];
  const { specName, params } = auth;
  const method = methods.find((one) => one.specName === specName);
  if (!method) {
    const allowed = methods.map((one) => one.specName);
    return [problem('auth.unknownSpec', jsonPath([...at, 'specName']), { specName, allowed })];
  }
  return paramProblems(method, params, {
    at: [...at, 'params'],
    missing: 'auth.missingParam',
    unknown: 'auth.unknownParam',
    values: { specName },
  });
}

function locationProblems({ destination }: Plan, modes: readonly LocationMode[]): Problem[] {
  const at = ['destination', 'location'];
  const { mode, ...params } = destination.location;
  if (modes.length === 0) return [];
  const chosen = formOfMode(modes, mode);
  if (!chosen) {
    const allowed = modes.map((one) => String(one.mode));
    return mode === undefined
      ? [problem('plan.missing', jsonPath([...at, 'mode']), { key: 'mode' })]
      : [problem('location.unknownMode', jsonPath([...at, 'mode']), { mode, allowed })];
  }
  return paramProblems(chosen, params, {
    at,
    missing: 'location.missingParam',
    unknown: 'location.unknownParam',
    values: { mode: mode ?? '' },
  });
}

interface Place {
  readonly at: readonly string[];
  readonly missing: ProblemId;
  readonly unknown: ProblemId;
  readonly values: Readonly<Record<string, string>>;
}

function paramProblems(form: Form, params: object, { at, missing, unknown, values }: Place): Problem[] {
  const valueAt = (field: Field): unknown => lookUp(params, pathOf(field)) ?? field.defaultValue;
  const texts = Object.fromEntries(
    form.fields.flatMap((field) => {
      const value = valueAt(field);
      return isScalar(value) ? [[field.name, String(value)] as const] : [];
    }),
  );
  const fields = activeFields(form.fields, texts);
  return [
    ...strangersOf(form, fields, params).map((path) =>
      problem(unknown, jsonPath([...at, ...path]), {
        ...values,
        name: path.join('.'),
        allowed: [...fields.map(({ name }) => name), ...(form.unasked ?? [])],
      }),
    ),
    ...fields.flatMap((field) => {
      const path = jsonPath([...at, ...pathOf(field)]);
      const value = valueAt(field);
      if (value === undefined || value === null || value === '')
        return field.isRequired ? [problem(missing, path, { ...values, name: field.name })] : [];
      return valueProblem(field, value, path);
    }),
  ];
}

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

function valueProblem(field: Field, value: unknown, path: string): Problem[] {
  if (hasSecret(value)) return [];
  if (field.isSecret) return [problem('auth.secretInClear', path, { name: field.name })];
  const said = isExactNumber(value) ? value.rawJSON : value;
  if (!isScalar(said)) return [problem('plan.wrongType', path, { expected: 'scalarOrSecret' })];
  if (field.kind === 'boolean' && typeof said !== 'boolean')
    return [problem('plan.wrongType', path, { expected: 'boolean' })];
  // A plan has names; who sees none is told a title in their language.
  const wrong = fieldProblem({ ...field, title: memberOf(field) }, String(said), path);
  return wrong ? [wrong] : [];
}

/** Ways to params that the form does not have. What it has and nobody is asked for is none of its. */
function strangersOf(form: Form, fields: readonly Field[], params: object): string[][] {
  if (form.isOpen === true) return [];
  const unasked = new Set(form.unasked ?? []);
  const ways = fields.map(pathOf);
  const walk = (held: object, above: readonly string[]): string[][] =>
    Object.entries(held).flatMap(([name, value]: [string, unknown]): string[][] => {
      const way = [...above, name];
      if (above.length === 0 && unasked.has(name)) return [];
      const below = ways.filter((one) => way.every((part, index) => one[index] === part));
      if (below.length === 0) return [way];
      const isLeaf = below.some((one) => one.length === way.length);
      return isLeaf || !isObject(value) ? [] : walk(value, way);
    });
  return walk(params, []);
}
