import { Box, Text } from 'ink';
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { nextMinute } from '../../activation/content/schedule.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { FlowMissingError } from '../../apply/live/live.ts';
import { Entries, linesIn } from '../../components/entries/entries.tsx';
import { Form } from '../../components/form/form.tsx';
import { wrapText } from '../../components/text/wrap.ts';
import { type ToneName, useGlyphs, useTone } from '../../components/theme/theme.tsx';
import type { Confirmation } from '../../pages/ending/confirmation.ts';
import { movedPlace } from '../../pages/ending/flow-change.ts';
import { savedText, trySaving } from '../../pages/ending/ending.ts';
import { ageless, type ReviewRow, reviewRows } from '../../pages/ending/review-rows.ts';
import { undoableIn } from '../../pages/ending/undo.ts';
import { confirmations, opened, rename, unmendedText, review as page } from '../../pages/ending/review.ts';
import type { Asking } from '../../pages/page.ts';
import type { Exports, RemoteValues } from '../../pages/remote-cache.ts';
import { placeOf, type WizardServices } from '../../pages/services.ts';
import { canGoBack } from '../../wizard/moves.ts';
import type { PageId } from '../../wizard/pages.ts';
import type { WizardState } from '../../wizard/reducer.ts';
import { toPlan } from '../../wizard/to-plan.ts';
import { ShortBody } from '../frame/body-room.ts';
import { Page } from '../frame/page.tsx';
import { useAskedKeys, usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Confirmations, linesOf } from '../parts/confirmations.tsx';
import { useFormTexts } from '../parts/list-texts.ts';
import { useRemote, useRemoteAbout, useRemoteCache } from '../parts/remote.tsx';
import { reviewEntries } from './review-entries.ts';
import { AboveQuestion, useUndoQuestion } from './undo/undo-question.tsx';
import { Undoing } from './undo/undoing.tsx';

