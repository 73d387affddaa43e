import { type Condition, holds } from './condition.ts';
import { own } from '../own.ts';
import { isObject } from '../plan/json-path.ts';
import type { AuthParams } from '../plan/plan.ts';
import { matchesPattern } from './pattern.ts';
import { formOf } from './pattern-form.ts';
import { type Problem, type ProblemId, problem } from '../plan/problem.ts';
import { isOtherThanRsa, readKey } from './ssh-key.ts';
import {
  connectionMistake,
  holdsPrivateKey,
  isConnectionName,
  isKeyName,
  isRole,
  isRoleName,
  isStoreName,
  longestValue,
  valueMistake,
} from './value-form.ts';

/**
 * One thing a form asks for, made from a spec or from the catalog. `components/form` draws it; nothing
 * here knows how.
 */
export interface Field {
  /** Name of the parameter on the wire: `s3AccessKey`. */
  readonly name: string;
  /** Published title, or the catalog's; a proper noun of the platform, not translated. */
  readonly title: string;
  readonly description?: string | undefined;
  /** What it is on the wire. With `choices` it is one of a few. */
  readonly kind: 'text' | 'number' | 'boolean';
  /** Never shown, never written to disk. */
  readonly isSecret: boolean;
  /** Keys of many lines. */
  readonly isMultiline: boolean;
  readonly isRequired: boolean;
  readonly pattern?: string | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly choices?: readonly { value: string; title: string }[] | undefined;
  readonly defaultValue?: string | undefined;
  /** A value that fits, to show beside a mistake. */
  readonly example?: string | undefined;
  /** The platform wants the value base64 encoded (`contentEncoding`). We encode; the person pastes the plain text. */
  readonly isBase64: boolean;
  /** Members that lead to the value, where it is not at the top: `csvOptions`, `delimiter`. */
  readonly path?: readonly string[] | undefined;
  /** The field applies only while all of these hold for the other values of the form. */
  readonly conditions?: readonly Condition[] | undefined;
}

/** Values of a form as typed: parameter name to text. */
export type FieldValues = Readonly<Record<string, string>>;

/** The members that lead to the value of a field. */
export const pathOf = ({ path, name }: Pick<Field, 'path' | 'name'>): readonly string[] => path ?? [name];

/** The name of a field where its value stands: the last of those members. */
export const memberOf = ({ path, name }: Pick<Field, 'path' | 'name'>): string => path?.at(-1) ?? name;

/** A text of a form as it goes on the wire. */
export function wireValue({ kind }: Pick<Field, 'kind'>, text: string): string | number | boolean {
  if (kind === 'number') return Number(text);
  return kind === 'boolean' ? text === 'true' : text;
}

/**
 * Puts a value where it belongs among params, in members of their own: a spec may call one `constructor` or
 * `__proto__`.
 *
 * @param path - The members that lead there.
 */
export function putAt(params: AuthParams, path: readonly string[], value: AuthParams[string]): void {
  const [name = '', ...below] = path;
  const held = own(params, name);
  const next = below.length === 0 ? value : isObject(held) ? held : {};
  Object.defineProperty(params, name, { value: next, writable: true, enumerable: true, configurable: true });
  if (below.length > 0) putAt(next as AuthParams, below, value);
}

/** The fields that apply while the form holds these values. @see flow-service.md, section 2.1 (`conditional`) */
export function activeFields(fields: readonly Field[], values: FieldValues): readonly Field[] {
  if (!fields.some((field) => field.conditions)) return fields;
  const circumstances = Object.fromEntries(
    fields.map((field) => [memberOf(field), own(values, field.name) ?? field.defaultValue]),
  );
  return fields.filter((field) => (field.conditions ?? []).every((one) => holds(one, circumstances)));
}

/** The fields that are asked for: of those that apply all but a choice of one, which its default makes. */
export const askedFields = (fields: readonly Field[], values: FieldValues): readonly Field[] =>
  activeFields(fields, values).filter(
    ({ choices, defaultValue }) => choices?.length !== 1 || choices[0]?.value !== defaultValue,
  );

/** Whether a value is one: an empty one is where it can be chosen, as for what protects nothing. */
export const isGiven = ({ choices }: Pick<Field, 'choices'>, value: string | undefined): value is string =>
  value !== undefined && (value !== '' || choices?.some((one) => one.value === '') === true);

