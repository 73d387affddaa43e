import { type Needs, needs, type OwnPage } from '../page.ts';
import type { StatusReading } from '../remote-cache.ts';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import { findingDetails, findingItems, nothingFound } from './findings.ts';
import { explainLines, type WatchSaying } from './explain-lines.ts';

/** Why a dataflow stands as it does, or what was found of all of them: what was expected, what was read, and the line of the rule that decided. */
export const why: OwnPage & { readonly needs: Needs<StatusReading> } = {
  kind: 'own',
  question: ({ text, state }) =>
    state.watched === undefined
      ? text('question.findings')
      : text('question.why', { name: state.watched.name }),
  needs: { ...needs('status'), about: ({ state }) => state.watched?.id ?? '' },
};

/** The same lines as `ferry status --explain`. */
export const whyLines = ({ watched, limits }: StatusReading, saying: WatchSaying): string[] =>
  watched.length === 0
    ? [saying.text('why.unwatched')]
    : watched.flatMap((watch) => explainLines(watch, limits, saying));

/** All that was found, in lines, each with what decided. */
export function foundLines(
  reading: StatusReading,
  saying: WatchSaying & { readonly glyphs: Glyphs },
): string[] {
  const items = findingItems(reading);
  return items.length === 0
    ? [nothingFound(reading, saying.text)]
    : items.flatMap((item) => [...findingDetails(item, reading, saying), '']);
}
