import { oneLine } from '../components/text/clean.ts';
import { inMarkdown } from '../components/text/markdown.ts';
import type { Glyphs } from '../components/theme/glyphs.ts';
import type { GuideEntry } from '../locale/guide.ts';
import { listText, type Text, valueText } from '../locale/texts.ts';
import type { Words } from './options.ts';
import type { Draft } from '../wizard/draft.ts';
import { type PageId, pages, stepCount, stepOf } from '../wizard/pages.ts';
import type { WizardState } from '../wizard/reducer.ts';
import type { Organisation } from './services.ts';
import { locationText, signInText } from './review-rows.ts';
import { questionText, stepName } from './questions.ts';
import { whenText } from './settings-text.ts';

export interface Telling extends Words {
  readonly organisation: Organisation;
  readonly guide: (page: PageId) => GuideEntry | undefined;
}

/**
 * What a transcript says of a step to another page, in Markdown: how the last question was answered, and the
 * next one with its explanation. No secret, and not the end of one.
 *
 * @param before - Nothing at the start.
 * @returns Nothing while the page stays.
 */
export function transcriptOf(
  before: WizardState | undefined,
  after: WizardState,
  telling: Telling,
): string | undefined {
  if (before?.page === after.page) return undefined;
  const { text } = telling;
  const said = before === undefined ? undefined : lastAnswer(before, after, telling);
  const entry = telling.guide(after.page);
  const step = text('dialogue.step', {
    step: stepOf(after.page),
    count: stepCount,
    name: stepName(after.page, text),
  });
  return [
    ...(said === undefined ? [] : [said, '']),
    `## ${step}`,
    '',
    inMarkdown(oneLine(questionText(after, text, telling.organisation.profile))),
    ...(entry === undefined ? [] : ['', `> ${entry.what} ${entry.why}`]),
    '',
  ].join('\n');
}

function lastAnswer(before: WizardState, after: WizardState, { text, glyphs }: Telling): string | undefined {
  const [from, to] = [orderOf(before.page), orderOf(after.page)];
  // An editor behind a list is no answer to the list, and no way back.
  if (to < 0) return undefined;
  if (to < from) return text('transcript.back');
  const answer = answerText(before.page, after.draft, text, glyphs);
  return answer === '' ? undefined : text('transcript.answer', { answer: inMarkdown(oneLine(answer)) });
}

/** The place among the questions; less than 0 for editors and acts. */
const orderOf = (page: PageId): number => pages.findIndex(({ id }) => id === page);

/** The answer of a page in one line, as the review says it. */
function answerText(page: PageId, draft: Draft, text: Text, glyphs: Glyphs): string {
  const list = (values: readonly string[]): string => listText(text, values) || text('review.none');
  const perSegment = (words: (id: string) => string): string =>
    draft.segments.map(({ id, name }) => `${name}: ${words(id)}`).join('; ');
  switch (page) {
    case 'platform':
      return text(draft.platform === 'emulator' ? 'platform.emulator' : 'platform.organisation');
    case 'platformSecret':
      return glyphs.mask.repeat(4);
    case 'sandbox':
      return draft.sandbox?.name ?? '';
    case 'destination':
      return draft.destination?.name ?? '';
    case 'account':
    case 'signIn':
    case 'signInFields':
      return signInText(draft, text, glyphs, true);
    case 'location':
    case 'locationFields':
      return locationText(draft, glyphs);
    case 'segments':
      return list(draft.segments.map(({ name }) => name));
    case 'attributes':
      return list(draft.attributes);
    case 'mandatory':
      return list(draft.mandatory);
    case 'deduplication':
      return list(draft.deduplication);
    case 'exportMode':
      return perSegment((id) => valueText(text, draft.settings[id]?.exportMode ?? ''));
    case 'schedule':
      return perSegment((id) => {
        const settings = draft.settings[id];
        return settings ? `${whenText(text, settings)}, ${settings.filenameTemplate}` : '';
      });
    case 'source':
      return draft.source?.name ?? text('source.new');
    default:
      return '';
  }
}
