import type { PageId } from '../wizard/pages.ts';
import { platform, platformSecret } from './start/platform.ts';
import { sandbox } from './start/sandbox.ts';
import { welcome } from './start/welcome.ts';
import type { ChoicePage, FieldsPage } from './page.ts';

/** Pages that can be the first one, in their order: they are read before anything is drawn. */
export const earlyPages = { welcome, platform, platformSecret, sandbox } as const satisfies Partial<
  Record<PageId, ChoicePage | FieldsPage>
>;
export type EarlyPage = keyof typeof earlyPages;
