import type { PlanRun, RollbackEvent } from '../../../apply/undo/rollback.ts';
import { lookOfState, type ChecklistState } from '../../../components/checklist/checklist-look.ts';
import type { Entry, Span } from '../../../components/entries/entries.tsx';
import { labelColumns, labelledLines } from '../../../components/entries/labelled-lines.ts';
import { wrapText } from '../../../components/text/wrap.ts';
import type { Glyphs } from '../../../components/theme/glyphs.ts';
import type { Explanation } from '../../../locale/explain.ts';
import type { Text } from '../../../locale/texts.ts';
import { endText, undoneText, type UndoOne } from '../../../pages/ending/undo-text.ts';

type Result = Extract<RollbackEvent, { kind: 'result' }>;

/** What is drawn while a run is taken back. */
export interface UndoState {
  /** The last that was told of each thing, in the order of the first. */
  readonly rows: readonly UndoOne[];
  readonly result: { readonly event: Result; readonly of: PlanRun } | undefined;
  /** What went wrong first. */
  readonly error: unknown;
  readonly isStopping: boolean;
}

export const undoAtStart: UndoState = { rows: [], result: undefined, error: undefined, isStopping: false };

export type UndoHappening =
  | { kind: 'told'; event: RollbackEvent; of: PlanRun }
  | { kind: 'broke'; error: unknown }
  | { kind: 'stopping' };

export function reduceUndo(state: UndoState, happening: UndoHappening): UndoState {
  switch (happening.kind) {
    case 'stopping':
      return { ...state, isStopping: true };
    case 'broke':
      return { ...state, error: state.error ?? happening.error, isStopping: false };
    case 'told': {
      const { event, of } = happening;
      if (event.kind === 'result') return { ...state, result: { event, of }, isStopping: false };
      const at = state.rows.findIndex((row) => isSame(row, event));
      const rows = at === -1 ? [...state.rows, event] : state.rows.with(at, event);
      return { ...state, rows, error: state.error ?? (event.kind === 'failed' ? event.error : undefined) };
    }
  }
}

const idIn = (one: UndoOne): string => ('id' in one ? (one.id ?? '') : '');

/** What is waited for need not know yet which object it is about. */
const isSame = (one: UndoOne, other: UndoOne): boolean =>
  one.step === other.step && (idIn(one) === idIn(other) || (isPending(one) && idIn(one) === ''));

const isPending = ({ kind }: UndoOne): boolean => kind === 'retrying' || kind === 'waiting';

/** Where an undo that ended stands, for who looks through what became of it. */
export const undoneAt = 'ended';

const states = {
  removed: 'done',
  restored: 'done',
  absent: 'skipped',
  left: 'skipped',
  kept: 'failed',
  failed: 'failed',
  retrying: 'running',
  waiting: 'running',
} as const satisfies Record<UndoOne['kind'], ChecklistState>;

/** A line for each thing, and what has come of all of it; nothing of them is cut. @param told - What went wrong. */
export function undoEntries(
  { rows, result }: UndoState,
  told: Explanation | undefined,
  { width, glyphs, text }: { width: number; glyphs: Glyphs; text: Text },
): readonly Entry[] {
  const labels = rows.map(({ step }) => text(`apply.${step}`));
  const columns = labelColumns(labels);
  const said = (one: string, room: number, tone: Span['tone']): Span[][] =>
    one === '' ? [] : wrapText(one, room).map((line) => [{ said: line, tone }]);
  const ended = [
    ...(result ? [{ one: endText(result.event, result.of, text), tone: outcomeTone(result.event) }] : []),
    ...(told
      ? [
          { one: told.what, tone: 'danger' as const },
          { one: told.why, tone: undefined },
          { one: told.next, tone: undefined },
          {
            one: told.requestId === undefined ? '' : text('error.requestId', { requestId: told.requestId }),
            tone: 'muted' as const,
          },
        ]
      : []),
  ];
  return [
    ...rows.map((row, at): Entry => {
      const look = lookOfState(states[row.kind], glyphs);
      const words = undoneText(row, text);
      const parts = [idIn(row), words].filter((part) => part !== '');
      return {
        id: `${at}`,
        mark: look.mark,
        tone: look.markTone,
        lines: labelledLines(labels[at] ?? '', columns, width, (room) =>
          parts.flatMap((part) => said(part, room, part === words ? undefined : 'muted')),
        ),
      };
    }),
    ...(ended.length === 0
      ? []
      : [{ id: undoneAt, lines: ended.flatMap(({ one, tone }) => said(one, width - 4, tone)) }]),
  ];
}

const outcomeTone = ({ outcome }: Result): 'success' | 'warning' =>
  outcome === 'rolledBack' ? 'success' : 'warning';
