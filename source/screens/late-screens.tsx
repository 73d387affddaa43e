import type { ComponentType } from 'react';
import type { EarlyPage } from '../pages/early.ts';
import { latePages } from '../pages/late.ts';
import type { OwnPage, Page, SubsetPage } from '../pages/page.ts';
import type { PageId } from '../wizard/pages.ts';
import { ChoiceScreen } from './kinds/choice-screen.tsx';
import { FieldsScreen } from './kinds/fields-screen.tsx';
import { PickScreen } from './kinds/pick-screen.tsx';
import { SettingsScreen } from './kinds/settings-screen.tsx';
import { ApplyScreen } from './own/apply/applying.tsx';
import { FlowsScreen } from './own/flows-table.tsx';
import { AttributesScreen } from './own/attribute-tree.tsx';
import { ColumnsScreen } from './own/columns-table.tsx';
import { RunsScreen } from './own/watch/runs-table.tsx';
import { WhyScreen } from './own/watch/why-screen.tsx';
import { ReviewScreen } from './own/review-table.tsx';
import { FormsRead } from './parts/forms-read.tsx';
import { SegmentsScreen } from './own/segments/segment-list.tsx';

type LatePages = typeof latePages;
type LatePage = Exclude<PageId, EarlyPage | 'detailsEditor'>;

/** Kinds that have no drawing of their own: what is chosen from each looks like nothing else. */
type Alone = OwnPage | SubsetPage<never>;

/** Pages that are drawn like no other. */
const own: Partial<Record<LatePage, ComponentType>> &
  Record<{ [Id in LatePage]: LatePages[Id] extends Alone ? Id : never }[LatePage], ComponentType> = {
  flows: FlowsScreen,
  runs: RunsScreen,
  why: WhyScreen,
  segments: SegmentsScreen,
  attributes: AttributesScreen,
  columns: ColumnsScreen,
  review: ReviewScreen,
  apply: ApplyScreen,
  validation: ApplyScreen,
};

/** A page as its kind is drawn. */
function drawn(page: Page): ComponentType | undefined {
  switch (page.kind) {
    case 'choice':
      return () => (
        <FormsRead page={page}>
          <ChoiceScreen page={page} />
        </FormsRead>
      );
    case 'pick':
      return () => <PickScreen page={page} />;
    case 'fields':
      return () => (
        <FormsRead page={page}>
          <FieldsScreen page={page} />
        </FormsRead>
      );
    case 'settings':
      return () => <SettingsScreen page={page} />;
    case 'subset':
    case 'own':
      return undefined;
  }
}

/** Every page that the first one does without, but the one that reads calendars. */
export const lateScreens: Partial<Record<PageId, ComponentType>> = Object.fromEntries(
  Object.entries(latePages).flatMap(([id, page]) => {
    const screen = id === 'detailsEditor' ? undefined : (own[id as LatePage] ?? drawn(page));
    return screen ? [[id, screen]] : [];
  }),
);
