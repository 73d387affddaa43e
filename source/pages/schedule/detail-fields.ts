import { own } from '../../activation/own.ts';
import { completeMacro, templateProblems } from '../../activation/content/filename-template.ts';
import { kindOf } from '../../activation/spec/catalog.ts';
import type { Problem } from '../../activation/plan/problem.ts';
import {
  dateProblem,
  endDateProblem,
  type ExportSettings,
  isDate,
  readDate,
  readTime,
  timeProblem,
  utcMs,
  utcText,
} from '../../activation/content/schedule.ts';
import { type SettingName, settingsOf } from '../../activation/settings.ts';
import type { FormField, FormValues } from '../../components/form/form-field.ts';
import type { Text } from '../../locale/texts.ts';
import { withDetails } from '../../wizard/details.ts';
import type { Scope } from './scope.ts';
import { settingText } from './settings-text.ts';
import { exportModeSwitch, frequencySwitch, type Switch, triggerSwitch } from './switches.ts';

/** What the fields hold: what all of the segments have; where they differ, nothing. */
export function detailValues(settings: readonly ExportSettings[]) {
  const common = (name: SettingName): string => {
    const [first = '', ...others] = valuesOf(settings, name).keys();
    return others.length === 0 ? first : '';
  };
  return {
    exportMode: common('exportMode'),
    frequency: common('frequency'),
    triggerType: common('triggerType'),
    startDate: common('startDate'),
    startTime: common('startTime'),
    endDate: common('endDate'),
    filenameTemplate: common('filenameTemplate'),
  } satisfies Record<SettingName, string>;
}

/** How many of the segments have each of the values of a setting. */
function valuesOf(settings: readonly ExportSettings[], name: SettingName): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of settings) {
    const value = settingsOf(one)[name] ?? '';
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

/** More values than these are not told one by one. */
const mostTold = 3;

/** `several: full ×2, incremental ×1`; nothing where all are the same. */
function severalText(
  text: Text,
  settings: readonly ExportSettings[],
  name: SettingName,
  said: (value: string) => string,
): string | undefined {
  const counts = [...valuesOf(settings, name)].sort(([, one], [, other]) => other - one);
  if (counts.length <= 1) return undefined;
  if (name === 'filenameTemplate' || counts.length > mostTold) return text('settings.mixed');
  const values = counts.map(([value, count]) =>
    text('settings.ofSeveral', { value: value === '' ? text('settings.noneOfThem') : said(value), count }),
  );
  return text('settings.several', { values });
}

/** The values that are not what they were. */
export const changedValues = (values: FormValues, before: FormValues): FormValues =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== (own(before, name) ?? '')));

/**
 * Everything that is set for some segments; only what goes with mode, frequency and trigger is asked. Where the
 * segments differ nothing needs an answer, and what is not answered stays as it is.
 *
 * @param values - Answers that the settings do not hold yet.
 * @param nowMs - Epoch milliseconds.
 */
export function detailFields(
  text: Text,
  { settings, card, begun = [] }: Pick<Scope, 'settings' | 'card' | 'begun'>,
  values: FormValues,
  nowMs: number,
): FormField[] {
  const now = settings.map((one) => withDetails(one, values));
  const kind = kindOf(card);
  const isOnce = now.some(({ schedule }) => schedule.frequency === 'ONCE');
  const isAfterEvaluation = now.some(({ schedule }) => schedule.triggerType === 'AFTER_SEGMENT_EVAL');
  const said = (found: Problem | undefined): string | undefined =>
    found ? text(found.id, found.values) : undefined;
  const answer = (name: SettingName, said = (value: string): string => settingText(text, value)) => {
    const unanswered = severalText(text, now, name, said);
    return unanswered === undefined ? { required: true } : { required: false, unanswered };
  };
  const today = utcText(nowMs).slice(0, 10);
  const pastDay = (value: string): string[] => {
    const day = readDate(value);
    return isDate(day) && day < today && !begun.includes(day) ? [text('settings.startPast')] : [];
  };
  // Of a day that is over the date says it.
  const pastTime = (value: string): string[] => {
    const isToday = now.some(({ schedule }) => schedule.startDate === today);
    return isToday && !begun.includes(today) && utcMs(today, value) < nowMs
      ? [text('settings.startPast')]
      : [];
  };
  const tooEarly = (endDate: string): Problem | undefined =>
    now
      .map(({ schedule }) => schedule.startDate)
      .filter(isDate)
      .map((startDate) => endDateProblem(startDate, endDate))
      .find((found) => found !== undefined);
  const choice = <Name extends Switch['name']>(one: Switch & { name: Name }): FormField & { name: Name } => {
    const options = one.options(now, text, card);
    const chosen = one.chosen(now);
    // What is set is there, also where it cannot be: how else would be said what it is.
    const choices = options.filter(({ value, disabled }) => disabled === undefined || value === chosen);
    const help = [
      ...choices.flatMap(({ label, hint }) => (hint ? [text('text.labelled', { label, value: hint })] : [])),
      one.note(now, text, card),
    ];
    return {
      name: one.name,
      label: text(one.label),
      kind: 'choice',
      ...answer(one.name, (value) => options.find((option) => option.value === value)?.label ?? value),
      choices,
      validate: (value) => options.find((option) => option.value === value)?.disabled,
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
      ...answer('startDate'),
      help: text('settings.utc'),
      example: '2026-12-20',
      read: readDate,
      validate: (value) => said(dateProblem(value)),
      doubts: pastDay,
    },
    startTime: isAfterEvaluation
      ? undefined
      : {
          name: 'startTime',
          label: text('settings.startTime'),
          kind: 'text',
          ...answer('startTime'),
          example: '17:00',
          read: readTime,
          validate: (value) => said(timeProblem(value)),
          doubts: (value) => pastTime(readTime(value)),
        },
    endDate: isOnce
      ? undefined
      : {
          name: 'endDate',
          label: text('settings.endDate'),
          kind: 'text',
          ...answer('endDate'),
          required: false,
          help: text('settings.endDateHelp'),
          read: readDate,
          validate: (value) => said(dateProblem(value) ?? tooEarly(value)),
        },
    filenameTemplate: {
      name: 'filenameTemplate',
      label: text('settings.filenameTemplate'),
      kind: 'text',
      ...answer('filenameTemplate'),
      help: text(kind === 'older' ? 'settings.templateHelp' : 'settings.newerTemplateHelp'),
      complete: (value) => completeMacro(value, kind),
      validate: (value) => said(templateProblems(value, '', kind)[0]),
    },
  };
  return Object.values(all).filter((field) => field !== undefined);
}
