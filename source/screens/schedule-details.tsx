import { type ReactElement, useMemo, useState } from 'react';
import { Form } from '../components/form/form.tsx';
import { DatePicker } from './date-picker.tsx';
import { detailFields, detailValues } from './detail-fields.ts';
import { useFormTexts } from './list-texts.ts';
import { MacroEditor } from './macro-editor.tsx';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { ExportPreview, previewLines } from './export-preview.tsx';
import { useScope } from './use-scope.ts';
import { useWizard } from './wizard-context.tsx';

type DateField = 'startDate' | 'endDate';

/** Start, end, time and file name; only what goes with the frequency and the trigger is asked. */
export function DetailsEditor(): ReactElement {
  const { send, text, isActive, height, width, openKeys } = useWizard();
  const texts = useFormTexts();
  const [helper, setHelper] = useState<DateField | 'filenameTemplate'>();
  const [field, setField] = useState<string>();
  const keys = usePageKeys(
    helper === undefined
      ? ['nextField', 'helper', 'back', 'help']
      : helper === 'filenameTemplate'
        ? ['take', 'order', 'choose', 'back']
        : ['byDay', 'byMonth', 'choose', 'back'],
  );
  const { name, settings } = useScope();
  const fields = useMemo(() => detailFields(text, settings, { hasCalendar: true }), [text, settings]);
  const values = detailValues(settings);
  const keep = (changed: string, value: string): void =>
    send({ type: 'kept', answer: { of: 'detailsEditor', value: { [changed]: value } } });
  const close = (): void => {
    setField(helper);
    setHelper(undefined);
  };
  const lines = previewLines(height);
  return (
    <Page question={text('question.detailsEditor', { segment: name })} next={text('page.review')} keys={keys}>
      {helper === undefined ? (
        <Form
          fields={fields}
          initialValues={values}
          initialField={field}
          texts={texts}
          height={height - lines}
          width={width}
          isActive={isActive}
          onBack={() => send({ type: 'wentBack' })}
          onChange={keep}
          onKey={(press, at) => {
            if (press.kind !== 'ctrl' || press.letter !== 'o') return;
            if (at === 'startDate' || at === 'endDate' || at === 'filenameTemplate') setHelper(at);
          }}
          onHelp={openKeys}
          onSubmit={(value) => send({ type: 'answered', answer: { of: 'detailsEditor', value } })}
        />
      ) : helper === 'filenameTemplate' ? (
        <MacroEditor
          template={values.filenameTemplate}
          onChange={(value) => keep('filenameTemplate', value)}
          onClose={close}
        />
      ) : (
        <DatePicker
          value={values[helper] === '' ? values.startDate : values[helper]}
          onBack={close}
          onPick={(day) => {
            keep(helper, day);
            close();
          }}
        />
      )}
      {helper === undefined || helper === 'filenameTemplate' ? <ExportPreview lines={lines} /> : null}
    </Page>
  );
}
