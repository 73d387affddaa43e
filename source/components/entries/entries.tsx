import { Box, Text } from 'ink';
import { type ReactElement, useLayoutEffect, useMemo } from 'react';
import { Pointer } from '../cursor/pointer.tsx';
import { type KeyPress } from '../keys/key-press.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useMachine } from '../machine/use-machine.ts';
import { type ToneName, useTone } from '../theme/theme.tsx';
import { lineCount, reduceEntries, startEntries } from './entries-state.ts';

/** A piece of a line, in one tone. */
export type Span = { readonly said: string; readonly tone?: ToneName | undefined };

/** Something of one or more lines that the cursor stands on as a whole. */
export type Entry = {
  readonly id: string;
  /** Before its first line: what it is about, also without colour. */
  readonly mark?: string | undefined;
  readonly tone?: ToneName | undefined;
  /** As wide as there is room: nothing is cut here. */
  readonly lines: readonly (readonly Span[])[];
};

type EntriesProps = {
  readonly entries: readonly Entry[];
  /** Lines to draw at most, with the one that says which. */
  readonly height: number;
  readonly width: number;
  /** "11–20 of 132"; drawn when not all lines fit. */
  readonly range: (first: number, last: number, total: number) => string;
  readonly isActive: boolean;
  /** Where the cursor begins. @default the first */
  readonly initialEntry?: string | undefined;
  readonly onCursorChange?: ((id: string) => void) | undefined;
  /** Enter. */
  readonly onSelect: (id: string) => void;
  /** Esc. */
  readonly onBack: () => void;
  /** All other keys and typed letters. */
  readonly onKey?: ((press: KeyPress, id: string) => void) | undefined;
};

/** Columns before a line: the cursor, and the marks. */
export const entryLead = 4;

/** How many lines entries want: more than there are scroll. */
export const linesIn = (entries: readonly Entry[]): number =>
  lineCount({ heights: entries.map(({ lines }) => lines.length) });

/** Entries one under the other, a line or many; what does not fit scrolls. */
export function Entries(props: EntriesProps): ReactElement {
  const { entries, height, width, isActive, onCursorChange } = props;
  const tone = useTone();
  const measured = useMemo(() => {
    const heights = entries.map(({ lines }) => lines.length);
    const isCut = lineCount({ heights }) > height;
    return { ids: entries.map(({ id }) => id), heights, height: height - (isCut ? 1 : 0), isCut };
  }, [entries, height]);
  const [kept, dispatch, peek] = useMachine(reduceEntries, () => startEntries(measured, props.initialEntry));
  // What is drawn goes by what there is now, before the keys hear of it.
  const state = reduceEntries(kept, { type: 'measured', ...measured });
  useLayoutEffect(() => {
    dispatch({ type: 'measured', ...measured });
  }, [dispatch, measured]);
  const send = (event: Parameters<typeof dispatch>[0]): void => {
    const before = peek().cursor;
    const { cursor, ids } = dispatch(event);
    if (cursor !== before) onCursorChange?.(ids[cursor] ?? '');
  };
  const here = (): string => peek().ids[peek().cursor] ?? '';
  useKeys((press) => {
    if (press.kind !== 'key') {
      props.onKey?.(press, here());
      return;
    }
    switch (press.name) {
      case 'up':
        return send({ type: 'moved', by: -1 });
      case 'down':
        return send({ type: 'moved', by: 1 });
      case 'page-up':
        return send({ type: 'moved-page', by: -1 });
      case 'page-down':
        return send({ type: 'moved-page', by: 1 });
      case 'home':
        return send({ type: 'moved-to-edge', edge: 'first' });
      case 'end':
        return send({ type: 'moved-to-edge', edge: 'last' });
      case 'enter':
        return props.onSelect(here());
      case 'escape':
        return props.onBack();
      default:
        props.onKey?.(press, here());
    }
  }, isActive);

  const current = entries[state.cursor]?.id;
  const lines = entries.flatMap(({ id, mark, tone: of, lines: own }) =>
    own.map((spans, at) => ({ mark: at === 0 ? mark : undefined, tone: of, spans, isFirst: at === 0, id })),
  );
  const shown = lines.slice(state.top, state.top + state.height);
  const last = Math.min(state.top + state.height, lines.length);
  // The pointer stays in sight when the first line of its entry is not.
  const pointer = shown.findIndex(({ id }) => id === current);
  return (
    <Box flexDirection="column" width={width}>
      {shown.map(({ mark = '', tone: of, spans, id, isFirst }, slot) => (
        <Text key={slot} wrap="truncate">
          <Pointer isHere={isActive && slot === pointer} lead={2} />
          <Text {...tone[of ?? 'plain']}>{mark.padEnd(2)}</Text>
          {spans.map(({ said, tone: own }, at) => (
            <Text key={at} {...tone[own ?? (isActive && isFirst && id === current ? 'current' : 'plain')]}>
              {said}
            </Text>
          ))}
        </Text>
      ))}
      {measured.isCut ? (
        <Box justifyContent="flex-end">
          <Text {...tone.muted}>{props.range(state.top + 1, last, lines.length)}</Text>
        </Box>
      ) : null}
    </Box>
  );
}
