import { utcText } from '../../activation/content/schedule.ts';
import { leftBehind } from '../../wizard/run-of.ts';
import type { Asking } from '../page.ts';

/** What applies that were broken off have left, each in a sentence or two: whether it is used, and what takes it away. */
export function unfinishedTexts({ text, state }: Pick<Asking, 'text' | 'state'>): string[] {
  const { draft, unfinished } = state;
  return leftBehind(unfinished, draft).map(({ run, made, atMs, of, isUndone, fits }) => {
    const values = { run, made, at: utcText(atMs) };
    if (fits) return text('unfinished.used', values);
    const what = text('unfinished.unused', values);
    // What the embedded emulator holds no command finds.
    if (draft.platform === 'emulator') return what;
    const isForCommand = of === undefined && isUndone !== true;
    const how = text(isForCommand ? 'unfinished.finish' : 'unfinished.takeAway', values);
    return text('text.sentences', { first: what, then: how });
  });
}
