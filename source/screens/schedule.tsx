import { type ReactElement, useCallback, useMemo } from 'react';
import type { ExportSettings } from '../activation/schedule.ts';
import { Choice } from '../components/choice/choice.tsx';
import { frequencyOptions, triggerOptions } from './options.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { SettingsList } from './settings-list.tsx';
import { whenText } from './settings-text.ts';
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

/** A frequency that does not go with the export mode is there, and says why it cannot be chosen. */
export function FrequencyEditor(): ReactElement {
  const { send, text, isActive, height, width, openKeys } = useWizard();
  const { name, settings } = useScope();
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  const options = useMemo(() => frequencyOptions(text, settings), [settings, text]);
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
  const options = useMemo(() => triggerOptions(text, settings), [settings, text]);
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
