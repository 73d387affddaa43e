import type { Glyphs } from '../components/theme/glyphs.ts';
import { listText, type Text } from '../locale/texts.ts';
import type { Draft } from '../wizard/draft.ts';
import { locationText, signInText } from './review-rows.ts';

/** Finished steps in one line each, up to the step the person is at. */
export function finishedSteps(
  draft: Draft,
  step: number,
  text: Text,
  glyphs: Glyphs,
  isHidden: boolean,
): readonly { label: string; value: string }[] {
  const all = [
    { step: 2, label: text('review.destination'), value: draft.destination?.name ?? '' },
    { step: 3, label: text('review.signIn'), value: signInText(draft, text, glyphs, isHidden) },
    { step: 4, label: text('review.location'), value: locationText(draft, glyphs) },
    {
      step: 5,
      label: text('report.segments'),
      value: listText(
        text,
        draft.segments.map((segment) => segment.name),
      ),
    },
    { step: 6, label: text('review.attributes'), value: draft.attributes.join(', ') },
  ];
  return step > 8 ? [] : all.filter((one) => one.step < step && one.value !== '');
}
