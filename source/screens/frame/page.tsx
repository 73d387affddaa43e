import { Box, Text } from 'ink';
import { createContext, type ReactElement, type ReactNode, useContext } from 'react';
import { Confirm } from '../../components/confirm/confirm.tsx';
import { KeyHints } from '../../components/key-hints/key-hints.tsx';
import { KeyList, type RunnableKey } from '../../components/key-hints/key-list.tsx';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import { GuideOverlay, GuidePanel } from './guide-panel.tsx';
import { guideGap } from './layout.ts';
import { useListTexts } from '../parts/list-texts.ts';
import { hintOf, type PageKeyName } from './page-keys.ts';
import { nextOf } from '../../wizard/moves.ts';
import { stepNameOf } from '../../wizard/pages.ts';
import { useWizard } from './wizard-context.tsx';

/** What lies over a page. */
export interface Overlay {
  readonly kind: 'keys' | 'leave' | 'guide' | undefined;
  /** Columns of the whole frame; a page may have fewer, beside what is explained. */
  readonly columns: number;
  readonly hasAir: boolean;
  readonly onClose: () => void;
  readonly onLeave: () => void;
}

export const OverlayContext = createContext<Overlay>({
  kind: undefined,
  columns: 80,
  hasAir: true,
  onClose: () => undefined,
  onLeave: () => undefined,
});

export interface PageProps {
  readonly question: string;
  /** What is going on just now, instead of the step after this one. */
  readonly notice?: string | undefined;
  readonly keys: readonly RunnableKey[];
  readonly children: ReactNode;
}

const overlayKeys = {
  leave: ['choose', 'back'],
  keys: ['move', 'choose', 'back'],
  guide: ['scroll', 'back'],
} as const satisfies Record<string, readonly PageKeyName[]>;

/** Question, body, next step and keys of a page. What lies over the body leaves it as it was. */
export function Page({ question, notice, keys, children }: PageProps): ReactElement {
  const { state, text, width, guided } = useWizard();
  const overlay = useContext(OverlayContext);
  const glyphs = useGlyphs();
  const tone = useTone();
  const next = nextOf(state);
  const isBeside = guided !== undefined && width < overlay.columns;
  // The keys of the page do nothing while something lies over it.
  const hints =
    overlay.kind === undefined ? keys : overlayKeys[overlay.kind].map((name) => hintOf(name, text));
  return (
    <Box flexDirection="column">
      <Text wrap="truncate">
        <Text {...tone.accent}>{glyphs.current} </Text>
        <Text {...tone.strong}>{question}</Text>
      </Text>
      {guided && !isBeside ? <GuidePanel /> : null}
      {overlay.hasAir ? <Text> </Text> : null}
      {/* One place for the body, wherever the explanation is: in another it would begin anew. */}
      <Box columnGap={guideGap}>
        <Box width={width} flexShrink={0}>
          <Body keys={keys}>{children}</Body>
        </Box>
        {isBeside ? <GuidePanel /> : null}
      </Box>
      {overlay.hasAir ? <Text> </Text> : null}
      <Text {...(notice === undefined ? tone.muted : tone.warning)} wrap="truncate">
        {`  ${notice ?? (next === undefined ? '' : text('frame.next', { name: text(stepNameOf(next)) }))}`}
      </Text>
      <KeyHints keys={hints} width={overlay.columns} />
    </Box>
  );
}

function Body({ keys, children }: Pick<PageProps, 'keys' | 'children'>): ReactElement {
  const { state, text, width, height } = useWizard();
  const overlay = useContext(OverlayContext);
  const listTexts = useListTexts();
  return (
    <Box flexDirection="column" height={height} width={width} overflow="hidden">
      <Box flexDirection="column" flexShrink={0} display={overlay.kind === undefined ? 'flex' : 'none'}>
        {children}
      </Box>
      {overlay.kind === 'leave' ? (
        <Confirm
          question={text(state.hasApplied ? 'frame.leaveMidway' : 'frame.leave')}
          texts={{ yes: text('frame.yes'), no: text('frame.no') }}
          width={width}
          onAnswer={(isYes) => {
            if (isYes) overlay.onLeave();
            else overlay.onClose();
          }}
        />
      ) : null}
      {overlay.kind === 'keys' ? (
        <KeyList keys={keys} width={width} height={height - 2} texts={listTexts} onClose={overlay.onClose} />
      ) : null}
      {overlay.kind === 'guide' ? <GuideOverlay onClose={overlay.onClose} /> : null}
    </Box>
  );
}
