import { completeMacro, templateProblems } from '../../activation/content/filename-template.ts';
import type { Problem } from '../../activation/plan/problem.ts';
import {
  dateProblem,
  endDateProblem,
  type ExportSettings,
  isDate,
  timeProblem,
} from '../../activation/content/schedule.ts';
import type { FormField } from '../../components/form/form-field.ts';
import type { Text } from '../../locale/texts.ts';
import type { DetailSetting } from '../../wizard/asked-by.ts';

/** What the fields hold: the settings of the first of the segments that are edited. */
export function detailValues([first]: readonly ExportSettings[]) {
  return {
    startDate: first?.schedule.startDate ?? '',
    startTime: first?.schedule.startTime ?? '',
    endDate: first?.schedule.endDate ?? '',
    filenameTemplate: first?.filenameTemplate ?? '',
  } satisfies Record<DetailSetting, string>;
}

/** Start, time, end and file name; only what goes with the frequency and the trigger is asked. */
export function detailFields(text: Text, settings: readonly ExportSettings[]): FormField[] {
  const [first] = settings;
  const startDate = first?.schedule.startDate ?? '';
  const isOnce = settings.some((one) => one.schedule.frequency === 'ONCE');
  const isAfterEvaluation = first?.schedule.triggerType === 'AFTER_SEGMENT_EVAL';
  const said = (found: Problem | undefined): string | undefined =>
    found ? text(found.id, found.values) : undefined;
  // In the order they are asked; a setting that is asked here and has no field does not compile.
  const all: { [Name in DetailSetting]: (FormField & { name: Name }) | undefined } = {
    startDate: {
      name: 'startDate',
      label: text('settings.startDate'),
      kind: 'text',
      required: true,
      help: text('settings.utc'),
      example: '2026-12-20',
      validate: (value) => said(dateProblem(value.trim())),
    },
    startTime: isAfterEvaluation
      ? undefined
      : {
          name: 'startTime',
          label: text('settings.startTime'),
          kind: 'text',
          required: true,
          example: '17:00',
          validate: (value) => said(timeProblem(value.trim())),
        },
    endDate: isOnce
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
    filenameTemplate: {
      name: 'filenameTemplate',
      label: text('settings.filenameTemplate'),
      kind: 'text',
      required: true,
      help: text('settings.templateHelp'),
      complete: completeMacro,
      validate: (value) => said(templateProblems(value)[0]),
    },
  };
  return Object.values(all).filter((field) => field !== undefined);
}
