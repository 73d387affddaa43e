import type { ComponentType } from 'react';
import type { PageId } from '../wizard/pages.ts';
import { AccountScreen } from './account.tsx';
import { ApplyScreen } from './apply.tsx';
import { AttributesScreen, DeduplicationScreen, MandatoryScreen } from './attributes.tsx';
import { DestinationScreen } from './destination.tsx';
import { ExportModeEditor, ExportModeScreen } from './export-mode.tsx';
import type { EarlyPage } from './page-table.ts';
import { ReviewScreen } from './review.tsx';
import { FrequencyEditor, ScheduleScreen, TriggerEditor } from './schedule.tsx';
import { SegmentsScreen } from './segments.tsx';
import { SignInFieldsScreen, SignInScreen } from './sign-in.tsx';
import { SourceScreen } from './source.tsx';
import { LocationFieldsScreen, LocationScreen } from './storage-location.tsx';

/** Every page that the first one does without, but the one that reads calendars. */
export const latePages: Record<Exclude<PageId, EarlyPage | 'detailsEditor'>, ComponentType> = {
  destination: DestinationScreen,
  account: AccountScreen,
  signIn: SignInScreen,
  signInFields: SignInFieldsScreen,
  location: LocationScreen,
  locationFields: LocationFieldsScreen,
  segments: SegmentsScreen,
  attributes: AttributesScreen,
  mandatory: MandatoryScreen,
  deduplication: DeduplicationScreen,
  exportMode: ExportModeScreen,
  exportModeEditor: ExportModeEditor,
  schedule: ScheduleScreen,
  frequencyEditor: FrequencyEditor,
  triggerEditor: TriggerEditor,
  review: ReviewScreen,
  source: SourceScreen,
  apply: ApplyScreen,
  validation: ApplyScreen,
};
