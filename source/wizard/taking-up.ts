import { placeOnly } from './answers.ts';
import type { Draft, SavedDraft } from './draft.ts';
import { firstPage, toResume } from './moves.ts';
import { keptQuestion } from './pages.ts';
import type { WizardState } from './reducer.ts';
import { withRun } from './unfinished.ts';

/** What was marked, jumped to and opened belongs to the answers before. */
export const untouched = {
  scope: [],
  field: undefined,
  jump: undefined,
  isCorrecting: false,
  openedFrom: undefined,
  takenUp: undefined,
} as const;

/** A plan answers everything but the platform, the secrets, and forms that nobody knows yet. */
export function atReview(state: WizardState): WizardState {
  if (state.draft.destination === undefined) return { ...state, resumeAt: undefined };
  const opened: WizardState = { ...state, openedFrom: 'outside' };
  return state.isPlatformGiven ? toResume(opened, 'review') : { ...opened, resumeAt: 'review' };
}

/** A dataflow at its review, where the person is already; what was changed of it meanwhile is still of its draft. */
export function atFlow(state: WizardState, draft: Draft): WizardState {
  const { platform, isSignedIn, sandbox } = state.draft;
  const taken = { ...draft, platform, isSignedIn, sandbox };
  const takenUp = draft === state.draft ? state.takenUp : undefined;
  return toResume({ ...state, ...untouched, draft: taken, openedFrom: 'flow', takenUp }, 'review');
}

/** Whoever goes on with it changes what was made, and makes nothing again. A rehearsal is about no dataflow. */
export const aboutFlow = (draft: Draft, flowId: string | undefined): Draft =>
  flowId === undefined || draft.platform === 'emulator' ? draft : { ...draft, flow: flowId };

/** What was opened is no beginning of something new. */
export const withoutFlow = (draft: Draft): Draft => (draft.flow === undefined ? draft : placeOnly(draft));

/**
 * Goes on where the draft was left; what it does not hold, its secrets, is asked first. Of a dataflow that is there
 * nobody was asked anything before the review: whatever is changed of it leads back there.
 */
export function restored(state: WizardState, saved: SavedDraft): WizardState {
  const draft = state.takenUp === saved ? state.draft : saved.draft;
  const page = keptQuestion(saved.page) ?? firstPage(state.isPlatformGiven);
  const unfinished = (saved.unfinished ?? []).reduce(
    (all, one) => (all.some(({ run }) => run === one.run) ? all : withRun(all, one)),
    state.unfinished,
  );
  const taken: WizardState = { ...state, ...untouched, draft, takenUp: saved, unfinished };
  if (draft.live === undefined || (state.page !== 'home' && state.page !== 'welcome'))
    return toResume(taken, page);
  const jump = page === 'review' ? {} : { isCorrecting: true, jump: { to: page, from: '' } };
  return toResume({ ...taken, ...jump, openedFrom: state.page }, page);
}
