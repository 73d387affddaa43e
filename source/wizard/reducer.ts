import type { FlowSight } from '../activation/flow-table.ts';
import type { SettingName } from '../activation/settings.ts';
import { type Answer, keep, placeOnly, withFormsOf } from './answers.ts';
import {
  type ChosenDestination,
  type Draft,
  draftName,
  emptyDraft,
  type PlatformKind,
  type SavedDraft,
} from './draft.ts';
import { back, beginActivation, firstPage, forward, openSetting, type Opener, withForms } from './moves.ts';
import { type EditorPage, type Given, type PageId, questionBehind, type QuestionPage } from './pages.ts';
import { aboutFlow, atFlow, atReview, restored, untouched, withoutFlow } from './taking-up.ts';
import { type UnfinishedRun, withoutRun, withRun } from './unfinished.ts';

/** Where the person is, and everything answered so far. */
export interface WizardState extends Given {
  readonly page: PageId;
  readonly draft: Draft;
  /** What was changed last, or what an editor is about: segments, the one under the cursor first, or a column. */
  readonly scope: readonly string[];
  /** The field that the form of an editor begins at; the first one without it. */
  readonly field?: SettingName | undefined;
  /** The person came from the review and goes back there as soon as everything is answered. */
  readonly isCorrecting: boolean;
  /** Where a jump from the review led, and the line that it left. */
  readonly jump?: { readonly to: QuestionPage; readonly from: string } | undefined;
  /** The dataflow that is looked at. */
  readonly flow?: { readonly id: string; readonly name: string } | undefined;
  /** What was seen of the storage, with the answers as they are, and what failed, in words; epoch milliseconds. */
  readonly storageSeen?: { readonly failed?: string | undefined; readonly atMs: number } | undefined;
  /** What is shown of the dataflows: it stays while one of them is looked at. */
  readonly flowSight?: FlowSight | undefined;
  /** The dataflow whose runs are looked at; nothing for those of all. */
  readonly watched?:
    | {
        readonly id: string;
        readonly name: string;
        /** When exports of it were asked for, epoch milliseconds: their runs may not be listed yet. */
        readonly askedMs?: number;
      }
    | undefined;
  /** What the review was opened from: it is what lies behind it. Nothing where the questions led there. */
  readonly openedFrom?: Opener | undefined;
  /** Where a restored draft goes on, once its secrets are typed again. */
  readonly resumeAt?: QuestionPage | undefined;
  /** The draft that was taken up from an earlier start: what it is about may be another thing by now. */
  readonly takenUp?: SavedDraft | undefined;
  /** Something may have been written to the platform. */
  readonly hasApplied: boolean;
  /** Something was written since the start, and its end was told. */
  readonly hasWritten?: boolean | undefined;
  /** Applies that have not come to their end, the last one last. */
  readonly unfinished: readonly UnfinishedRun[];
  /** Moment of the start, epoch milliseconds: defaults must not change while somebody thinks. */
  readonly nowMs: number;
}

