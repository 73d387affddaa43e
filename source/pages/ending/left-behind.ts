import type { Text } from '../../locale/texts.ts';
import type { WizardState } from '../../wizard/reducer.ts';
import { thatLeft } from '../../wizard/unfinished.ts';

/** The runs that have left something, and their commands: what a person who leaves should know. */
export function leftBehindLines(
  { draft, unfinished }: WizardState,
  text: Text,
  copied: (one: string) => string,
): string[] {
  if (draft.platform === 'emulator') return [];
  return thatLeft(unfinished).flatMap(({ run, made, isUndone }) => [
    text('unfinished.behind', { run, made }),
    ...(isUndone === true ? [] : [copied(text.command(`resume ${run}`))]),
    copied(text.command(`rollback ${run}`)),
  ]);
}
