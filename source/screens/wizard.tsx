import { Box, Text, useInput, useWindowSize } from 'ink';
import {
  type ComponentType,
  lazy,
  type ReactElement,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useReducer,
  useState,
} from 'react';
import { useGlyphs, useHiddenSecrets, useTone } from '../components/theme/theme.tsx';
import type { Text as Say } from '../locale/texts.ts';
import { type PageId, stepCount, stepOf } from '../wizard/pages.ts';
import type { SavedDraft } from '../wizard/draft.ts';
import { reduce, type WizardEvent, type WizardState } from '../wizard/reducer.ts';
import { AccountScreen } from './account.tsx';
import { ApplyScreen } from './apply.tsx';
import { AttributesScreen, DeduplicationScreen, MandatoryScreen } from './attributes.tsx';
import { DestinationScreen } from './destination.tsx';
import { ExportModeEditor, ExportModeScreen } from './export-mode.tsx';
import { Header } from './header.tsx';
import { layOut } from './layout.ts';
import { OverlayContext } from './page.tsx';
import { PlatformScreen } from './platform.tsx';
import { PlatformSecretScreen } from './platform-secret.tsx';
import { type RemoteCache, RemoteProvider } from './remote.tsx';
import { ReviewScreen } from './review.tsx';
import { SandboxScreen } from './sandbox.tsx';
import { FrequencyEditor, ScheduleScreen, TriggerEditor } from './schedule.tsx';
import { SegmentsScreen } from './segments.tsx';
import { SignInFieldsScreen, SignInScreen } from './sign-in.tsx';
import { SourceScreen } from './source.tsx';
import { LocationFieldsScreen, LocationScreen } from './storage-location.tsx';
import { WelcomeScreen } from './welcome.tsx';
import { useIdle } from './use-idle.ts';
import { finishedSteps } from './summary.ts';
import { type Ending, placeOf, WizardContext, type WizardServices } from './wizard-context.tsx';

/** Reads calendars and time zones, which are larger than all other pages: not before the first of them. */
const loadDetails = () => import('./schedule-details.tsx');
const DetailsEditor = lazy(async () => ({ default: (await loadDetails()).DetailsEditor }));

/** Reads the pages that the first one does without; called once that is drawn. */
export async function preloadPages(): Promise<void> {
  await loadDetails();
}

const screens: Record<Exclude<PageId, 'validation'>, ComponentType> = {
  welcome: WelcomeScreen,
  platform: PlatformScreen,
  platformSecret: PlatformSecretScreen,
  sandbox: SandboxScreen,
  destination: DestinationScreen,
  account: AccountScreen,
  signIn: SignInScreen,
  signInFields: SignInFieldsScreen,
  location: LocationScreen,
  locationFields: LocationFieldsScreen,
  segments: SegmentsScreen,
  attributes: AttributesScreen,
  mandatory: MandatoryScreen,
  deduplication: DeduplicationScreen,
  exportMode: ExportModeScreen,
  exportModeEditor: ExportModeEditor,
  schedule: ScheduleScreen,
  frequencyEditor: FrequencyEditor,
  triggerEditor: TriggerEditor,
  detailsEditor: DetailsEditor,
  review: ReviewScreen,
  source: SourceScreen,
  apply: ApplyScreen,
};

export interface WizardProps {
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
  const [state, dispatch] = useReducer(reduce, initialState);
  const send = useCallback(
    (event: WizardEvent) => {
      if (event.type === 'restored') onRestored(event.saved);
      dispatch(event);
    },
    [onRestored],
  );
  const [overlay, setOverlay] = useState<'keys' | 'leave'>();
  const [busy, setBusy] = useState<{ stop: () => void }>();
  const { columns, rows } = useWindowSize();
  const glyphs = useGlyphs();
  const tone = useTone();

  const finished = finishedSteps(state.draft, stepOf(state.page), text, useHiddenSecrets());
  const layout = layOut(columns, rows, finished.length);
  const { platform, sandbox } = placeOf(state, services.organisation);
  const host = platform === 'emulator' ? text('frame.emulator') : services.organisation.host;
  const setBusyStop = useCallback(
    (stop: (() => void) | undefined) => setBusy(stop ? { stop } : undefined),
    [],
  );
  useEffect(() => {
    services.saveDraft(state);
  }, [services, state]);
  const openKeys = useCallback(() => setOverlay('keys'), []);

  useInput((input, key) => {
    if (!key.ctrl || input !== 'c') return;
    // The first one finishes the call under way, or asks; the second one means it.
    if (busy) busy.stop();
    else if (overlay === 'leave' || isEmpty(state)) leave();
    else setOverlay('leave');
  });
  useIdle(services.idleMs, busy === undefined, () => {
    const minutes = Math.round((services.idleMs ?? 0) / 60_000);
    onEnd({
      kind: 'left',
      exitCode: 130,
      lines: [text('restricted.idle', { minutes }), text(leftText(state))],
    });
  });
  const leave = (): void => onEnd({ kind: 'left', exitCode: 130, lines: [text(leftText(state))] });

  const value = useMemo(
    () => ({
      state,
      send,
      services,
      text,
      scene: { host, sandbox },
      isActive: overlay === undefined && !layout.isTooSmall,
      width: layout.columns,
      height: layout.height,
      openKeys,
      finish: onEnd,
      setBusy: setBusyStop,
    }),
    [
      state,
      send,
      services,
      text,
      host,
      sandbox,
      overlay,
      layout.isTooSmall,
      layout.columns,
      layout.height,
      openKeys,
      onEnd,
      setBusyStop,
    ],
  );

  const Screen = screens[state.page === 'validation' ? 'apply' : state.page];
  return (
    <WizardContext value={value}>
      <RemoteProvider cache={cache}>
        <OverlayContext
          value={{
            kind: overlay,
            hasAir: layout.hasAir,
            onClose: () => setOverlay(undefined),
            onLeave: leave,
          }}
        >
          {layout.isTooSmall ? <Text>{text('frame.tooSmall')}</Text> : null}
          {/* Hidden, not gone: a page that were drawn anew would have lost its search, or apply once more. */}
          <Box flexDirection="column" width={layout.columns} display={layout.isTooSmall ? 'none' : 'flex'}>
            <Header
              columns={layout.columns}
              sandbox={state.draft.sandbox}
              where={
                state.draft.platform === undefined
                  ? []
                  : platform === 'emulator'
                    ? [host]
                    : [services.organisation.orgId, host]
              }
              step={stepOf(state.page)}
              stepCount={stepCount}
              text={text}
            />
            {(layout.summaryLines === 0 ? [] : finished.slice(-layout.summaryLines)).map(
              ({ label, value: said }) => (
                <Text key={label} wrap="truncate">
                  <Text {...tone.success}>{glyphs.check} </Text>
                  <Text>{label.padEnd(13)} </Text>
                  <Text {...tone.muted}>{said}</Text>
                </Text>
              ),
            )}
            <Suspense>
              <Screen key={state.page} />
            </Suspense>
          </Box>
        </OverlayContext>
      </RemoteProvider>
    </WizardContext>
  );
}

function leftText({ draft, hasApplied }: WizardState) {
  if (!hasApplied) return 'validation.left';
  return draft.platform === 'emulator' ? 'validation.leftRehearsal' : 'validation.leftMidway';
}

/** Nothing answered yet: nobody minds leaving. */
function isEmpty({ draft }: WizardState): boolean {
  return draft.destination === undefined;
}
