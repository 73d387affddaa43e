import { apply } from './en/apply.ts';
import { commands } from './en/commands.ts';
import { dialogue } from './en/dialogue.ts';
import { errors } from './en/errors.ts';
import { pages } from './en/pages.ts';
import { params } from './en/params.ts';
import { rules } from './en/rules.ts';
import { runs } from './en/runs.ts';
import { status } from './en/status.ts';
import { storage } from './en/storage.ts';
import { watch } from './en/watch.ts';
import { oneCatalog } from './one-catalog.ts';

/**
 * Every word ferry says, in English. The other languages have the same keys, or they do not compile.
 *
 * `{name}` is replaced by a value, numbers in groups; `{name:date}` and `{name:moment}` are days and moments
 * (UTC), written as the language writes them. What a person types, or a plan holds, is shown as it is.
 */
export const en = oneCatalog(
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
);

export type MessageId = keyof typeof en;
export type Catalog = Readonly<Record<MessageId, string>>;
