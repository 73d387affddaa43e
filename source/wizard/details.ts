import { own } from '../activation/own.ts';
import {
  exportModes,
  type ExportSettings,
  frequencies,
  readDate,
  readTime,
  triggerTypes,
  withChange,
} from '../activation/content/schedule.ts';
import { isRequired, type SettingName, shownSettings, withSettings } from '../activation/settings.ts';
import type { FieldValues } from '../activation/spec/field.ts';

/** Settings that are one of a few: changing one can change what goes with it. */
const switched = { exportMode: exportModes, frequency: frequencies, triggerType: triggerTypes } as const;
const typed = shownSettings.filter((name) => !Object.hasOwn(switched, name));

/** How what is typed is understood; a blank is part of a file name. */
const read: Partial<Record<SettingName, (value: string) => string>> = {
  startDate: readDate,
  endDate: readDate,
  startTime: readTime,
};

/** Form values → settings; an empty optional one is none. */
export function withDetails(settings: ExportSettings, values: FieldValues): ExportSettings {
  const choice = <Value extends string>(name: string, all: readonly Value[]): Value | undefined =>
    all.find((one) => one === own(values, name));
  const exportMode = choice('exportMode', switched.exportMode);
  const frequency = choice('frequency', switched.frequency);
  const triggerType = choice('triggerType', switched.triggerType);
  const isSwitched = [exportMode, frequency, triggerType].some((one) => one !== undefined);
  const before = isSwitched ? withChange(settings, { exportMode, frequency, triggerType }) : settings;
  const given = new Map(
    typed.flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [[name, read[name]?.(value) ?? value] as const];
    }),
  );
  const said = [...given].filter(([name, value]) => value !== '' || isRequired(name));
  return withSettings(before, Object.fromEntries(said), [...given.keys()]);
}
