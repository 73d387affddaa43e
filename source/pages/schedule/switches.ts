import {
  exportModes,
  type ExportSettings,
  frequencies,
  type TriggerType,
  triggerTypes,
  whyNotFrequency,
  whyNotTrigger,
  isRare,
  usualTrigger,
} from '../../activation/content/schedule.ts';
import { own } from '../../activation/own.ts';
import type { ChoiceName } from '../../activation/settings.ts';
import { takesRare } from '../../activation/spec/catalog.ts';
import type { ChoiceOption } from '../../components/choice/choice-option.ts';
import { choiceText } from '../../locale/plan-words.ts';
import type { Text } from '../../locale/texts.ts';

/** A setting that is one of a few, for one segment or for several at once. */
export interface Switch {
  readonly name: ChoiceName;
  readonly label: `settings.${ChoiceName}`;
  /**
   * All values that a card has; one that does not go with every segment is there, and says why it cannot be chosen.
   *
   * @param card - Connection spec.
   */
  options(settings: readonly ExportSettings[], text: Text, card?: string): readonly ChoiceOption[];
  /** The value that they have; nothing where they differ. */
  chosen(settings: readonly ExportSettings[]): string | undefined;
  /** What would have to be chosen first for the values that cannot be. */
  note(settings: readonly ExportSettings[], text: Text, card?: string): string | undefined;
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

const onlyFull = (text: Text, card: string | undefined): string =>
  text(takesRare(card) ? 'settings.onlyFullRare' : 'settings.onlyFull');

const frequencyHints = {
  ONCE: 'settings.onceHint',
  WEEKLY: 'settings.weeklyHint',
  MONTHLY: 'settings.monthlyHint',
} as const;

export const frequencySwitch = {
  name: 'frequency',
  label: 'settings.frequency',
  options: (settings: readonly ExportSettings[], text: Text, card?: string): ChoiceOption[] =>
    frequencies
      .filter((value) => takesRare(card) || !isRare(value))
      .map((value) => {
        const hint = own(frequencyHints, value);
        return {
          value,
          label: choiceText(text, value),
          ...(hint === undefined ? {} : { hint: text(hint) }),
          ...(settings.some(({ exportMode }) => whyNotFrequency(exportMode, value))
            ? {
                disabled:
                  value === 'ONCE' || isRare(value) ? onlyFull(text, card) : text('settings.onlyIncremental'),
              }
            : {}),
        };
      }),
  chosen: (settings: readonly ExportSettings[]) => common(settings, ({ schedule }) => schedule.frequency),
  note: (settings: readonly ExportSettings[], text: Text, card?: string): string =>
    settings.every(({ exportMode }) => exportMode === 'DAILY_FULL_EXPORT')
      ? text('settings.onlyIncremental')
      : onlyFull(text, card),
} as const satisfies Switch;

export const triggerSwitch = {
  name: 'triggerType',
  label: 'settings.triggerType',
  options: (settings: readonly ExportSettings[], text: Text): ChoiceOption[] =>
    triggerTypes.map((value) => ({
      value,
      label: choiceText(text, value),
      hint: text(`settings.${value}.hint`),
      ...refusedTrigger(settings, value, text),
    })),
  chosen: (settings: readonly ExportSettings[]) =>
    common(settings, ({ schedule }) => schedule.triggerType ?? usualTrigger),
  note: () => undefined,
} as const satisfies Switch;

function refusedTrigger(
  settings: readonly ExportSettings[],
  value: TriggerType,
  text: Text,
): { disabled?: string } {
  const [why] = settings.flatMap(
    ({ exportMode, schedule }) => whyNotTrigger(exportMode, value, schedule.frequency) ?? [],
  );
  if (!why) return {};
  return {
    disabled: text(why.id === 'schedule.triggerNotForMode' ? 'settings.onlyFull' : 'settings.notRare'),
  };
}

/** The value after the chosen one, round and round, of those that can be; nothing where there is no other. */
export function nextValue(
  one: Switch,
  settings: readonly ExportSettings[],
  text: Text,
  card?: string,
): string | undefined {
  const values = one
    .options(settings, text, card)
    .flatMap(({ value, disabled }) => (disabled ? [] : [value]));
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
