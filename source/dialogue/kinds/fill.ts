import { answerOf, type FormField, type FormValues } from '../../components/form/form-field.ts';
import type { FieldsPage } from '../../pages/page.ts';
import { askFields } from '../ask/ask-fields.ts';
import { type Dialogue, happened, type Turn, turnOf } from '../dialogue.ts';

/**
 * Questions one after the other.
 *
 * @param before - What the answers lead to is said before going on.
 */
export async function fill(
  dialogue: Dialogue,
  page: FieldsPage,
  before: (values: FormValues) => void = () => undefined,
): Promise<Turn> {
  const wanted = page.beginsAt?.(dialogue);
  // Nobody is kept waiting for lines that hardly anybody has: whoever wants them comes for them from the review.
  const isPassedBy = ({ kind, name }: FormField, values: FormValues): boolean =>
    kind === 'multiline-secret' &&
    page.isProposed?.(name) === true &&
    name !== wanted &&
    answerOf(values, name) === '';
  const reply = await askFields(dialogue, {
    fieldsOf: (values) => page.fields(dialogue, values).filter((one) => !isPassedBy(one, values)),
    values: { ...page.defaults?.(dialogue), ...page.given(dialogue) },
    onChange: (name, value) => {
      if (page.kept) dialogue.note({ type: 'kept', answer: page.kept({ [name]: value }) });
    },
  });
  if (reply.kind !== 'value') return turnOf(reply);
  before(reply.value);
  const preview = page.preview?.(dialogue, reply.value);
  if (preview) dialogue.io.say(preview.title);
  for (const line of preview?.lines ?? []) dialogue.io.say(`  ${line}`);
  return happened({ type: 'answered', answer: page.answered(reply.value, dialogue) });
}
