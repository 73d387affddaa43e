import { Box, Text } from 'ink';
import { type ReactElement, useMemo, useState } from 'react';
import { answerOf, type FormValues, problemOf } from '../../components/form/form-field.ts';
import { Form } from '../../components/form/form.tsx';
import { truncate } from '../../components/text/width.ts';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
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

/** Fields with less room than this for help and mistakes have no preview. */
const leastNotes = 7;

/** What the answers lead to: as it will be, a line each. */
function Preview(props: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly width: number;
}): ReactElement {
  const tone = useTone();
  const glyphs = useGlyphs();
  return (
    <Box flexDirection="column" marginTop={1}>
      <Text {...tone.muted} wrap="truncate">{`  ${props.title}`}</Text>
      {props.lines.map((line, at) => (
        <Text key={at} {...(at === 0 ? tone.strong : tone.plain)}>
          {`  ${glyphs.pipe} ${truncate(line, props.width - 4, glyphs.ellipsis)}`}
        </Text>
      ))}
    </Box>
  );
}

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
  const goesOn = page.isProposed === true;
  const enter = isLast || goesOn ? 'continue' : 'nextField';
  const keys = usePageKeys([
    ...(isChoice ? (['pickInField'] as const) : []),
    ...(goesOn ? (['move'] as const) : []),
    enter,
    'back',
    'help',
  ]);
  const note = page.note?.(asking);
  const preview = page.preview?.(asking, values);
  const wanted = fields.length + linesOfNotes + (note === undefined ? 0 : 1);
  const previewLines =
    preview === undefined || height < fields.length + leastNotes ? 0 : preview.lines.length + 2;
  return (
    <Page question={page.question(asking)} keys={keys}>
      <Note>{note}</Note>
      <ShortBody lines={wanted + previewLines} />
      <Form
        fields={fields}
        initialValues={values}
        initialField={initialField?.name}
        texts={texts}
        goesOn={goesOn}
        height={Math.min(
          height - (note === undefined ? 0 : 1) - previewLines,
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
      {preview !== undefined && previewLines > 0 ? <Preview {...preview} width={width} /> : null}
    </Page>
  );
}
