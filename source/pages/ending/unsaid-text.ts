import type { Unsaid } from '../../activation/sayable.ts';
import type { Text } from '../../locale/texts.ts';

/** What no plan can say of a dataflow, below a title, each with its JSON path; nothing where a plan says it all. */
export function unsaidTexts(unsaid: readonly Unsaid[], text: Text): string[] {
  if (unsaid.length === 0) return [];
  const said = ({ what, subject, count }: Unsaid): string =>
    text(count === 1 ? `pull.unsaid.${what}` : 'pull.unsaid.members', { subject, count });
  return [text('pull.unsaid'), ...unsaid.map((one) => `  ${said(one)}  ${one.path}`)];
}
