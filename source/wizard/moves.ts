import type { SettingName } from '../activation/settings.ts';
import {
  applies,
  isAnswered,
  isEditor,
  isOffer,
  isQuestion,
  isSecretPage,
  orderOf,
  type PageId,
  questionBehind,
  questionPages,
  showsForms,
  type QuestionPage,
  stepNameOf,
} from './pages.ts';
import type { Draft } from './draft.ts';
import type { WizardState } from './reducer.ts';
import { wrongSettings } from './wrong-settings.ts';

/*
From page to page: what comes next is derived from the state, never written into a page.
*/

export const firstPage = (isPlatformGiven: boolean): QuestionPage =>
  isPlatformGiven ? 'sandbox' : 'platform';

function asked(state: WizardState): QuestionPage[] {
  return questionPages.filter((page) => applies(page, state.draft, state));
}

/** The next secret that is missing before `at`, or `at` itself. */
export function toResume(state: WizardState, at: QuestionPage): WizardState {
  const open = asked(state).find(
    (page) => isSecretPage(page) && orderOf(page) < orderOf(at) && !isAnswered(page, state.draft),
  );
  return open === undefined
    ? { ...state, page: at, resumeAt: undefined }
    : { ...state, page: open, resumeAt: at };
}

/** Whether the page shows forms that nobody has asked the platform for yet: they are read first. */
export const lacksForms = ({ page, draft }: WizardState): boolean =>
  draft.destination?.isUnread === true && draft.platform !== undefined && showsForms(page);

/** The same page with the forms of the platform; what they ask for before it comes first. */
export function withForms(state: WizardState): WizardState {
  if (!isQuestion(state.page)) return state;
  const open = asked(state).find((page) => !isAnswered(page, state.draft));
  return open !== undefined && orderOf(open) < orderOf(state.page)
    ? { ...state, page: open, resumeAt: state.resumeAt ?? state.page }
    : state;
}

/** Where somebody comes back to, once there is a platform and a sandbox; not on the way to something begun. */
const leadsHome = ({ page, draft, isCorrecting, resumeAt }: WizardState): boolean =>
  page === 'sandbox' && !isCorrecting && resumeAt === undefined && isNew(draft);

const isNew = ({ segments, flow }: Draft): boolean => segments.length === 0 && flow === undefined;

/** The first question of a new activation. */
export const beginActivation = (state: WizardState): WizardState => ({
  ...state,
  page: after(asked(state), 'sandbox') ?? 'review',
});

/** The next question; while correcting, the next one that is open, or the review. */
export function forward(state: WizardState): WizardState {
  const order = asked(state);
  if (!isQuestion(state.page)) return state;
  if (leadsHome(state)) return { ...state, page: 'home' };
  // Nobody gets past a question that is still open, wherever they jumped from.
  const open = order.find((page) => !isAnswered(page, state.draft));
  if (state.resumeAt !== undefined && (state.page === 'platform' || isSecretPage(state.page))) {
    const next = toResume(state, state.resumeAt);
    // What was kept may have become too little since, for instance for a spec that asks for more.
    const isBefore = open !== undefined && order.indexOf(open) < order.indexOf(next.page as QuestionPage);
    return isBefore && !isSecretPage(open) ? { ...next, page: open } : next;
  }
  if (state.isCorrecting) {
    // Whoever jumped to a choice may have meant the form behind it: what is left of the step comes first.
    const rest = after(order, state.page);
    const isRest = rest !== undefined && stepNameOf(rest) === stepNameOf(state.page) && !isOffer(rest);
    if (isRest) return { ...state, page: rest };
    return { ...state, page: open ?? 'review', isCorrecting: open !== undefined };
  }
  return { ...state, page: after(order, state.page) ?? 'review' };
}

const after = (order: readonly QuestionPage[], page: PageId): QuestionPage | undefined =>
  order.find((one) => orderOf(one) > orderOf(page));

/**
 * The first page of the step after this one, by what is known now: where Enter leads once this step is answered.
 *
 * @returns Nothing where no step follows, or where the page itself says what does.
 */
