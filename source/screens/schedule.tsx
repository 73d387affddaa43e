import { Text } from 'ink';
import { type ReactElement, useCallback, useMemo } from 'react';
import { previewName, templateProblems } from '../activation/filename-template.ts';
import type { Problem } from '../activation/problem.ts';
import {
  type ExportSettings,
  type Frequency,
  dateProblem,
  endDateProblem,
  frequencies,
  isDate,
  nextRuns,
  timeProblem,
  triggerTypes,
  type TriggerType,
  whyNotFrequency,
  whyNotTrigger,
} from '../activation/schedule.ts';
import { Choice, type ChoiceOption } from '../components/choice/choice.tsx';
import { Form, type FormField } from '../components/form/form.tsx';
import { useTone } from '../components/theme/theme.tsx';
import { type Text as Say, valueText } from '../locale/texts.ts';
import { useFormTexts } from './list-texts.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { SettingsList } from './settings-list.tsx';
import { useScope } from './use-scope.ts';
import { useWizard } from './wizard-context.tsx';

/** When matters more than the file name: that one goes on a narrow screen, and then both others are cut. */
const columns = [
  { title: '', minWidth: 24 },
  { title: '', minWidth: 44 },
  { title: '', minWidth: 16 },
];
const narrowColumns = [
  { title: '', minWidth: 8 },
  { title: '', minWidth: 16 },
  { title: '', minWidth: 40 },
];

/** Frequency, dates, time and file name of every segment. */
export function ScheduleScreen(): ReactElement {
  const { text, width } = useWizard();
  const describe = useCallback(
    (settings: ExportSettings) => [whenText(text, settings), settings.filenameTemplate],
    [text],
  );
  return (
    <SettingsList
      question={text('question.schedule')}
      next={text('page.review')}
      editor="frequencyEditor"
      describe={describe}
      columns={width < 60 ? narrowColumns : columns}
    />
  );
}

/** `every 6 hours, 2026-12-22 17:00 – 2026-12-31` */
export function whenText(text: Say, { schedule }: ExportSettings): string {
  const { frequency, triggerType, startDate, startTime, endDate } = schedule;
  const start =
    triggerType === 'AFTER_SEGMENT_EVAL'
      ? `${valueText(text, triggerType)}, ${startDate}`
      : `${startDate} ${startTime ?? ''}`;
  return `${valueText(text, frequency)}, ${start.trim()}${endDate === undefined ? '' : ` – ${endDate}`}`;
}

/** A frequency that does not go with the export mode is there, and says why it cannot be chosen. */
export function FrequencyEditor(): ReactElement {
  const { send, text, isActive, height, width, openKeys } = useWizard();
  const { name, settings } = useScope();
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  const options = useMemo(
    () =>
      frequencies.map((value): ChoiceOption<Frequency> => {
        const why = firstOf(settings, (one) => whyNotFrequency(one.exportMode, value));
        return {
          value,
          label: valueText(text, value),
          ...(why ? { disabled: text(why.id, named(text, why)) } : {}),
          ...(value === 'ONCE' && !why ? { hint: text('settings.onceHint') } : {}),
        };
      }),
    [settings, text],
  );
  return (
    <Page
      question={text('question.frequencyEditor', { segment: name })}
      next={text('page.review')}
      keys={keys}
    >
      <Choice
        options={options}
        initialValue={settings[0]?.schedule.frequency}
        height={height - 2}
        width={width}
        isActive={isActive}
        onHelp={openKeys}
        onBack={() => send({ type: 'wentBack' })}
        onSelect={(value) => send({ type: 'answered', answer: { of: 'frequencyEditor', value } })}
      />
    </Page>
  );
}

/** At a set time, or after the segment evaluation. */
export function TriggerEditor(): ReactElement {
  const { send, text, isActive, height, width, openKeys } = useWizard();
  const { settings } = useScope();
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  const options = useMemo(
    () =>
      triggerTypes.map((value): ChoiceOption<TriggerType> => {
        const why = firstOf(settings, (one) => whyNotTrigger(one.exportMode, value));
        return {
          value,
          label: valueText(text, value),
          hint: text(`settings.${value}.hint`),
          ...(why ? { disabled: text(why.id, why.values) } : {}),
        };
      }),
    [settings, text],
  );
  return (
    <Page question={text('question.triggerEditor')} next={text('page.review')} keys={keys}>
      <Choice
        options={options}
        initialValue={settings[0]?.schedule.triggerType ?? 'SCHEDULED'}
        height={height - 1}
        width={width}
        isActive={isActive}
        onHelp={openKeys}
        onBack={() => send({ type: 'wentBack' })}
        onSelect={(value) => send({ type: 'answered', answer: { of: 'triggerEditor', value } })}
      />
    </Page>
  );
}

/** Start, end, time and file name; only what goes with the frequency and the trigger is asked. */
export function DetailsEditor(): ReactElement {
  const { send, text, isActive, height, width } = useWizard();
  const texts = useFormTexts();
  const keys = usePageKeys(['nextField', 'back']);
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
  return (
    <Page question={text('question.detailsEditor', { segment: name })} next={text('page.review')} keys={keys}>
      <Form
        fields={fields}
        initialValues={values}
        texts={texts}
        height={height - 3}
        width={width}
        isActive={isActive}
        onBack={() => send({ type: 'wentBack' })}
        onChange={(field, value) =>
          send({ type: 'kept', answer: { of: 'detailsEditor', value: { [field]: value } } })
        }
        onSubmit={(value) => send({ type: 'answered', answer: { of: 'detailsEditor', value } })}
      />
      <Preview />
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
      validate: (value) => said(templateProblems(value)[0]),
    },
  ];
  return all.filter((field) => field !== undefined);
}

/** The first exports and the first file name, as the answers are now. */
function Preview(): ReactElement {
  const { state, services, text } = useWizard();
  const tone = useTone();
  const { segments, settings } = useScope();
  const [segment] = segments;
  const [first] = settings;
  if (!segment || !first) return <Text> </Text>;
  const runs = nextRuns(first.schedule, services.now(), 3);
  const said =
    first.schedule.triggerType === 'AFTER_SEGMENT_EVAL'
      ? text('settings.afterEvaluation')
      : text('settings.nextRuns', { runs: runs.map(momentText).join(', ') || text('review.none') });
  const name = previewName(first.filenameTemplate, {
    destinationName: state.draft.destination?.name ?? '',
    segmentId: segment.id,
    segmentName: segment.name,
    atMs: runs[0] ?? services.now(),
  });
  return (
    <>
      <Text> </Text>
      <Text {...tone.muted} wrap="truncate">
        {`  ${said}`}
      </Text>
      <Text {...tone.muted} wrap="truncate-middle">
        {`  ${text('settings.preview', { name })}`}
      </Text>
    </>
  );
}

/** `2026-12-20 17:00` */
export function momentText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

function firstOf<Item>(
  items: readonly Item[],
  find: (item: Item) => Problem | undefined,
): Problem | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

/** The platform's words in a problem's values become ours. */
function named(text: Say, found: Problem): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(found.values).map(([key, value]) => [
      key,
      typeof value === 'string'
        ? value
            .split(', ')
            .map((one) => valueText(text, one))
            .join(', ')
        : value,
    ]),
  );
}
