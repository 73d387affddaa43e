import { type FieldsPage, type SettingsPage } from '../page.ts';
import { changedValues, detailFields, detailValues } from './detail-fields.ts';
import { scopeOf } from './scope.ts';
import { perSegment, settingCells } from './settings-text.ts';
import { exportModeSwitch, frequencySwitch } from './switches.ts';

/** Export mode, frequency, dates, time and file name of every segment. */
export const schedule: SettingsPage = {
  kind: 'settings',
  question: ({ text }) => text('question.schedule'),
  columns: ({ text }) => [
    text('settings.exportMode'),
    text('settings.frequency'),
    text('settings.time'),
    text('settings.dates'),
  ],
  describe: settingCells,
  switches: [exportModeSwitch, frequencySwitch],
  fields: ['startDate', 'filenameTemplate'],
  told: (asking) => perSegment(asking),
};

/** Everything that is set for a segment, in one form; only what goes with mode, frequency and trigger is asked. */
export const detailsEditor: FieldsPage = {
  kind: 'fields',
  question: ({ text, state }) => text('question.detailsEditor', { segment: scopeOf(state, text).name }),
  fields: ({ text, state, services }, values) =>
    detailFields(text, scopeOf(state, text), values, services.now()),
  given: ({ text, state }) => detailValues(scopeOf(state, text).settings),
  kept: (value) => ({ of: 'detailsEditor', value }),
  // Of several segments only what was changed becomes the same.
  answered: (values, asking) => ({
    of: 'detailsEditor',
    value: changedValues(values, detailValues(scopeOf(asking.state, asking.text).settings)),
  }),
};
