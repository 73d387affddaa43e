import { completeMacro, templateProblems } from '../../activation/filename-template.ts';
import type { Problem } from '../../activation/problem.ts';
import {
  dateProblem,
  endDateProblem,
  type ExportSettings,
  isDate,
  timeProblem,
} from '../../activation/schedule.ts';
import type { FormField } from '../../components/form/form-field.ts';
import type { Text } from '../../locale/texts.ts';

/** What the fields hold: the settings of the first of the segments that are edited. */
export function detailValues([first]: readonly ExportSettings[]) {
  return {
    startDate: first?.schedule.startDate ?? '',
    startTime: first?.schedule.startTime ?? '',
    endDate: first?.schedule.endDate ?? '',
    filenameTemplate: first?.filenameTemplate ?? '',
  };
}

/** Start, time, end and file name; only what goes with the frequency and the trigger is asked. */
export function detailFields(text: Text, settings: readonly ExportSettings[]): FormField[] {
  const [first] = settings;
  const startDate = first?.schedule.startDate ?? '';
  const isOnce = settings.some((one) => one.schedule.frequency === 'ONCE');
  const isAfterEvaluation = first?.schedule.triggerType === 'AFTER_SEGMENT_EVAL';
  const said = (found: Problem | undefined): string | undefined =>
    found ? text(found.id, found.values) : undefined;
  const all: (FormField | undefined)[] = [
    {
      name: 'startDate',
      label: text('settings.startDate'),
      kind: 'text',
      required: true,
      help: text('settings.utc'),
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
