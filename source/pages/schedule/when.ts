import type { Problem } from '../../activation/plan/problem.ts';
import {
  type ExportSettings,
  frequencies,
  type Frequency,
  triggerTypes,
  type TriggerType,
  whyNotFrequency,
  whyNotTrigger,
} from '../../activation/content/schedule.ts';
import { listText, type Text, valueText } from '../../locale/texts.ts';
import { answered, type ChoicePage, type FieldsPage, type SettingsPage } from '../page.ts';
import { detailFields, detailValues } from './detail-fields.ts';
import { scopeOf } from './scope.ts';
import { perSegment, whenText } from './settings-text.ts';

/** Frequency, dates, time and file name of every segment. */
export const schedule: SettingsPage = {
  kind: 'settings',
  question: ({ text }) => text('question.schedule'),
  editor: 'frequencyEditor',
  describe: (settings, { text }) => [whenText(text, settings), settings.filenameTemplate],
  told: (asking) => perSegment(schedule, asking),
};

/** A frequency that does not go with the export mode is there, and says why it cannot be chosen. */
export const frequencyEditor: ChoicePage<unknown, Frequency> = {
  kind: 'choice',
  question: ({ text, state }) => text('question.frequencyEditor', { segment: scopeOf(state, text).name }),
  options({ text, state }) {
    const { settings } = scopeOf(state, text);
    return frequencies.map((value) => {
      const why = firstOf(settings, (one) => whyNotFrequency(one.exportMode, value));
      return {
        value,
        label: valueText(text, value),
        ...(why ? { disabled: text(why.id, inOurWords(text, why)) } : {}),
        ...(value === 'ONCE' && !why ? { hint: text('settings.onceHint') } : {}),
      };
    });
  },
  preferred: ({ state, text }) => scopeOf(state, text).settings[0]?.schedule.frequency,
  chosen: (value) => answered({ of: 'frequencyEditor', value }),
};

/** At a set time, or after the segment evaluation. */
export const triggerEditor: ChoicePage<unknown, TriggerType> = {
  kind: 'choice',
  question: ({ text }) => text('question.triggerEditor'),
  options({ text, state }) {
    const { settings } = scopeOf(state, text);
    return triggerTypes.map((value) => {
      const why = firstOf(settings, (one) => whyNotTrigger(one.exportMode, value));
      return {
        value,
        label: valueText(text, value),
        hint: text(`settings.${value}.hint`),
        ...(why ? { disabled: text(why.id, inOurWords(text, why)) } : {}),
      };
    });
  },
  preferred: ({ state, text }) => scopeOf(state, text).settings[0]?.schedule.triggerType ?? 'SCHEDULED',
  chosen: (value) => answered({ of: 'triggerEditor', value }),
};

/** Start, end, time and file name; only what goes with the frequency and the trigger is asked. */
export const detailsEditor: FieldsPage = {
  kind: 'fields',
  question: ({ text, state }) => text('question.detailsEditor', { segment: scopeOf(state, text).name }),
  fields({ text, state }, { startDate }) {
    const { settings } = scopeOf(state, text);
    // The end is held against the start that was just answered.
    return detailFields(
      text,
      settings.map((one) =>
        startDate === undefined ? one : { ...one, schedule: { ...one.schedule, startDate } },
      ),
    );
  },
  given: ({ text, state }) => detailValues(scopeOf(state, text).settings),
  kept: (value) => ({ of: 'detailsEditor', value }),
  answered: (value) => ({ of: 'detailsEditor', value }),
};

function firstOf(
  settings: readonly ExportSettings[],
  find: (one: ExportSettings) => Problem | undefined,
): Problem | undefined {
  for (const one of settings) {
    const found = find(one);
    if (found) return found;
  }
  return undefined;
}

/** The platform's words in a problem's values become ours. */
function inOurWords(text: Text, found: Problem): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(found.values).map(([key, value]) => [
      key,
      typeof value === 'string'
        ? listText(
            text,
            value.split(', ').map((one) => valueText(text, one)),
          )
        : value,
    ]),
  );
}
