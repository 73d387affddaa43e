import { Box, Text, useWindowSize } from 'ink';
import { type ReactElement, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import type { KeyPress } from '../../components/keys/key-press.ts';
import { useHelpKey, useKeyboard } from '../../components/keys/keyboard.tsx';
import { useKeys } from '../../components/keys/use-keys.ts';
import { useMachine } from '../../components/machine/use-machine.ts';
import { wrapText } from '../../components/text/wrap.ts';
import { useGlyphs, useHiddenSecrets } from '../../components/theme/theme.tsx';
import type { Text as Say } from '../../locale/texts.ts';
import { progressOf } from '../../wizard/moves.ts';
import { stepNameOf } from '../../wizard/pages.ts';
import type { SavedDraft } from '../../wizard/draft.ts';
import { reduce, type WizardEvent, type WizardState } from '../../wizard/reducer.ts';
import { Banner } from './banner.tsx';
import { endedEarly, left } from '../../pages/ending/ending.ts';
import { Header } from './header.tsx';
import { type GuidedRoom, type Layout, layOut } from './layout.ts';
import { OverlayContext } from './page.tsx';
import { screenOf } from './page-table.tsx';
import { RemoteProvider } from '../parts/remote.tsx';
import type { Outcome } from '../../pages/page.ts';
import type { RemoteCache } from '../../pages/remote-cache.ts';
import { type Ending, sceneOf, type WizardServices } from '../../pages/services.ts';
import { useExplained } from './use-explained.ts';
import { useGuided } from './use-guided.ts';
import { useIdle } from './use-idle.ts';
import { finishedSteps, inLines } from '../../pages/summary.ts';
import { Whole } from './whole.tsx';
import { WizardContext } from './wizard-context.tsx';

interface WizardProps {
  readonly initialState: WizardState;
  readonly services: WizardServices;
  readonly cache: RemoteCache;
  readonly text: Say;
  /** Goes on with a draft of an earlier start. */
  readonly onRestored: (saved: SavedDraft) => void;
  readonly onEnd: (ending: Ending) => void;
}

/** Which page is shown, the frame around it, and what lies over it. */
export function Wizard(props: WizardProps): ReactElement {
  const { initialState, services, cache, text, onRestored, onEnd } = props;
  const [state, dispatch, peek] = useMachine(reduce, () => initialState);
  const send = useCallback(
    (event: WizardEvent) => {
      if (event.type === 'restored') onRestored(event.saved);
      const before = peek();
      const next = dispatch(event);
      // Behind a review that was opened by its name is the shell.
      if (event.type === 'wentBack' && next === before && next.page === 'review') setOverlay('leave');
      // Before it is drawn: what a person has seen is not lost when something dies.
      if (next !== before) services.keep(next);
    },
    [dispatch, peek, services, onRestored],
  );
  const [overlay, setOverlay] = useState<'keys' | 'leave' | 'guide'>();
  const [busy, setBusy] = useState<{ stop: () => void }>();
  const [slowed, setSlowed] = useState(0);
  const beSlowed = useCallback(() => {
    setSlowed((count) => count + 1);
    return () => setSlowed((count) => count - 1);
  }, []);
  const { columns, rows } = useWindowSize();
  const glyphs = useGlyphs();
  const keyboard = useKeyboard();
  const [pressed, setPressed] = useState<KeyPress>();
  useEffect(() => {
    if (pressed === undefined || overlay !== undefined) return;
    setPressed(undefined);
    keyboard.tell({ kind: 'replayed', press: pressed });
  }, [pressed, overlay, keyboard]);

  const hidesSecrets = useHiddenSecrets();
  const asking = useMemo(
    () => ({ state, services, text, glyphs, hidesSecrets }),
    [state, services, text, glyphs, hidesSecrets],
  );
  const finished = finishedSteps(asking);
  const guided = useGuided(state, columns, text, services);
  const layout = layOut(columns, rows, finished.length, guided?.room);
  const scene = useMemo(() => sceneOf(state, services.organisation, text), [state, services, text]);
  const setBusyStop = useCallback(
    (stop: (() => void) | undefined) => setBusy(stop ? { stop } : undefined),
    [],
  );
  useEffect(() => {
    services.keep(peek());
  }, [services, peek]);
  const act = useCallback(
    (outcome: Outcome | undefined) => {
      if (outcome?.type === 'ended') onEnd(outcome.ending);
      else if (outcome) send(outcome);
    },
    [onEnd, send],
  );

  useHelpKey(() => {
    if (overlay === undefined && !layout.isTooSmall) setOverlay('keys');
    else if (overlay === 'keys') setOverlay(undefined);
  });
  useKeys((press) => {
    if (press.kind !== 'ctrl') return;
    if (press.letter === 'g' && guided && overlay === undefined) {
      if (guideKey === 'guideAll') setOverlay('guide');
      else guided.toggle();
    }
    if (press.letter !== 'c') return;
    // The first one finishes the call under way, or asks; the second one means it.
    if (busy) busy.stop();
    else if (overlay === 'leave' || isEmpty(state)) leave();
    else setOverlay('leave');
  });
  useIdle(services.idleMs, busy === undefined, () => {
    const minutes = Math.round((services.idleMs ?? 0) / 60_000);
    onEnd({
      outcome: 'interrupted',
      lines: [text('restricted.idle', { minutes }), ...left(state, text).lines],
    });
  });
  const leave = (): void => onEnd(left(state, text));

  const entry = guided?.entry;
  const guideColumns = layout.guide?.columns;
  const guideLineCount = layout.guide?.lines;
  const guideKey = guided && guideKeyOf(guided.room, layout.guide);
  const explained = useExplained(state, layout.isRoomy && guided === undefined, services);
  const { isRoomy } = layout;
  const value = useMemo(
    () => ({
      state,
      asking,
      send,
      act,
      services,
      text,
      scene,
      isActive: overlay === undefined && !layout.isTooSmall,
      width: layout.width,
      height: layout.height,
      runKey: setPressed,
      guided:
        entry === undefined || guideColumns === undefined || guideLineCount === undefined
          ? undefined
          : { entry, room: { columns: guideColumns, lines: guideLineCount } },
      guideKey,
      explained,
      isRoomy,
      finish: onEnd,
      setBusy: setBusyStop,
      beSlowed,
    }),
    [
      state,
      asking,
      send,
      act,
      services,
      text,
      scene,
      overlay,
      layout.isTooSmall,
      layout.width,
      layout.height,
      entry,
      guideColumns,
      guideLineCount,
      guideKey,
      explained,
      isRoomy,
      onEnd,
      setBusyStop,
      beSlowed,
    ],
  );

  // Once a visit: a page that is read meanwhile must not be drawn anew.
  const Screen = useMemo(() => screenOf(state.page), [state.page]);
  return (
    <WizardContext value={value}>
      <RemoteProvider cache={cache}>
        <OverlayContext
          value={{
            kind: overlay,
            columns: layout.columns,
            hasAir: layout.hasAir,
            trail: inLines(finished, layout.summaryLines, asking),
            onClose: () => setOverlay(undefined),
            onLeave: leave,
          }}
        >
          {layout.isTooSmall ? (
            <Text>{wrapText(text('frame.tooSmall'), layout.columns).join('\n')}</Text>
          ) : null}
          {/* Hidden, not gone: a page that were drawn anew would have lost its search, or apply once more. */}
          <Box flexDirection="column" width={layout.columns} display={layout.isTooSmall ? 'none' : 'flex'}>
            <Header
              columns={layout.columns}
              sandbox={state.draft.sandbox}
              where={[
                ...(state.draft.platform === undefined
                  ? []
                  : state.draft.platform === 'emulator'
                    ? [scene.host]
                    : [services.organisation.orgId, scene.host]),
                ...(services.isReadOnly ? [text('frame.onlyReads')] : []),
              ]}
              progress={(isNarrow) =>
                slowed > 0
                  ? text(isNarrow ? 'frame.slowedShort' : 'frame.slowed')
                  : progressText(state, text, isNarrow)
              }
              text={text}
            />
            {guided && layout.bannerLines > 0 ? (
              <Banner lines={guided.banner} height={layout.bannerLines} />
            ) : null}
            <Whole onMissing={() => onEnd(endedEarly(state, text))}>
              <Suspense>
                <Screen key={state.page === 'validation' ? 'apply' : state.page} />
              </Suspense>
            </Whole>
          </Box>
        </OverlayContext>
      </RemoteProvider>
    </WizardContext>
  );
}

/** "step 3 of 11"; before the first answer what all this is, and behind the last question the name of the page. */
function progressText(state: WizardState, text: Say, isNarrow: boolean): string {
  const { page, draft } = state;
  if (page === 'welcome' || (page === 'platform' && draft.platform === undefined))
    return isNarrow ? '' : text('frame.motto');
  const progress = progressOf(state);
  if (!progress) return text(stepNameOf(page));
  return text(isNarrow ? 'frame.stepShort' : 'frame.step', progress);
}

/** Where the panel says everything, the key for it takes it away: the same once more would be no help. */
function guideKeyOf({ lines }: GuidedRoom, guide: Layout['guide']): 'guide' | 'guideAll' | 'guideHide' {
  if (!guide || !lines) return 'guide';
  return lines(guide.columns) > guide.lines ? 'guideAll' : 'guideHide';
}

/** Nothing answered yet: nobody minds leaving. */
function isEmpty({ draft }: WizardState): boolean {
  return draft.destination === undefined;
}
