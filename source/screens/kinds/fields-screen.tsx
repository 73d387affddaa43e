import { type ReactElement, useMemo, useState } from 'react';
import { answerOf, type FormValues, problemOf } from '../../components/form/form-field.ts';
import { Form } from '../../components/form/form.tsx';
import type { FieldsPage } from '../../pages/page.ts';
import { Page, ShortBody } from '../frame/page.tsx';
import { usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Note } from '../parts/line.tsx';
import { useFormTexts } from '../parts/list-texts.ts';

/** Whether something was answered before; an untouched form begins at its beginning. */
const isBegun = (values: FormValues): boolean => Object.values(values).some((value) => value !== '');

/** Help, an example and what is wrong, below the field that is written. */
const linesOfNotes = 5;

/** Questions in a column. */
export function FieldsScreen({ page }: { readonly page: FieldsPage }): ReactElement {
  const { asking, send, isActive, height, width, isRoomy } = useWizard();
  const texts = useFormTexts();
  const given = page.given(asking);
  const values = { ...page.defaults?.(asking), ...given };
  const fields = useMemo(
    () => page.fields(asking, { ...page.defaults?.(asking), ...page.given(asking) }),
    [page, asking],
  );
  // Where the person is needed: a secret that no draft and no plan holds.
  const [initialField] = useState(() =>
    isBegun(given)
      ? fields.find((field) => problemOf(field, answerOf(values, field.name), texts) !== undefined)
      : undefined,
  );
  const [active, setActive] = useState(initialField?.name ?? fields[0]?.name);
  const isLast = active === fields.at(-1)?.name;
  const isChoice = fields.find(({ name }) => name === active)?.kind === 'choice';
  const enter = isLast ? 'continue' : 'nextField';
  const keys = usePageKeys(isChoice ? ['pickInField', enter, 'back', 'help'] : [enter, 'back', 'help']);
  const note = page.note?.(asking);
  return (
    <Page question={page.question(asking)} keys={keys}>
      <Note>{note}</Note>
      <ShortBody lines={fields.length + linesOfNotes + (note === undefined ? 0 : 1)} />
      <Form
        fields={fields}
        initialValues={values}
        initialField={initialField?.name}
        texts={texts}
        height={Math.min(
          height - (note === undefined ? 0 : 1),
          isRoomy ? fields.length + linesOfNotes : Infinity,
        )}
        width={width}
        isActive={isActive}
        onActive={setActive}
        onBack={() => send({ type: 'wentBack' })}
        onChange={(name, value) => {
          if (page.kept) send({ type: 'kept', answer: page.kept({ [name]: value }) });
        }}
        onSubmit={(answers) => send({ type: 'answered', answer: page.answered(answers, asking) })}
      />
    </Page>
  );
}
