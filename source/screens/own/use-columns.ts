import { useRef, useState } from 'react';
import { type ColumnEdit, nameProblem } from '../../activation/content/column-edits.ts';
import type { KeyPress } from '../../components/keys/key-press.ts';
import { type ColumnRow, columnRows, columnsRefusal, marked } from '../../pages/content/columns.ts';
import { selectedOf } from '../../wizard/columns.ts';
import { useWizard } from '../frame/wizard-context.tsx';

/** The columns of the draft, where the person is among them, and what the keys do to them. */
export interface Columns {
  readonly rows: readonly ColumnRow[];
  /** Where the cursor began. */
  readonly begun: number;
  /** The column under the cursor; nothing behind the last one. */
  readonly here: ColumnRow | undefined;
  /** Its name, while that is written. */
  readonly written: string | undefined;
  /** What is wrong, with what is written or with what was meant. */
  readonly wrong: string | undefined;
  readonly onCursor: (at: number) => void;
  /** Enter. */
  readonly onSelect: (at: number) => void;
  /** @returns whether the column changed places with its neighbour */
  readonly onOrder: (at: number, by: -1 | 1) => boolean;
  readonly onKey: (press: KeyPress) => void;
  readonly onWritten: (name: string) => void;
  readonly onNamed: (name: string) => void;
  readonly onGivenUp: () => void;
  readonly onBack: () => void;
}

/** The keys of the columns: letters change the one under the cursor, or bring another one. */
export function useColumns(): Columns {
  const { asking, state, send, text } = useWizard();
  const rows = columnRows(asking);
  const [begun] = useState(() => cursorBefore(rows, state.scope));
  const [cursor, setCursor] = useState(begun);
  // Keys that come in one piece are pressed before the next drawing.
  const newest = useRef(begun);
  const [written, setWritten] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const here = rows[cursor];
  const selected = selectedOf(state.draft);
  const wrongName = written === undefined ? undefined : nameProblem(selected, cursor, written);

  const edit = (value: ColumnEdit): void => {
    setRefusal(undefined);
    send({ type: 'kept', answer: { of: 'columns', value } });
  };
  const mark = (part: 'mandatory' | 'deduplication', path: string): void => {
    const meant = marked(part, path, asking);
    setRefusal('refusal' in meant ? meant.refusal : undefined);
    if ('answer' in meant) send({ type: 'kept', answer: meant.answer });
  };

  return {
    rows,
    begun,
    here,
    written,
    wrong: wrongName ? text(wrongName.id, wrongName.values) : (refusal ?? here?.problem),
    onCursor(at) {
      newest.current = at;
      setRefusal(undefined);
      setCursor(at);
    },
    onSelect(at) {
      const row = rows[at];
      if (row) return setWritten(row.column);
      const why = columnsRefusal(asking);
      setRefusal(why);
      if (why === undefined) send({ type: 'continued' });
    },
    onOrder(at, by) {
      const to = at + by;
      if (at >= rows.length || to < 0 || to >= rows.length) return false;
      edit({ kind: 'moved', at, to });
      return true;
    },
    onKey(press) {
      const at = newest.current;
      const row = rows[at];
      if (press.kind === 'key' && row?.isOfList && (press.name === 'left' || press.name === 'right'))
        edit({ kind: 'reshaped', at, by: press.name === 'left' ? -1 : 1 });
      if (press.kind !== 'text') return;
      // A slow line delivers what was pressed quickly in one piece.
      for (const letter of new Set(press.text)) {
        if (letter === 'i') send({ type: 'opened', editor: 'identityColumn', scope: [] });
        else if (letter === 'a') send({ type: 'opened', editor: 'arrayColumn', scope: [] });
        else if (row && letter === 'm') mark('mandatory', row.path);
        else if (row && letter === 'k') mark('deduplication', row.path);
        else if (row && letter === 'x' && rows.length > 1) edit({ kind: 'removed', at });
      }
    },
    onWritten: setWritten,
    onNamed(name) {
      if (nameProblem(selected, cursor, name)) return;
      edit({ kind: 'renamed', at: cursor, name });
      setWritten(undefined);
    },
    onGivenUp: () => setWritten(undefined),
    onBack: () => send({ type: 'wentBack' }),
  };
}

/** The column that has just come, or the first that something is wrong with; without either, the row that goes on. */
function cursorBefore(rows: readonly ColumnRow[], [added]: readonly string[]): number {
  const at = rows.findIndex(({ path }) => path === added);
  const wrong = rows.findIndex(({ problem }) => problem !== undefined);
  return at !== -1 ? at : wrong !== -1 ? wrong : rows.length;
}
