import { type ReactElement, useMemo } from 'react';
import type { Field, FieldValues } from '../activation/field.ts';
import { activeFields, fieldProblem } from '../activation/field.ts';
import { Form, type FormField } from '../components/form/form.tsx';
import type { Text } from '../locale/texts.ts';
import { useFormTexts } from './list-texts.ts';
import { StandInNote, standInLines } from './stand-in.tsx';
import { useWizard } from './wizard-context.tsx';

/** A form for fields that a spec published. */
export function FieldsForm(props: {
  readonly fields: readonly Field[];
  readonly values: FieldValues;
  /** The form comes from the catalog, and not from the platform. */
  readonly standsIn: boolean;
  readonly onChange: (values: FieldValues) => void;
  readonly onSubmit: (values: FieldValues) => void;
}): ReactElement {
  const { send, text, isActive, height, width } = useWizard();
  const texts = useFormTexts();
  const { values } = props;
  const fields = useMemo(() => activeFields(props.fields, values), [props.fields, values]);
  const formFields = useMemo(() => fields.map((field) => toFormField(field, text)), [fields, text]);
  const initialValues = { ...defaultsOf(fields), ...values };
  return (
    <>
      <StandInNote stands={props.standsIn} />
      <Form
        fields={formFields}
        initialValues={initialValues}
        texts={texts}
        height={height - standInLines(props.standsIn)}
        width={width}
        isActive={isActive}
        onBack={() => send({ type: 'wentBack' })}
        onChange={(name, value) => props.onChange({ [name]: value })}
        onSubmit={props.onSubmit}
      />
    </>
  );
}

function defaultsOf(fields: readonly Field[]): FieldValues {
  return Object.fromEntries(
    fields.flatMap((field) => (field.defaultValue === undefined ? [] : [[field.name, field.defaultValue]])),
  );
}

function toFormField(field: Field, text: Text): FormField {
  return {
    name: field.name,
    label: field.title,
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
      return text(hasExample ? 'field.patternExample' : wrong.id, wrong.values);
    },
  };
}
