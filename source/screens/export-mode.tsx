import { type ReactElement, useCallback, useMemo } from 'react';
import type { ExportSettings } from '../activation/schedule.ts';
import { Choice } from '../components/choice/choice.tsx';
import { valueText } from '../locale/texts.ts';
import { exportModeOptions } from './options.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { SettingsList } from './settings-list.tsx';
import { useScope } from './use-scope.ts';
import { useWizard } from './wizard-context.tsx';

const columns = [{ title: '', minWidth: 12 }, { title: '' }];

/** The export mode of every segment. */
export function ExportModeScreen(): ReactElement {
  const { text } = useWizard();
  const describe = useCallback((settings: ExportSettings) => [valueText(text, settings.exportMode)], [text]);
  return (
    <SettingsList
      question={text('question.exportMode')}
      next={text('page.schedule')}
      editor="exportModeEditor"
      describe={describe}
      columns={columns}
    />
  );
}

/** Full, or first full and then incremental. */
export function ExportModeEditor(): ReactElement {
  const { send, text, isActive, height, width, openKeys } = useWizard();
  const { name, settings } = useScope();
  const keys = usePageKeys(['move', 'choose', 'back', 'help']);
  const options = useMemo(() => exportModeOptions(text), [text]);
  return (
    <Page
      question={text('question.exportModeEditor', { segment: name })}
      next={text('page.schedule')}
      keys={keys}
    >
      <Choice
        options={options}
        initialValue={settings[0]?.exportMode}
        height={height - 1}
        width={width}
        isActive={isActive}
        onHelp={openKeys}
        onBack={() => send({ type: 'wentBack' })}
        onSelect={(value) => send({ type: 'answered', answer: { of: 'exportModeEditor', value } })}
      />
    </Page>
  );
}
