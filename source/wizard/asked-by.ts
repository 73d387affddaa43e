import { type SettingName, shownSettings } from '../activation/settings.ts';
import type { EditorPage } from './pages.ts';

/** Which page asks for a setting: one that nobody asks for does not compile. */
const askedBy = {
  exportMode: 'exportModeEditor',
  frequency: 'frequencyEditor',
  triggerType: 'triggerEditor',
  startDate: 'detailsEditor',
  startTime: 'detailsEditor',
  endDate: 'detailsEditor',
  filenameTemplate: 'detailsEditor',
} as const satisfies Record<SettingName, EditorPage>;

/** Settings that are asked side by side in one form. */
export type DetailSetting = {
  [Name in SettingName]: (typeof askedBy)[Name] extends 'detailsEditor' ? Name : never;
}[SettingName];

export const detailSettings = shownSettings.filter(
  (name): name is DetailSetting => askedBy[name] === 'detailsEditor',
);
