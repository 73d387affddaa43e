import { Box } from 'ink';
import { type ReactElement, type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Change } from '../../../activation/change/changes.ts';
import { Entries, type Entry, entryLead, linesIn } from '../../../components/entries/entries.tsx';
import { useKeys } from '../../../components/keys/use-keys.ts';
import { Spinner } from '../../../components/spinner/spinner.tsx';
import { wrapText } from '../../../components/text/wrap.ts';
import { inWords } from '../../../pages/ending/change-text.ts';
import { type Undoable, undoConfirmation } from '../../../pages/ending/undo.ts';
import { placeOf } from '../../../pages/services.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { Confirmations, linesOf } from '../../parts/confirmations.tsx';
import { useSandboxes } from '../../parts/remote.tsx';

interface Asked {
  /** The run that it is asked about; nothing while nothing is asked. */
  readonly run: Undoable | undefined;
  /** Lines of the page and of what is asked below it. */
  readonly room: number;
  readonly onConfirmed: () => void;
  readonly onClose: () => void;
}

interface UndoQuestion {
  /** Lines that it takes. */
  readonly lines: number;
  /** Whether what is put back is longer than its room. */
  readonly isScrolled: boolean;
  readonly drawn: ReactElement | null;
}

/**
 * What is asked below a page before a run is taken back. Of a change of a dataflow it is first said what is there now
 * and what will be there again: what is confirmed is what is seen.
 */
export function useUndoQuestion({ run, room, onConfirmed, onClose }: Asked): UndoQuestion {
  const { state, asking, services, text, width } = useWizard();
  const sandboxes = useSandboxes(placeOf(state, services.organisation));
  const changes = useTakenBack(run?.run);
  const entries = useMemo(
    () =>
      changes?.map((one, at): Entry => {
        const lines = wrapText(inWords(one, text), width - entryLead);
        return { id: String(at), lines: lines.map((said) => [{ said }]) };
      }),
    [changes, text, width],
  );
  if (run === undefined) return { lines: 0, isScrolled: false, drawn: null };
  if (entries === undefined) return { lines: 2, isScrolled: false, drawn: <Reading onClose={onClose} /> };
  // Where it is not known yet whether the sandbox is production, the most that it may take.
  const asks = linesOf(undoConfirmation(asking, run, undefined), text, width, asking.glyphs);
  const wanted = linesIn(entries);
  // Where nothing of the page stays in sight, it is not set off from it.
  const gap = wanted === 0 || room - asks - wanted - 1 < leastAbove ? 0 : 1;
  const most = Math.max(leastLines, room - asks - gap);
  const listed = Math.min(wanted, most);
  const isScrolled = wanted > most;
  return {
    lines: asks + gap + listed,
    isScrolled,
    drawn: (
      <Box flexDirection="column" flexShrink={0}>
        {listed === 0 ? null : (
          <Box marginTop={gap}>
            <TakenBack entries={entries} height={listed} isScrolled={isScrolled} />
          </Box>
        )}
        <Box flexDirection="column" marginTop={1}>
          <Confirmations
            all={[undoConfirmation(asking, run, sandboxes)]}
            onConfirmed={onConfirmed}
            onClose={onClose}
          />
        </Box>
      </Box>
    ),
  };
}

/** A line of it, and which one it is. */
const leastLines = 2;

/** Fewer lines than this show nothing of a page. */
const leastAbove = 4;

/** A page in the lines that are left for it above a question, as long as they show something. @param lines - Nothing where nothing is asked. */
export function AboveQuestion(props: {
  readonly lines: number | undefined;
  readonly children: ReactNode;
}): ReactElement {
  const { lines = leastAbove, children } = props;
  return (
    <Box flexDirection="column" display={lines < leastAbove ? 'none' : 'flex'}>
      {children}
    </Box>
  );
}

/** Each thing as it is, and as it will be. */
function TakenBack(props: {
  readonly entries: readonly Entry[];
  readonly height: number;
  readonly isScrolled: boolean;
}): ReactElement {
  const { entries, height, isScrolled } = props;
  const { text, isActive, width } = useWizard();
  return (
    <Entries
      entries={entries}
      height={height}
      width={width}
      // The keys that answer the question are another's.
      isActive={isActive && isScrolled}
      range={(first, last, total) => text('list.range', { first, last, total })}
      onSelect={nothing}
      onBack={nothing}
    />
  );
}

const nothing = (): void => undefined;

/** While the journal of the run is read: nothing can be confirmed yet. */
function Reading({ onClose }: Pick<Asked, 'onClose'>): ReactElement {
  const { text, isActive } = useWizard();
  useKeys((press) => {
    if (press.kind === 'key' && press.name === 'escape') onClose();
  }, isActive);
  return (
    <Box marginTop={1}>
      <Spinner label={text('undo.looking')} />
    </Box>
  );
}

/** What an undo puts back, once that is read. Where it cannot be told nothing is said: the undo meets the same, and tells it. */
function useTakenBack(run: string | undefined): readonly Change[] | undefined {
  const { state, services } = useWizard();
  const { platform, sandbox } = placeOf(state, services.organisation);
  const [told, setTold] = useState<readonly Change[]>();
  useEffect(() => {
    setTold(undefined);
    if (run === undefined) return undefined;
    let isAsked = true;
    services.takenBack(run, { platform, sandbox }).then(
      (changes) => {
        if (isAsked) setTold(changes);
      },
      () => {
        if (isAsked) setTold([]);
      },
    );
    return () => {
      isAsked = false;
    };
  }, [run, services, platform, sandbox]);
  return run === undefined ? undefined : told;
}
