import { Box, Text } from 'ink';
import { type ReactElement, useMemo } from 'react';
import { type KeyPress } from '../keys/key-press.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useMachine } from '../machine/use-machine.ts';
import { fit } from '../text/width.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { dayOr, monthOf, moveDay } from './month.ts';

type CalendarProps = {
  /** `YYYY-MM-DD` to begin at; anything else begins at `today`. */
  readonly value: string;
  readonly today: string;
  /** "December 2026", from `2026-12`. */
  readonly monthName: (month: string) => string;
  /** Seven, from Monday, at most two columns each. */
  readonly weekdays: readonly string[];
  readonly isActive?: boolean | undefined;
  readonly onPick: (day: string) => void;
  readonly onBack: () => void;
};

/** A month to pick a day from: arrows go by days and weeks, page keys by months. */
export function Calendar(props: CalendarProps): ReactElement {
  const { today, weekdays, isActive = true } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const [day, send, peek] = useMachine(moved, () => dayOr(props.value, today));
  useKeys((press: KeyPress) => {
    if (press.kind !== 'key') return;
    if (press.name === 'enter') props.onPick(peek());
    else if (press.name === 'escape') props.onBack();
    else if (press.name === 'home') send({ to: today });
    else if (steps[press.name]) send({ by: steps[press.name] ?? {} });
  }, isActive);
  const month = useMemo(() => monthOf(day), [day]);
  return (
    <Box flexDirection="column">
      <Text wrap="truncate">
        {'  '}
        <Text {...tone.strong}>{props.monthName(month.id)}</Text>
      </Text>
      <Text
        {...tone.muted}
        wrap="truncate"
      >{`  ${weekdays.map((name) => fit(name, 2, '', 'right')).join('  ')}`}</Text>
      {month.weeks.map((week, at) => (
        <Text key={at} wrap="truncate">
          {' '}
          {week.map((date, weekday) => {
            const id = date === undefined ? '' : `${month.id}-${String(date).padStart(2, '0')}`;
            const isHere = id === day;
            const shown = String(date ?? '').padStart(2);
            return (
              <Text key={weekday}>
                <Text {...tone.accent}>{isHere ? glyphs.pointer : ' '}</Text>
                <Text {...(isHere ? tone.current : id < today ? tone.muted : tone.plain)}>{shown}</Text>
                {id === today ? glyphs.dot : ' '}
              </Text>
            );
          })}
        </Text>
      ))}
    </Box>
  );
}

type Step = { days?: number; months?: number };

const steps: Partial<Record<string, Step>> = {
  left: { days: -1 },
  right: { days: 1 },
  up: { days: -7 },
  down: { days: 7 },
  'page-up': { months: -1 },
  'page-down': { months: 1 },
};

const moved = (day: string, event: { to: string } | { by: Step }): string =>
  'to' in event ? event.to : moveDay(day, event.by);