/** What happened. */
export type WizardEvent =
  /** Answered and done: go on. */
  | { type: 'answered'; answer: Answer }
  /** Changed, but still there: keep it, so that going back loses nothing. */
  | { type: 'kept'; answer: Answer }
  /** A list page without an answer of its own is done. */
  | { type: 'continued' }
  | { type: 'wentBack' }
  /** From a line of the review to the page that changes it, and to the segments that the line is about. */
  | { type: 'jumped'; page: QuestionPage; line?: string; scope?: readonly string[] | undefined }
  | { type: 'opened'; editor: EditorPage; scope: readonly string[]; field?: SettingName }
  /** To the dataflows of the sandbox, or to one of them. */
  | { type: 'listed' }
  /** Another filter of the dataflows, or another order. */
  | { type: 'sighted'; sight: FlowSight }
  /** To the runs of all dataflows, or of the one that is looked at, or to why it stands as it does. */
  | { type: 'watched'; page: 'runs' | 'why' }
  /** Exports of a dataflow were asked for: its runs are followed. */
  | { type: 'exported'; atMs: number }
  /** The storage was looked at. */
  | { type: 'storageSeen'; failed?: string; atMs: number }
  | { type: 'looked'; flow: { id: string; name: string } }
  /** A dataflow is to be changed. */
  | { type: 'flowTaken'; draft: Draft }
  /** Everything from the beginning, or from where there is a platform and a sandbox. */
  | { type: 'begun' }
  | { type: 'restored'; saved: SavedDraft }
  /** A plan is to be gone on with: which one? */
  | { type: 'sought' }
  | { type: 'planTaken'; draft: Draft }
  /** The forms of the draft's destination have been asked for; nothing where the platform has none of it. */
  | { type: 'formsRead'; destination: ChosenDestination | undefined }
  /** Something on the review was mended. */
  | { type: 'revised'; draft: Draft }
  | { type: 'confirmed' }
  /** The plan is to be looked at as it would be sent; nothing is. */
  | { type: 'previewed' }
  /** An apply has ended before its proof. */
  | { type: 'brokenOff'; run: UnfinishedRun }
  /** A run was taken back, but for so many of its objects. */
  | { type: 'undone'; run: string; left: number; atMs: number }
  /** Applied and read back; nothing of the dataflow where it is gone with its platform. */
  | { type: 'proven'; flowId?: string | undefined; run?: string | undefined }
  /** The proof was seen: back to the table of dataflows, or on to the one that was made. */
  | { type: 'seen'; flow?: WizardState['flow'] };

export function initialState(
  nowMs: number,
  platform?: PlatformKind,
  {
    draft = emptyDraft,
    hasOffers = false,
    asksSecret = false,
    isFromPlan = false,
    looksAtStorage = false,
  }: {
    draft?: Draft;
    hasOffers?: boolean;
    asksSecret?: boolean;
    isFromPlan?: boolean;
    looksAtStorage?: boolean;
  } = {},
): WizardState {
  const isPlatformGiven = platform !== undefined;
  const state: WizardState = {
    page: hasOffers ? 'welcome' : firstPage(isPlatformGiven),
    draft: isPlatformGiven ? { ...draft, platform } : draft,
    scope: [],
    isCorrecting: false,
    hasApplied: false,
    unfinished: [],
    isPlatformGiven,
    asksSecret,
    ...(looksAtStorage ? { looksAtStorage } : {}),
    nowMs,
  };
  return isFromPlan ? atReview(state) : state;
}

