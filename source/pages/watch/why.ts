import { type Needs, needs, type OwnPage } from '../page.ts';
import type { StatusReading } from '../remote-cache.ts';
import { explainLines, type WatchSaying } from './explain-lines.ts';

/** Why a dataflow stands as it does: what was expected, what was read, and the line of the rule that decided. */
export const why: OwnPage & { readonly needs: Needs<StatusReading> } = {
  kind: 'own',
  question: ({ text, state }) => text('question.why', { name: state.watched?.name ?? '' }),
  needs: { ...needs('status'), about: ({ state }) => state.watched?.id ?? '' },
};

/** The same lines as `ferry status --explain`. */
export const whyLines = ({ watched, limits }: StatusReading, saying: WatchSaying): string[] =>
  watched.length === 0
    ? [saying.text('why.unwatched')]
    : watched.flatMap((watch) => explainLines(watch, limits, saying));
