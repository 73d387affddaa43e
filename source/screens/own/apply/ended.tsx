import { Text } from 'ink';
import { type ReactElement, useLayoutEffect, useMemo, useState } from 'react';
import { Entries, linesIn } from '../../../components/entries/entries.tsx';
import { wrapText } from '../../../components/text/wrap.ts';
import { useGlyphs, useTone } from '../../../components/theme/theme.tsx';
import { explain, type Explanation } from '../../../locale/explain.ts';
import { madeSoFar, type SoFar } from '../../../pages/ending/apply-text.ts';
import { toPlan } from '../../../wizard/to-plan.ts';
import { useBodyLines } from '../../frame/body-room.ts';
import { Page } from '../../frame/page.tsx';
import { useAskedKeys, usePageKeys } from '../../frame/page-keys.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import {
  type ApplyHappening,
  type ApplyResult,
  type ApplyState,
  checklistRows,
  interruptedIn,
} from './apply-state.ts';
import { AboveQuestion, useUndoQuestion } from '../undo/undo-question.tsx';
import { Undoing } from '../undo/undoing.tsx';
import { endedAt, endedEntries } from './ended-entries.ts';
import { useProgressText } from './use-progress-text.ts';

/** Tells the state of an apply what has happened. */
export type Tell = (happening: ApplyHappening) => void;

interface EndedProps {
  readonly applied: ApplyState;
  readonly result: ApplyResult;
  readonly tell: Tell;
}

/** The same checklist once it has come to no good end: what happened stands where it happened. */
export function Ended({ applied, result, tell }: EndedProps): ReactElement {
  const { state, scene, text } = useWizard();
  const [undo, setUndo] = useState<'asked' | 'confirmed'>();
  const [isScrolled, setScrolled] = useState(false);
  const { platform } = state.draft;
  const soFar = useMemo(() => madeSoFar(result, platform, text), [result, platform, text]);
  const told = useMemo(() => {
    const said = explain(text, applied.error ?? interruptedIn(applied), scene);
    // That it can be done again is said with what there is.
    return applied.error === undefined && soFar ? { ...said, next: '' } : said;
  }, [text, applied, scene, soFar]);
  const asked = useAskedKeys(isScrolled);
  const keys = usePageKeys(
    undo === 'asked'
      ? asked
      : [
          ...(isScrolled ? (['scroll'] as const) : []),
          'retry',
          ...(soFar ? (['undo'] as const) : []),
          ...(told.requestId === undefined ? [] : (['copyRequest'] as const)),
          applied.differing ? 'close' : 'back',
          'help',
        ],
  );
  const progress = useProgressText(applied);
  if (undo === 'confirmed') return <Undoing run={result.run} onClose={() => setUndo(undefined)} />;
  return (
    <Page question={progress} keys={keys} leadsTo="nowhere">
      <EndedSteps
        {...{ applied, result, tell, told, soFar }}
        isAsking={undo === 'asked'}
        onUndo={setUndo}
        onScrolled={setScrolled}
      />
    </Page>
  );
}

function EndedSteps(
  props: EndedProps & {
    readonly told: Explanation;
    readonly soFar: SoFar | undefined;
    /** Whether it is asked below if all of it is to be undone. */
    readonly isAsking: boolean;
    readonly onUndo: (undo: 'asked' | 'confirmed' | undefined) => void;
    readonly onScrolled: (is: boolean) => void;
  },
): ReactElement {
  const { applied, result, tell, told, soFar, isAsking, onUndo, onScrolled } = props;
  const { state, send, services, text, isActive, height, width } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const [said, setSaid] = useState<string>();
  const { requestId } = told;
  const rows = useMemo(() => checklistRows(applied, toPlan(state.draft), text), [applied, state.draft, text]);
  const entries = useMemo(
    () => endedEntries(rows, told, soFar, { width, glyphs, text }),
    [rows, told, soFar, width, glyphs, text],
  );
  const run = useMemo(
    () => (soFar ? { run: result.run, made: Object.keys(result.made).length || undefined } : undefined),
    [soFar, result],
  );
  const below = said === undefined || isAsking ? [] : wrapText(said, width - 2);
  const undo = useUndoQuestion({
    run: isAsking ? run : undefined,
    room: height,
    onConfirmed: () => onUndo('confirmed'),
    onClose: () => onUndo(undefined),
  });
  const around = below.length + undo.lines;
  const wanted = linesIn(entries);
  // Where it went on: what happened and what is asked come below what was there.
  useBodyLines(wanted + around, false, rows.length);
  const isScrolled = isAsking ? undo.isScrolled : wanted > height - below.length;
  useLayoutEffect(() => onScrolled(isScrolled), [onScrolled, isScrolled]);
  return (
    <>
      <AboveQuestion lines={isAsking ? height - around : undefined}>
        <Entries
          entries={entries}
          height={height - around}
          width={width}
          isActive={isActive && !isAsking}
          initialEntry={endedAt}
          range={(first, last, total) => text('list.range', { first, last, total })}
          onSelect={() => tell({ kind: 'again' })}
          // From what could not be sent again to what was proven before.
          onBack={() => (applied.differing ? tell({ kind: 'kept' }) : send({ type: 'wentBack' }))}
          onKey={(press) => {
            if (press.kind !== 'text') return;
            if (press.text === 'u' && run) onUndo('asked');
            if (press.text !== 'r' || requestId === undefined) return;
            const how = text(services.copy(requestId) ? 'copy.sent' : 'copy.doubtful');
            setSaid(text('apply.copied', { id: requestId, how }));
          }}
        />
      </AboveQuestion>
      {below.map((line, at) => (
        <Text key={at} {...tone.accent}>
          {`  ${line}`}
        </Text>
      ))}
      {undo.drawn}
    </>
  );
}
