import { type ComponentType, lazy } from 'react';
import type { PageId } from '../wizard/pages.ts';
import { PlatformScreen } from './platform.tsx';
import { PlatformSecretScreen } from './platform-secret.tsx';
import { SandboxScreen } from './sandbox.tsx';
import { WelcomeScreen } from './welcome.tsx';

/** Pages that can be the first one. */
const early = {
  welcome: WelcomeScreen,
  platform: PlatformScreen,
  platformSecret: PlatformSecretScreen,
  sandbox: SandboxScreen,
} as const satisfies Partial<Record<PageId, ComponentType>>;
export type EarlyPage = keyof typeof early;

/** The pages that have been read. */
const known: Partial<Record<PageId, ComponentType>> = { ...early };

/** Calendars and time zones are larger than all other pages together: not before the first of them. */
const loadDetails = async (): Promise<ComponentType> =>
  (known.detailsEditor = (await import('./schedule-details.tsx')).DetailsEditor);

async function loadPage(page: PageId): Promise<ComponentType> {
  if (page === 'detailsEditor') return loadDetails();
  const { latePages } = await import('./late-pages.ts');
  Object.assign(known, latePages);
  return known[page] ?? WelcomeScreen;
}

/** Reads the pages that the first one does without; called once that is drawn. */
export async function preloadPages(): Promise<void> {
  await loadPage('destination');
}

/** Reads the page with the calendar, which can wait a little longer. */
export async function preloadDetails(): Promise<void> {
  await loadDetails();
}

const waiting = new Map<PageId, ComponentType>();

/** The page to draw; one that has not been read yet is drawn as soon as it is. Ask once a visit. */
export function pageOf(page: PageId): ComponentType {
  const there = known[page] ?? waiting.get(page);
  if (there) return there;
  const late = lazy(async () => ({ default: await loadPage(page) }));
  waiting.set(page, late);
  return late;
}
