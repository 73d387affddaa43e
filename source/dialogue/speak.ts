import { type latePages } from '../pages/late.ts';
import type { OwnPage, Page } from '../pages/page.ts';
import type { Dialogue, Turn } from './dialogue.ts';
import type { OnInterrupt } from './io.ts';
import { choose, pick } from './kinds/choose.ts';
import { fill } from './kinds/fill.ts';
import { change } from './kinds/change.ts';
import { select } from './kinds/select.ts';
import { apply } from './own/say-apply.ts';
import { fillDetails } from './own/fill-details.ts';
import { nameColumns } from './own/name-columns.ts';
import { selectAttributes, selectSegments } from './own/select-from-lists.ts';
import { sayRuns } from './own/say-runs.ts';
import { sayWhy } from './own/say-why.ts';
import { review } from './own/read-review.ts';

type Speaker = (dialogue: Dialogue, onInterrupt: OnInterrupt) => Promise<Turn>;
type LatePages = typeof latePages;
type LatePage = keyof LatePages;

/** Pages that are asked like no other. */
const own: Partial<Record<string, Speaker>> &
  Record<{ [Id in LatePage]: LatePages[Id] extends OwnPage ? Id : never }[LatePage], Speaker> = {
  segments: selectSegments,
  attributes: selectAttributes,
  columns: nameColumns,
  detailsEditor: fillDetails,
  review,
  runs: sayRuns,
  why: sayWhy,
  apply,
  validation: apply,
};

/** Asks what a page declares, in lines. */
export function speak(dialogue: Dialogue, page: Page, onInterrupt: OnInterrupt): Promise<Turn> {
  const speaker = own[dialogue.state.page];
  if (speaker) return speaker(dialogue, onInterrupt);
  switch (page.kind) {
    case 'choice':
      return choose(dialogue, page);
    case 'pick':
      return pick(dialogue, page);
    case 'fields':
      return fill(dialogue, page);
    case 'subset':
      return select(dialogue, page);
    case 'settings':
      return change(dialogue, page);
    case 'own':
      throw new Error(`nobody speaks ${dialogue.state.page}`);
  }
}
