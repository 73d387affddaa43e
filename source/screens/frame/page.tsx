import { Box, Text } from 'ink';
import { createContext, type ReactElement, type ReactNode, useContext, useMemo, useState } from 'react';
import { Confirm, confirmLines } from '../../components/confirm/confirm.tsx';
import { fitHints } from '../../components/key-hints/hints-layout.ts';
import { KeyHints } from '../../components/key-hints/key-hints.tsx';
import { KeyList, type RunnableKey } from '../../components/key-hints/key-list.tsx';
import { displayWidth } from '../../components/text/width.ts';
import { wrapText } from '../../components/text/wrap.ts';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import { type BodyRoom, BodyRoomContext, nobody } from './body-room.ts';
import { guideLines } from './guide-lines.ts';
import { Explained, guideLead, GuideOverlay, GuidePanel } from './guide-panel.tsx';
import { besideColumns, guideGap, linesAbove } from './layout.ts';
import { Trail } from './trail.tsx';
import type { FinishedStep } from '../../pages/summary.ts';
import { letterText, useListTexts } from '../parts/list-texts.ts';
import { hintOf, type PageKeyName } from './page-keys.ts';
import { nextOf } from '../../wizard/moves.ts';
import { leaveText } from '../../pages/ending/ending.ts';
import type { WizardState } from '../../wizard/reducer.ts';
import { isForm, type PageId, stepNameOf } from '../../wizard/pages.ts';
import type { Text as Say } from '../../locale/texts.ts';
import { useWizard, WizardContext } from './wizard-context.tsx';

/** What lies over a page. */
interface Overlay {
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

interface PageProps {
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
  const [needed, setBodyRoom] = useState<BodyRoom>();
  const overlay = useContext(OverlayContext);
  const glyphs = useGlyphs();
  const tone = useTone();
  const next = nextText(leadsTo ?? nextOf(state), state.page, text);
  // What a short page says of itself, where nobody is guided.
  const explaining = explained && needed && !needed.hasOwnPanel ? besideColumns(overlay.columns) : undefined;
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
  const isLeaving = overlay.kind === 'leave';
  // What is asked about leaving stands where the page stands; a list over it takes all there is.
  const isPlaced = isRoomy && needed !== undefined && (overlay.kind === undefined || isLeaving);
  const bodyOf = (wanted: number): number => Math.min(room, Math.max(wanted, besideLines.length));
  const leaving = isLeaving ? leavingLines(state, text, width) : 0;
  const body = isPlaced ? bodyOf(needed.lines + leaving) : room;
  const above = isPlaced ? Math.min(linesAbove(room, bodyOf(needed.atRest)), room - body) : 0;
  const separator = displayWidth(` ${glyphs.dot} `);
  const [onOneLine = []] = fitHints(hints, overlay.columns, separator);
  const lacks = hints.some((hint) => (hint.priority ?? 0) >= worthALine && !onOneLine.includes(hint));
  const isSpare = next === undefined && onOneLine.length < hints.length;
  const hintLines =
    notice === undefined && (isNarrow ? lacks || next === undefined : hasManyKeys && (lacks || isSpare))
      ? 2
      : 1;
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
          <BodyRoomContext value={isRoomy ? setBodyRoom : nobody}>
            <WizardContext value={inner}>
              <Body keys={keys} height={body} isSeen={overlay.kind === undefined || isLeaving}>
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
          {`  ${notice ?? (isLeaving ? undefined : next) ?? ''}`}
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

const leaveAnswers = (text: Say) => ({
  yes: text('frame.yes'),
  no: text('frame.no'),
  letter: letterText(text),
});

/** Lines that it takes to ask whether to leave, with the empty one above. */
const leavingLines = (state: WizardState, text: Say, width: number): number =>
  1 + confirmLines(leaveText(state, text), leaveAnswers(text), width);

function Body({
  keys,
  height,
  isSeen,
  children,
}: Pick<PageProps, 'keys' | 'children'> & {
  readonly height: number;
  /** Whether the page is there below what lies over it. */
  readonly isSeen: boolean;
}): ReactElement {
  const { state, text, width } = useWizard();
  const overlay = useContext(OverlayContext);
  const listTexts = useListTexts();
  return (
    <Box flexDirection="column" height={height} width={width} overflow="hidden">
      {/* What is asked lies over the lowest lines of the page: the others stay where they are. */}
      <Box flexDirection="column" overflow="hidden" display={isSeen ? 'flex' : 'none'}>
        <Box flexDirection="column" flexShrink={0}>
          {children}
        </Box>
      </Box>
      {overlay.kind === 'leave' ? (
        <Box marginTop={1} flexShrink={0}>
          <Confirm
            question={leaveText(state, text)}
            texts={leaveAnswers(text)}
            width={width}
            onAnswer={(isYes) => {
              if (isYes) overlay.onLeave();
              else overlay.onClose();
            }}
          />
        </Box>
      ) : null}
      {overlay.kind === 'keys' ? (
        <KeyList keys={keys} width={width} height={height - 2} texts={listTexts} onClose={overlay.onClose} />
      ) : null}
      {overlay.kind === 'guide' ? <GuideOverlay onClose={overlay.onClose} /> : null}
    </Box>
  );
}
