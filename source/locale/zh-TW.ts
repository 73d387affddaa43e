import type { Catalog } from './en.ts';
import { oneCatalog } from './one-catalog.ts';
import { apply } from './zh-TW/apply.ts';
import { commands } from './zh-TW/commands.ts';
import { dialogue } from './zh-TW/dialogue.ts';
import { errors } from './zh-TW/errors.ts';
import { pages } from './zh-TW/pages.ts';
import { params } from './zh-TW/params.ts';
import { rules } from './zh-TW/rules.ts';
import { runs } from './zh-TW/runs.ts';
import { status } from './zh-TW/status.ts';
import { storage } from './zh-TW/storage.ts';
import { watch } from './zh-TW/watch.ts';

/** Traditional Chinese as in Taiwan, in the words of the platform's own zh-Hant documentation. */
export const zhTW = oneCatalog(
  rules,
  errors,
  commands,
  runs,
  status,
  storage,
  apply,
  pages,
  dialogue,
  params,
  watch,
) satisfies Catalog;
