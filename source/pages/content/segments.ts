import { listText } from '../../locale/texts.ts';
import { needs, type SubsetPage } from '../page.ts';
import type { SegmentList } from '../remote-cache.ts';
import { chosenSegments } from './chosen-segments.ts';
import { SegmentRows } from './segment-rows.ts';

/** Which segments. */
export const segments: SubsetPage<SegmentList> = {
  kind: 'subset',
  question: ({ text }) => text('question.segments'),
  needs: needs('segments'),
  rows: ({ text, glyphs, services }, list) =>
    new SegmentRows({ text, glyphs, nowMs: services.now(), zone: services.timeZone }).of(list.segments),
  selected: ({ state }) => state.draft.segments.map(({ id }) => id),
  hint: ({ text }, { isCut }) => (isCut ? text('segments.cut') : undefined),
  limit: 'segmentsPerFlow',
  refusal: (ids, { text }) => (ids.length === 0 ? text('segments.needOne') : undefined),
  answer: (ids, { state }, list) => ({
    of: 'segments',
    value: chosenSegments(ids, list.segments, state.draft.segments),
  }),
  told: ({ text, state }) =>
    listText(
      text,
      state.draft.segments.map(({ name }) => name),
    ),
};
