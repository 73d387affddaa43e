import { type ReactElement, useMemo, useState } from 'react';
import { activeFields, type Field, type FieldValues } from '../activation/field.ts';
import { problemOf } from '../components/form/form-field.ts';
import { Form } from '../components/form/form.tsx';
import { defaultsOf, toFormField } from './form-fields.ts';
import { useFormTexts } from './list-texts.ts';
import { StandInNote, standInLines } from './stand-in.tsx';
import { useWizard } from './wizard-context.tsx';

/** Whether something was answered before; an untouched form begins at its beginning. */
const isBegun = (values: FieldValues): boolean => Object.values(values).some((value) => value !== '');

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
  // Where the person is needed: a secret that no draft and no plan holds.
  const [initialField] = useState(() =>
    isBegun(values)
      ? formFields.find((field) => problemOf(field, initialValues[field.name] ?? '', texts) !== undefined)
      : undefined,
  );
  return (
    <>
      <StandInNote stands={props.standsIn} />
      <Form
        fields={formFields}
        initialValues={initialValues}
        initialField={initialField?.name}
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
