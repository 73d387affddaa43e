import { Box, Text } from 'ink';
import { type ReactElement } from 'react';
import { Pointer } from '../cursor/pointer.tsx';
import { SecretField, SecretText } from '../field/secret-field.tsx';
import { TextField } from '../field/text-field.tsx';
import { type KeyPress } from '../keys/key-press.ts';
import { fit } from '../text/width.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { type FormField, type FormTexts } from './form-field.ts';
import { type FormColumns, labelGap } from './form-layout.ts';
import { InlineChoice } from './inline-choice.tsx';

type FormRowProps = {
  readonly field: FormField;
  readonly value: string;
  readonly problemLines: readonly string[];
  readonly doubtLines: readonly string[];
  readonly noteLines: readonly string[];
  /** Whether the cursor of the form is on this field. */
  readonly isCurrent: boolean;
  /** Whether keys arrive here. */
  readonly isActive: boolean;
  readonly columns: FormColumns;
  readonly texts: FormTexts;
  readonly onChange: (value: string) => void;
  /** Whether a paste is refused. */
  readonly refuses: (pasted: string) => boolean;
  readonly onSubmit: () => void;
  readonly onKey: (press: KeyPress) => void;
};

/** Label, answer, and what is to be said about it. At rest the first two are one line. */
export function FormRow(props: FormRowProps): ReactElement {
  const { field, isCurrent, columns } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const lead = glyphs.pointer.length + 1;
  const isBelow = isCurrent && columns.isStacked;
  const indent = lead + (columns.isStacked ? 0 : columns.label + labelGap);

  return (
    <Box flexDirection="column">
      <Box flexDirection={isBelow ? 'column' : 'row'}>
        <Box flexShrink={0}>
          <Pointer isHere={isCurrent} lead={lead} />
          <Text {...(isCurrent ? tone.current : tone.plain)}>
            {fit(field.label, isBelow ? columns.value - labelGap : columns.label, glyphs.ellipsis) +
              ' '.repeat(labelGap)}
          </Text>
        </Box>
        <Box flexGrow={1} marginLeft={isBelow ? lead : 0}>
          {isCurrent ? <Editor {...props} /> : <Answer {...props} />}
        </Box>
      </Box>
      <Box flexDirection="column" marginLeft={indent}>
        {props.problemLines.map((line, at) => (
          <Text key={at} {...tone.danger}>
            {at === 0 ? glyphs.cross : ' '.repeat(glyphs.cross.length)} {line}
          </Text>
        ))}
        {props.doubtLines.map((line, at) => (
          <Text key={at} {...tone.warning}>
            {line}
          </Text>
        ))}
        {props.noteLines.map((line, at) => (
          <Text key={at} {...tone.muted}>
            {line}
          </Text>
        ))}
      </Box>
    </Box>
  );
}

/** An answer while the cursor is elsewhere. */
function Answer({ field, value, texts }: FormRowProps): ReactElement {
  const tone = useTone();
  const choice = field.choices?.find((one) => one.value === value);
  if (value === '' && choice === undefined) {
    return (
      <Text {...tone.muted} wrap="truncate">
        {field.unanswered ?? (field.required ? '' : texts.optional)}
      </Text>
    );
  }
  switch (field.kind) {
    case 'text':
      return <Text wrap="truncate-middle">{value}</Text>;
    case 'choice':
      return <Text wrap="truncate">{choice?.label ?? value}</Text>;
    case 'secret':
      return <SecretText secret={value} />;
    case 'multiline-secret':
      return <SecretText secret={value} size={texts.secretSize} />;
  }
}

function Editor(props: FormRowProps): ReactElement {
  const { field, value, isActive, texts, onChange, onSubmit, onKey, refuses } = props;
  const placeholder = field.placeholder ?? field.unanswered ?? (field.required ? undefined : texts.optional);
  switch (field.kind) {
    case 'text':
      return <TextField {...{ value, placeholder, isActive, onChange, onSubmit, onKey, refuses }} />;
    case 'choice':
      return (
        <InlineChoice
          choices={field.choices ?? []}
          width={props.columns.value}
          {...{ value, isActive, onChange, onSubmit, onKey }}
        />
      );
    case 'secret':
    case 'multiline-secret':
      return (
        <SecretField
          initialValue={value}
          isMultiline={field.kind === 'multiline-secret'}
          size={texts.secretSize}
          {...{ placeholder, isActive, onChange, onSubmit, onKey }}
        />
      );
  }
}
