import { activeFields, fieldProblem } from '../activation/field.ts';
import type { Field, FieldValues } from '../activation/field.ts';
import { templateProblems } from '../activation/filename-template.ts';
import { scheduleProblems } from '../activation/schedule.ts';
import { chosenMethod, chosenMode, type Draft } from './draft.ts';

/**
 * The pages of the wizard in their order. Several pages can make one step ("step 3 of 9"): choosing a
 * sign-in and filling it in are one step to a person.
 */
export const pages = [
  { id: 'platform', step: 1 },
  { id: 'platformSecret', step: 1 },
  { id: 'sandbox', step: 1 },
  { id: 'destination', step: 2 },
  { id: 'account', step: 3 },
  { id: 'signIn', step: 3 },
  { id: 'signInFields', step: 3 },
  { id: 'location', step: 4 },
  { id: 'locationFields', step: 4 },
  { id: 'segments', step: 5 },
  { id: 'attributes', step: 6 },
  { id: 'mandatory', step: 6 },
  { id: 'deduplication', step: 6 },
  { id: 'exportMode', step: 7 },
  { id: 'schedule', step: 8 },
  { id: 'review', step: 9 },
  // Only by a jump from the review: hardly anybody has to think of it.
  { id: 'source', step: 9 },
] as const;

export type QuestionPage = (typeof pages)[number]['id'];

/** Pages behind a list, for one, some or all segments; they are part of the page they came from. */
export type EditorPage = 'exportModeEditor' | 'frequencyEditor' | 'triggerEditor' | 'detailsEditor';

/** What comes after the questions. */
export type ActPage = 'apply' | 'validation';

/** Before the questions, where an earlier start left something. */
export type WelcomePage = 'welcome';

export type PageId = WelcomePage | QuestionPage | EditorPage | ActPage;

export const stepCount = 9;

/** The step a page belongs to, counted from 1. */
export function stepOf(page: PageId): number {
  const editors: Record<EditorPage, number> = {
    exportModeEditor: 7,
    frequencyEditor: 8,
    triggerEditor: 8,
    detailsEditor: 8,
  };
  if (page === 'welcome') return 1;
  if (page === 'apply' || page === 'validation') return stepCount;
  return pages.find((one) => one.id === page)?.step ?? editors[page as EditorPage];
}

/** What the surroundings have settled before the first question. */
export interface Given {
  /** The platform was given on the command line: no question. */
  readonly isPlatformGiven: boolean;
  /** The profile keeps its client secret nowhere: it is asked for at each start. */
  readonly asksSecret: boolean;
}

/** Whether a page is a question at all for this draft. A choice of one is made, not asked. */
export function applies(page: QuestionPage, draft: Draft, given: Given): boolean {
  const { destination, account } = draft;
  switch (page) {
    case 'platform':
      return !given.isPlatformGiven;
    case 'platformSecret':
      return given.asksSecret && draft.platform === 'organisation';
    case 'account':
      return (destination?.accounts?.length ?? 0) > 0;
    case 'signIn':
      return account === undefined && (destination?.auth.length ?? 0) > 1;
    case 'signInFields':
      return (chosenMethod(draft)?.fields.length ?? 0) > 0;
    case 'location':
      return (destination?.modes.length ?? 0) > 1;
    case 'locationFields':
      return (chosenMode(draft)?.fields.length ?? 0) > 0;
    case 'source':
      return false;
    default:
      return true;
  }
}

/** Whether a page has all the answers it needs. */
export function isAnswered(page: QuestionPage, draft: Draft): boolean {
  switch (page) {
    case 'platform':
      return draft.platform !== undefined;
    case 'platformSecret':
      return draft.isSignedIn === true;
    case 'sandbox':
      return draft.sandbox !== undefined;
    case 'destination':
      return draft.destination !== undefined;
    case 'signIn':
      return (
        draft.account !== undefined ||
        draft.destination?.auth.length === 0 ||
        chosenMethod(draft) !== undefined
      );
    case 'signInFields':
      return isFilled(chosenMethod(draft)?.fields ?? [], draft.signIn.params);
    case 'location':
      return draft.destination?.modes.length === 0 || chosenMode(draft) !== undefined;
    case 'locationFields':
      return isFilled(chosenMode(draft)?.fields ?? [], draft.location.params);
    case 'segments':
      return draft.segments.length > 0;
    case 'attributes':
      return draft.attributes.length > 0;
    case 'schedule':
      return draft.segments.every(({ id }) => {
        const settings = draft.settings[id];
        return (
          settings !== undefined &&
          scheduleProblems(settings.exportMode, settings.schedule).length === 0 &&
          templateProblems(settings.filenameTemplate).length === 0
        );
      });
    case 'account':
    case 'source':
    case 'mandatory':
    case 'deduplication':
    case 'exportMode':
    case 'review':
      return true;
  }
}

function isFilled(fields: readonly Field[], values: FieldValues): boolean {
  return activeFields(fields, values).every(
    (field) => fieldProblem(field, values[field.name] ?? field.defaultValue) === undefined,
  );
}
