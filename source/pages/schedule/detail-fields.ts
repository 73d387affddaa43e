import { own } from '../../activation/own.ts';
import { completeMacro, templateProblems } from '../../activation/content/filename-template.ts';
import { kindOf } from '../../activation/spec/catalog.ts';
import type { Problem } from '../../activation/plan/problem.ts';
import {
  dateProblem,
  endDateProblem,
  type ExportSettings,
  isDate,
  timeProblem,
} from '../../activation/content/schedule.ts';
import type { SettingName } from '../../activation/settings.ts';
import type { FormField, FormValues } from '../../components/form/form-field.ts';
import type { Text } from '../../locale/texts.ts';
import { withDetails } from '../../wizard/reducer.ts';
import type { Scope } from './scope.ts';
import { exportModeSwitch, frequencySwitch, type Switch, triggerSwitch } from './switches.ts';

/** What the fields hold: the settings of the first of the segments that are edited. */
export function detailValues([first]: readonly ExportSettings[]) {
  return {
    exportMode: first?.exportMode ?? '',
    frequency: first?.schedule.frequency ?? '',
    triggerType: first?.schedule.triggerType ?? 'SCHEDULED',
    startDate: first?.schedule.startDate ?? '',
    startTime: first?.schedule.startTime ?? '',
    endDate: first?.schedule.endDate ?? '',
    filenameTemplate: first?.filenameTemplate ?? '',
  } satisfies Record<SettingName, string>;
}

/** The values that are not what they were. */
export const changedValues = (values: FormValues, before: FormValues): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== (own(before, name) ?? '')));

/**
 * Everything that is set for some segments; only what goes with mode, frequency and trigger is asked.
 *
 * @param values - Answers that the settings do not hold yet.
 */
export function detailFields(
  text: Text,
  { settings, card }: Pick<Scope, 'settings' | 'card'>,
  values: FormValues = {},
): FormField[] {
  const now = settings.map((one) => withDetails(one, values));
  const [first] = now;
  const startDate = first?.schedule.startDate ?? '';
  const kind = kindOf(card);
  const isOnce = now.some(({ schedule }) => schedule.frequency === 'ONCE');
  const isAfterEvaluation = first?.schedule.triggerType === 'AFTER_SEGMENT_EVAL';
  const said = (found: Problem | undefined): string | undefined =>
    found ? text(found.id, found.values) : undefined;
  const choice = <Name extends Switch['name']>(one: Switch & { name: Name }): FormField & { name: Name } => {
    const choices = one.options(now, text, card).filter(({ disabled }) => disabled === undefined);
    const help = [
      ...choices.flatMap(({ label, hint }) => (hint ? [text('text.labelled', { label, value: hint })] : [])),
      one.note(now, text, card),
    ];
    return {
      name: one.name,
      label: text(one.label),
      kind: 'choice',
      required: true,
      choices,
      help: help.filter((part) => part !== undefined).join(text('list.clause')),
    };
  };
  const trigger = choice(triggerSwitch);
  // In the order they are asked; a setting that is asked here and has no field does not compile.
  const all: { [Name in SettingName]: (FormField & { name: Name }) | undefined } = {
    exportMode: choice(exportModeSwitch),
    frequency: choice(frequencySwitch),
    triggerType: trigger.choices?.length === 1 ? undefined : trigger,
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
      help: text(kind === 'older' ? 'settings.templateHelp' : 'settings.newerTemplateHelp'),
      complete: (value) => completeMacro(value, kind),
      validate: (value) => said(templateProblems(value, '', kind)[0]),
    },
  };
  return Object.values(all).filter((field) => field !== undefined);
}
