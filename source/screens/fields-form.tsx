import { type ReactElement, useMemo } from 'react';
import { activeFields, type Field, type FieldValues } from '../activation/field.ts';
import { Form } from '../components/form/form.tsx';
import { defaultsOf, toFormField } from './form-fields.ts';
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
  const { send, text, isActive, height, width, openKeys } = useWizard();
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
        onHelp={openKeys}
      />
    </>
  );
}
