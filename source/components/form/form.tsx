import { Box, Text, useWindowSize } from 'ink';
import { type ReactElement } from 'react';
import { endOfText } from '../cursor/text-cursor.tsx';
import { type KeyPress } from '../keys/key-press.ts';
import { useKeys } from '../keys/use-keys.ts';
import { firstLines, wrapBeside, wrapText } from '../text/wrap.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { answerOf, type FormField, type FormTexts, type FormValues } from './form-field.ts';
import { completionLines, type FormColumns, layOutColumns, noteLines, windowFields } from './form-layout.ts';
import { FormRow } from './form-row.tsx';
import { activeIndex, valueOf } from './form-state.ts';
import { inlineChoiceLines } from './inline-choice.tsx';
import { useForm } from './use-form.ts';

export { type FormField, type FormTexts, type FormValues, problemOf } from './form-field.ts';

export type FormProps = {
  readonly fields: readonly FormField[];
  readonly initialValues?: FormValues | undefined;
  /** Name of the field to begin at. @default the first */
  readonly initialField?: string | undefined;
  readonly texts: FormTexts;
  /** What stands there is judged before anything is typed. @default false */
  readonly isChecked?: boolean | undefined;
  /** Most lines to draw. @default as many as needed */
  readonly height?: number | undefined;
  /** @default the width of the terminal */
  readonly width?: number | undefined;
  /** @default true */
  readonly isActive?: boolean | undefined;
  /** Whether Enter goes on from a field, as where all that follow have an answer to begin with. @default from the last */
  readonly goesOn?: ((name: string) => boolean) | undefined;
  /** Enter on the last field when every answer is right; holds all fields, empty ones as ''. */
  readonly onSubmit: (values: FormValues) => void;
  /** The cursor went to another field. */
  readonly onActive?: ((name: string) => void) | undefined;
  /** Esc. */
  readonly onBack?: (() => void) | undefined;
  /** Every change, from the key: keep it, and nothing is lost when the person goes back. */
  readonly onChange?: ((name: string, value: string) => void) | undefined;
  /** Keys that neither a field nor the form uses, such as Ctrl letters, with the field they arrived in. */
  readonly onKey?: ((press: KeyPress, field: string) => void) | undefined;
};

/** Questions in a column, answered one after the other. */
export function Form(props: FormProps): ReactElement {
  const { fields, texts, height = Number.POSITIVE_INFINITY, isActive = true } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const window = useWindowSize();
  const width = props.width ?? window.columns;
  const { state, change, refuses, enter, press } = useForm({
    fields,
    initialValues: props.initialValues ?? {},
    initialField: props.initialField,
    texts,
    isChecked: props.isChecked ?? false,
    goesOn: props.goesOn,
    onSubmit: props.onSubmit,
    onActive: props.onActive,
    onBack: props.onBack,
    onChange: props.onChange,
    onKey: props.onKey,
  });

  // Keys arrive in a field: where there is none, the form hears them itself.
  useKeys(
    (pressed) => {
      if (pressed.kind === 'key' && pressed.name === 'enter') enter();
      else press(pressed);
    },
    isActive && state.fields.length === 0,
  );

  const lead = glyphs.pointer.length + 1;
  const columns = layOutColumns(
    state.fields.map((field) => field.label),
    width,
    lead,
  );
  const current = activeIndex(state);
  const rows = state.fields.map((field, at) => {
    const problem = answerOf(state.problems, field.name);
    const textWidth = columns.value - glyphs.cross.length - 1;
    return {
      field,
      value: valueOf(state, field.name),
      isCurrent: at === current,
      problemLines: problem === '' ? [] : wrapText(problem, textWidth),
      doubtLines: doubtsOf(field, valueOf(state, field.name)).flatMap((said) =>
        wrapBeside(`${glyphs.warning} `, said, columns.value),
      ),
      noteLines:
        at === current
          ? [
              // A choice has no place to write it in.
              ...(field.kind === 'choice' &&
              field.unanswered !== undefined &&
              valueOf(state, field.name) === ''
                ? wrapText(field.unanswered, columns.value)
                : []),
              ...completionLines(field, valueOf(state, field.name), texts),
              ...noteLines(field, texts, columns.value, problem),
            ]
          : [],
    };
  });
  const heights = rows.map(
    (row) =>
      answerHeight(row, columns, glyphs.radioOn.length) +
      row.problemLines.length +
      row.doubtLines.length +
      row.noteLines.length,
  );
  const { from, to } = windowFields(heights, current, height);
  // What is said of one field may be longer than the page; where it ends is shown.
  const over =
    heights.slice(from, to).reduce((sum, lines) => sum + lines, 0) +
    (from > 0 ? 1 : 0) +
    (to < rows.length ? 1 : 0) -
    height;

  return (
    <Box flexDirection="column" width={width}>
      {from > 0 ? <Text {...tone.muted}>{`${' '.repeat(lead)}${glyphs.up} ${from}`}</Text> : null}
      {rows.slice(from, to).map((row) => (
        <FormRow
          key={row.field.name}
          {...row}
          noteLines={firstLines(
            row.noteLines,
            row.noteLines.length - Math.max(0, over),
            columns.value,
            glyphs.ellipsis,
          )}
          isActive={isActive}
          columns={columns}
          texts={texts}
          onChange={(value) => change(row.field.name, value)}
          refuses={(pasted) => refuses(row.field, pasted)}
          onSubmit={enter}
          onKey={press}
        />
      ))}
      {to < rows.length ? (
        <Text {...tone.muted}>{`${' '.repeat(lead)}${glyphs.down} ${rows.length - to}`}</Text>
      ) : null}
    </Box>
  );
}

const doubtsOf = ({ doubts }: FormField, value: string): readonly string[] =>
  value.trim() === '' ? [] : (doubts?.(value) ?? []);

/** Lines of label and answer: one at rest, as many as it takes while it is written. */
function answerHeight(
  row: { readonly field: FormField; readonly value: string; readonly isCurrent: boolean },
  columns: FormColumns,
  markWidth: number,
): number {
  if (!row.isCurrent) {
    return 1;
  }
  return (columns.isStacked ? 1 : 0) + editorHeight(row.field, row.value, columns.value, markWidth);
}

function editorHeight(field: FormField, value: string, width: number, markWidth: number): number {
  switch (field.kind) {
    case 'text':
      return endOfText(value, width).line + 1;
    case 'choice':
      return inlineChoiceLines(field.choices ?? [], width, markWidth).length;
    case 'secret':
    case 'multiline-secret':
      return 1;
  }
}
