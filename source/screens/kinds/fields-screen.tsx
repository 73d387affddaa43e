import { Box, Text } from 'ink';
import { type ReactElement, useMemo, useState } from 'react';
import {
  answerOf,
  type FormField,
  type FormTexts,
  type FormValues,
  problemOf,
} from '../../components/form/form-field.ts';
import { Form } from '../../components/form/form.tsx';
import { truncate } from '../../components/text/width.ts';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import type { FieldsPage } from '../../pages/page.ts';
import { ShortBody } from '../frame/body-room.ts';
import { Page } from '../frame/page.tsx';
import { usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Note } from '../parts/line.tsx';
import { useFormTexts } from '../parts/list-texts.ts';

/** Whether something was answered before; an untouched form begins at its beginning. */
const isBegun = (values: FormValues): boolean => Object.values(values).some((value) => value !== '');

/** Help, an example and what is wrong, below the field that is written. */
const linesOfNotes = 5;

/** Fields keep this much for help and mistakes; what does not fit scrolls. */
const leastNotes = 2;

/** Where the answers lead to what is shown, the fields may scroll for it, but in no fewer lines. */
const leastForm = 6;

/** What the answers lead to: as it will be, a line each. */
function Preview(props: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly width: number;
  readonly hasAir: boolean;
}): ReactElement {
  const tone = useTone();
  const glyphs = useGlyphs();
  return (
    <Box flexDirection="column" marginTop={props.hasAir ? 1 : 0}>
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
  const { asking } = useWizard();
  const texts = useFormTexts();
  const given = page.given(asking);
  const values = { ...page.defaults?.(asking), ...given };
  const fields = useMemo(
    () => page.fields(asking, { ...page.defaults?.(asking), ...page.given(asking) }),
    [page, asking],
  );
  // Where the person is needed: a secret that no draft and no plan holds.
  const [initialField] = useState(() => {
    const wanted = page.beginsAt?.(asking);
    if (wanted !== undefined) return fields.find(({ name }) => name === wanted);
    return isBegun(given)
      ? fields.find((field) => problemOf(field, answerOf(values, field.name), texts) !== undefined)
      : undefined;
  });
  const [active, setActive] = useState(initialField?.name ?? fields[0]?.name ?? '');
  const goesOnFrom = (name: string): boolean => {
    const rest = fields.slice(fields.findIndex((one) => one.name === name) + 1);
    return rest.length > 0 && rest.every((one) => page.isProposed?.(one.name) === true);
  };
  const goesOn = goesOnFrom(active);
  const isLast = active === fields.at(-1)?.name;
  const isChoice = fields.find(({ name }) => name === active)?.kind === 'choice';
  const keys = usePageKeys([
    ...(isChoice ? (['pickInField'] as const) : []),
    ...(fields.length > 1 ? (['move'] as const) : []),
    isLast || goesOn ? 'continue' : 'nextField',
    'back',
    'help',
  ]);
  return (
    <Page question={page.question(asking)} keys={keys}>
      <Fields
        {...{ page, fields, values, texts, goesOnFrom, active }}
        initialField={initialField?.name}
        onActive={setActive}
      />
    </Page>
  );
}

/** In the room that the page has, beside what is explained. */
function Fields(props: {
  readonly page: FieldsPage;
  readonly fields: readonly FormField[];
  readonly values: FormValues;
  readonly texts: FormTexts;
  readonly initialField: string | undefined;
  readonly goesOnFrom: (name: string) => boolean;
  /** The field with the cursor. */
  readonly active: string;
  readonly onActive: (name: string) => void;
}): ReactElement {
  const { page, fields, values } = props;
  const { asking, send, isActive, height, width, isRoomy } = useWizard();
  const note = page.note?.(asking);
  const noteHeight = note === undefined ? 0 : 1;
  const preview = page.preview?.(asking, values);
  const wanted = fields.length + linesOfNotes;
  const spare = height - noteHeight - fields.length - leastNotes;
  const least = (preview?.lines.length ?? 0) + 1;
  const hasAir = spare > least;
  const isLedFrom = page.isProposed?.(props.active) === true && height - noteHeight - least >= leastForm;
  const previewLines = preview === undefined || (spare < least && !isLedFrom) ? 0 : least + (hasAir ? 1 : 0);
  return (
    <>
      <Note>{note}</Note>
      <ShortBody lines={wanted + noteHeight + previewLines} />
      <Form
        fields={fields}
        initialValues={values}
        initialField={props.initialField}
        texts={props.texts}
        goesOn={props.goesOnFrom}
        height={Math.min(height - noteHeight - previewLines, isRoomy ? wanted : Infinity)}
        width={width}
        isActive={isActive}
        onActive={props.onActive}
        onBack={() => send({ type: 'wentBack' })}
        onChange={(name, value) => {
          if (page.kept) send({ type: 'kept', answer: page.kept({ [name]: value }) });
        }}
        onSubmit={(answers) => send({ type: 'answered', answer: page.answered(answers, asking) })}
      />
      {preview !== undefined && previewLines > 0 ? <Preview {...preview} {...{ width, hasAir }} /> : null}
    </>
  );
}
