import { type ExportMode, exportModes } from '../../activation/content/schedule.ts';
import { valueText } from '../../locale/texts.ts';
import { answered, type ChoicePage, type SettingsPage } from '../page.ts';
import { scopeOf } from './scope.ts';
import { perSegment } from './settings-text.ts';

/** The export mode of every segment. */
export const exportMode: SettingsPage = {
  kind: 'settings',
  question: ({ text }) => text('question.exportMode'),
  editor: 'exportModeEditor',
  describe: (settings, { text }) => [valueText(text, settings.exportMode)],
  told: (asking) => perSegment(exportMode, asking),
};

/** Full, or first full and then incremental. */
export const exportModeEditor: ChoicePage<unknown, ExportMode> = {
  kind: 'choice',
  question: ({ text, state }) => text('question.exportModeEditor', { segment: scopeOf(state, text).name }),
  options: ({ text }) =>
    exportModes.map((value) => ({
      value,
      label: valueText(text, value),
      hint: text(value === 'DAILY_FULL_EXPORT' ? 'settings.fullHint' : 'settings.incrementalHint'),
    })),
  preferred: ({ state, text }) => scopeOf(state, text).settings[0]?.exportMode,
  chosen: (value) => answered({ of: 'exportModeEditor', value }),
};