/** (state, event) → state. Pure; an event that makes no sense on this page changes nothing. */
export function reduce(state: WizardState, event: WizardEvent): WizardState {
  switch (event.type) {
    case 'kept':
      return {
        ...state,
        draft: keep(state, event.answer),
        scope: event.answer.of === 'schedule' ? event.answer.scope : state.scope,
      };
    case 'answered':
      return answered(
        { ...state, draft: keep(state, event.answer), ...unseenAfter(event.answer) },
        event.answer,
      );
    case 'storageSeen':
      return state.page === 'storage'
        ? { ...state, storageSeen: { failed: event.failed, atMs: event.atMs } }
        : state;
    case 'continued':
      return atWrongSetting(state) ?? forward({ ...state, scope: [] });
    case 'wentBack':
      return back(state);
    case 'jumped':
      return state.page === 'review'
        ? {
            ...state,
            page: event.page,
            isCorrecting: true,
            jump: { to: event.page, from: event.line ?? '' },
            scope: event.scope ?? state.scope,
          }
        : state;
    case 'opened':
      return event.scope.length > 0 || event.editor !== 'detailsEditor'
        ? { ...state, page: event.editor, scope: event.scope, field: event.field }
        : state;
    case 'begun':
      if (state.page === 'home')
        return beginActivation({ ...state, ...untouched, draft: withoutFlow(state.draft) });
      return state.page === 'welcome'
        ? {
            ...state,
            ...untouched,
            draft: withoutFlow(state.draft),
            page: firstPage(state.isPlatformGiven),
          }
        : state;
    case 'listed':
      return state.page === 'home' ? { ...state, page: 'flows' } : state;
    case 'looked':
      return state.page === 'flows' ? { ...state, page: 'flow', flow: event.flow } : state;
    case 'sighted':
      return state.page === 'flows' ? { ...state, flowSight: event.sight } : state;
    case 'watched':
      if (state.page === 'home') return { ...state, page: event.page, watched: undefined };
      return state.page === 'flow' ? { ...state, page: event.page, watched: state.flow } : state;
    case 'exported':
      return state.flow === undefined
        ? state
        : { ...state, page: 'runs', watched: { ...state.flow, askedMs: event.atMs } };
    case 'flowTaken':
      return state.page === 'flow' ? atFlow(state, event.draft) : state;
    case 'restored':
      return state.page === 'welcome' || state.page === 'home' ? restored(state, event.saved) : state;
    case 'sought':
      return state.page === 'platform' ? { ...state, page: 'plans' } : state;
    case 'planTaken':
      return state.page === 'plans'
        ? atReview({ ...state, ...untouched, page: 'platform', draft: event.draft })
        : state;
    case 'formsRead':
      return withForms({ ...state, draft: withFormsOf(state.draft, event.destination) });
    case 'revised':
      return state.page === 'review' ? { ...state, draft: event.draft } : state;
    case 'confirmed':
      return state.page === 'review' ? { ...state, page: 'apply', hasApplied: true } : state;
    case 'previewed':
      return state.page === 'review' ? { ...state, page: 'apply' } : state;
    case 'proven':
      return state.page === 'apply'
        ? {
            ...state,
            page: 'validation',
            draft: aboutFlow(state.draft, event.flowId),
            flow: namedAsProven(state),
            unfinished: withoutRun(state.unfinished, event.run ?? ''),
          }
        : state;
    case 'brokenOff':
      return { ...state, unfinished: withRun(state.unfinished, event.run) };
    case 'undone':
      return undone(state, event);
    case 'seen':
      return state.page === 'validation'
        ? {
            ...state,
            ...untouched,
            ...(event.flow ? { page: 'flow', flow: event.flow } : { page: 'flows' }),
            draft: placeOnly(state.draft),
            hasApplied: false,
            hasWritten: true,
          }
        : state;
  }
}

/** What is left of a run that was taken back is nothing to go on with. */
function undone(
  state: WizardState,
  { run, left: made, atMs }: Extract<WizardEvent, { type: 'undone' }>,
): WizardState {
  const others = withoutRun(state.unfinished, run);
  const unfinished = made === 0 ? others : [...others, { run, made, atMs, isUndone: true as const }];
  return { ...state, page: 'review', isCorrecting: false, unfinished, hasApplied: unfinished.length > 0 };
}

/** What was seen was of another place, or by another sign-in. */
const unseenAfter = ({ of }: Answer): Pick<WizardState, 'storageSeen'> | undefined =>
  [
    'platform',
    'sandbox',
    'destination',
    'account',
    'signIn',
    'signInFields',
    'location',
    'locationFields',
  ].includes(of)
    ? { storageSeen: undefined }
    : undefined;

/** What is set and wrong is not gone on from: the form opens where it stands. */
function atWrongSetting(state: WizardState): WizardState | undefined {
  const [id, field] = openSetting(state) ?? [];
  return id === undefined ? undefined : { ...state, page: 'detailsEditor', scope: [id], field };
}

/** The dataflow that is looked at, by the name that it was given. */
const namedAsProven = ({ flow, draft }: WizardState): WizardState['flow'] =>
  flow !== undefined && flow.id === draft.flow ? { ...flow, name: draftName(draft) } : flow;

/** The page to keep with a draft: the question that the person was at. */
export function questionOf({ page }: WizardState): QuestionPage | undefined {
  return page === 'apply' || page === 'validation' ? 'review' : questionBehind(page);
}

function answered(state: WizardState, answer: Answer): WizardState {
  switch (answer.of) {
    case 'name':
      return state;
    case 'detailsEditor':
      return { ...state, page: 'schedule' };
    case 'identityColumn':
    case 'arrayColumn':
      return { ...state, page: 'columns', scope: [answer.value] };
    case 'attributes':
      return answer.isNaming === true ? { ...state, page: 'columns', scope: [] } : forward(state);
    default:
      return forward(state);
  }
}
