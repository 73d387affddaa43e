import type { PageId } from '../wizard/pages.ts';
import { attributes } from './content/attributes.ts';
import { arrayColumn, columns, identityColumn } from './content/columns.ts';
import { segments } from './content/segments.ts';
import type { EarlyPage } from './early.ts';
import { apply, validation } from './ending/apply.ts';
import { review } from './ending/review.ts';
import type { Page } from './page.ts';
import { detailsEditor, schedule } from './schedule/schedule.ts';
import { flow } from './start/flow.ts';
import { flows } from './start/flows.ts';
import { home } from './start/home.ts';
import { runs } from './watch/runs.ts';
import { why } from './watch/why.ts';
import { plans } from './start/plans.ts';
import { account, source } from './target/connections.ts';
import { destination } from './target/destination.ts';
import { location, locationFields } from './target/location.ts';
import { signIn, signInFields } from './target/sign-in.ts';
import { storage } from './target/storage.ts';

/** Every page that the first one does without, in their order. */
export const latePages = {
  plans,
  home,
  flows,
  flow,
  runs,
  why,
  destination,
  account,
  signIn,
  signInFields,
  location,
  locationFields,
  storage,
  segments,
  attributes,
  columns,
  identityColumn,
  arrayColumn,
  schedule,
  detailsEditor,
  review,
  source,
  apply,
  validation,
} as const satisfies Record<Exclude<PageId, EarlyPage>, Page>;
