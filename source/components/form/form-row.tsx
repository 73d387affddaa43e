import { Box, Text } from 'ink';
import { type ReactElement } from 'react';
import { SecretField, SecretText } from '../field/secret-field.tsx';
import { TextField } from '../field/text-field.tsx';
import { type KeyPress } from '../keys/key-press.ts';
import { displayWidth, fit, truncate } from '../text/width.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { type FormField, type FormTexts } from './form-field.ts';
import { type FormColumns, labelGap } from './form-layout.ts';
import { InlineChoice } from './inline-choice.tsx';

export type FormRowProps = {
  readonly field: FormField;
  readonly value: string;
  readonly problemLines: readonly string[];
  readonly noteLines: readonly string[];
  /** Whether the cursor of the form is on this field. */
  readonly isCurrent: boolean;
  /** Whether keys arrive here. */
  readonly isActive: boolean;
  readonly columns: FormColumns;
  readonly texts: FormTexts;
  readonly onChange: (value: string) => void;
  readonly onSubmit: () => void;
  readonly onKey: (press: KeyPress) => void;
};

/** Label, answer, and what is to be said about it. */
export function FormRow(props: FormRowProps): ReactElement {
  const { field, isCurrent, columns, texts } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const lead = glyphs.pointer.length + 1;
  const optional = field.required ? '' : ` ${texts.optional}`;
  const label = truncate(field.label, columns.label - displayWidth(optional), glyphs.ellipsis);
  const labelWidth = columns.isStacked ? columns.label : columns.label + labelGap;
  const indent = lead + (columns.isStacked ? 0 : columns.label + labelGap);

  return (
    <Box flexDirection="column">
      <Box flexDirection={columns.isStacked ? 'column' : 'row'}>
        <Box flexShrink={0}>
          <Text {...tone.accent}>{(isCurrent ? glyphs.pointer : '').padEnd(lead)}</Text>
          <Text {...(isCurrent ? tone.current : tone.plain)}>{label}</Text>
          <Text {...tone.muted}>{fit(optional, labelWidth - displayWidth(label), glyphs.ellipsis)}</Text>
        </Box>
        <Box width={columns.value} marginLeft={columns.isStacked ? lead : 0}>
          <Answer {...props} />
        </Box>
      </Box>
      <Box flexDirection="column" marginLeft={indent}>
        {props.problemLines.map((line, at) => (
          <Text key={at} {...tone.danger}>
            {at === 0 ? glyphs.cross : ' '.repeat(glyphs.cross.length)} {line}
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

function Answer(props: FormRowProps): ReactElement {
  const { field, value, isCurrent, isActive, texts, onChange, onSubmit, onKey } = props;
  if (field.kind === 'choice') {
    return (
      <InlineChoice
        choices={field.choices ?? []}
        value={value}
        isActive={isCurrent && isActive}
        onChange={onChange}
        onSubmit={onSubmit}
        onKey={onKey}
      />
    );
  }
  if (field.kind === 'text') {
    return isCurrent ? (
      <TextField
        value={value}
        placeholder={field.placeholder}
        isActive={isActive}
        onChange={onChange}
        onSubmit={onSubmit}
        onKey={onKey}
      />
    ) : (
      <Text wrap="truncate-middle">{value}</Text>
    );
  }
  const isMultiline = field.kind === 'multiline-secret';
  return isCurrent ? (
    <SecretField
      initialValue={value}
      isMultiline={isMultiline}
      placeholder={field.placeholder}
      isActive={isActive}
      size={texts.secretSize}
      onChange={onChange}
      onSubmit={onSubmit}
      onKey={onKey}
    />
  ) : (
    <SecretText secret={value} size={isMultiline ? texts.secretSize : undefined} />
  );
}
