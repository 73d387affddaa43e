import { listText } from '../locale/texts.ts';
import type { Asking } from './page.ts';
import { locationText, signInText } from './target/draft-text.ts';

/** Finished steps in one line each, up to the step the person is at. */
export function finishedSteps(asking: Asking, step: number): readonly { label: string; value: string }[] {
  const { text, state } = asking;
  const { draft } = state;
  const all = [
    { step: 2, label: text('review.destination'), value: draft.destination?.name ?? '' },
    { step: 3, label: text('review.signIn'), value: signInText(draft, asking) },
    { step: 4, label: text('review.location'), value: locationText(draft, asking) },
    {
      step: 5,
      label: text('report.segments'),
      value: listText(
        text,
        draft.segments.map((segment) => segment.name),
      ),
    },
    { step: 6, label: text('review.attributes'), value: listText(text, draft.attributes) },
  ];
  return step > 7 ? [] : all.filter((one) => one.step < step && one.value !== '');
}
