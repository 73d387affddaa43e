import { type Problem, problem } from './problem.ts';

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
  readonly kind: 'text' | 'choice' | 'number' | 'boolean';
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
}

/** Values of a form as typed: parameter name to text. */
export type FieldValues = Readonly<Record<string, string>>;

/** What is wrong with one typed value. Empty counts as not given. */
export function fieldProblem(field: Field, value: string | undefined, path = ''): Problem | undefined {
  const values = { field: field.title, ...(field.example === undefined ? {} : { example: field.example }) };
  if (value === undefined || value === '') {
    return field.isRequired ? problem('field.required', path, values) : undefined;
  }
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value)) {
    return problem('field.controlCharacters', path, values);
  }
  if (field.choices && !field.choices.some((choice) => choice.value === value)) {
    const allowed = field.choices.map((choice) => choice.value).join(', ');
    return problem('field.notOneOf', path, { ...values, allowed });
  }
  if (field.minLength !== undefined && value.length < field.minLength) {
    return problem('field.tooShort', path, { ...values, least: field.minLength });
  }
  if (field.maxLength !== undefined && value.length > field.maxLength) {
    return problem('field.tooLong', path, { ...values, most: field.maxLength });
  }
  if (field.pattern !== undefined && matches(field.pattern, value) === false) {
    return problem('field.pattern', path, { ...values, pattern: field.pattern });
  }
  return undefined;
}

/** `undefined` when the pattern is not one that JavaScript reads: then the platform decides. */
function matches(pattern: string, value: string): boolean | undefined {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    try {
      return new RegExp(pattern).test(value);
    } catch {
      return undefined;
    }
  }
}
