import {
  exportModes,
  type ExportSettings,
  frequencies,
  triggerTypes,
  whyNotFrequency,
  whyNotTrigger,
} from '../../activation/content/schedule.ts';
import type { ChoiceOption } from '../../components/choice/choice-option.ts';
import { type Text, valueText } from '../../locale/texts.ts';

/** A setting that is one of a few, for one segment or for several at once. */
export interface Switch {
  readonly name: 'exportMode' | 'frequency' | 'triggerType';
  readonly label: 'settings.exportMode' | 'settings.frequency' | 'settings.triggerType';
  /** All values; one that does not go with every segment is there, and says why it cannot be chosen. */
  options(settings: readonly ExportSettings[], text: Text): readonly ChoiceOption[];
  /** The value that they have; nothing where they differ. */
  chosen(settings: readonly ExportSettings[]): string | undefined;
  /** What would have to be chosen first for the values that cannot be. */
  note(settings: readonly ExportSettings[], text: Text): string | undefined;
}

export const exportModeSwitch = {
  name: 'exportMode',
  label: 'settings.exportMode',
  options: (_: readonly ExportSettings[], text: Text): ChoiceOption[] =>
    exportModes.map((value) => ({
      value,
      label: text(`settings.${value}`),
      hint: text(value === 'DAILY_FULL_EXPORT' ? 'settings.fullHint' : 'settings.incrementalHint'),
    })),
  chosen: (settings: readonly ExportSettings[]) => common(settings, ({ exportMode }) => exportMode),
  note: () => undefined,
} as const satisfies Switch;

export const frequencySwitch = {
  name: 'frequency',
  label: 'settings.frequency',
  options: (settings: readonly ExportSettings[], text: Text): ChoiceOption[] =>
    frequencies.map((value) => ({
      value,
      label: valueText(text, value),
      ...(value === 'ONCE' ? { hint: text('settings.onceHint') } : {}),
      ...(settings.some(({ exportMode }) => whyNotFrequency(exportMode, value))
        ? { disabled: text(value === 'ONCE' ? 'settings.onlyFull' : 'settings.onlyIncremental') }
        : {}),
    })),
  chosen: (settings: readonly ExportSettings[]) => common(settings, ({ schedule }) => schedule.frequency),
  note: (settings: readonly ExportSettings[], text: Text): string =>
    settings.every(({ exportMode }) => exportMode === 'DAILY_FULL_EXPORT')
      ? text('settings.onlyIncremental')
      : text('settings.onlyFull'),
} as const satisfies Switch;

export const triggerSwitch = {
  name: 'triggerType',
  label: 'settings.triggerType',
  options: (settings: readonly ExportSettings[], text: Text): ChoiceOption[] =>
    triggerTypes.map((value) => ({
      value,
      label: valueText(text, value),
      hint: text(`settings.${value}.hint`),
      ...(settings.some(({ exportMode }) => whyNotTrigger(exportMode, value))
        ? { disabled: text('settings.onlyFull') }
        : {}),
    })),
  chosen: (settings: readonly ExportSettings[]) =>
    common(settings, ({ schedule }) => schedule.triggerType ?? 'SCHEDULED'),
  note: () => undefined,
} as const satisfies Switch;

/** The value after the chosen one, round and round, of those that can be; nothing where there is no other. */
export function nextValue(one: Switch, settings: readonly ExportSettings[], text: Text): string | undefined {
  const values = one.options(settings, text).flatMap(({ value, disabled }) => (disabled ? [] : [value]));
  const chosen = one.chosen(settings);
  const at = values.findIndex((value) => value === chosen);
  const next = values[(at + 1) % values.length];
  return next === chosen ? undefined : next;
}

function common<Value>(
  settings: readonly ExportSettings[],
  read: (one: ExportSettings) => Value,
): Value | undefined {
  const values = new Set(settings.map(read));
  return values.size === 1 ? [...values][0] : undefined;
}
