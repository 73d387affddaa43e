import { type ReactElement, useMemo, useState } from 'react';
import { completeMacro, templateProblems } from '../activation/filename-template.ts';
import type { Problem } from '../activation/problem.ts';
import { dateProblem, endDateProblem, isDate, timeProblem } from '../activation/schedule.ts';
import { Form, type FormField } from '../components/form/form.tsx';
import type { Text as Say } from '../locale/texts.ts';
import { DatePicker } from './date-picker.tsx';
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
  const { send, text, isActive, height, width } = useWizard();
  const texts = useFormTexts();
  const [helper, setHelper] = useState<DateField | 'filenameTemplate'>();
  const [field, setField] = useState<string>();
  const keys = usePageKeys(
    helper === undefined
      ? ['nextField', 'helper', 'back']
      : helper === 'filenameTemplate'
        ? ['take', 'order', 'choose', 'back']
        : ['byDay', 'byMonth', 'choose', 'back'],
  );
  const { name, settings } = useScope();
  const [first] = settings;
  const startDate = first?.schedule.startDate ?? '';
  const isOnce = settings.some((one) => one.schedule.frequency === 'ONCE');
  const isAfterEvaluation = first?.schedule.triggerType === 'AFTER_SEGMENT_EVAL';
  const fields = useMemo(
    () => detailFields(text, { startDate, isOnce, isAfterEvaluation }),
    [text, startDate, isOnce, isAfterEvaluation],
  );
  const values = {
    startDate,
    startTime: first?.schedule.startTime ?? '',
    endDate: first?.schedule.endDate ?? '',
    filenameTemplate: first?.filenameTemplate ?? '',
  };
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
          value={values[helper] === '' ? startDate : values[helper]}
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

function detailFields(
  text: Say,
  {
    startDate,
    isOnce,
    isAfterEvaluation,
  }: { startDate: string; isOnce: boolean; isAfterEvaluation: boolean },
): FormField[] {
  const said = (found: Problem | undefined): string | undefined =>
    found ? text(found.id, found.values) : undefined;
  const all: (FormField | undefined)[] = [
    {
      name: 'startDate',
      label: text('settings.startDate'),
      kind: 'text',
      required: true,
      help: text('settings.dateHelp'),
      example: '2026-12-20',
      validate: (value) => said(dateProblem(value.trim())),
    },
    isAfterEvaluation
      ? undefined
      : {
          name: 'startTime',
          label: text('settings.startTime'),
          kind: 'text',
          required: true,
          example: '17:00',
          validate: (value) => said(timeProblem(value.trim())),
        },
    isOnce
      ? undefined
      : {
          name: 'endDate',
          label: text('settings.endDate'),
          kind: 'text',
          required: false,
          help: text('settings.endDateHelp'),
          validate: (value) =>
            said(
              dateProblem(value.trim()) ??
                (isDate(startDate) ? endDateProblem(startDate, value.trim()) : undefined),
            ),
        },
    {
      name: 'filenameTemplate',
      label: text('settings.filenameTemplate'),
      kind: 'text',
      required: true,
      help: text('settings.templateHelp'),
      complete: completeMacro,
      validate: (value) => said(templateProblems(value)[0]),
    },
  ];
  return all.filter((field) => field !== undefined);
}
