import { type ReactElement, useMemo, useReducer } from 'react';
import { Entries, linesIn } from '../../../components/entries/entries.tsx';
import { Spinner } from '../../../components/spinner/spinner.tsx';
import { useGlyphs } from '../../../components/theme/theme.tsx';
import { explain } from '../../../locale/explain.ts';
import { leftAfter } from '../../../pages/ending/undo.ts';
import { placeOf } from '../../../pages/services.ts';
import { ShortBody } from '../../frame/body-room.ts';
import { Page } from '../../frame/page.tsx';
import { usePageKeys } from '../../frame/page-keys.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { useUnderWay } from '../use-under-way.ts';
import {
  reduceUndo,
  undoAtStart,
  undoEntries,
  type UndoHappening,
  type UndoState,
  undoneAt,
} from './undo-state.ts';

/** Takes a run back, in the place of the page where it was asked; then the review is there again. */
export function Undoing({
  run,
  onClose,
}: {
  readonly run: string;
  readonly onClose: () => void;
}): ReactElement {
  const { send, scene, services, text, isActive, height, width } = useWizard();
  const glyphs = useGlyphs();
  const state = useUndo(run);
  const { result, error, isStopping } = state;
  const isOver = result !== undefined || error !== undefined;
  const told = useMemo(
    () => (error === undefined ? undefined : explain(text, error, scene)),
    [error, text, scene],
  );
  const entries = useMemo(
    () => undoEntries(state, told, { width, glyphs, text }),
    [state, told, width, glyphs, text],
  );
  const keys = usePageKeys([isOver ? 'continue' : isStopping ? 'giveUp' : 'stop', 'help']);
  const done = (): void => {
    if (!isOver) return;
    // What was not begun has left everything as it was.
    if (result) send({ type: 'undone', run, left: leftAfter(result.event), atMs: services.now() });
    onClose();
  };
  return (
    <Page
      question={text('undo.question', { run })}
      notice={isStopping ? text('apply.stopping') : undefined}
      keys={keys}
      leadsTo={isOver ? 'review' : 'nowhere'}
    >
      <ShortBody lines={Math.max(likelyLines, linesIn(entries))} hasOwnPanel atRest={likelyLines} />
      {entries.length === 0 ? (
        <Spinner label={text('undo.looking')} />
      ) : (
        <Entries
          // The cursor goes to what came of it.
          key={isOver ? undoneAt : 'underWay'}
          entries={entries}
          height={height}
          width={width}
          isActive={isActive}
          initialEntry={undoneAt}
          range={(first, last, total) => text('list.range', { first, last, total })}
          onSelect={done}
          onBack={done}
        />
      )}
    </Page>
  );
}

/** Five objects, and what has come of it: they are told one after the other, and the page stays where it is. */
const likelyLines = 8;

/** Takes a run back. */
function useUndo(run: string): UndoState {
  const { asking } = useWizard();
  const [state, tell] = useReducer<UndoState, [UndoHappening]>(reduceUndo, undoAtStart);
  useUnderWay(
    run,
    async (controls) => {
      const place = placeOf(asking.state, asking.services.organisation);
      try {
        for await (const step of asking.services.undo(run, place, controls)) tell({ kind: 'told', ...step });
      } catch (error) {
        tell({ kind: 'broke', error });
      }
    },
    () => tell({ kind: 'stopping' }),
  );
  return state;
}
