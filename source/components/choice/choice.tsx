import { Box, Text, useWindowSize } from 'ink';
import SelectInput from 'ink-select-input';
import { createContext, type ReactElement, useContext, useMemo } from 'react';
import { Pointer } from '../cursor/pointer.tsx';
import { displayWidth, fit, truncate } from '../text/width.ts';
import { wrapBeside } from '../text/wrap.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import type { ChoiceOption } from './choice-option.ts';
import { useChoice } from './use-choice.ts';

export type { ChoiceOption };

export type ChoiceProps<Value extends string = string> = {
  readonly options: readonly ChoiceOption<Value>[];
  /** The answer so far: marked, and the cursor begins on it. */
  readonly initialValue?: Value | undefined;
  readonly isActive?: boolean | undefined;
  /** Most options to draw; the choice is taller by what is said below about the one under the cursor. */
  readonly height?: number | undefined;
  readonly width?: number | undefined;
  readonly onSelect: (value: Value) => void;
  readonly onBack?: (() => void) | undefined;
  readonly onHighlight?: ((value: Value) => void) | undefined;
};

/** What the lines of one choice have in common; ink-select-input hands its items nothing but themselves. */
type ChoiceLook = {
  readonly labelWidth: number;
  readonly dangerWidth: number;
  readonly hintWidth: number;
  readonly initialValue: string | undefined;
};
const ChoiceLookContext = createContext<ChoiceLook>({
  labelWidth: 0,
  dangerWidth: 0,
  hintWidth: 0,
  initialValue: undefined,
});

type ChoiceItem = {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly option: ChoiceOption;
};

/** One of a few options, on top of ink-select-input: arrows, j and k move, Enter, a digit or its letter chooses. */
export function Choice<Value extends string>(props: ChoiceProps<Value>): ReactElement {
  const { options, initialValue, isActive = true, height } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const window = useWindowSize();
  const width = props.width ?? window.columns;

  const { highlighted, refused, version } = useChoice({
    options,
    initialValue,
    isActive,
    onSelect: props.onSelect,
    onBack: props.onBack,
    onHighlight: props.onHighlight,
  });

  const items = useMemo(
    () => options.map((option, at) => ({ key: option.value, label: option.label, value: at, option })),
    [options],
  );
  const look = useMemo((): ChoiceLook => {
    const lead = glyphs.pointer.length + 1 + glyphs.current.length + 1;
    const widestLabel = Math.max(0, ...options.map((option) => displayWidth(option.label)));
    const labelWidth = Math.min(widestLabel, width - lead);
    const room = Math.max(0, width - lead - labelWidth - 2);
    const widestHint = Math.max(0, ...options.map(({ danger, hint }) => displayWidth(besides(danger, hint))));
    // Where one is cut to hardly anything, none is shown: it is told below, on its line.
    const hintWidth = widestHint > room && room < leastHint ? 0 : room;
    const widestDanger = Math.max(0, ...options.map(({ danger = '' }) => displayWidth(danger)));
    return { labelWidth, dangerWidth: widestDanger > room ? 0 : room, hintWidth, initialValue };
  }, [options, width, glyphs, initialValue]);

  const disabled = options[refused ?? highlighted]?.disabled;
  const under = options[highlighted];
  const isCut = ({ danger, hint }: ChoiceOption): boolean =>
    displayWidth(besides(danger, hint)) > look.hintWidth;
  const hint = under === undefined || !isCut(under) ? '' : besides(under.danger, under.hint);

  return (
    <ChoiceLookContext value={look}>
      <Box flexDirection="column">
        <SelectInput
          // With fewer rows than before the window begins anew, around the cursor.
          key={`${version} ${height ?? ''}`}
          items={items}
          initialIndex={highlighted}
          isFocused={isActive}
          {...(height === undefined ? {} : { limit: Math.max(1, height) })}
          indicatorComponent={ChoiceIndicator}
          itemComponent={ChoiceLine}
        />
        {disabled !== undefined ? (
          <Text {...tone.warning}>{indented(`${glyphs.warning} `, disabled, width)}</Text>
        ) : options.some((option) => option.disabled !== undefined || isCut(option)) ? (
          <Text {...tone.muted}>{hint === '' ? ' ' : indented('', hint, width)}</Text>
        ) : null}
      </Box>
    </ChoiceLookContext>
  );
}

/** Less of a hint says nothing. */
const leastHint = 20;

/** What stands beside a label, as it is measured. */
const besides = (danger = '', hint = ''): string => [danger, hint].filter((one) => one !== '').join('  ');

/** A mark and a sentence, whose further lines begin where its first one does. */
const indented = (mark: string, sentence: string, width: number): string =>
  wrapBeside(`  ${mark}`, sentence, width).join('\n');

function ChoiceIndicator({ isSelected = false }: { readonly isSelected?: boolean }): ReactElement {
  const glyphs = useGlyphs();
  return <Pointer isHere={isSelected} lead={glyphs.pointer.length + 1} />;
}

function ChoiceLine(
  props: Partial<ChoiceItem> & { readonly isSelected?: boolean; readonly label: string },
): ReactElement {
  const { option, isSelected = false } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const { labelWidth, dangerWidth, hintWidth, initialValue } = useContext(ChoiceLookContext);
  const isDisabled = option?.disabled !== undefined;
  const isCurrent = option !== undefined && option.value === initialValue;
  const { danger = '', hint = '' } = option ?? {};
  const hintRoom = hintWidth - (danger === '' ? 0 : displayWidth(danger) + 2);
  const labelTone = isDisabled ? tone.muted : isSelected ? tone.current : tone.plain;

  return (
    <Text wrap="truncate">
      <Text {...(isDisabled ? tone.muted : tone.success)}>
        {isDisabled ? glyphs.dot : isCurrent ? glyphs.current : ' '.repeat(glyphs.current.length)}
      </Text>{' '}
      <Text {...labelTone}>{fit(props.label, labelWidth, glyphs.ellipsis)}</Text>
      {danger === '' || dangerWidth === 0 ? (
        ''
      ) : (
        <Text {...tone.danger}>{`  ${truncate(danger, dangerWidth, glyphs.ellipsis)}`}</Text>
      )}
      <Text {...tone.muted}>
        {hint === '' || hintRoom <= 0 ? '' : `  ${truncate(hint, hintRoom, glyphs.ellipsis)}`}
      </Text>
    </Text>
  );
}
