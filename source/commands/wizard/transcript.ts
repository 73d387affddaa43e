import { oneLine } from '../../components/text/clean.ts';
import { inMarkdown } from '../../components/text/markdown.ts';
import type { GuideEntry } from '../../locale/guide.ts';
import { earlyPages } from '../../pages/early.ts';
import { latePages } from '../../pages/late.ts';
import type { Asking, Page } from '../../pages/page.ts';
import { progressOf } from '../../wizard/moves.ts';
import { orderOf, type PageId, stepNameOf } from '../../wizard/pages.ts';
import type { WizardState } from '../../wizard/reducer.ts';

export interface Telling extends Omit<Asking, 'state' | 'hidesSecrets'> {
  readonly guide: (page: PageId) => GuideEntry | undefined;
}

const pages: Record<PageId, Page> = { ...earlyPages, ...latePages };

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
  const asking: Asking = { ...telling, state: after, hidesSecrets: true };
  const said = before === undefined ? undefined : lastAnswer(before.page, asking);
  const entry = telling.guide(after.page);
  const name = text(stepNameOf(after.page));
  const progress = progressOf(after);
  const step = progress ? text('dialogue.step', { ...progress, name }) : name;
  return [
    ...(said === undefined ? [] : [said, '']),
    `## ${step}`,
    '',
    inMarkdown(oneLine(pages[after.page].question(asking))),
    ...(entry === undefined ? [] : ['', `> ${entry.what} ${entry.why}`]),
    '',
  ].join('\n');
}

function lastAnswer(page: PageId, asking: Asking): string | undefined {
  const { text, state } = asking;
  const to = orderOf(state.page);
  // An editor behind a list is no answer to the list, and no way back.
  if (to < 0) return undefined;
  if (to < orderOf(page)) return text('transcript.back');
  const answer = pages[page].told?.(asking) ?? '';
  return answer === '' ? undefined : text('transcript.answer', { answer: inMarkdown(oneLine(answer)) });
}
