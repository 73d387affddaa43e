import { type ComponentType, lazy } from 'react';
import { type EarlyPage, earlyPages } from '../../pages/early.ts';
import type { PageId } from '../../wizard/pages.ts';
import { ChoiceScreen } from '../kinds/choice-screen.tsx';
import { FieldsScreen } from '../kinds/fields-screen.tsx';

/** The pages that have been read; the first ones are there from the start. */
const known: Partial<Record<PageId, ComponentType>> = {
  welcome: () => <ChoiceScreen page={earlyPages.welcome} />,
  platform: () => <ChoiceScreen page={earlyPages.platform} />,
  platformSecret: () => <FieldsScreen page={earlyPages.platformSecret} />,
  sandbox: () => <ChoiceScreen page={earlyPages.sandbox} />,
} satisfies Record<EarlyPage, ComponentType>;

async function loadPage(page: PageId): Promise<ComponentType> {
  Object.assign(
    known,
    page === 'detailsEditor'
      ? // Calendars and time zones are larger than all other pages together: not before the first of them.
        { detailsEditor: (await import('../own/details/details-form.tsx')).DetailsEditor }
      : (await import('../late-screens.tsx')).lateScreens,
  );
  const loaded = known[page];
  if (!loaded) throw new Error(`no page ${page}`);
  return loaded;
}

/** Reads the pages that the first one does without; called once that is drawn. */
export async function preloadPages(): Promise<void> {
  await loadPage('destination');
}

/** Reads the page with the calendar, which can wait a little longer. */
export async function preloadDetails(): Promise<void> {
  await loadPage('detailsEditor');
}

const waiting = new Map<PageId, ComponentType>();

/** The page to draw; one that has not been read yet is drawn as soon as it is. Ask once a visit. */
export function screenOf(page: PageId): ComponentType {
  const there = known[page] ?? waiting.get(page);
  if (there) return there;
  const late = lazy(async () => ({ default: await loadPage(page) }));
  waiting.set(page, late);
  return late;
}
