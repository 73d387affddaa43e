import { type ExportSettings, readDate, readTime, withChange } from '../activation/content/schedule.ts';
import {
  choicesIn,
  isChoice,
  isRequired,
  type SettingName,
  shownSettings,
  withSettings,
} from '../activation/settings.ts';
import type { FieldValues } from '../activation/spec/field.ts';

const typed = shownSettings.filter((name) => !isChoice(name));

/** How what is typed is understood; a blank is part of a file name. */
const read: Partial<Record<SettingName, (value: string) => string>> = {
  startDate: readDate,
  endDate: readDate,
  startTime: readTime,
};

/** Form values → settings; an empty optional one is none. */
export function withDetails(settings: ExportSettings, values: FieldValues): ExportSettings {
  const choices = choicesIn(values);
  // Changing what is one of a few can change what goes with it.
  const before = Object.keys(choices).length > 0 ? withChange(settings, choices) : settings;
  const given = new Map(
    typed.flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [[name, read[name]?.(value) ?? value] as const];
    }),
  );
  const said = [...given].filter(([name, value]) => value !== '' || isRequired(name));
  return withSettings(before, Object.fromEntries(said), [...given.keys()]);
}