/** What is wrong with one typed value. Empty counts as not given. */
export function fieldProblem(field: Field, value: string | undefined, path = ''): Problem | undefined {
  const values = { field: field.title, ...(field.example === undefined ? {} : { example: field.example }) };
  if (value === undefined || value === '') {
    return field.isRequired ? problem('field.required', path, values) : undefined;
  }
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value)) {
    return problem('field.controlCharacters', path, values);
  }
  const name = memberOf(field);
  if (field.isSecret) {
    const id = secretMistake(name, value, field.isBase64);
    if (id !== undefined) return problem(id, path, values);
  } else {
    if (holdsPrivateKey(value)) return problem('field.privateKey', path, values);
    if (value.length > longestValue) return problem('field.tooLong', path, { ...values, most: longestValue });
    const mistake = valueMistake(name, value);
    if (mistake) {
      const better = betterValue(field, value);
      // Where what was meant is no value either, why it is none says more.
      const meant = better ?? withoutMistakes(name, value);
      const other = meant === value || better !== undefined ? undefined : fieldProblem(field, meant, path);
      return other ?? problem(mistake.id, path, { ...values, better: better ?? '…' });
    }
  }
  if (field.choices && !field.choices.some((choice) => choice.value === value)) {
    return problem('field.notOneOf', path, { ...values, allowed: seen(field.choices) });
  }
  if (field.kind === 'number' && !/^-?\d+(\.\d+)?$/.test(value.trim())) {
    return problem('field.notANumber', path, values);
  }
  if (field.minLength !== undefined && value.length < field.minLength) {
    return problem('field.tooShort', path, { ...values, least: field.minLength });
  }
  if (field.maxLength !== undefined && value.length > field.maxLength) {
    return problem('field.tooLong', path, { ...values, most: field.maxLength });
  }
  if (field.pattern !== undefined && matchesPattern(field.pattern, value) === false) {
    const form = formOf(field.pattern);
    return problem('field.pattern', path, { ...values, pattern: field.pattern, form });
  }
  return undefined;
}

/** Values as a plan has them, where one of them is a sign by itself: a tab, or what is empty, is not to be seen. */
function seen(choices: readonly { value: string }[]): string[] {
  const values = choices.map(({ value }) => value);
  return values.every((value) => /^\w/.test(value)) ? values : values.map((value) => JSON.stringify(value));
}

/**
 * What no server can mean by a secret of this name; never with the secret in it.
 *
 * @param isBase64 - Whether it is sent so: a card that wants that takes no key but one of RSA.
 * @see cards.md, section 3.1
 */
export function secretMistake(name: string, value: string, isBase64 = false): ProblemId | undefined {
  if (isKeyName(name)) {
    const reading = readKey(value);
    if (reading.kind === 'mistake') return reading.id;
    return isBase64 && isOtherThanRsa(reading.text) ? 'key.notRsa' : undefined;
  }
  if (isRoleName(name) && !isRole(value)) return 'role.form';
  if (holdsPrivateKey(value)) return 'field.keyElsewhere';
  return isConnectionName(name) ? connectionMistake(value) : undefined;
}

/** A secret as it is sent: of a key what copying did to it is undone; any other is as it was given. */
export function sentSecret(name: string, value: string): string {
  const reading = isKeyName(name) ? readKey(value) : undefined;
  return reading?.kind === 'key' ? reading.text : value;
}

/** What was meant by a value that is shown: a value of this field; nothing where nothing is wrong, or would have to be guessed. */
export function betterValue(field: Field, value: string): string | undefined {
  if (field.isSecret || field.choices) return undefined;
  const name = memberOf(field);
  const meant = withoutMistakes(name, value);
  // No store has a name with capital letters in it, however it is called elsewhere.
  const all = isStoreName(name) ? [meant, meant.toLowerCase()] : [meant];
  const [better] = all.filter(
    (one) => one !== '' && valueMistake(name, one) === undefined && fieldProblem(field, one) === undefined,
  );
  return better === value ? undefined : better;
}

/** As many things as copying and typing may do to one value. */
const mostMistakes = 4;

/** A value without what is wrong with it, one after the other, as far as that can be known. */
function withoutMistakes(name: string, value: string): string {
  let meant = value;
  for (let round = 0; round < mostMistakes; round++) meant = valueMistake(name, meant)?.better ?? meant;
  return meant;
}

/** What no field may hold: characters that nobody typed; a private key, where it is not asked for. */
export function harmfulText(value: string): 'field.controlCharacters' | 'field.privateKey' | undefined {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value)) return 'field.controlCharacters';
  return holdsPrivateKey(value) ? 'field.privateKey' : undefined;
}
