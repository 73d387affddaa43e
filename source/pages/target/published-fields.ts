import {
  askedFields,
  betterValue,
  type Field,
  fieldProblem,
  type FieldValues,
} from '../../activation/spec/field.ts';
import { folderDoubts } from '../../activation/spec/folder.ts';
import { longestValue, refusedPaste } from '../../activation/spec/value-form.ts';
import type { FormField } from '../../components/form/form-field.ts';
import type { Text, Values } from '../../locale/texts.ts';
import type { Draft } from '../../wizard/draft.ts';
import type { FieldsPage } from '../page.ts';
import { choiceTitle, fieldHelp, fieldTitle } from './field-title.ts';

/** What a page asks whose fields a spec published. */
export function publishedFields(
  of: 'signInFields' | 'locationFields',
  fieldsOf: (draft: Draft, values?: FieldValues) => readonly Field[] | undefined,
  given: (draft: Draft) => FieldValues,
): Pick<FieldsPage, 'fields' | 'given' | 'defaults' | 'kept' | 'answered'> {
  return {
    fields: ({ text, state }, values) =>
      askedFields(fieldsOf(state.draft, values) ?? [], values).map((field) =>
        toFormField(field, text, state.draft.destination?.connectionSpecId ?? ''),
      ),
    given: ({ state }) => given(state.draft),
    defaults: ({ state }) =>
      Object.fromEntries(
        (fieldsOf(state.draft) ?? []).flatMap(({ name, defaultValue }) =>
          defaultValue === undefined ? [] : [[name, defaultValue]],
        ),
      ),
    kept: (value) => ({ of, value }),
    answered: (value) => ({ of, value }),
  };
}

/** A field that a spec published, as a form asks for it. */
function toFormField(field: Field, text: Text, card: string): FormField {
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
    help: fieldHelp(text, field),
    example: field.example,
    choices: field.choices?.map(({ value, title }) => ({
      value,
      label: choiceTitle(text, field, value, title),
    })),
    complete: (value) => betterValue(field, value),
    refuse: (pasted) => {
      const id = field.isSecret ? undefined : refusedPaste(pasted);
      return id === undefined ? undefined : text(id, { field: label, most: longestValue });
    },
    doubts: (value) =>
      field.isSecret ? [] : folderDoubts(field, value, card).map(({ id, values }) => text(id, values)),
    validate: (value) => {
      const wrong = fieldProblem(field, value);
      if (!wrong) return undefined;
      const hasExample = wrong.id === 'field.pattern' && field.example !== undefined;
      const values: Values = { ...wrong.values, field: label };
      return text(hasExample ? 'field.patternExample' : wrong.id, values);
    },
  };
}