/** Everything once more; Enter on a line changes it. */
export function ReviewScreen(): ReactElement {
  const { state, asking, act, send, services, text, isActive, height, width } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const [question, setQuestion] = useState<'confirm' | 'rename' | 'undo'>();
  const [undoing, setUndoing] = useState<string>();
  const [said, setSaid] = useState<{ text: string; tone: ToneName }>();
  const [cursor, setCursor] = useState(state.jump?.from || 'apply');
  const counting = useRemote('flowCount', placeOf(state, services.organisation));
  const destinationCount = counting.kind === 'ready' ? counting.value : undefined;
  const { found, isGone } = useFound(state, services);
  const { exports, isLooking: looksAtExports } = useExports(state, services);
  const { sandboxes, isLooking: looksAtSandbox } = useUnknownSandbox(state, services);
  const isLooking = looksAtSandbox || looksAtExports;
  const madeMs = useMadeMs(state, services);
  const nowMs = nextMinute(services.now());
  const rows = useMemo(
    () => reviewRows(asking, { nowMs, destinationCount, found, isGone, exports, sandboxes, madeMs }),
    [asking, nowMs, destinationCount, found, isGone, exports, sandboxes, madeMs],
  );
  // What is asked stands still, whatever is read behind it meanwhile; it is asked once that is known which decides it.
  const [asked, setAsked] = useState<readonly [Confirmation, ...Confirmation[]]>();
  const [isAwaited, setAwaited] = useState(false);
  const ask = (): void => {
    setAsked(confirmations(asking, sandboxes, exports));
    setQuestion('confirm');
  };
  if (isAwaited && !isLooking) {
    setAwaited(false);
    setSaid(undefined);
    ask();
  }
  const entries = useMemo(() => reviewEntries(rows, { width, glyphs, text }), [rows, width, glyphs, text]);
  const here = rows.find(({ id }) => id === cursor);
  const save = (): void => {
    void trySaving(services, toPlan(state.draft)).then((saved) =>
      setSaid({ text: savedText(saved, text), tone: saved.kind === 'saved' ? 'success' : 'danger' }),
    );
  };
  const mend = (id: string): void => {
    const row = rows.find((one) => one.id === id);
    if (!row) return;
    const { fix } = row;
    if (fix) send({ type: 'revised', draft: fix.draft });
    setSaid(
      fix
        ? { text: `${glyphs.check} ${text('review.mended', { fact: fix.fact })}`, tone: 'success' }
        : { text: unmendedText(row, text), tone: 'warning' },
    );
  };
  const undoable = useMemo(() => undoableIn(state), [state]);
  const close = (): void => setQuestion(undefined);
  const undo = useUndoQuestion({
    run: question === 'undo' ? undoable : undefined,
    room: height,
    onConfirmed() {
      close();
      setUndoing(undoable?.run);
    },
    onClose: close,
  });
  const askedKeys = useAskedKeys(undo.isScrolled);
  const keys = usePageKeys(
    // The keys of the table do nothing while something is asked under it.
    question === 'rename'
      ? ['continue', 'close']
      : question
        ? askedKeys
        : [
            'move',
            ...(here ? enterKeys[here.does.kind] : []),
            ...(here?.fix ? (['fix'] as const) : []),
            ...(undoable ? (['undo'] as const) : []),
            'save',
            canGoBack(state) ? 'back' : 'leave',
            'help',
          ],
  );
  const below = question || said === undefined ? [] : wrapText(said.text, width - 2);
  if (undoing !== undefined) return <Undoing run={undoing} onClose={() => setUndoing(undefined)} />;
  const asks =
    question === undefined || question === 'undo'
      ? undo.lines
      : questionLines(question, asked, asking, width);
  const wanted = linesIn(entries);
  return (
    <Page question={page.question(asking)} keys={keys} leadsTo={question ? 'nowhere' : leadsTo(here?.does)}>
      <ShortBody lines={wanted + below.length + asks} hasOwnPanel atRest={wanted} />
      <AboveQuestion lines={question === 'undo' ? height - asks : undefined}>
        <Entries
          entries={entries}
          height={height - below.length - asks}
          width={width}
          isActive={isActive && !question}
          initialEntry={cursor}
          range={(first, last, total) => text('list.range', { first, last, total })}
          onCursorChange={(id) => {
            setCursor(id);
            setSaid(undefined);
            setAwaited(false);
          }}
          onBack={() => send({ type: 'wentBack' })}
          onKey={(press, id) => {
            if (press.kind !== 'text') return;
            if (press.text === 's') save();
            else if (press.text === 'f') mend(id);
            else if (press.text === 'u' && undoable) setQuestion('undo');
          }}
          onSelect={(id) => {
            const row = rows.find((one) => one.id === id);
            const does = row && opened(row, asking);
            if (does === 'confirm' && isLooking) {
              setAwaited(true);
              setSaid({ text: text('review.asksFirst'), tone: 'plain' });
            } else if (does === 'confirm') ask();
            else if (typeof does === 'string') setQuestion(does);
            else act(does);
          }}
        />
      </AboveQuestion>
      {question === undefined || question === 'undo' ? null : (
        <Box flexDirection="column" marginTop={1}>
          {question === 'rename' ? (
            <NameField onClose={close} />
          ) : (
            asked && (
              <Confirmations all={asked} onConfirmed={() => send({ type: 'confirmed' })} onClose={close} />
            )
          )}
        </Box>
      )}
      {undo.drawn}
      {below.map((line, at) => (
        <Text key={at} {...tone[said?.tone ?? 'plain']}>
          {`  ${line}`}
        </Text>
      ))}
    </Page>
  );
}

/** What Enter does on a line. */
const enterKeys = {
  apply: ['apply'],
  compare: ['compare'],
  jump: ['change'],
  rename: ['change'],
  blocked: ['change'],
} as const;

