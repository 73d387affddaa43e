import type { Draft } from '../../wizard/draft.ts';
import { joined, needs, type PickPage, type Words } from '../page.ts';
import type { OfferedPlan } from '../remote-cache.ts';

/** The plans in the folder that the person is in. */
export const plans: PickPage<readonly OfferedPlan[]> = {
  kind: 'pick',
  question: ({ text }) => text('question.plans'),
  needs: needs('plans'),
  rows: (words, offered) =>
    offered.map((one) => ({
      id: one.file,
      label: one.file,
      ...(one.kind === 'plan' ? { cells: [draftText(one.draft, words)] } : { disabled: one.why }),
    })),
  preferred: () => undefined,
  chosen(file, _, offered) {
    const one = offered.find((found) => found.file === file);
    if (one?.kind !== 'plan') return undefined;
    // What it does not say of its dataflow, the platform has to.
    return one.draft.opened?.flow === undefined
      ? { type: 'planTaken', draft: one.draft }
      : { type: 'ended', ending: { outcome: 'done', lines: [], then: { kind: 'plan', file: one.file } } };
  },
};

/** `Adobe Campaign · dev · 2 segments` */
export function draftText({ destination, sandbox, segments }: Draft, { text, glyphs }: Words): string {
  return joined(glyphs, [
    destination?.name ?? '',
    sandbox?.name ?? '',
    segments.length === 0 ? '' : text('welcome.segments', { count: segments.length }),
  ]);
}
