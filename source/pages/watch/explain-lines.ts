import type { Decision } from '../../activation/watch/decision.ts';
import { type FindingOf, isOfId } from '../../activation/watch/finding.ts';
import type { Limits } from '../../activation/watch/watched.ts';
import { type Text, valueText } from '../../locale/texts.ts';
import type { FlowWatch } from '../../activation/watch/watch.ts';
import { type Here, lengthText, momentHere } from './times.ts';

/** What it takes to say how a dataflow stands. */
export interface WatchSaying extends Here {
  readonly text: Text;
  readonly sandbox: string;
}

/** Why nothing is known. */
export const unreadText = (
  isRefused: boolean,
  { text, sandbox }: Pick<WatchSaying, 'text' | 'sandbox'>,
): string =>
  isRefused
    ? text('status.what.refused', { permission: 'View Destinations', sandbox })
    : text('status.what.unread');

/**
 * Why each segment of a dataflow stands as it does: slot, window, what was read, and the line of the rule that decided.
 *
 * @param of - Nothing but what a finding is of.
 * @see living.md, T20
 */
export function explainLines(
  watch: FlowWatch,
  limits: Limits,
  saying: WatchSaying,
  of?: FindingOf,
): string[] {
  const { text } = saying;
  const { flow, seen, segments, findings } = watch;
  const at = (ms: number): string => momentHere(text, ms, saying);
  const title = text('status.explain.title', {
    flow: flow.name,
    id: flow.id,
    state: valueText(text, flow.state),
  });
  if (seen.kind === 'unread') {
    return [title, `  ${unreadText(seen.why === 'refused', saying)}`, ...findings.map(({ id }) => `  ${id}`)];
  }
  const { fromMs, atMs, isWhole } = seen.reading;
  const read = isWhole
    ? text('status.explain.read', { from: at(fromMs), at: at(atMs) })
    : text('status.explain.notWhole', { at: at(atMs) });
  const shown = segments.filter(({ segment }) => isOfId(of?.segment, segment.id));
  const own = findings.filter(({ segmentId }) => segmentId === undefined).map(({ id }) => `  ${id}`);
  const isExpected = shown.some(({ decision }) => decision.judgedFrom !== undefined);
  return [
    title,
    ...(isExpected ? [`  ${read}`] : []),
    ...own,
    ...shown.flatMap(({ segment, decision }) => [
      `  ${text('status.explain.segment', { segment: segment.name ?? segment.id, state: stateText(text, decision, limits) })}`,
      ...decisionLines(decision, text, at).map((line) => `    ${line}`),
      ...findings.filter(({ segmentId }) => segmentId === segment.id).map(({ id }) => `    ${id}`),
    ]),
  ];
}

function stateText(text: Text, { state, beganLate }: Decision, { graceMs, lengthMs }: Limits): string {
  switch (state) {
    case 'good':
      return text(beganLate === true ? 'status.state.goodLate' : 'status.state.good');
    case 'slow':
      return text('status.state.slow', { length: lengthText(text, lengthMs) });
    case 'due':
    case 'late':
      return text(`status.state.${state}`, { grace: lengthText(text, graceMs) });
    default:
      return text(`status.state.${state}`);
  }
}

function decisionLines(
  { slotMs, window, run, changesMs, judgedFrom }: Decision,
  text: Text,
  at: (ms: number) => string,
): string[] {
  const began = run?.beganMs;
  return [
    ...(slotMs === undefined || window === undefined
      ? []
      : [
          window.untilMs === undefined
            ? text('status.explain.slotLast', { at: at(slotMs), from: at(window.fromMs) })
            : text('status.explain.slot', {
                at: at(slotMs),
                from: at(window.fromMs),
                until: at(window.untilMs),
              }),
        ]),
    ...(run === undefined
      ? []
      : [
          began === undefined
            ? text('status.explain.runAlone', { id: run.id })
            : text('status.explain.run', { id: run.id, at: at(began) }),
        ]),
    ...(slotMs === undefined && judgedFrom
      ? [text(`status.explain.judged.${judgedFrom.why}`, { at: at(judgedFrom.ms) })]
      : []),
    ...(changesMs === undefined ? [] : [text('status.explain.changes', { at: at(changesMs) })]),
  ];
}
