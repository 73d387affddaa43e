import { type Field, fieldProblem, type FieldValues } from '../activation/field.ts';
import type { FormField } from '../components/form/form-field.ts';
import type { Text } from '../locale/texts.ts';
import { fieldTitle } from './field-title.ts';

/** What the fields hold before anything is typed. */
export function defaultsOf(fields: readonly Field[]): FieldValues {
  return Object.fromEntries(
    fields.flatMap((field) => (field.defaultValue === undefined ? [] : [[field.name, field.defaultValue]])),
  );
}

/** A field that a spec published, as a form asks for it. */
export function toFormField(field: Field, text: Text): FormField {
  const label = fieldTitle(text, field);
  return {
    name: field.name,
    label,
    kind: field.isSecret
      ? field.isMultiline
        ? 'multiline-secret'
        : 'secret'
      : field.choices
        ? 'choice'
        : 'text',
    required: field.isRequired,
    help: field.description,
    example: field.example,
    choices: field.choices?.map(({ value, title }) => ({ value, label: title })),
    validate: (value) => {
      const wrong = fieldProblem(field, value);
      if (!wrong) return undefined;
      // An example says more than a pattern.
      const hasExample = wrong.id === 'field.pattern' && field.example !== undefined;
      return text(hasExample ? 'field.patternExample' : wrong.id, { ...wrong.values, field: label });
    },
  };
}
