import type { Unsaid } from '../../activation/plan-of-flow.ts';
import type { Text } from '../../locale/texts.ts';
import { visible } from '../console/visible.ts';

/** What no plan can say of a dataflow, below a title, each with its JSON path; nothing where a plan says it all. */
export function unsaidLines(unsaid: readonly Unsaid[], text: Text): string[] {
  if (unsaid.length === 0) return [];
  const said = ({ what, subject, count }: Unsaid): string =>
    text(count === 1 ? `pull.unsaid.${what}` : 'pull.unsaid.members', { subject, count });
  return [text('pull.unsaid'), ...unsaid.map((one) => `  ${visible(`${said(one)}  ${one.path}`)}`)];
}
