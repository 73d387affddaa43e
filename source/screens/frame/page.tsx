import { Box, Text } from 'ink';
import {
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useLayoutEffect,
  useMemo,
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
import { besideColumns, guideGap, linesAbove } from './layout.ts';
import { Trail } from './trail.tsx';
import type { FinishedStep } from '../../pages/summary.ts';
import { letterText, useListTexts } from '../parts/list-texts.ts';
import { hintOf, type PageKeyName } from './page-keys.ts';
import { nextOf } from '../../wizard/moves.ts';
import { leaveText } from '../../pages/ending/ending.ts';
import { isForm, type PageId, stepNameOf } from '../../wizard/pages.ts';
import type { Text as Say } from '../../locale/texts.ts';
import { useWizard, WizardContext } from './wizard-context.tsx';

/** What lies over a page. */
export interface Overlay {
  readonly kind: 'keys' | 'leave' | 'guide' | undefined;
  /** Columns of the whole frame; a page may have fewer, beside what is explained. */
  readonly columns: number;
  readonly hasAir: boolean;
  /** Finished steps, above the question wherever that stands. */
  readonly trail: readonly FinishedStep[];
  readonly onClose: () => void;
  readonly onLeave: () => void;
}

export const OverlayContext = createContext<Overlay>({
  kind: undefined,
  columns: 80,
  hasAir: true,
  trail: [],
  onClose: () => undefined,
  onLeave: () => undefined,
});

/** What a page needs that does not take whatever there is. */
interface BodyRoom {
  readonly lines: number;
  /** Something of its own stands beside it, and no explanation. */
  readonly hasOwnPanel: boolean;
}

const BodyRoomContext = createContext<(room: BodyRoom | undefined) => void>(() => undefined);

/** Says that the body of a page needs no more than so many lines. On a small screen nobody asks. */
export function useBodyLines(lines: number, hasOwnPanel = false): void {
  const { isRoomy } = useWizard();
  const tell = useContext(BodyRoomContext);
  useLayoutEffect(() => {
    if (!isRoomy) return;
    tell({ lines, hasOwnPanel });
    return () => tell(undefined);
  }, [isRoomy, lines, hasOwnPanel, tell]);
}

/** The same, where not all of a page is short. */
export function ShortBody({ lines, hasOwnPanel }: Partial<BodyRoom> & { readonly lines: number }): null {
  useBodyLines(lines, hasOwnPanel);
  return null;
}

export interface PageProps {
  /** What it is all about; left out where the page needs the room. */
  readonly intro?: string | undefined;
  readonly question: string;
  /** What is going on just now, instead of the step after this one. */
  readonly notice?: string | undefined;
  /** Where Enter leads by what stands under the cursor. @default where it leads once this step is answered */
  readonly leadsTo?: PageId | 'nowhere' | undefined;
  readonly keys: readonly RunnableKey[];
  /** A second line of keys is worth more than the name of the next step, also where the screen is wide. */
  readonly hasManyKeys?: boolean | undefined;
  readonly children: ReactNode;
}

const overlayKeys = {
  leave: ['moveAside', 'choose', 'back'],
  keys: ['move', 'choose', 'back'],
  guide: ['scroll', 'back'],
} as const satisfies Record<string, readonly PageKeyName[]>;

/** Question, body, next step and keys of a page. What lies over the body leaves it as it was. */
export function Page({
  intro,
  question,
  notice,
  leadsTo,
  keys,
  hasManyKeys = false,
  children,
}: PageProps): ReactElement {
  const wizard = useWizard();
  const { state, text, height, guided, explained, isRoomy } = wizard;
  const [{ lines, hasOwnPanel } = { lines: undefined, hasOwnPanel: false }, setBodyRoom] =
    useState<BodyRoom>();
  const overlay = useContext(OverlayContext);
  const glyphs = useGlyphs();
  const tone = useTone();
  const next = nextText(leadsTo ?? nextOf(state), state.page, text);
  // What a short page says of itself, where nobody is guided.
  const explaining =
    explained && lines !== undefined && !hasOwnPanel ? besideColumns(overlay.columns) : undefined;
  const width = wizard.width - (explaining === undefined ? 0 : explaining + guideGap);
  const isBeside = guided !== undefined && width < overlay.columns;
  // The keys of the page do nothing while something lies over it.
  const hints =
    overlay.kind === undefined ? keys : overlayKeys[overlay.kind].map((name) => hintOf(name, text));
  const introLines = intro === undefined ? [] : wrapText(intro, Math.min(width - 2, widestText));
  const introHeight = introLines.length === 0 ? 0 : introLines.length + (overlay.hasAir ? 2 : 0);
  const hasIntro = introHeight > 0 && height - introHeight >= leastBelowIntro;
  const isNarrow = overlay.columns < narrowColumns;
  const asked = questionLines(question, overlay.columns - 2);
  // All of an explanation takes the place of its beginning.
  const hasPanel = guided !== undefined && !isBeside && overlay.kind !== 'guide';
  const panelLines = guided === undefined || isBeside || hasPanel ? 0 : guided.room.lines;
  const room = height - (hasIntro ? introHeight : 0) - (asked.length - 1) + panelLines;
  const inner = useMemo(() => ({ ...wizard, width, height: room }), [wizard, width, room]);
  const besideLines =
    explained && explaining !== undefined
      ? guideLines(explained, text, explaining - guideLead)
      : guided && isBeside
        ? guideLines(guided.entry, text, guided.room.columns - guideLead)
        : [];
  const isShort = isRoomy && overlay.kind === undefined && lines !== undefined;
  const body = isShort ? Math.min(room, Math.max(lines, besideLines.length)) : room;
  const above = linesAbove(room, body);
  const separator = displayWidth(` ${glyphs.dot} `);
  const [onOneLine = []] = fitHints(hints, overlay.columns, separator);
  const lacks = hints.some((hint) => (hint.priority ?? 0) >= worthALine && !onOneLine.includes(hint));
  const hintLines =
    notice === undefined && (isNarrow ? lacks || next === undefined : hasManyKeys && lacks) ? 2 : 1;
  return (
    <Box flexDirection="column">
      {above === 0 ? null : <Box height={above} flexShrink={0} />}
      <Trail steps={overlay.trail} />
      {hasIntro && overlay.hasAir ? <Text> </Text> : null}
      {(hasIntro ? introLines : []).map((line, at) => (
        <Text key={at} wrap="truncate">{`  ${line}`}</Text>
      ))}
      {hasIntro && overlay.hasAir ? <Text> </Text> : null}
      {asked.map((line, at) => (
        <Text key={at} wrap="truncate">
          {at === 0 ? <Text {...tone.accent}>{glyphs.current} </Text> : '  '}
          <Text {...tone.strong}>{line}</Text>
        </Text>
      ))}
      {hasPanel ? <GuidePanel /> : null}
      {overlay.hasAir ? <Text> </Text> : null}
      {/* One place for the body, wherever the explanation is: in another it would begin anew. */}
      <Box columnGap={guideGap}>
        <Box width={width} flexShrink={0}>
          <BodyRoomContext value={setBodyRoom}>
            <WizardContext value={inner}>
              <Body keys={keys} height={body}>
                {children}
              </Body>
            </WizardContext>
          </BodyRoomContext>
        </Box>
        {isBeside ? <GuidePanel /> : null}
        {explaining === undefined ? null : <Explained lines={besideLines} columns={explaining} />}
      </Box>
      <Box height={room - above - body} flexShrink={0} />
      {overlay.hasAir ? <Text> </Text> : null}
      {hintLines > 1 ? null : (
        <Text {...(notice === undefined ? tone.muted : tone.warning)} wrap="truncate">
          {`  ${notice ?? next ?? ''}`}
        </Text>
      )}
      <KeyHints keys={hints} width={overlay.columns} lines={hintLines} />
    </Box>
  );
}

/** What comes next: the step, or the form that is still of this one. */
function nextText(next: PageId | 'nowhere' | undefined, page: PageId, text: Say): string | undefined {
  if (next === undefined || next === 'nowhere') return undefined;
  return isForm(next) && stepNameOf(next) === stepNameOf(page)
    ? text('frame.nextForm')
    : text('frame.next', { name: text(stepNameOf(next)) });
}

/** What is asked, in as few lines as may be: what stands in brackets goes first. */
function questionLines(question: string, columns: number): readonly string[] {
  const said = displayWidth(question) <= columns ? question : question.replace(/ ?[(（][^()（）]*[)）]/, '');
  const [first = '', ...rest] = wrapText(said, columns);
  return rest.length === 0 ? [first] : [first, rest.join(' ')];
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
          question={leaveText(state, text)}
          texts={{ yes: text('frame.yes'), no: text('frame.no'), letter: letterText(text) }}
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
