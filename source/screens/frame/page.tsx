import { Box, Text } from 'ink';
import {
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useLayoutEffect,
  useState,
} from 'react';
import { Confirm } from '../../components/confirm/confirm.tsx';
import { fitHints } from '../../components/key-hints/hints-layout.ts';
import { KeyHints } from '../../components/key-hints/key-hints.tsx';
import { KeyList, type RunnableKey } from '../../components/key-hints/key-list.tsx';
import { displayWidth } from '../../components/text/width.ts';
import { wrapText } from '../../components/text/wrap.ts';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import { guideLines } from './guide-lines.ts';
import { Explained, guideLead, GuideOverlay, GuidePanel } from './guide-panel.tsx';
import { guideGap, place } from './layout.ts';
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

/** Takes how many lines the body needs, where that is fewer than there may be. */
const BodyLinesContext = createContext<(lines: number | undefined) => void>(() => undefined);

/** Says that the body of a page needs no more than so many lines. On a small screen nobody asks. */
export function useBodyLines(lines: number): void {
  const { isRoomy } = useWizard();
  const tell = useContext(BodyLinesContext);
  useLayoutEffect(() => {
    if (!isRoomy) return;
    tell(lines);
    return () => tell(undefined);
  }, [isRoomy, lines, tell]);
}

export interface PageProps {
  /** What it is all about; left out where the page needs the room. */
  readonly intro?: string | undefined;
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
export function Page({ intro, question, notice, keys, children }: PageProps): ReactElement {
  const { state, text, width, height, guided, explained, isRoomy } = useWizard();
  const [lines, setLines] = useState<number>();
  const overlay = useContext(OverlayContext);
  const glyphs = useGlyphs();
  const tone = useTone();
  const next = nextOf(state);
  const isBeside = guided !== undefined && width < overlay.columns;
  // The keys of the page do nothing while something lies over it.
  const hints =
    overlay.kind === undefined ? keys : overlayKeys[overlay.kind].map((name) => hintOf(name, text));
  const introLines = intro === undefined ? [] : wrapText(intro, Math.min(width - 2, widestText));
  const introHeight = introLines.length === 0 ? 0 : introLines.length + (overlay.hasAir ? 2 : 0);
  const hasIntro = introHeight > 0 && height - introHeight >= leastBelowIntro;
  const room = height - (hasIntro ? introHeight : 0);
  const besideLines =
    guided && isBeside ? guideLines(guided.entry, text, guided.room.columns - guideLead).length : 0;
  const belowLines = explained ? guideLines(explained, text, Math.min(width, widestText) - guideLead) : [];
  const needed =
    isRoomy && overlay.kind === undefined && lines !== undefined ? Math.max(lines, besideLines) : undefined;
  const { above, body, explained: below } = place(room, needed, belowLines.length);
  const separator = displayWidth(` ${glyphs.dot} `);
  const isNarrow = overlay.columns < narrowColumns;
  const [onOneLine = []] = fitHints(hints, overlay.columns, separator);
  const lacks = hints.some((hint) => (hint.priority ?? 0) >= worthALine && !onOneLine.includes(hint));
  const hintLines = isNarrow && notice === undefined && lacks ? 2 : 1;
  return (
    <Box flexDirection="column">
      {above === 0 ? null : <Box height={above} flexShrink={0} />}
      {hasIntro && overlay.hasAir ? <Text> </Text> : null}
      {(hasIntro ? introLines : []).map((line, at) => (
        <Text key={at} wrap="truncate">{`  ${line}`}</Text>
      ))}
      {hasIntro && overlay.hasAir ? <Text> </Text> : null}
      <Text wrap="truncate">
        <Text {...tone.accent}>{glyphs.current} </Text>
        <Text {...tone.strong}>{question}</Text>
      </Text>
      {guided && !isBeside ? <GuidePanel /> : null}
      {overlay.hasAir ? <Text> </Text> : null}
      {/* One place for the body, wherever the explanation is: in another it would begin anew. */}
      <Box columnGap={guideGap}>
        <Box width={width} flexShrink={0}>
          <BodyLinesContext value={setLines}>
            <Body keys={keys} height={body}>
              {children}
            </Body>
          </BodyLinesContext>
        </Box>
        {isBeside ? <GuidePanel /> : null}
      </Box>
      {below === 0 ? null : (
        <Box marginTop={1} flexShrink={0}>
          <Explained lines={belowLines} columns={Math.min(width, widestText)} />
        </Box>
      )}
      <Box height={room - above - body - below} flexShrink={0} />
      {overlay.hasAir ? <Text> </Text> : null}
      {hintLines > 1 ? null : (
        <Text {...(notice === undefined ? tone.muted : tone.warning)} wrap="truncate">
          {`  ${notice ?? (next === undefined ? '' : text('frame.next', { name: text(stepNameOf(next)) }))}`}
        </Text>
      )}
      <KeyHints keys={hints} width={overlay.columns} lines={hintLines} />
    </Box>
  );
}

/** Wider sentences are hard to read. */
const widestText = 76;
/** A question with three answers, and why one of them cannot be chosen. */
const leastBelowIntro = 5;
const narrowColumns = 60;
/** A key of this priority is worth more than the name of the next step. */
const worthALine = 5;

function Body({
  keys,
  height,
  children,
}: Pick<PageProps, 'keys' | 'children'> & { readonly height: number }): ReactElement {
  const { state, text, width } = useWizard();
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
