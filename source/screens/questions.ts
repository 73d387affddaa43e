import type { MessageId, Text } from '../locale/texts.ts';
import { chosenMethod, chosenMode } from '../wizard/draft.ts';
import type { PageId } from '../wizard/pages.ts';
import type { WizardState } from '../wizard/reducer.ts';
import { scopeName } from './scope.ts';

/** The question of a page, as it stands above it. */
export function questionText(state: WizardState, text: Text, profile = ''): string {
  const { page, draft } = state;
  switch (page) {
    case 'platformSecret':
      return text('question.platformSecret', { profile });
    case 'apply':
      return text(state.hasApplied ? 'question.apply' : 'wouldSend.question');
    case 'account':
    case 'signIn':
      return text(`question.${page}`, { destination: draft.destination?.name ?? '' });
    case 'signInFields':
      return text('question.signInFields', { specName: chosenMethod(draft)?.specName ?? '' });
    case 'locationFields':
      return text('question.locationFields', { mode: chosenMode(draft)?.mode ?? '' });
    case 'exportModeEditor':
    case 'frequencyEditor':
    case 'detailsEditor':
      return text(`question.${page}`, { segment: scopeName(state, text) });
    default:
      return text(`question.${page}`);
  }
}

/** The step that a page belongs to, by the id of its name; several pages can make one step. */
const names = {
  welcome: 'page.welcome',
  platform: 'page.platform',
  platformSecret: 'page.platform',
  sandbox: 'page.sandbox',
  destination: 'page.destination',
  account: 'page.signIn',
  signIn: 'page.signIn',
  signInFields: 'page.signIn',
  location: 'page.location',
  locationFields: 'page.location',
  segments: 'page.segments',
  attributes: 'page.attributes',
  mandatory: 'page.mandatory',
  deduplication: 'page.deduplication',
  exportMode: 'page.exportMode',
  exportModeEditor: 'page.exportMode',
  schedule: 'page.schedule',
  frequencyEditor: 'page.schedule',
  triggerEditor: 'page.schedule',
  detailsEditor: 'page.schedule',
  review: 'page.review',
  source: 'page.source',
  apply: 'page.apply',
  validation: 'page.validation',
} as const satisfies Record<PageId, MessageId>;

/** Steps by the ids of their names. */
export type StepName = (typeof names)[PageId];

export const stepOfPage = (page: PageId): StepName => names[page];

/** What the step of a page is called. */
export const stepName = (page: PageId, text: Text): string => text(stepOfPage(page));
