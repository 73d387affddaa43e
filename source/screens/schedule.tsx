import { type ReactElement, useCallback, useMemo } from 'react';
import type { Problem } from '../activation/problem.ts';
import {
  type ExportSettings,
  type Frequency,
  frequencies,
  triggerTypes,
  type TriggerType,
  whyNotFrequency,
  whyNotTrigger,
} from '../activation/schedule.ts';
import { Choice, type ChoiceOption } from '../components/choice/choice.tsx';
import { type Text as Say, valueText } from '../locale/texts.ts';
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