/** Where Enter on a line leads: not on from a plan that something is wrong with. */
function leadsTo(does: ReviewRow['does'] | undefined): PageId | 'nowhere' | undefined {
  if (does?.kind === 'jump') return does.page;
  if (does?.kind === 'blocked') return leadsTo(does.by.does);
  if (does?.kind === 'compare') return 'validation';
  return does?.kind === 'rename' ? 'nowhere' : undefined;
}

/** What the dataflow of a draft that was taken up holds now, once it was read, or that it is not there any more. */
function useFound(
  { takenUp, draft, ...state }: WizardState,
  services: WizardServices,
): { found?: Plan | undefined; isGone: boolean } {
  const id = takenUp !== undefined && draft.live !== undefined ? draft.flow : undefined;
  const remote = useRemoteAbout('flow', placeOf({ ...state, draft }, services.organisation), id);
  const reading = remote?.kind === 'ready' ? remote.value.reading : undefined;
  const isGone = remote?.kind === 'failed' && remote.error instanceof FlowMissingError;
  return { found: reading?.kind === 'draft' ? reading.draft.live : undefined, isGone };
}

/** How often it is looked whether an export has ended, milliseconds. @see manage.md, section 5.4 */
const exportingMs = 15_000;

/** What is exported right now to the place that the draft changes, looked at again and again; whether nothing is known yet. */
function useExports(
  state: WizardState,
  services: WizardServices,
): { readonly exports: Exports | undefined; readonly isLooking: boolean } {
  const cache = useRemoteCache();
  const id = movedPlace(state.draft).length > 0 ? state.draft.flow : undefined;
  const { platform, sandbox } = placeOf(state, services.organisation);
  const remote = useRemoteAbout('exporting', { platform, sandbox }, id);
  useEffect(() => {
    if (id === undefined) return;
    const look = (): void => void cache.refreshExporting({ platform, sandbox }, id);
    look();
    const timer = setInterval(look, exportingMs);
    timer.unref();
    return () => clearInterval(timer);
  }, [cache, id, platform, sandbox]);
  if (remote === undefined || remote.kind === 'loading')
    return { exports: undefined, isLooking: remote !== undefined };
  return { exports: remote.kind === 'ready' ? remote.value : unlooked, isLooking: false };
}

const unlooked: Exports = { exporting: undefined };

/** Lines that a question takes, with the empty one above it. */
const questionLines = (
  question: 'confirm' | 'rename',
  asked: readonly Confirmation[] = [],
  { text, glyphs }: Asking,
  width: number,
): number =>
  question === 'rename' ? 4 : Math.max(0, ...asked.map((one) => linesOf(one, text, width, glyphs)));

/** The sandboxes, where only they say whether the one of the draft is production. */
function useUnknownSandbox(
  state: WizardState,
  services: WizardServices,
): { readonly sandboxes: RemoteValues['sandboxes'] | undefined; readonly isLooking: boolean } {
  const isUnknown = state.draft.sandbox?.isProduction === undefined;
  const place = placeOf(state, services.organisation);
  const remote = useRemoteAbout('sandboxes', place, isUnknown ? '' : undefined);
  return {
    sandboxes: remote?.kind === 'ready' ? remote.value : undefined,
    isLooking: remote?.kind === 'loading',
  };
}

/** When the segments of a plan were made that nobody has chosen from the list. */
function useMadeMs(state: WizardState, services: WizardServices): RemoteValues['madeMs'] | undefined {
  const remote = useRemoteAbout('madeMs', placeOf(state, services.organisation), ageless(state.draft));
  return remote?.kind === 'ready' ? remote.value : undefined;
}

/** The name of the dataflow, changed in place. */
function NameField({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { asking, send, isActive, width } = useWizard();
  const texts = useFormTexts();
  const fields = useMemo(() => rename.fields(asking, {}), [asking]);
  return (
    <Form
      fields={fields}
      initialValues={rename.given(asking)}
      texts={texts}
      width={width}
      isActive={isActive}
      onBack={onClose}
      onSubmit={({ name = '' }) => {
        send(rename.done(name));
        onClose();
      }}
    />
  );
}