export function nextOf(state: WizardState): PageId | undefined {
  if (state.page === 'review') return 'apply';
  if (state.page === 'apply') return state.hasApplied ? 'validation' : undefined;
  if (leadsHome(state)) return 'home';
  if (openSetting(state)) return 'detailsEditor';
  // What is filled in there is of what stands behind it.
  if (isEditor(state.page)) return questionBehind(state.page);
  const here = questionBehind(state.page);
  if (here === undefined) return undefined;
  const isOtherStep = (page: QuestionPage): boolean => stepNameOf(page) !== stepNameOf(here);
  const order = asked(state).filter(isOtherStep);
  if (state.isCorrecting || here === 'source')
    return order.find((page) => !isAnswered(page, state.draft)) ?? 'review';
  if (state.resumeAt !== undefined) {
    const { page } = toResume(state, state.resumeAt);
    if (isQuestion(page) && isOtherStep(page)) return page;
    if (isSecretPage(here) || here === 'platform') return state.resumeAt;
  }
  return after(order, here) ?? 'review';
}

/** What is set and wrong, which a person is not led on from: of which segment, and where in its form. */
export function openSetting({ page, draft }: WizardState): [id: string, field: SettingName] | undefined {
  return page === 'schedule' ? wrongSettings(draft).entries().next().value : undefined;
}

/**
 * How far the person is: which of the steps that are asked this is, counted from 1, and how many those are by what is
 * known now. Pages of one name are one step.
 *
 * @returns Nothing before and after the questions.
 */
export function progressOf(state: WizardState): { step: number; count: number } | undefined {
  const here = questionBehind(state.page);
  if (here === undefined) return undefined;
  const names = [...new Set(asked(state).map(stepNameOf))];
  const at = names.indexOf(stepNameOf(here));
  // What is asked only after a jump belongs to where the jump was made.
  return { step: at === -1 ? names.length : at + 1, count: names.length };
}

/** What can open a review that no question has led to; `outside` is a plan or a dataflow by its name. */
export type Opener = 'flow' | 'home' | 'welcome' | 'outside';

/** What lies behind a review that was opened: its opener, and of one from outside what was asked on the way. */
function behindOpened(state: WizardState, opener: Opener): WizardState {
  if (opener !== 'outside') return { ...state, page: opener };
  const onTheWay = asked(state).filter((page) => page === 'platform' || isSecretPage(page));
  const last = onTheWay.at(-1);
  return last === undefined ? state : { ...state, page: last, resumeAt: 'review' };
}

/** Whether there is a page to go back to. */
export const canGoBack = (state: WizardState): boolean => back(state) !== state;

export function back(state: WizardState): WizardState {
  const { page } = state;
  if (page === 'apply') return { ...state, page: 'review', isCorrecting: false };
  if (isEditor(page)) return { ...state, page: questionBehind(page) ?? page };
  if (page === 'home' || page === 'flows' || page === 'flow') return { ...state, page: behind[page] };
  if (page === 'runs' || page === 'why')
    return { ...state, page: state.watched === undefined ? 'home' : 'flow' };
  if (!isQuestion(page)) return state;
  if (page === 'review' && state.openedFrom !== undefined) return behindOpened(state, state.openedFrom);
  const previous = asked(state)
    .filter((one) => orderOf(one) < orderOf(page))
    .at(-1);
  const { jump } = state;
  if (state.isCorrecting && jump !== undefined) {
    // Back through what was asked since the jump, and then to the review that it left.
    const isBefore = previous === undefined || orderOf(previous) < orderOf(jump.to);
    return isBefore ? { ...state, page: 'review', isCorrecting: false } : { ...state, page: previous };
  }
  if (previous === 'sandbox' && state.resumeAt === undefined) return { ...state, page: 'home' };
  return previous === undefined ? state : { ...state, page: previous, isCorrecting: false };
}

/** Whether a change is of a dataflow that was taken from the table: then it ends there. */
export const cameFromFlows = ({ flow, draft }: WizardState): boolean =>
  flow !== undefined && draft.live !== undefined && draft.flow === flow.id;

/** What each of the pages that are no questions was opened from. */
const behind = { home: 'sandbox', flows: 'home', flow: 'flows' } as const;
