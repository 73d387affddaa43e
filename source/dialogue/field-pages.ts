import { activeFields, type Field, type FieldValues } from '../activation/field.ts';
import { detailFields, detailValues } from '../screens/detail-fields.ts';
import { previewOf } from '../screens/export-lines.ts';
import { defaultsOf, toFormField } from '../screens/form-fields.ts';
import { scopeOf } from '../screens/scope.ts';
import { chosenMethod, chosenMode } from '../wizard/draft.ts';
import { askFields } from './ask-fields.ts';
import { type Dialogue, happened, type Turn, turnOf } from './dialogue.ts';

/** The values of the chosen sign-in. */
export function signInFieldsPage(dialogue: Dialogue): Promise<Turn> {
  const { draft } = dialogue.state;
  return askPublished(dialogue, 'signInFields', chosenMethod(draft)?.fields ?? [], draft.signIn.params);
}

/** The values of the chosen kind of storage. */
export function locationFieldsPage(dialogue: Dialogue): Promise<Turn> {
  const { draft } = dialogue.state;
  return askPublished(dialogue, 'locationFields', chosenMode(draft)?.fields ?? [], draft.location.params);
}

/** Fields that a spec published. */
async function askPublished(
  dialogue: Dialogue,
  of: 'signInFields' | 'locationFields',
  fields: readonly Field[],
  given: FieldValues,
): Promise<Turn> {
  const reply = await askFields(dialogue, {
    fieldsOf: (values) => activeFields(fields, values).map((field) => toFormField(field, dialogue.text)),
    values: { ...defaultsOf(fields), ...given },
    onChange: (name, value) => dialogue.keep({ of, value: { [name]: value } }),
  });
  if (reply.kind !== 'value') return turnOf(reply);
  return happened({ type: 'answered', answer: { of, value: reply.value } });
}

/** The client secret of a profile that keeps none. */
export async function platformSecretPage(dialogue: Dialogue): Promise<Turn> {
  const { services, text } = dialogue;
  const field = { name: 'secret', label: text('platform.secret'), kind: 'secret', required: true } as const;
  const reply = await askFields(dialogue, { fieldsOf: () => [field], values: {} });
  if (reply.kind !== 'value') return turnOf(reply);
  services.giveSecret(reply.value['secret'] ?? '');
  return happened({ type: 'answered', answer: { of: 'platformSecret' } });
}

/** Dates, time and file name, and what they lead to. */
export async function detailsEditor(dialogue: Dialogue): Promise<Turn> {
  const { state, text, io, services } = dialogue;
  const scope = scopeOf(state, text);
  const [first] = scope.settings;
  if (!first) return happened({ type: 'wentBack' });
  const reply = await askFields(dialogue, {
    // The end is held against the start that was just answered.
    fieldsOf: ({ startDate = first.schedule.startDate }) =>
      detailFields(
        text,
        scope.settings.map((one) => ({ ...one, schedule: { ...one.schedule, startDate } })),
        { hasCalendar: false },
      ),
    values: detailValues(scope.settings),
    onChange: (name, value) => dialogue.keep({ of: 'detailsEditor', value: { [name]: value } }),
  });
  if (reply.kind !== 'value') return turnOf(reply);
  const { startDate = '', startTime, endDate, filenameTemplate = '' } = reply.value;
  const settings = {
    ...first,
    filenameTemplate,
    schedule: { ...first.schedule, startDate, startTime, endDate: endDate === '' ? undefined : endDate },
  };
  const preview = previewOf({ ...scope, settings: [settings] }, state.draft, text, services);
  if (preview) {
    io.say(
      preview.isAfterEvaluation
        ? text('settings.afterEvaluation')
        : text('settings.nextRuns', { runs: preview.moments || text('review.none') }),
    );
    io.say(text('settings.preview', { name: preview.names[0] ?? '' }));
    if (preview.overwrites) io.say(text('settings.overwrites'));
  }
  return happened({ type: 'answered', answer: { of: 'detailsEditor', value: reply.value } });
}
